"""Addresses are stable: links in mails and bookmarks keep working after a rename."""

import pytest

from tests.conftest import make_step, make_theme
from tests.models.acts import steps_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed():
    """The theme "oud" with the topic "eerst", which are now "nieuw" and "nu"."""
    theme = make_theme(0, slug="oud")
    step = make_step(theme, slug="eerst")
    theme.rename("nieuw")
    theme.rename_step(step, "nu")
    return theme


@pytest.mark.parametrize(
    ("address", "now"),
    [
        ("/themes/oud/", "/themes/nieuw/"),
        ("/themes/oud/eerst/", "/themes/nieuw/nu/"),
        ("/themes/oud/nu/", "/themes/nieuw/nu/"),
        ("/themes/nieuw/eerst/", "/themes/nieuw/nu/"),
    ],
)
def test_a_former_address_leads_on(address, now, renamed, client):
    response = client.get(address)

    assert (response.status_code, response.url) == (301, now)


def test_what_one_may_not_see_leads_nowhere(renamed, client):
    renamed.unpublish()

    assert client.get("/themes/oud/").status_code == 404


@pytest.mark.parametrize("address", ["/themes/nergens/", "/themes/oud/nergens/", "/themes/nieuw/nergens/"])
def test_what_never_was_is_not_found(address, renamed, client):
    assert client.get(address).status_code == 404


def test_a_topic_that_took_the_address_over_is_found_there(renamed, client):
    make_step(renamed, "Ander onderwerp", slug="eerst")

    assert client.get("/themes/nieuw/eerst/").status_code == 200


def test_a_topic_that_was_taken_out_leads_nowhere(renamed, client):
    renamed.take_out(steps_of(renamed)[0])

    assert client.get("/themes/nieuw/eerst/").status_code == 404


def test_a_deed_at_a_former_address_does_nothing(renamed, learner):
    assert learner.post("/themes/oud/eerst/open/").status_code == 404
