"""The author's room: shut for learners, open for trainers, and a topic is found only in its own theme."""

import re

import pytest

from courses.models import Step, Structure
from tests.conftest import make_step, make_theme, make_user, signed_in
from tests.test_doors import AUTHORING, DOORS, everything_kept, send

pytestmark = pytest.mark.django_db

AUTHORING = [route for route in AUTHORING if "import_id" not in route and "author/import/" not in route]
"""Bringing a text has doors of its own: test_import_doors.py."""
OF_A_THEME = [route for route in AUTHORING if "<slug:theme>" in route]
OF_A_TOPIC = [route for route in AUTHORING if "<slug:topic>" in route]
QUERIES = {"history/compare/": "?before=edition-1&after=edition-1"}
SECRET = "Zeer geheim"


@pytest.fixture
def theme():
    theme = make_theme(2, slug="mine", title=SECRET)
    theme.describe(summary="Kort")
    there = make_theme(1, slug="elsewhere")
    there.rename_step(there.steps.get(), "there")
    return theme


@pytest.fixture
def place(theme):
    """The address of a route in the theme; ``names`` go before what stands there."""
    entry = Structure.objects.filter(theme=theme).first().public_id
    there = {"<slug:theme>": theme.slug, "<slug:topic>": theme.steps.first().slug}

    def of(route, **names):
        names = {**there, "<slug:entry>": "edition-1" if "topics/" in route else entry, **names}
        for placeholder, name in names.items():
            route = route.replace(placeholder, name)
        assert "<" not in route, "a placeholder without a value"
        return "/" + route + next((query for ending, query in QUERIES.items() if route.endswith(ending)), "")

    return of


def deeds(routes):
    return [route for route in routes if "POST" in DOORS[route].methods]


def ways(route):
    return DOORS[route].methods.split()


NEEDS_MORE = re.compile("pictures/$")
"""Routes that take a file: without one they answer 400."""


@pytest.mark.parametrize("route", OF_A_THEME)
def test_a_trainer_enters_and_a_learner_does_not(route, place, trainer, learner):
    for method in ways(route):
        outside = send(learner, method, place(route), DOORS[route].fields)
        inside = send(trainer, method, place(route), DOORS[route].fields)

        assert outside.status_code == 403
        assert SECRET not in outside.content.decode()
        assert method == "GET" or inside.status_code in ((400,) if NEEDS_MORE.search(route) else (200, 201, 303))


@pytest.mark.parametrize("route", OF_A_THEME)
def test_a_learner_cannot_tell_what_exists(route, place, learner):
    for method in ways(route):
        existing = send(learner, method, place(route), DOORS[route].fields)
        missing = send(learner, method, place(route, **{"<slug:theme>": "niets"}), DOORS[route].fields)

        assert existing.status_code == missing.status_code == 403
        assert without_token(existing) == without_token(missing)


def without_token(response):
    return re.sub(r'value="[^"]*"', "", response.content.decode())


@pytest.mark.parametrize("kind", ["a draft", "in the bin", "of a group"])
@pytest.mark.parametrize("route", OF_A_THEME)
def test_trainers_see_every_theme_of_the_site(route, kind, theme, place, trainer):
    if kind == "a draft":
        theme.unpublish()
    elif kind == "in the bin":
        theme.bin()
    else:
        theme.describe(access="group")
    for method in ways(route):
        response = send(trainer, method, place(route), DOORS[route].fields)

        assert response.status_code in (200, 201, 303, 400)


@pytest.mark.parametrize("where", ["of another theme", "that does not exist"])
@pytest.mark.parametrize("route", OF_A_TOPIC)
def test_a_topic_elsewhere_is_not_found(route, where, theme, place, trainer):
    other = make_step(make_theme(0), slug="van-een-ander")
    before = everything_kept()

    for method in ways(route):
        slug = other.slug if where == "of another theme" else "niets"
        response = send(trainer, method, place(route, **{"<slug:topic>": slug}), DOORS[route].fields)

        assert response.status_code == 404

    assert everything_kept() == before


@pytest.mark.parametrize("route", [route for route in OF_A_THEME if "<slug:entry>" in route])
@pytest.mark.parametrize(
    "entry", ["edition-99", "edition-x", "edition-99999999999999999999", "version-x", "draft-x", "niets"]
)
def test_an_entry_that_is_not_there_is_not_found(route, entry, place, trainer):
    before = everything_kept()

    for method in ways(route):
        response = send(trainer, method, place(route, **{"<slug:entry>": entry}), DOORS[route].fields)

        assert response.status_code == 404

    assert everything_kept() == before


def test_an_entry_of_another_theme_is_not_found(theme, trainer):
    other = make_theme(1)
    make_step(other)
    foreign = other.structures.last()

    response = trainer.post(f"/author/themes/{theme.slug}/history/{foreign.public_id}/restore/")

    assert response.status_code == 404


@pytest.mark.parametrize("route", [route for route in deeds(AUTHORING) if DOORS[route].fields])
def test_a_form_without_one_of_its_fields_changes_nothing(route, place, trainer):
    for left_out, _value in DOORS[route].fields:
        before = everything_kept()
        fields = [(name, value) for name, value in DOORS[route].fields if name != left_out]

        response = send(trainer, "POST", place(route), fields)

        assert response.status_code in (303, 400, 409)
        if left_out not in MAY_BE_LEFT_OUT:
            assert everything_kept() == before


MAY_BE_LEFT_OUT = {"cover_alt", "release_date", "name"}
"""Nothing is a value here: decorative, at once, without a name."""

NONSENSE = ["", "999999999999999999999999", "-1", "ja\0nee", "<script>", "x" * 400, "2027-02-30", "𝟙", "‮"]


@pytest.mark.parametrize("nonsense", NONSENSE)
@pytest.mark.parametrize("route", [route for route in deeds(AUTHORING) if DOORS[route].fields])
def test_nonsense_is_answered_and_never_an_error(route, nonsense, place, trainer):
    for name, _value in DOORS[route].fields:
        fields = {**dict(DOORS[route].fields), name: nonsense}

        response = send(trainer, "POST", place(route), fields.items())

        assert response.status_code in (200, 303, 400, 404, 409)


@pytest.mark.parametrize(
    "status", ["published_at", "binned_at", "revision", "is_trainer", "author", "position", "withdrawn_at"]
)
@pytest.mark.parametrize("route", deeds(OF_A_THEME))
def test_a_form_cannot_say_more_than_it_asks(route, status, theme, place, trainer, lea):
    """Unknown fields change nothing: what happens is as without them."""
    fields = {**dict(DOORS[route].fields), status: str(lea.pk)}
    if status in dict(DOORS[route].fields):
        return

    response = send(trainer, "POST", place(route), fields.items())

    lea.refresh_from_db()
    assert response.status_code < 500
    assert not lea.is_trainer
    assert not Step.objects.filter(topic__editions__author=lea).exists()


def test_a_suspended_trainer_is_shut_out(theme):
    tess = make_user("Tess", is_trainer=True)
    browser = signed_in(tess)
    type(tess).objects.filter(pk=tess.pk).update(is_active=False)

    response = browser.get(f"/author/themes/{theme.slug}/")

    assert response.status_code == 302
