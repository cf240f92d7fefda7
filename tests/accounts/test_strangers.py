"""A stranger who tries an address learns nothing of whether it has an account.

What an answer costs is compared in what is done for it: passwords hashed, mails sent, questions to the database. Never
in time, which is luck.
"""

import re
from dataclasses import dataclass

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.models import Group, Invitation
from tests.conftest import make_user
from tests.knocking import OF_EACH_ANSWER

pytestmark = pytest.mark.django_db

KNOWN, NOBODYS, SUSPENDED, INVITED = "lea@example.org", "noor@example.org", "sus@example.org", "lars@example.org"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple
    cookies: tuple
    words: str
    mails: int
    hashed: int


@pytest.fixture(autouse=True)
def people(db, settings):
    """Lea signs in with a password, Lars never chose one, Sus was switched off; of Noor nobody has heard."""
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {**settings.LIMITS, "confirm_email": None}
    for name in ("Lea", "Lars", "Sus"):
        user = make_user(name, is_active=name != "Sus")
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        if name == "Lars":
            user.set_unusable_password()
            user.save()
    Group.objects.create(name="Teamleiders").invitations.create(place_count=2)


@pytest.fixture
def hashed(monkeypatch):
    """The passwords that were hashed, one entry each."""
    done, encode = [], MD5PasswordHasher.encode

    def encoding(hasher, *args, **kwargs):
        done.append(hasher)
        return encode(hasher, *args, **kwargs)

    monkeypatch.setattr(MD5PasswordHasher, "encode", encoding)
    return done


def sign_in(browser, email):
    yield browser.post("/account/login/", {"login": email, "password": "not this one"})


def ask_for_a_code(browser, email):
    yield browser.post("/account/login/code/", {"email": email})
    yield browser.get("/account/login/code/confirm/")
    yield browser.post("/account/login/code/confirm/", {"action": "resend"})
    for _attempt in range(3):
        yield browser.post("/account/login/code/confirm/", {"code": "AAAA-AAAA"})


def reset(browser, email):
    yield browser.post("/account/password/reset/", {"email": email})
    yield browser.get("/account/password/reset/confirm/")
    for _attempt in range(3):
        yield browser.post("/account/password/reset/confirm/", {"code": "AAAA-AAAA"})


def sign_up(browser, email):
    yield browser.post("/account/signup/", {"name": "Iemand", "email": email, "password1": "a good long password"})
    yield browser.get("/account/confirm-email/")
    yield browser.post("/account/confirm-email/", {"action": "resend"})
    for _attempt in range(3):
        yield browser.post("/account/confirm-email/", {"code": "AAAA-AAAA"})


def accept_an_invitation(browser, email):
    yield browser.post(f"/join/{Invitation.objects.get().token}/identify/", {"name": "Iemand", "email": email})
    yield browser.get("/account/login/code/confirm/")


DOORS = {way.__name__: way for way in (sign_in, ask_for_a_code, reset, sign_up, accept_an_invitation)}

LOOKS_UP = 2
"""Questions to the database by which answers may differ: whom a code was mailed to, by their key."""

MAKES = {"sign_up": 10, "accept_an_invitation": 10}
"""What making an account takes. An address can be told by it no second time: by trying, it has one."""


def tried(way, email, hashed):
    """Answers to somebody who tries this address from a fresh browser, and the number of queries that each took."""
    browser, answers, counts = Client(), [], []
    steps = way(browser, email)
    while True:
        before = len(hashed), len(mail.outbox)
        with CaptureQueriesContext(connection) as queries:
            response = next(steps, None)
        if response is None:
            return answers, counts
        answers.append(seen(response, email, hashed=len(hashed) - before[0], mails=len(mail.outbox) - before[1]))
        counts.append(len(queries))


def seen(response, email, **costs):
    """Everything a stranger gets to see, without what is random and without the address itself."""
    page = re.sub(r'value="[\w-]{64}"', "", response.content.decode()).replace(email, "…")
    cookies = tuple(sorted((name, cookie["max-age"]) for name, cookie in response.cookies.items()))
    headers = {name: value for name, value in response.headers.items() if name not in OF_EACH_ANSWER}
    return Answer(response.status_code, tuple(sorted(headers.items())), cookies, page, **costs)


@pytest.mark.parametrize("way", DOORS)
@pytest.mark.parametrize("other", [NOBODYS, SUSPENDED, INVITED])
def test_the_answer_and_its_cost_are_the_same(way, other, hashed):
    known, queries_for_known = tried(DOORS[way], KNOWN, hashed)
    unknown, queries_for_unknown = tried(DOORS[way], other, hashed)

    for one, another in zip(known, unknown, strict=True):
        assert one == another
    differences = [abs(one - another) for one, another in zip(queries_for_known, queries_for_unknown, strict=True)]
    assert differences[0] <= (MAKES.get(way, LOOKS_UP) if other == NOBODYS else LOOKS_UP)
    assert max(differences[1:], default=0) <= LOOKS_UP


@pytest.mark.parametrize("way", DOORS)
def test_every_way_does_what_it_is_for(way, hashed):
    """Else all answers could be alike because nothing works."""
    known, _queries = tried(DOORS[way], KNOWN, hashed)

    assert sum(answer.mails for answer in known) == {"sign_in": 0, "ask_for_a_code": 2, "sign_up": 2}.get(way, 1)
    assert known[0].hashed == (1 if way in ("sign_in", "sign_up") else 0)


@pytest.mark.parametrize("address", [KNOWN, NOBODYS])
def test_who_changes_their_address_learns_nothing_of_the_new_one(address, hashed):
    tess = make_user("Tess")
    EmailAddress.objects.create(user=tess, email=tess.email, verified=True, primary=True)
    browser = Client()
    browser.post("/account/login/", {"login": tess.email, "password": "a good long password"})

    response = browser.post("/account/email/", {"action_add": "", "email": address})

    assert (response.status_code, response.url) == (302, "/account/confirm-email/")
    assert mail.outbox[-1].to == [address]
