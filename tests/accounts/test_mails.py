"""Every mail that our settings send: from whom, in whose language, and what to do with it."""

from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter
from django.conf import settings as ours
from django.core import mail
from django.utils import timezone, translation

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


FILLED = {
    "code": "ABCD-EFGH",
    "ip": "192.0.2.1",
    "timestamp": timezone.now(),
    "from_email": "lea@example.org",
    "to_email": "new@example.org",
    "deleted_email": "old@example.org",
    "email": "lea@example.org",
    "provider": "Aurora",
    "signup_url": "/account/signup/",
    "password_reset_url": "/account/password/reset/",
}
NEVER_SENT = {"email_confirm", "password_reset_key"}
"""Of allauth, for settings that are not ours."""


def prefixes(root):
    return {
        f"{path.parent.relative_to(root)}/{path.name.removesuffix('_message.txt')}"
        for room in ("account", "mfa", "socialaccount")
        for path in (root / room / "email").glob("*_message.txt")
        if not path.name.startswith("base_")
    }


OURS = prefixes(ours.BASE_DIR / "templates")


def test_every_mail_of_allauth_has_words_of_ours():
    theirs = prefixes(Path(allauth.__file__).parent / "templates")

    assert {prefix for prefix in theirs - OURS if Path(prefix).name not in NEVER_SENT} == set()


@pytest.mark.parametrize("prefix", sorted(OURS))
def test_every_mail_speaks_one_language_and_signs_with_our_name(prefix):
    hello = {"nl": "Hallo,", "en": "Hello,"}
    site = {"site_name": "Leren & Leiden", "site_url": "https://leren.example"}
    subjects = set()

    for language in hello:
        with translation.override(language):
            message = get_adapter().render_mail(prefix, "lea@example.org", {**FILLED, **site})
        assert message.body.startswith(hello[language])
        assert message.body.endswith("Leren & Leiden\nhttps://leren.example")
        assert "  " not in message.body
        assert "Leren & Leiden" in message.subject
        subjects.add(message.subject)

    assert len(subjects) == 2
