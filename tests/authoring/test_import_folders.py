"""A theme goes out as a zip and comes in again: seen before it is done, drafts only, and equal byte for byte."""

import io
import zipfile
from datetime import date

import pytest
from django.core.management import call_command

from courses.models import Edition, Import, ImportPicture, Picture, Theme
from tests.articles.folders import BROKEN, RIGHT
from tests.authoring.brought import bring_files
from tests.authoring.conftest import words
from tests.authoring.rows import everything
from tests.authoring.test_import_export import rich_theme
from tests.conftest import COUNTING, begin, make_step, make_theme, make_topic
from tests.models.acts import complete
from tests.models.pictures import content_of, png
from tests.models.test_pictures import REFUSED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

READ = "/author/import/read/"


def exported(trainer, theme):
    response = trainer.get(f"/author/themes/{theme.slug}/export/")
    assert response.status_code == 200
    return response.content


def files_in(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zip_of(files, folder="vertrouwen/"):
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, content in files.items():
            archive.writestr(folder + name, content)
    return output.getvalue()


def bring_folder(trainer, content, name="thema.zip"):
    imported = bring_files(trainer, (name, content))
    assert imported.kind == "folder"
    return imported


def changed(trainer, content, **changes):
    """A zip with other words in some files; ``None`` leaves a file out."""
    files = files_in(content)
    for ending, change in changes.items():
        name = next(name for name in files if name.endswith(ending.replace("_", "-") + ".md"))
        if change is None:
            del files[name]
        else:
            files[name] = files[name].decode().replace(*change).encode()
    return bring_folder(trainer, zip_of(files, folder=""))


def take_in(trainer, imported, *, new=False):
    """Do what the page shows, with what the page says."""
    page = trainer.get(imported.get_absolute_url())
    changes = page.context["changes"]
    deed = "take-in-as-new" if new or changes.new else "take-in"
    fields = {} if deed == "take-in-as-new" else {"seen": changes.seen}
    response = trainer.post(f"{imported.get_absolute_url()}{deed}/", fields)
    assert response.status_code == 303
    imported.refresh_from_db()
    return imported


@pytest.fixture
def known():
    """A theme that learners know: two topics are published, one is a draft."""
    theme = make_theme(0, title="Vertrouwen", slug="vertrouwen")
    for title in ("Luisteren", "Vragen"):
        theme.add(make_topic(title, f"<p>Lees {title}.</p><p>En nog eens.</p>"), slug=title.lower())
    make_step(theme, "Loslaten", slug="loslaten", published=False)
    return theme


# Out


def test_a_theme_goes_out_as_a_zip_that_is_always_the_same(trainer, known):
    then = everything()

    response = trainer.get("/author/themes/vertrouwen/export/")

    assert response.headers["Content-Disposition"] == 'attachment; filename="vertrouwen.zip"'
    assert response.headers["Content-Type"] == "application/zip"
    assert response.content == exported(trainer, known)
    assert sorted(files_in(response.content)) == [
        "vertrouwen/01-luisteren.md",
        "vertrouwen/02-vragen.md",
        "vertrouwen/03-loslaten.md",
        "vertrouwen/theme.md",
    ]
    assert everything() == then


def test_the_zip_holds_what_the_command_writes(trainer, tmp_path):
    theme = rich_theme()

    call_command("export_theme", theme.slug, str(tmp_path / "uit"), verbosity=0)

    written = {f"rijk/{path.name}": path.read_bytes() for path in (tmp_path / "uit").iterdir()}
    assert files_in(exported(trainer, theme)) == written


def test_a_theme_that_is_not_there_has_no_zip(trainer):
    assert trainer.get("/author/themes/niets/export/").status_code == 404


def test_the_cost_of_an_export_does_not_grow_with_the_topics(trainer, django_assert_max_num_queries):
    for count in (2, 20):
        theme = make_theme(count)
        with django_assert_max_num_queries(5 + COUNTING):
            exported(trainer, theme)


@pytest.mark.parametrize("name", ["plaatje", "x/y.png", "é e.PNG", "a%20b.png", "#1?.png", "n" * 190 + ".png", "..png"])
def test_pictures_of_any_name_go_out_and_come_in(trainer, name):
    theme = make_theme(0, published=False, slug="plaatjes")
    topic = make_topic(published=False)
    picture = Picture.store(png((30, 20)), name=name, topic=topic)
    topic.write(title="Kijk", html=f'<figure><img src="{picture.address}" alt="x"></figure>')
    theme.add(topic, slug="kijk")
    out = exported(trainer, theme)

    take_in(trainer, bring_folder(trainer, out), new=True)

    copy = Theme.objects.get(slug="plaatjes-2")
    assert list(files_in(exported(trainer, copy)).values())[1:] == list(files_in(out).values())[1:]


def test_the_cover_goes_out_and_comes_in(trainer, known):
    cover = Picture.store(png((40, 30)), name="boom.png", theme=known)
    known.describe(cover=cover, cover_alt="Een boom: “oud”")
    out = exported(trainer, known)

    take_in(trainer, bring_folder(trainer, out), new=True)

    copy = Theme.objects.get(slug="vertrouwen-2")
    assert (content_of(copy.cover), copy.cover_alt, copy.cover.theme) == (content_of(cover), "Een boom: “oud”", copy)


# In: a new theme


def rename(theme):
    """Out of the way, address and all."""
    theme.rename("elders")
    theme.former_addresses.all().delete()


def test_a_draft_comes_out_as_it_went_in(trainer):
    theme = rich_theme()
    for step in theme.steps.current():
        step.topic.withdraw()
    out = exported(trainer, theme)
    rename(theme)

    take_in(trainer, bring_folder(trainer, out))

    assert exported(trainer, Theme.objects.get(slug="rijk")) == out


def test_a_published_theme_comes_out_as_it_went_in_once_it_is_published(trainer):
    theme = rich_theme()
    theme.publish()
    out = exported(trainer, theme)
    published = set(theme.steps.current().values_list("slug", flat=True))
    rename(theme)

    take_in(trainer, bring_folder(trainer, out))

    copy = Theme.objects.get(slug="rijk")
    assert copy.published_at is None
    assert not copy.steps.current().exists()
    for step in copy.steps.filter(slug__in=published):
        step.topic.publish()
    copy.publish()
    assert exported(trainer, copy) == out


def test_a_new_theme_is_shown_first_and_then_reported(trainer):
    imported = bring_folder(trainer, zip_of(RIGHT))
    then = everything()

    page = words(trainer.get(imported.get_absolute_url()))
    assert "“Vertrouwen” as a new theme" in page
    assert everything() == then
    take_in(trainer, imported)

    report = words(trainer.get(imported.get_absolute_url()))
    assert "2 drafts" in report
    assert "/author/themes/vertrouwen/topics/een/" in report
    assert not ImportPicture.objects.exists()
    assert Edition.objects.filter(published_at=None).count() == 2


def test_the_name_of_the_zip_serves_where_the_theme_has_no_address(trainer):
    files = {**RIGHT, "theme.md": "---\ntitle: Rust\n---\n"}

    take_in(trainer, bring_folder(trainer, zip_of(files, folder=""), name="Onze rust (2).zip"))

    assert Theme.objects.get().slug == "onze-rust-2"


def test_what_is_taken_in_twice_is_made_once(trainer):
    imported = take_in(trainer, bring_folder(trainer, zip_of(RIGHT)))
    then = everything()

    response = trainer.post(f"{imported.get_absolute_url()}take-in-as-new/")

    assert response.status_code == 303
    assert everything() == then


def test_a_theme_of_this_address_in_the_bin_stays_there(trainer, known):
    out = exported(trainer, known)
    known.bin()
    imported = bring_folder(trainer, out)

    page = words(trainer.get(imported.get_absolute_url()))
    refused = trainer.post(f"{imported.get_absolute_url()}take-in/", {"seen": "x"})

    assert "in the bin" in page
    assert refused.status_code == 404
    trainer.post(f"{imported.get_absolute_url()}take-in-as-new/")
    assert Theme.objects.get(slug="vertrouwen").binned_at
    assert Theme.objects.get(slug="vertrouwen-2").steps.count() == 3


# In: a theme that learners know


def test_the_same_folder_would_change_nothing(trainer, known):
    imported = bring_folder(trainer, exported(trainer, known))

    page = words(trainer.get(imported.get_absolute_url()))

    assert "There is nothing to take in." in page
    assert "3 topics are the same." in page


def test_a_rich_theme_is_the_same_as_itself(trainer):
    imported = bring_folder(trainer, exported(trainer, rich_theme()))

    changes = trainer.get(imported.get_absolute_url()).context["changes"]

    assert not changes.anything
    assert changes.left_to_you == []


def test_a_changed_text_becomes_a_draft_and_learners_see_no_difference(trainer, known, lea):
    complete(begin(lea, known), known.steps.get(slug="luisteren"))
    imported = changed(trainer, exported(trainer, known), luisteren=("En nog eens.", "En oefen het."))
    published = list(Edition.objects.filter(published_at__isnull=False).values())

    page = words(trainer.get(imported.get_absolute_url()))
    take_in(trainer, imported)

    assert "1 person follows it" in page
    assert "One changed text, as a draft" in page
    topic = known.steps.get(slug="luisteren").topic
    assert topic.draft.html == "<p>Lees Luisteren.</p>\n<p>En oefen het.</p>"
    assert list(Edition.objects.filter(published_at__isnull=False).values()) == published
    assert Edition.objects.filter(published_at=None).count() == 2


def test_a_changed_draft_stays_in_the_history(trainer, known, tom):
    topic = known.steps.get(slug="loslaten").topic
    topic.write(title="Loslaten", html="<p>Wat ik net nog typte.</p>", author=tom)
    imported = changed(trainer, exported(trainer, known), loslaten=("net nog", "gisteren"))

    take_in(trainer, imported)

    assert topic.draft.html == "<p>Wat ik gisteren typte.</p>"
    assert list(topic.versions.values_list("html", "name"))[1] == ("<p>Wat ik net nog typte.</p>", "Before an import")


def test_a_draft_beside_what_is_published_is_left_alone_when_the_folder_says_nothing_new(trainer, known):
    out = exported(trainer, known)
    known.steps.get(slug="luisteren").topic.write(title="Luisteren", html="<p>In de maak.</p>")
    then = everything()

    imported = bring_folder(trainer, out)

    assert not trainer.get(imported.get_absolute_url()).context["changes"].anything
    assert everything() == then


def test_a_new_topic_becomes_a_draft_at_its_place(trainer, known):
    files = files_in(exported(trainer, known))
    files["vertrouwen/04-loslaten.md"] = files.pop("vertrouwen/03-loslaten.md")
    files["vertrouwen/03-vragen.md"] = files.pop("vertrouwen/02-vragen.md")
    files["vertrouwen/02-stil-zijn.md"] = b"---\ntitle: Stil zijn\n---\n\nWees stil.\n"
    imported = bring_folder(trainer, zip_of(files, folder=""))

    take_in(trainer, imported)

    assert [step.slug for step in known.steps.order_by("position")] == ["luisteren", "stil-zijn", "vragen", "loslaten"]
    assert not known.steps.get(slug="stil-zijn").topic.published


LEFT = {
    "another title": ("theme", ("title: Vertrouwen", "title: Anders"), "What the theme says of itself: title."),
    "another access": ("theme", ("access: open", "access: signed-in"), "of itself: who may follow it."),
    "an introduction": (
        "theme",
        ("in_order: false\n---\n", "in_order: false\n---\n\nWelkom.\n"),
        "of itself: introduction.",
    ),
    "an extra": ("luisteren", ("required: true", "required: false"), "“Luisteren” is an extra in the folder"),
    "a release date": (
        "vragen",
        ("required: true", "required: true\nrelease_date: 2031-01-01"),
        "another release date",
    ),
    "a topic less": ("vragen", None, "“Vragen” is not in the folder. It stays in the theme."),
}


@pytest.mark.parametrize("what", LEFT)
def test_what_learners_would_notice_is_left_to_the_trainer(trainer, known, what):
    file, change, sentence = LEFT[what]
    imported = changed(trainer, exported(trainer, known), **{file: change}, loslaten=("Lees dit", "Lees dat"))
    theme = Theme.objects.values("title", "access", "introduction").get()
    steps = list(known.steps.values("slug", "position", "required", "release_date", "archived_at"))

    page = words(trainer.get(imported.get_absolute_url()))
    take_in(trainer, imported)

    assert sentence in page.split("Not done: left to you")[1]
    assert sentence in words(trainer.get(imported.get_absolute_url()))
    assert Theme.objects.values("title", "access", "introduction").get() == theme
    assert list(known.steps.values("slug", "position", "required", "release_date", "archived_at")) == steps
    assert known.steps.get(slug="loslaten").topic.draft.html == "<p>Lees dat.</p>"


def test_another_order_is_left_to_the_trainer(trainer, known):
    files = files_in(exported(trainer, known))
    files["vertrouwen/00-vragen.md"] = files.pop("vertrouwen/02-vragen.md")

    imported = bring_folder(trainer, zip_of(files, folder=""))

    changes = trainer.get(imported.get_absolute_url()).context["changes"]
    assert changes.left_to_you == [("reordered", "")]
    assert not changes.anything


def test_a_topic_that_was_taken_out_stays_out(trainer, known):
    out = exported(trainer, known)
    known.take_out(known.steps.get(slug="vragen"))
    imported = changed(trainer, out, vragen=("En nog eens.", "En oefen het."))

    take_in(trainer, imported)

    step = known.steps.get(slug="vragen")
    assert step.archived_at
    assert step.topic.draft.html.endswith("<p>En oefen het.</p>")


def test_what_changed_since_it_was_shown_is_looked_at_once_more(trainer, known):
    imported = changed(trainer, exported(trainer, known), luisteren=("En nog eens.", "En oefen het."))
    seen = trainer.get(imported.get_absolute_url()).context["changes"].seen
    known.steps.get(slug="luisteren").topic.write(title="Luisteren", html="<p>Van Tess.</p>")
    then = everything()

    response = trainer.post(f"{imported.get_absolute_url()}take-in/", {"seen": seen}, follow=True)

    assert "The theme was changed in the meantime." in words(response)
    assert everything() == then
    imported.refresh_from_db()
    assert imported.made_at is None


def test_without_what_was_seen_nothing_is_done(trainer, known):
    imported = changed(trainer, exported(trainer, known), luisteren=("En nog eens.", "En oefen het."))
    then = everything()

    assert trainer.post(f"{imported.get_absolute_url()}take-in/").status_code == 400
    assert everything() == then


def test_pictures_that_are_here_already_are_no_difference_and_new_ones_come_along(trainer):
    theme = rich_theme()
    theme.publish()
    imported = changed(trainer, exported(trainer, theme), met_plaatje=("Kijk:", "Kijk eens:"))
    pictures = Picture.objects.count()

    take_in(trainer, imported)

    assert [topic["slug"] for topic in imported.report["topics"]] == ["met-plaatje"]
    assert Picture.objects.count() == pictures


def test_another_picture_of_the_same_name_is_a_difference(trainer):
    theme = rich_theme()
    files = files_in(exported(trainer, theme))
    files["rijk/plaatje.png"] = png((99, 9))
    imported = bring_folder(trainer, zip_of(files, folder=""))

    take_in(trainer, imported)

    draft = theme.steps.get(slug="met-plaatje").topic.draft
    assert Picture.objects.get(width=99).address in draft.html


# In: a theme that nobody has seen


def test_a_theme_that_nobody_has_seen_becomes_as_the_folder_says(trainer, known):
    known.unpublish()
    for step in known.steps.current():
        step.topic.withdraw()
    files = files_in(exported(trainer, known))
    files["vertrouwen/theme.md"] = files["vertrouwen/theme.md"].replace(b"title: Vertrouwen", b"title: Anders")
    files["vertrouwen/00-vragen.md"] = files.pop("vertrouwen/02-vragen.md").replace(
        b"required: true", b"required: false\nrelease_date: 2031-01-01"
    )
    del files["vertrouwen/03-loslaten.md"]

    imported = take_in(trainer, bring_folder(trainer, zip_of(files, folder="")))

    known.refresh_from_db()
    assert known.title == "Anders"
    assert [step.slug for step in known.steps.order_by("position")] == ["vragen", "luisteren", "loslaten"]
    step = known.steps.get(slug="vragen")
    assert (step.required, step.release_date) == (False, date(2031, 1, 1))
    assert imported.report["left"] == [["missing", "Loslaten"]]


def test_an_unpublished_theme_that_people_followed_is_known_to_them(trainer, known, lea):
    begin(lea, known)
    known.unpublish()
    imported = changed(trainer, exported(trainer, known), theme=("title: Vertrouwen", "title: Anders"))

    assert trainer.get(imported.get_absolute_url()).context["changes"].known_to_learners


# What is wrong with it


@pytest.mark.parametrize(
    "what", ["an unknown key", "two topics with one slug", "a missing picture", "another encoding"]
)
def test_a_broken_folder_is_said_at_the_file_and_kept_nowhere(trainer, what):
    changes, place, _reason = BROKEN[what]

    response = trainer.post(READ, {"files": io_file("thema.zip", zip_of({**RIGHT, **changes}))})

    assert response.status_code == 400
    (error,) = response.context["form"].errors["files"]
    assert error.startswith(f"thema.zip: {place}")
    assert not Import.objects.exists()


def io_file(name, content):
    file = io.BytesIO(content)
    file.name = name
    return file


@pytest.mark.parametrize("what", ["svg", "half a png", "a bomb"])
def test_a_picture_that_is_none_is_said(trainer, what):
    response = trainer.post(READ, {"files": io_file("thema.zip", zip_of({**RIGHT, "cirkels.png": REFUSED[what]}))})

    assert response.status_code == 400
    assert "cirkels.png" in words(response)
    assert not Import.objects.exists()
    assert everything()[1] == {}


def test_a_theme_comes_by_itself(trainer):
    for other in ({"text": "Nog iets."}, {"files": io_file("x.txt", b"Nog iets.")}):
        files = [io_file("thema.zip", zip_of(RIGHT)), *filter(None, [other.get("files")])]

        response = trainer.post(READ, {"text": other.get("text", ""), "files": files})

        assert response.status_code == 400
        assert "is a whole theme" in words(response)
    assert not Import.objects.exists()


@pytest.mark.parametrize("topics", [2, 12])
def test_a_preview_costs_the_same_for_any_number_of_topics(trainer, topics, django_assert_num_queries):
    theme = make_theme(topics, slug="groot")
    imported = bring_folder(trainer, exported(trainer, theme))

    with django_assert_num_queries(8):
        trainer.get(imported.get_absolute_url())
