"""Accepting an invitation: look, say who you are, press the button."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.models import Invitation, Membership, RosterRow
from tests.conftest import make_theme, make_user, signed_in
from tests.knocking import everything_kept
from tests.tracking.conftest import make_group, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_tried_before(db):
    cache.clear()


@pytest.fixture
def group(theme, tom):
    return make_group(themes=[theme], trainers=[tom])


@pytest.fixture
def link(group):
    return group.invitations.create(place_count=2)


@pytest.fixture
def personal(group):
    return group.invitations.create(email="Noor@example.org", name="Noor", place_count=1)


@pytest.fixture
def visitor():
    return Client(headers={"accept-language": "en"})


def english(user):
    user.language = "en"
    user.save()
    return signed_in(user)


def at(invitation, deed=""):
    return f"/join/{invitation.token}/{deed}"


def code_in_mail():
    return re.search(r"^([A-Z0-9-]{6,})$", mail.outbox[-1].body, re.MULTILINE)[1]


def identify(browser, invitation, **fields):
    return browser.post(at(invitation, "identify/"), {"name": "Noor", "email": "noor@example.org", **fields})


def enter_code(browser, response):
    back = unquote(response.url.split("next=")[1])
    return browser.post(response.url, {"code": code_in_mail(), "next": back}, follow=True)


# Looking


def test_the_page_says_who_invites_to_what_and_who_will_see_what_and_accepts_nothing(visitor, link, theme):
    before = everything_kept()

    response = visitor.get(at(link))

    page = words(response)
    assert response.status_code == 200
    for shown in ("Teamleiders", "Tom invites you.", theme.title, "Your trainers see your name", "The client sees"):
        assert shown in page
    assert everything_kept() == before


def test_looking_accepts_nothing_for_who_is_signed_in_either(lea, link):
    page = words(english(lea).get(at(link)))

    assert "You are signed in as Lea." in page
    assert "Accept the invitation" in page
    assert not Membership.objects.exists()


@pytest.mark.parametrize("method", ["get", "head", "put"])
def test_only_a_post_accepts(method, lea, link):
    assert getattr(signed_in(lea), method)(at(link, "accept/")).status_code == 405
    assert not Membership.objects.exists()


def test_the_address_goes_to_no_other_site_cache_or_search_engine(visitor, link):
    for response in (visitor.get(at(link)), visitor.get("/join/unknown/")):
        assert response["Referrer-Policy"] == "strict-origin"
        assert response["X-Robots-Tag"] == "noindex"
        assert "no-store" in response["Cache-Control"]
        assert 'name="robots" content="noindex"' in words(response)


# Accepting


def test_the_button_lets_in(lea, link, theme):
    browser = english(lea)

    response = browser.post(at(link, "accept/"))

    assert response.status_code == 303
    assert "You are in “Teamleiders” now." in words(browser.get(response.url))
    assert Membership.objects.get().learner == lea
    assert RosterRow.objects.get().learner == lea
    assert Invitation.objects.get().used_count == 1


def test_pressing_twice_is_one_membership_and_costs_one_place(lea, link):
    browser = english(lea)

    browser.post(at(link, "accept/"))
    response = browser.post(at(link, "accept/"))

    assert "You are in “Teamleiders” already." in words(browser.get(response.url))
    assert "You accepted this invitation already." in words(browser.get(at(link)))
    assert Membership.objects.count() == Invitation.objects.get().used_count == 1


@pytest.mark.parametrize("role", [{"is_trainer": True}])
def test_rule_27_a_trainer_who_accepts_looks_around_and_does_not_count(role, link):
    charlie = make_user("Charlie", **role)
    browser = english(charlie)

    response = browser.post(at(link, "accept/"))

    assert "you do not count as a learner" in words(browser.get(response.url))
    assert Membership.objects.get().learner == charlie
    assert not RosterRow.objects.exists()


def test_a_client_comes_in_as_a_client(cleo, group):
    invitation = group.invitations.create(role="client", email="cleo@example.org", place_count=1)
    browser = english(cleo)

    page = words(browser.get(at(invitation)))
    response = browser.post(at(invitation, "accept/"))

    assert "You see how this group is doing, as its client." in page
    assert response.url == "/track/"
    assert list(group.clients.all()) == [cleo]
    assert not Membership.objects.exists()


@pytest.fixture
def cleo(db):
    return make_user("Cleo")


def test_fields_that_are_added_change_nothing(lea, lars, link):
    signed_in(lea).post(at(link, "accept/"), {"role": "client", "user": lars.pk, "status": "suspended"})

    assert Membership.objects.active().get().learner == lea
    assert not link.group.clients.exists()


# Who is not signed in


def test_a_new_person_comes_in_with_one_code_and_no_password(visitor, link):
    response = identify(visitor, link)
    assert response.status_code == 303

    page = enter_code(visitor, response)

    assert page.redirect_chain[-1][0] == at(link)
    assert "Accept the invitation" in words(page)
    noor = User.objects.get(email="noor@example.org")
    assert (noor.name, noor.language, noor.has_usable_password()) == ("Noor", "en", False)
    assert noor.emailaddress_set.get().verified
    assert len(mail.outbox) == 1
    assert not Membership.objects.exists()
    visitor.post(at(link, "accept/"))
    assert Membership.objects.get().learner == noor


def test_who_has_an_account_comes_in_with_one_code_and_keeps_their_name(visitor, link):
    lea = make_user("Lea")
    english(lea)

    page = enter_code(visitor, identify(visitor, link, name="Iemand", email="LEA@example.org"))

    assert "You are signed in as Lea." in words(page)
    lea.refresh_from_db()
    assert lea.name == "Lea"
    assert User.objects.filter(email__iexact="lea@example.org").count() == 1
    assert len(mail.outbox) == 1


def test_a_personal_invitation_goes_to_its_own_address_whatever_is_sent(visitor, personal):
    page = words(visitor.get(at(personal)))
    assert 'name="email"' not in page
    assert "Noor@example.org" in page

    response = identify(visitor, personal, email="mallory@example.org")

    assert mail.outbox[0].to == ["Noor@example.org"]
    enter_code(visitor, response)
    assert visitor.post(at(personal, "accept/")).status_code == 303
    assert Membership.objects.get().learner.email.lower() == "noor@example.org"


def test_nothing_tells_whether_an_account_exists(link):
    make_user("Lea")
    make_user("Sus", is_active=False)
    answers = []

    for address in ("lea@example.org", "sus@example.org", "nobody@example.org"):
        browser = Client(headers={"accept-language": "en"})
        response = identify(browser, link, email=address)
        page = words(browser.get(response.url)).replace(address, "…")
        answers.append((response.status_code, response.url, re.sub(r'value="[\w-]{64}"', "", page)))

    assert answers[0] == answers[1] == answers[2]


def test_an_account_that_was_switched_off_gets_no_code(visitor, link):
    make_user("Sus", is_active=False)

    identify(visitor, link, email="sus@example.org")

    assert all(not re.search(r"^[A-Z0-9]{3}-?[A-Z0-9]{3}$", one.body, re.MULTILINE) for one in mail.outbox)


def test_an_account_never_confirmed_is_taken_over_by_who_owns_the_address(visitor, link):
    identify(visitor, link, name="Iemand anders")
    assert not EmailAddress.objects.get().verified

    owner = Client(headers={"accept-language": "en"})
    page = enter_code(owner, identify(owner, link, name="Noor"))

    assert "Accept the invitation" in words(page)
    assert User.objects.count() == 2  # Tom is the other one
    assert EmailAddress.objects.get().verified


@pytest.mark.parametrize("fields", [{"name": ""}, {"email": "geen adres"}, {"email": ""}, {"name": "x" * 151}])
def test_what_is_wrong_comes_back_filled(fields, visitor, link):
    response = identify(visitor, link, **fields)

    assert response.status_code == 400
    assert "errorlist" in words(response)
    assert mail.outbox == []
    assert User.objects.count() == 1


def test_codes_are_not_mailed_without_end(visitor, link):
    answers = [identify(Client(), link).status_code for _time in range(5)]

    assert answers[0] == 303
    assert answers[-1] == 429
    assert len(mail.outbox) < 5


# Refusals


def expire(invitation):
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(days=1))


REFUSALS = {
    "withdrawn": lambda link: link.revoke(),
    "no longer valid": expire,
    "All places": lambda link: Invitation.objects.filter(pk=link.pk).update(used_count=2),
    "has ended": lambda link: link.group.close(),
}


@pytest.mark.parametrize("told", REFUSALS)
def test_an_invitation_that_is_over_says_why(told, visitor, lea, link):
    REFUSALS[told](link)
    answers = [visitor.get(at(link)), english(lea).post(at(link, "accept/")), identify(visitor, link)]

    assert [response.status_code for response in answers] == [410, 410, 410]
    assert all(told in words(response) for response in answers)
    assert not Membership.objects.exists()
    assert mail.outbox == []


def test_an_unknown_token_is_a_page_of_its_own(visitor, lea):
    for response in (visitor.get("/join/nothing/"), english(lea).post("/join/nothing/accept/")):
        assert response.status_code == 404
        assert "We do not know this invitation" in words(response)


def test_an_invitation_for_another_address_says_what_to_do(lea, personal):
    browser = english(lea)

    for response in (browser.get(at(personal)), browser.post(at(personal, "accept/"))):
        assert response.status_code == 403
        assert "for another email address" in words(response)
        assert "Sign out, and go on with the other address" in words(response)
    assert not Membership.objects.exists()
    response = browser.post("/account/logout/", {"next": at(personal)})
    assert response.url == at(personal)


def test_who_is_suspended_stays_out_and_takes_no_place(lea, link):
    membership, _new = Membership.objects.join(link.group, lea)
    membership.suspend()

    response = english(lea).post(at(link, "accept/"))

    assert response.status_code == 403
    assert "suspended" in words(response)
    assert Invitation.objects.get().used_count == 0


def test_a_former_member_comes_back_with_another_invitation(lea, theme, link):
    membership, _new = Membership.objects.join(link.group, lea)
    membership.leave()

    signed_in(lea).post(at(link, "accept/"))

    assert Membership.objects.active().get().learner == lea


def test_the_themes_that_are_not_published_are_not_named(visitor, link):
    link.group.follow(make_theme(1, title="Nog geheim", published=False))

    assert "Nog geheim" not in words(visitor.get(at(link)))
