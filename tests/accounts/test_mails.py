"""Every mail that our settings send: from whom, in whose language, and what to do with it."""

import pytest
from django.core import mail

from tests.accounts.conftest import code, sign_up

DUTCH, ENGLISH = "Was jij het niet|Heb je er niet om gevraagd|Heb jij geen account gemaakt", "If "


def post(address, **fields):
    """Send a form with the address of the account."""
    return lambda client, user: client.post(address, {"email": user.email, **fields})


def change_address(client, user):
    client.force_login(user)
    client.post("/account/email/", {"action_add": "", "email": "new@example.org"})


SENT_TO_SOMEONE_WE_KNOW = {
    "login_code": post("/account/login/code/"),
    "password_reset_code": post("/account/password/reset/"),
    "account_already_exists": post("/account/signup/", name="X", password1="a good long password"),
    "email_confirmation": change_address,
}


@pytest.mark.parametrize("send", SENT_TO_SOMEONE_WE_KNOW.values(), ids=SENT_TO_SOMEONE_WE_KNOW)
@pytest.mark.parametrize(("language", "hello", "words"), [("nl", "Hallo,", DUTCH), ("en", "Hello,", ENGLISH)])
def test_whom_we_know_is_written_to_in_their_own_language(client, confirmed, send, language, hello, words):
    confirmed.language = language
    confirmed.save()
    other = {"nl": "en", "en": "nl"}[language]

    client.cookies["language"] = other
    send(client, confirmed)

    [message] = mail.outbox
    assert message.body.startswith(hello)
    assert any(word in message.body for word in words.split("|"))
    assert message.body.endswith("Stapwijs\nhttp://127.0.0.1:8000")
    assert "Stapwijs" in message.subject
    assert "&" not in message.body


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("nl", "Geen account bij Stapwijs voor dit adres"),
        ("en", "No account with Stapwijs for this address"),
    ],
)
def test_a_stranger_is_written_to_in_the_language_of_the_page(client, db, language, subject):
    client.cookies["language"] = language

    client.post("/account/login/code/", {"email": "nobody@example.org"})

    assert mail.outbox[-1].subject == subject
    assert "http://testserver/account/signup/" in mail.outbox[-1].body


@pytest.mark.parametrize(
    ("visitor", "subject"),
    [
        ("client", "Bevestig je e-mailadres voor Stapwijs"),
        ("english", "Confirm your email address for Stapwijs"),
    ],
)
def test_a_newcomer_is_written_to_in_the_language_of_the_page(request, db, visitor, subject):
    sign_up(request.getfixturevalue(visitor), name="Buy at https://spam.example now")

    assert mail.outbox[-1].subject == subject
    assert code()
    assert "spam" not in mail.outbox[-1].body, "a name someone typed must not reach an address that may not be theirs"


def test_mail_is_plain_and_from_the_site(client, db, settings):
    settings.SITE_NAME = "Leren & Leiden"

    sign_up(client)

    [message] = mail.outbox
    assert message.subject == "Bevestig je e-mailadres voor Leren & Leiden"
    assert "Welkom bij Leren & Leiden." in message.body
    assert message.from_email == settings.DEFAULT_FROM_EMAIL
    assert not message.alternatives
