"""What these tests share: Lea with a confirmed address, the post, and every page of an account."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client

PASSWORD = "a good long password"


@pytest.fixture
def confirmed(lea):
    """Lea, whose address has been confirmed."""
    EmailAddress.objects.create(user=lea, email=lea.email, verified=True, primary=True)
    return lea


@pytest.fixture
def english(db):
    """A visitor whose browser asks for English."""
    return Client(headers={"accept-language": "en"})


def code():
    """The code in the newest mail, which stands on a line of its own."""
    return re.search(r"^[A-Z]{4}-[A-Z]{4}$", mail.outbox[-1].body, re.MULTILINE).group()


def sign_up(client, email="sanne@example.org", **fields):
    fields = {"name": "Sanne", "email": email, "password1": PASSWORD, **fields}
    return client.post("/account/signup/", fields)


def sign_in(client, user, password=PASSWORD, **fields):
    return client.post("/account/login/", {"login": user.email, "password": password, **fields})


def enter_code(client, address, value=None, **fields):
    return client.post(address, {"code": value or code(), **fields})


def signed_in(client):
    return "_auth_user_id" in client.session


def long_ago(client):
    """This browser signed in, and proved who uses it, an hour ago."""
    session = client.session
    session["signed_in_at"] -= 3600
    session.save()


def activate_app(client):
    """Set up an authenticator app, and return its key."""
    client.get("/account/security/totp/activate/")
    key = client.session["mfa.totp.secret"]
    client.post("/account/security/totp/activate/", {"code": app_code(key)})
    return key


def app_code(key, *, later=0):
    """What an app with this key shows now, or so many half minutes later; a code opens a door only once."""
    return format_hotp_value(hotp_value(key, int(time.time()) // 30 + later))
