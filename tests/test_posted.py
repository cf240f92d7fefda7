"""What a form may say: its own fields and nothing about who, whose, or what state; and what is no sense is answered."""

from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model

from courses.models import Participation
from tests.doors import DOORS, deeds
from tests.knocking import LOOKS, changes, knock, taken_back
from tests.places import places_behind
from tests.stage import built, stage

pytestmark = pytest.mark.django_db
__all__ = ["built", "stage"]

OURS = [route for route in deeds() if not route.startswith(("admin/", "account/security/", "account/oidc/"))]
WITH_FIELDS = [route for route in OURS if DOORS[route].fields]


def actor(route):
    """Who does the deeds behind a door."""
    return "trainer" if DOORS[route].opens_for == "trainers" else "member"


def own(route, stage):
    """The address of what is there for who does it."""
    person = actor(route)
    return next(place.address for place in places_behind(route, stage) if person in place.found_by)


def reachable(routes):
    """Deeds on what is not there for anybody need no form."""
    return [route for route in routes if "<slug:session>" not in route and "<int:pk>" not in route]


# More than it asks

ROLES = ("is_trainer", "is_staff", "is_superuser", "is_active", "email")


def claims(stage):
    """Fields that no form of ours has, and what would be gained by each if it did."""
    victim, group = stage.people["suspended member"], stage.other
    who = dict.fromkeys(
        ("user", "learner", "actor", "author", "recipient", "sender", "created_by", "uploaded_by"), victim.pk
    )
    whose = {"group": group.pk, "membership": stage.membership("suspended member", group).pk, "participation": "1"}
    state = {"role": "client", "status": "completed", "is_trainer": "on", "is_staff": "on", "is_superuser": "on"}
    moments = dict.fromkeys(("completed_at", "published_at", "binned_at", "withdrawn_at", "made_at"), "2020-01-01")
    return {**who, **whose, **state, **moments, "revision": "1", "public_id": "mine", "number": "99"}


def roles():
    return list(get_user_model().objects.order_by("pk").values_list("pk", *ROLES))


def rows_about(person):
    """How many rows there are of each kind that name this person."""
    relations = [one for one in person._meta.related_objects if one.one_to_many or one.one_to_one]
    named = {one: one.related_model._base_manager.filter(**{one.field.name: person}) for one in relations}
    return {(one.related_model.__name__, one.field.name): rows.count() for one, rows in named.items()}


@pytest.mark.parametrize("route", reachable(OURS))
def test_a_form_says_nothing_of_who_and_whose(route, stage):
    """With every claim added, the same tables change, nobody has another role, and nothing is done to another."""
    victim, fields = stage.people["suspended member"], dict(DOORS[route].fields)
    added = {name: value for name, value in claims(stage).items() if name not in (*fields, *MAY_BE_SAID.get(route, ()))}
    browser, address = stage.browsers[actor(route)], own(route, stage)
    plain, changed = knock(browser, "POST", address, fields.items())
    before, about = roles(), rows_about(victim)

    with taken_back(), changes() as changed_too:
        cookies = browser.cookies.copy()
        claiming = browser.post(address, {**added, **fields})
        browser.cookies = cookies

        assert claiming.status_code == plain.status_code
        assert changed_too == changed
        assert [one for one in roles() if one in before] == before
        assert rows_about(victim) == about


MAY_BE_SAID = {
    "track/groups/<slug:group>/invite/preview/": ("role",),
    "track/groups/<slug:group>/invite/send/": ("role",),
    "track/completions/confirm/": ("participation",),
}
"""What these forms do ask, and their own tests are about."""


# Less than it asks


MAY_BE_LEFT_OUT = {"cover_alt", "release_date", "name", "place_count", "starts_on", "deadline", "frequency", "agreed"}
"""Nothing is a value here: decorative, at once, without a name."""


@pytest.mark.parametrize("route", WITH_FIELDS)
def test_a_form_without_one_of_its_fields_is_answered_and_changes_nothing(route, stage):
    for left_out, _value in DOORS[route].fields:
        fields = [(name, value) for name, value in DOORS[route].fields if name != left_out]

        response, changed = knock(stage.browsers[actor(route)], "POST", own(route, stage), fields)

        assert response.status_code in (200, 303, 400, 404, 409), left_out
        assert not changed - LOOKS or left_out in MAY_BE_LEFT_OUT, left_out


NONSENSE = ["", "999999999999999999999999", "-1", "ja\0nee", "<script>", "x" * 400, "2027-02-30", "𝟙", "‮"]


@pytest.mark.parametrize("route", WITH_FIELDS)
def test_nonsense_is_answered_and_never_an_error(route, stage):
    address = own(route, stage)
    for name, _value in DOORS[route].fields:
        for nonsense in NONSENSE:
            fields = {**dict(DOORS[route].fields), name: nonsense}

            response, _changed = knock(stage.browsers[actor(route)], "POST", address, fields.items())

            assert response.status_code in (200, 303, 400, 404, 409), (name, nonsense)


# Keys of rows: twice, and of another


def positions(theme):
    return list(theme.steps.filter(archived_at=None).order_by("position").values_list("position", flat=True))


@pytest.mark.parametrize("sent", [["1", "2"], ["2", "2"], ["99"], ["0"], ["-1"], []])
def test_moving_by_strange_numbers_leaves_every_position_once(sent, stage):
    theme = stage.themes["open"]
    address = f"/author/themes/open/topics/{theme.steps.first().slug}/move/"
    before = positions(theme)

    with taken_back():
        response = stage.browsers["trainer"].post(address, {"position": sent})

        assert response.status_code in (303, 400)
        assert positions(theme) == before == sorted(set(before))


@pytest.mark.parametrize("twice", [1, 2])
def test_what_another_trainer_is_to_confirm_stays_unconfirmed(twice, stage):
    theirs = stage.themes["of another group"].participations.get(learner=stage.people["suspended member"])
    by_change = {"completion_cause": Participation.Cause.STRUCTURE, "completion_confirmed_at": None}
    Participation.objects.filter(pk=theirs.pk).update(**by_change)
    sent = {"participation": [str(theirs.pk)] * twice}
    response, changed = knock(stage.browsers["trainer"], "POST", "/track/completions/confirm/", sent.items())

    assert response.status_code == 303
    assert not changed


@pytest.mark.parametrize(("sent", "status"), [(["0", "0"], 303), (["0", "99"], 404), (["99"], 404), (["x"], 400)])
def test_of_an_import_only_its_own_texts_are_chosen(sent, status, stage):
    address = f"/author/import/{stage.imported.public_id}/texts/"

    with taken_back():
        assert stage.browsers["trainer"].post(address, {"source": sent}).status_code == status


@pytest.mark.parametrize("source", ["binned first", "open niets", "niets there", "mine there"])
def test_a_topic_is_taken_over_only_from_where_it_is(source, stage):
    theme, topic = source.replace("first", stage.themes["in the bin"].steps.first().slug).split()
    sent = {"theme": theme, "topic": topic}

    response, changed = knock(stage.browsers["trainer"], "POST", "/author/themes/draft/existing/add/", sent.items())

    assert response.status_code == 404
    assert not changed


# Where to go next

ELSEWHERE = [
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "///elsewhere.example/",
    "/\\elsewhere.example/",
    "\\\\elsewhere.example/",
    "https:elsewhere.example",
    "http:///elsewhere.example/",
    "https://testserver@elsewhere.example/",
    "https://testserver.elsewhere.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    " //elsewhere.example/",
    "\t//elsewhere.example/",
    "ftp://testserver/",
]
THERE = "/themes/open/"
PASSWORD = {"password": "a good long password"}
ENTRIES = {
    "/account/language/": ("visitor", {"language": "en"}),
    "/appearance/": ("visitor", {"appearance": "dark"}),
    "/account/login/": ("visitor", {"login": "lea@example.org", **PASSWORD}),
    "/account/logout/": ("member", {}),
    "/account/reauthenticate/": ("member", PASSWORD),
}


def led_to(stage, entry, wanted):
    who, fields = ENTRIES[entry]
    response, _changed = knock(stage.browsers[who], "POST", entry, {**fields, "next": wanted}.items())
    return response.headers["Location"]


@pytest.mark.parametrize("entry", ENTRIES)
def test_next_leads_to_a_page_of_ours_and_nowhere_else(entry, stage):
    assert led_to(stage, entry, THERE) == THERE
    for wanted in ELSEWHERE:
        found = urlsplit(led_to(stage, entry, wanted))

        assert (found.scheme, found.netloc) == ("", ""), wanted
        assert found.path.startswith("/"), wanted
        assert "elsewhere" not in found.path, wanted


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_the_page_that_a_button_stood_on_is_one_of_ours(wanted, client, db):
    came_from = client.post("/mail/", headers={"referer": "http://testserver/themes/open/"})
    from_elsewhere = client.post("/mail/", headers={"referer": wanted})

    assert came_from.url == "/account/login/?next=/themes/open/"
    assert from_elsewhere.url == "/account/login/?next=/"
