"""The table of doors, tried: every route × everybody × everything behind it. A route without a row fails."""

from urllib.parse import urlencode

import pytest

from config import errors
from courses.models import Theme
from courses.models.themes import ThemeQuerySet
from tests.doors import ANONYMOUS, DOORS, FOLLOWED, GROUP, MEMBER, PEOPLE, THEME, all_routes
from tests.knocking import LOOKS, knock
from tests.places import places_behind
from tests.stage import SECRET, built, stage

pytestmark = pytest.mark.django_db
__all__ = ["built", "stage"]

OPEN_TO_ALL = "a theme that all may read"
"""Stands beside drafts, what was taken out, and themes of others: none of it shows there."""

SIGN_IN = ("/account/login/", "/admin/login/")


def test_every_route_has_a_door():
    assert set(all_routes()) == set(DOORS)


def expected(route, person, place):
    """How this person is answered: "in", "sign in", "staff only", or a status."""
    door = DOORS[route]
    if door.opens_for == "nobody":
        return 404
    if door.opens_for != "everyone" and person in ANONYMOUS:
        return "sign in"
    if not door.lets_in(person):
        hidden = door.opens_for == "followers" and "<slug:group>" in route
        return "staff only" if door.opens_for == "staff" else 404 if hidden else 403
    return "in" if person in place.found_by else 404


def answered(route, response):
    """The same of an answer that was given, as what is expected names it."""
    elsewhere = response.headers.get("Location", "")
    if elsewhere.startswith(SIGN_IN) and not route.startswith("account/"):
        return "sign in"
    return "in" if response.status_code in DOORS[route].answers else response.status_code


def is_as_expected(route, person, response, wanted):
    if wanted == "staff only":
        return response.status_code == 403 or response.headers.get("Location", "").startswith((*SIGN_IN, "/admin/"))
    if wanted == "sign in":
        return response.status_code == 302 and response.url.startswith(SIGN_IN)
    if wanted == "in" and DOORS[route].opens_for == "everyone":
        return response.status_code in DOORS[route].answers
    return answered(route, response) == wanted


@pytest.mark.parametrize("route", DOORS)
def test_who_finds_what_behind_it(route, stage):
    """Who is refused is told no word of it, hears the same of what is there as of what is not, and changes nothing."""
    wrong, refusals = [], {}
    for place in places_behind(route, stage):
        for person in PEOPLE:
            wanted = expected(route, person, place)
            for method in DOORS[route].methods.split():
                response, changed = knock(stage.browsers[person], method, place.address, DOORS[route].fields)

                cell = f"{person}, {method}, {place.what}"
                if not is_as_expected(route, person, response, wanted):
                    wrong.append(f"{cell}: {response.status_code} instead of {wanted}")
                if method == "GET" and changed - LOOKS:
                    wrong.append(f"{cell}: looking changed {changed - LOOKS}")
                if SECRET in response.text_of_all and (wanted != "in" or place.what == OPEN_TO_ALL):
                    wrong.append(f"{cell}: was told of what is hidden")
                if wanted == "in":
                    continue
                if changed:
                    wrong.append(f"{cell}: refused, but changed {changed}")
                if (
                    refusals.setdefault((person, method, response.status_code), response.text_of_all)
                    != response.text_of_all
                ):
                    wrong.append(f"{cell}: refused in other words than of something else")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("route", DOORS)
def test_no_deed_is_done_by_looking(route, stage):
    place = places_behind(route, stage)[0]
    for person in ("visitor", "member", "trainer", "staff"):
        for method in ("GET", "HEAD"):
            response, changed = knock(stage.browsers[person], method, place.address)

            assert not changed - LOOKS, (person, method)
            if "GET" not in DOORS[route].methods and response.status_code < 300:
                pytest.fail(f"{person} was answered {response.status_code} to {method}")


def test_staff_get_into_the_admin(stage):
    response, _changed = knock(stage.browsers["staff"], "GET", "/admin/accounts/user/")

    assert response.status_code == 200


LISTED = {
    "/track/": {"trainer": ["of the group"], "client": ["of the group"]}
    | {"other trainer": ["of another group"], "other client": ["of another group"]},
    "/groups/": {"member": ["of the group"], "former member": ["of the group"]}
    | {"suspended member": ["of another group", "of the group"]},
}


@pytest.mark.parametrize("address", LISTED)
def test_a_list_names_the_groups_of_who_reads_it(address, stage):
    for person in PEOPLE:
        response, _changed = knock(stage.browsers[person], "GET", address)

        named = [group for group in ("of another group", "of the group") if f"{SECRET} {group}" in response.text_of_all]
        assert named == LISTED[address].get(person, []), person


OPTIONAL = {
    FOLLOWED: {"q": "lea", "state": "finished", "sort": "-progress", "page": "1"},
    FOLLOWED + "export/": {"q": "lea", "what": "steps", "format": "xlsx"},
    FOLLOWED + "report/": {"page": "1"},
    FOLLOWED + "stalled/": {"page": "1"},
    GROUP + "people/": {"q": "lea", "status": "invited", "page": "1"},
    GROUP + "invite/": {"role": "client"},
    GROUP + "client/": {"page": "1"},
    MEMBER + "message/": {"theme": "mine"},
    THEME + "existing/": {"q": "geheim"},
    "author/import/": {"theme": "mine", "page": "1"},
}


@pytest.mark.parametrize("route", OPTIONAL)
def test_what_may_be_asked_as_well_opens_no_door(route, stage):
    """Each alone, and all of them: whoever is refused without them is refused with them."""
    asked = OPTIONAL[route]
    for place in places_behind(route, stage):
        for query in ({}, asked, *({name: value} for name, value in asked.items())):
            for person in PEOPLE:
                wanted = expected(route, person, place)
                if wanted == "in":
                    continue
                response, changed = knock(stage.browsers[person], "GET", f"{place.address}?{urlencode(query)}")

                assert is_as_expected(route, person, response, wanted), (person, place.what, query)
                assert SECRET not in response.text_of_all
                assert not changed


def everyone_sees(monkeypatch):
    monkeypatch.setattr(ThemeQuerySet, "visible_to", lambda themes, user: themes.published())


def not_found_says_what(monkeypatch):
    """A 404 with the titles of all that is hidden."""
    titles = ", ".join(Theme.objects.exclude(access="open").values_list("title", flat=True))
    page = errors.page
    monkeypatch.setattr(errors, "page", lambda status, title, advice, **more: page(status, titles, advice, **more))


def not_found_is_counted(monkeypatch):
    """A 404 that changes a row."""
    page = errors.page

    def counted(*args, **kwargs):
        Theme.objects.filter(slug="open").update(summary="Gezocht")
        return page(*args, **kwargs)

    monkeypatch.setattr(errors, "page", counted)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (everyone_sees, "outsider, GET, a theme: of the group: 200 instead of 404"),
        (not_found_says_what, "outsider, GET, a theme: of the group: was told of what is hidden"),
        (not_found_is_counted, "outsider, GET, a theme: of the group: refused, but changed {'courses_theme'}"),
    ],
)
def test_a_fault_is_noticed_and_named(fault, told, stage, monkeypatch):
    fault(monkeypatch)

    with pytest.raises(AssertionError) as noticed:
        test_who_finds_what_behind_it("themes/<slug:theme>/", stage)

    assert told in str(noticed.value)
