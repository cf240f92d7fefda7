"""The pages on which a text becomes topics: read, look, change, and have drafts made, all or nothing."""

import re
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models.signals import pre_save
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import Edition, Import, ImportPicture, Picture, Theme, Topic
from tests.authoring.brought import ARTICLE, bring, bring_files, docx, proposal_of, proposed, wordpress
from tests.authoring.rows import everything
from tests.conftest import make_user, signed_in
from tests.models.pictures import content_of, jpeg, png

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

BEGIN, READ = "/author/import/", "/author/import/read/"


@pytest.fixture
def imported(tom):
    return proposed(tom)


def do(trainer, imported, deed, *number, **fields):
    return trainer.post(reverse(f"authoring:{deed}", args=[imported.public_id, *number]), fields)


def number_of(imported, words):
    numbers = [number for number, passage in proposal_of(imported).numbered if words in passage.text]
    assert len(numbers) == 1, (words, numbers)
    return numbers[0]


def page(trainer, imported):
    response = trainer.get(imported.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


# Bringing


def test_the_page_to_begin_with_asks_for_a_text_or_files(trainer):
    response = trainer.get(BEGIN)

    assert response.status_code == 200
    assert 'name="text"' in response.content.decode()
    assert 'accept=".docx,.md,.html,.htm,.txt,.zip,.xml" ' in response.content.decode()


def test_a_pasted_text_becomes_a_proposal_and_nothing_else(trainer):
    then = everything()

    imported = bring(trainer, ARTICLE)

    assert (imported.author.name, imported.name, imported.theme) == ("Tom", "Samen rust vinden", None)
    assert everything() == then


def test_what_is_pasted_with_its_structure_keeps_it(trainer):
    html = "<h1>Rust</h1><p>Eerst dit.</p><ul><li>een</li><li>twee</li></ul>"

    imported = bring(trainer, "Rust Eerst dit. een twee", html=html)

    (topic,) = proposal_of(imported).topics
    assert topic.title == "Rust"
    assert "<li>een</li>" in topic.html


def test_several_files_become_one_proposal(trainer):
    imported = bring_files(trainer, ("een.txt", b"Rust\n\nWees eens stil."), ("twee.md", b"# Luisteren\n\nHoor toe."))

    assert [topic.title for topic in proposal_of(imported).topics] == ["Rust", "Luisteren"]
    assert imported.name == "een.txt, twee.md"


def test_a_text_can_be_added_to_a_proposal(trainer, imported):
    response = trainer.post(READ, {"text": "Luisteren\n\nHoor eens goed toe.", "with": imported.public_id})

    assert response.status_code == 303
    assert response.url == imported.get_absolute_url()
    assert [topic.title for topic in proposal_of(imported).topics] == ["Samen rust vinden", "Luisteren"]
    assert Import.objects.count() == 1


def test_nothing_brought_is_said_at_the_field(trainer):
    response = trainer.post(READ, {"text": "  "})

    assert response.status_code == 400
    assert response.context["form"].errors == {"text": ["Paste a text, or choose a file."]}
    assert not Import.objects.exists()


def test_what_was_typed_stays_when_a_file_is_refused(trainer):
    response = trainer.post(
        READ, {"text": ARTICLE, "html": "<p>x</p>", "files": SimpleUploadedFile("x.pdf", b"%PDF-1.4")}
    )

    assert response.status_code == 400
    assert "Samen rust vinden" in response.content.decode()
    assert "x.pdf" in response.context["form"].errors["files"][0]
    assert not Import.objects.exists()


def test_every_file_that_cannot_be_read_is_named(trainer):
    files = [
        SimpleUploadedFile("a.pdf", b"%PDF-1.4"),
        SimpleUploadedFile("b.txt", b""),
        SimpleUploadedFile("c.txt", b"Goed."),
    ]

    response = trainer.post(READ, {"files": files})

    assert response.status_code == 400
    assert [error.split("”")[0] for error in response.context["form"].errors["files"]] == ["“a.pdf", "“b.txt"]
    assert not Import.objects.exists()


def test_too_many_files_are_refused(trainer):
    response = trainer.post(READ, {"files": [SimpleUploadedFile(f"{n}.txt", b"Goed.") for n in range(21)]})

    assert response.status_code == 400
    assert response.context["form"].errors["files"] == ["Bring at most 20 files at once."]


@pytest.mark.parametrize("fields", [{"theme": "niets"}, {"theme": "\x00"}, {"with": "niets"}, {"with": "../x"}])
def test_a_target_that_is_not_there_is_not_found(trainer, fields):
    assert trainer.get(BEGIN, fields).status_code == 404
    assert trainer.post(READ, {"text": ARTICLE, **fields}).status_code == 404
    assert not Import.objects.exists()


def test_a_theme_in_the_bin_is_no_target(trainer, theme):
    theme.bin()

    assert trainer.get(BEGIN, {"theme": theme.slug}).status_code == 404
    assert trainer.post(READ, {"text": ARTICLE, "theme": theme.slug}).status_code == 404


def test_the_posts_of_an_export_are_chosen_first(trainer):
    imported = bring_files(trainer, ("export.xml", wordpress("Rust", "Luisteren", "Vragen")))
    assert proposal_of(imported).topics == []

    do(trainer, imported, "choose_articles", source=["0", "2"])

    assert [topic.title for topic in proposal_of(imported).topics] == ["Rust", "Vragen"]


# The proposal


def test_the_proposal_shows_what_is_left_out_and_why(trainer, imported):
    html = page(trainer, imported)

    assert "Deel dit artikel" in html
    assert "Share buttons" in html
    assert "Invitation to get in touch" in html


def test_the_text_of_a_proposal_is_escaped_where_it_is_no_article(trainer):
    imported = bring(trainer, "<script>alert(1)</script>\n\nEen <b>tekst</b> & meer.")

    html = page(trainer, imported)

    assert "<script>alert" not in html


def test_a_line_is_put_back_with_one_click(trainer, imported):
    number = number_of(imported, "Deel dit artikel")

    response = do(trainer, imported, "put_back", number)

    assert response.status_code == 303
    assert response.url == f"{imported.get_absolute_url()}#passage-{number}"
    assert "Deel dit artikel" in proposal_of(imported).topics[0].html


def test_a_title_that_was_typed_is_kept_by_every_deed(trainer, imported):
    deeds = [
        ("drop", 3),
        ("put_back", 3),
        ("split_article", 0),
        ("join_article", 0),
        ("leave_out_topic", 0),
        ("take_topic", 0),
    ]

    for n, (deed, number) in enumerate([*deeds, ("keep_titles", None)]):
        fields = {"title-0": f"Titel {n}", "theme_title": f"Thema {n}"}
        response = do(trainer, imported, deed, *([] if number is None else [number]), **fields)

        assert response.status_code == 303, deed
        proposal = proposal_of(imported)
        assert (proposal.topics[0].title, proposal.theme_title) == (f"Titel {n}", f"Thema {n}")


def test_the_theme_is_chosen_on_the_page(trainer, imported, theme):
    do(trainer, imported, "keep_titles", theme=theme.slug)
    imported.refresh_from_db()
    assert imported.theme == theme

    do(trainer, imported, "keep_titles", theme="")
    imported.refresh_from_db()
    assert imported.theme is None


@pytest.mark.parametrize("name", ["title-x", "title-", "title-99", "title-" + "9" * 500, "title-²"])
def test_titles_of_nothing_are_passed_over(trainer, imported, name):
    then = proposal_of(imported)

    assert do(trainer, imported, "keep_titles", **{name: "Anders"}).status_code == 303
    assert proposal_of(imported) == then


NUMBERED = [
    "split_article",
    "join_article",
    "join_topic",
    "leave_out_topic",
    "take_topic",
    "split_topic",
    "drop",
    "put_back",
]


@pytest.mark.parametrize("deed", NUMBERED)
def test_a_deed_to_what_is_not_there_is_not_found(trainer, imported, deed):
    then = proposal_of(imported)

    assert do(trainer, imported, deed, 999).status_code == 404
    assert proposal_of(imported) == then


@pytest.mark.parametrize(
    ("chosen", "status"), [([], 404), (["9"], 404), (["x"], 400), (["-1"], 400), (["0", "9"], 404)]
)
def test_texts_that_are_not_there_cannot_be_chosen(trainer, imported, chosen, status):
    then = proposal_of(imported)

    assert do(trainer, imported, "choose_articles", source=chosen).status_code == status
    assert proposal_of(imported) == then


def test_another_trainer_may_go_on_with_it(imported):
    tess = signed_in(make_user("Tess", is_trainer=True))

    assert tess.get(imported.get_absolute_url()).status_code == 200


def test_a_proposal_is_thrown_away_with_its_pictures(trainer, django_capture_on_commit_callbacks):
    imported = bring_files(trainer, ("x.docx", docx(picture=png())))
    assert ImportPicture.objects.count() == 1

    with django_capture_on_commit_callbacks(execute=True):
        response = do(trainer, imported, "discard_import")

    assert response.url == BEGIN
    assert not Import.objects.exists()
    assert everything()[1] == {}


# Making


def test_drafts_are_made_in_a_new_theme(trainer, imported, tom):
    do(trainer, imported, "split_article", 0)

    response = do(trainer, imported, "make_drafts", theme_title="Rust op het werk")

    assert response.status_code == 303
    theme = Theme.objects.get()
    assert (theme.title, theme.slug, theme.published_at, theme.language) == (
        "Rust op het werk",
        "rust-op-het-werk",
        None,
        "en",
    )
    steps = list(theme.steps.order_by("position"))
    assert [step.slug for step in steps] == ["samen-rust-vinden", "begin-bij-jezelf", "vraag-het-de-ander"]
    assert not any(step.topic.published for step in steps)
    assert [step.topic.draft.author for step in steps] == [tom] * 3
    assert "Deel dit artikel" not in "".join(Edition.objects.values_list("html", flat=True))


def test_drafts_are_added_to_a_theme_and_change_nothing_else_of_it(trainer, theme):
    imported = bring(trainer, ARTICLE, theme=theme.slug)
    editions = list(Edition.objects.order_by("pk").values())

    do(trainer, imported, "make_drafts")

    assert theme.steps.count() == 4
    assert list(Edition.objects.order_by("pk").values()[:3]) == editions
    assert Theme.objects.get().published_at
    assert Edition.objects.last().published_at is None


def test_pressed_twice_it_is_made_once(trainer, imported):
    do(trainer, imported, "make_drafts")
    then = everything()

    response = do(trainer, imported, "make_drafts")

    assert response.status_code == 303
    assert everything() == then


def test_what_is_left_out_whole_is_not_made(trainer, imported):
    do(trainer, imported, "split_article", 0)
    do(trainer, imported, "leave_out_topic", number_of(imported, "Begin bij jezelf"))

    do(trainer, imported, "make_drafts")

    assert [str(step.topic) for step in Theme.objects.get().steps.all()] == ["Samen rust vinden", "Vraag het de ander"]


def test_nothing_to_make_is_said_and_makes_nothing(trainer, imported):
    do(trainer, imported, "leave_out_topic", 0)
    then = everything()

    response = trainer.post(reverse("authoring:make_drafts", args=[imported.public_id]), follow=True)

    assert "There is nothing to make: every topic is left out." in response.content.decode()
    assert everything() == then
    imported.refresh_from_db()
    assert imported.made_at is None


def test_a_theme_that_was_thrown_away_meanwhile_is_not_found(trainer, theme):
    imported = bring(trainer, ARTICLE, theme=theme.slug)
    theme.bin()
    then = everything()

    assert do(trainer, imported, "make_drafts").status_code == 404
    assert do(trainer, imported, "make_drafts", theme=theme.slug).status_code == 404
    assert everything() == then


def test_after_it_was_made_nothing_can_be_changed(trainer, imported):
    do(trainer, imported, "make_drafts")
    then = Import.objects.values().get(), everything()

    for deed in NUMBERED:
        assert do(trainer, imported, deed, 0, **{"title-0": "Anders"}).status_code == 303
    for deed in ("keep_titles", "choose_articles", "make_drafts", "discard_import"):
        assert do(trainer, imported, deed).status_code == 303
    assert trainer.post(READ, {"text": ARTICLE, "with": imported.public_id}).status_code == 404

    assert (Import.objects.values().get(), everything()) == then


def test_the_report_says_what_was_made_left_out_and_lost(trainer):
    content = docx(picture=png(), comment="macro")
    imported = bring_files(trainer, ("Rust op het werk.docx", content))
    do(trainer, imported, "make_drafts")

    html = page(trainer, imported)

    assert "Rust op het werk.docx" in html
    assert "Tom" in html
    theme = Theme.objects.get()
    for step in theme.steps.all():
        assert reverse("authoring:topic", args=[theme.slug, step.slug]) in html
    assert "Deel dit artikel" in html


def test_what_was_brought_before_is_listed(trainer, imported):
    do(trainer, imported, "make_drafts")
    bring(trainer, "Luisteren\n\nHoor eens goed toe.")

    html = trainer.get(BEGIN).content.decode()

    assert html.index("Luisteren") < html.index("Samen rust vinden")


def test_what_was_brought_long_ago_stands_on_a_page_of_its_own(trainer, tom):
    for number in range(21):
        Import.objects.create(author=tom, name=f"Tekst {number}", proposal={})

    assert "Tekst 0<" not in trainer.get(BEGIN).content.decode()
    for page in ("2", "99"):
        assert "Tekst 0<" in trainer.get(BEGIN, {"page": page}).content.decode()
    assert "Tekst 20<" in trainer.get(BEGIN, {"page": "x"}).content.decode()


# Addresses


@pytest.mark.parametrize(
    ("title", "slug"),
    [("🙂🙂", "onderwerp"), ("שלום עולם", "onderwerp"), ("Één", "een"), ("Rust " * 60, "rust-" * 15 + "rust")],
)
def test_a_title_of_any_kind_gets_an_address(trainer, title, slug):
    imported = bring(trainer, ARTICLE)

    do(trainer, imported, "make_drafts", **{"title-0": title})

    assert Theme.objects.get().steps.get().slug == slug
    assert Edition.objects.get().title == title.strip()


def test_addresses_that_collide_get_a_number(trainer, theme):
    for _time in range(3):
        imported = bring(trainer, ARTICLE, theme=theme.slug)
        do(trainer, imported, "make_drafts", **{"title-0": "🙂"})

    slugs = [step.slug for step in theme.steps.order_by("position")]
    assert slugs[3:] == ["onderwerp", "onderwerp-2", "onderwerp-3"]


def test_themes_of_one_title_get_a_number(trainer):
    for _time in range(2):
        do(trainer, bring(trainer, ARTICLE), "make_drafts")

    assert sorted(Theme.objects.values_list("slug", flat=True)) == ["samen-rust-vinden", "samen-rust-vinden-2"]


# Pictures


def test_pictures_come_along_and_are_shown_before(trainer):
    imported = bring_files(trainer, ("Rust.docx", docx(picture=png((30, 20)))))
    address = re.search(r'src="(/author/import/[^"]+)"', page(trainer, imported))[1]

    shown = trainer.get(address)
    do(trainer, imported, "make_drafts")

    assert shown.headers["Content-Type"] == "image/png"
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    picture = Picture.objects.get()
    assert content_of(picture) == shown.content
    assert (picture.width, picture.height, picture.topic) == (30, 20, Topic.objects.get())
    assert f'src="{picture.address}"' in Edition.objects.get().html
    assert not ImportPicture.objects.exists()
    assert len(everything()[1]) == 1


def test_a_picture_that_is_left_out_leaves_no_file(trainer, django_capture_on_commit_callbacks):
    imported = bring_files(trainer, ("Rust.docx", docx(picture=png((30, 20)))))
    number = next(number for number, passage in proposal_of(imported).numbered if "<img" in passage.html)

    do(trainer, imported, "drop", number)
    with django_capture_on_commit_callbacks(execute=True):
        do(trainer, imported, "make_drafts")

    assert everything()[1] == {}
    assert not Picture.objects.exists()


def test_pictures_of_several_files_are_kept_apart(trainer):
    imported = bring_files(
        trainer,
        ("een.docx", docx(title="Een", picture=png((30, 20)))),
        ("twee.docx", docx(title="Twee", picture=jpeg((64, 32)))),
    )

    do(trainer, imported, "make_drafts")

    sizes = {str(picture.topic): (picture.width, picture.height) for picture in Picture.objects.all()}
    assert sizes == {"Een": (30, 20), "Twee": (64, 32)}


@contextmanager
def failing_at(model, title):
    """The disk is full when the row with this in it is written."""

    def refuse(instance, **_options):
        if title in str(instance):
            raise OSError("disk full")

    pre_save.connect(refuse, sender=model)
    try:
        with pytest.raises(OSError, match="disk full"):
            yield
    finally:
        pre_save.disconnect(refuse, sender=model)


def test_reading_that_fails_halfway_leaves_no_rows_and_no_files(trainer):
    then = everything()

    with failing_at(ImportPicture, "twee"):
        bring_files(trainer, *((f"{name}.docx", docx(title=name, picture=png())) for name in ("een", "twee")))

    assert everything() == then
    assert not Import.objects.exists()


def test_making_that_fails_halfway_makes_nothing_and_can_be_done_again(trainer):
    imported = bring_files(trainer, *((f"{name}.docx", docx(title=name, picture=png())) for name in ("een", "twee")))
    then = everything()

    with failing_at(Edition, "twee"):
        do(trainer, imported, "make_drafts")

    assert everything() == then
    assert page(trainer, imported)
    do(trainer, imported, "make_drafts")
    assert Theme.objects.get().steps.count() == 2
    assert Picture.objects.count() == 2


# Cost


@pytest.mark.parametrize("paragraphs", [3, 60])
def test_a_proposal_costs_the_same_for_any_number_of_passages(trainer, tom, paragraphs):
    text = "\n\n".join(f"Dit is alinea {n}. Lees die rustig." for n in range(paragraphs))
    imported = proposed(tom, f"Rust\n\n{text}")

    with CaptureQueriesContext(connection) as looking:
        page(trainer, imported)
    with CaptureQueriesContext(connection) as dropping:
        do(trainer, imported, "drop", 2)

    assert (len(looking), len(dropping)) == (4, 9)
