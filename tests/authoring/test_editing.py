"""Writing a topic: what the server stores, what it refuses, and who may."""

import io

import pytest
from django.urls import reverse

from courses.articles.sanitise import sanitise
from courses.authoring.editor import MOST_CHARACTERS
from courses.models import Picture, Presence, Topic
from tests.articles.hostile import FRAGMENTS
from tests.authoring.writing import (
    address,
    make_written_step,
    sent,
    text_of,
)
from tests.conftest import make_theme, make_user, signed_in
from tests.models.pictures import png


@pytest.fixture
def step(db):
    return make_written_step()


@pytest.fixture
def tess(db):
    return make_user("Tess", is_trainer=True)


# The page


def test_the_page_holds_the_draft_and_its_version(trainer, step):
    step.topic.write(title="Luisteren & meer", html="<p>Klad <b>vet</b>.</p>", summary="Kort.")

    page = trainer.get(address("topic", step)).content.decode()

    assert "Luisteren &amp; meer</textarea>" in page
    assert "&lt;p&gt;Klad vet.&lt;/p&gt;</textarea>" in page
    assert '<input type="hidden" name="base" value="2"' in page


def test_without_a_draft_the_page_holds_what_is_published(trainer, step):
    page = trainer.get(address("topic", step)).content.decode()

    assert "&lt;p&gt;Lees dit.&lt;/p&gt;</textarea>" in page


def test_the_page_names_the_other_themes_of_the_topic(trainer, step):
    other = make_theme(0, title="Elders ook", slug="elders")
    other.add(step.topic, slug="hier-ook")

    page = trainer.get(address("topic", step)).content.decode()

    assert 'href="/author/themes/elders/topics/hier-ook/"' in page
    assert "Elders ook" in page


def test_looking_at_the_page_changes_nothing(trainer, step):
    trainer.get(address("topic", step))

    assert not Presence.objects.exists()
    assert Topic.objects.get().text_version == 1


@pytest.mark.parametrize("where", ["taken out", "in the bin"])
def test_what_learners_do_not_see_can_still_be_written(trainer, step, where):
    if where == "taken out":
        step.theme.take_out(step)
    else:
        step.theme.bin()

    assert trainer.get(address("topic", step)).status_code == 200
    assert sent(step, client=trainer).status_code == 200
    assert text_of(step).html == "<p>Nieuw.</p>"


# Saving


def test_what_is_sent_becomes_the_draft(trainer, tom, step):
    response = sent(step, client=trainer, title=" Goed\nluisteren ", summary="Waar het \n om gaat.")

    text = text_of(step)
    assert response.status_code == 200
    assert (text.title, text.summary, text.html) == ("Goed luisteren", "Waar het om gaat.", "<p>Nieuw.</p>")
    assert (text.author, text.published_at) == (tom, None)
    answer = response.json()
    assert answer["version"] == 2
    assert answer["saved_at"] in answer["message"]
    assert step.topic.published_edition.html == "<p>Lees dit.</p>"


def test_without_javascript_one_comes_back_to_the_page(trainer, step):
    response = sent(step, client=trainer, quiet=False)

    assert (response.status_code, response.url) == (303, address("topic", step))
    assert text_of(step).html == "<p>Nieuw.</p>"


def test_an_unfinished_text_is_saved_as_it_is(trainer, step):
    assert sent(step, client=trainer, title="", html="").status_code == 200
    assert (text_of(step).title, text_of(step).html) == ("", "")


@pytest.mark.parametrize("field", ["title", "summary", "html", "base"])
@pytest.mark.parametrize("name", ["save_topic", "merge_topic"])
def test_a_form_without_one_of_its_fields_wipes_nothing_out(trainer, step, field, name):
    response = sent(step, name, client=trainer, **{field: None, "all": "new"})

    assert response.status_code == 400
    assert Topic.objects.get().text_version == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "t" * 301),
        ("summary", "s" * 501),
        ("html", "h" * (MOST_CHARACTERS + 1)),
        ("title", "\0"),
        ("base", "nee"),
        ("base", -1),
        ("base", 10**30),
    ],
)
def test_what_cannot_be_stored_is_refused_with_what_was_typed(trainer, step, field, value):
    quiet = sent(step, client=trainer, **{field: value})
    plain = sent(step, client=trainer, quiet=False, **{"html": "<p>Getypt.</p>", field: value})

    assert quiet.status_code == plain.status_code == 400
    assert field in quiet.json()["errors"]
    assert quiet.json()["message"]
    if field != "html":
        assert "&lt;p&gt;Getypt.&lt;/p&gt;" in plain.content.decode()
    assert Topic.objects.get().text_version == 1


@pytest.mark.parametrize("title", ["t" * 300, "👩🏽‍🏫" * 40, "‏שלום עולם", "<script>alert(1)</script>"])
def test_a_title_may_be_long_or_strange(trainer, step, title):
    assert sent(step, client=trainer, title=title).status_code == 200

    assert text_of(step).title == title
    assert "<script>alert(1)" not in trainer.get(address("topic", step)).content.decode()


def test_two_megabytes_of_text_get_a_clear_answer(trainer, step):
    whole, too_much = "<p>Twee.</p>" * 170_000, "<p>Drie.</p>" * 1_100_000

    assert sent(step, client=trainer, html=whole).status_code == 400
    assert sent(step, client=trainer, html=too_much).status_code == 413
    assert Topic.objects.get().text_version == 1


def test_a_megabyte_of_text_is_stored(trainer, step):
    html = "<p>Twaalf.</p>" * (900_000 // 14)

    assert sent(step, client=trainer, html=html).status_code == 200
    assert text_of(step).html.count("Twaalf.") == 900_000 // 14


@pytest.mark.parametrize("way", ["save", "merge"])
def test_hostile_html_is_sanitised_on_every_way_in(trainer, step, way):
    html = "".join(FRAGMENTS).encode("utf-8", "ignore").decode()[:500_000]

    if way == "save":
        response = sent(step, client=trainer, html=html)
    else:
        response = sent(step, "merge_topic", client=trainer, html=html, all="new")

    assert response.status_code in (200, 303)
    stored = text_of(step).html
    assert stored == sanitise(stored)
    assert "<script" not in stored


@pytest.mark.parametrize("deep", [3_000, 20_000])
def test_what_is_nested_out_of_all_measure_takes_no_worker_down(trainer, step, deep):
    response = sent(step, client=trainer, html="<table><tr><td>" * deep + "x")

    assert response.status_code in (200, 400)
    assert sent(step, client=trainer, base=Topic.objects.get().text_version).status_code == 200


def test_saving_100_kilobytes_costs_at_most_ten_queries(trainer, step, django_assert_max_num_queries):
    html = "<p>Wie luistert, hoort meer dan er gezegd wordt.</p>" * 2_000
    assert len(html) > 100_000
    sent(step, client=trainer)

    with django_assert_max_num_queries(10):
        response = sent(step, client=trainer, html=html, base=2)

    assert response.status_code == 200


# Who is here


def test_presence_tells_who_else_is_here_and_which_version_stands(trainer, tom, tess, step):
    first = signed_in(tess).post(address("presence", step)).json()
    second = trainer.post(address("presence", step)).json()

    assert (first["others"], first["notice"]) == ([], "")
    assert second["others"] == ["Tess"]
    assert "Tess" in second["notice"]
    assert second["version"] == 1
    assert set(Presence.objects.values_list("person__name", flat=True)) == {"Tom", "Tess"}


def test_the_page_says_who_else_is_here(trainer, tess, step):
    Presence.objects.announce(step.topic, tess)

    assert "Tess" in trainer.get(address("topic", step)).content.decode()


# Doors

DEEDS = ["save_topic", "merge_topic", "add_picture", "presence"]


@pytest.mark.parametrize("name", ["topic", *DEEDS])
def test_a_topic_of_another_theme_is_not_found(trainer, step, name):
    other = make_theme(1, slug="ander")
    foreign = reverse(f"authoring:{name}", args=[other.slug, step.slug])
    fields = {"title": "x", "summary": "", "html": "x", "base": 1, "all": "new", "file": io.BytesIO(png())}

    response = trainer.get(foreign) if name == "topic" else trainer.post(foreign, fields)

    assert response.status_code == 404
    assert Topic.objects.get(pk=step.topic_id).text_version == 1
    assert not Picture.objects.exists()


@pytest.mark.parametrize("name", ["topic", *DEEDS])
def test_a_learner_finds_the_door_shut(learner, step, name):
    response = learner.get(address(name, step)) if name == "topic" else sent(step, name, client=learner, all="new")

    assert response.status_code == 403
    assert "Luisteren" not in response.content.decode()
    assert Topic.objects.get().text_version == 1


@pytest.mark.parametrize("name", DEEDS)
def test_a_visitor_is_asked_to_sign_in(client, step, name):
    response = sent(step, name, client=client, all="new")

    assert response.status_code == 302
    assert response.url.startswith("/account/login/")


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_is_never_done_by_looking(trainer, step, name):
    assert trainer.get(address(name, step)).status_code == 405


@pytest.mark.parametrize("extra", ["author", "user", "topic", "published_at", "text_version"])
def test_who_writes_is_who_is_signed_in_whatever_the_form_says(trainer, tom, tess, step, extra):
    sent(step, client=trainer, **{extra: str(tess.pk)})

    assert text_of(step).author == tom
    assert text_of(step).published_at is None
