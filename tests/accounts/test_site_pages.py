"""Privacy, accessibility, contact and security.txt: true of this software, and completed by its keeper."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.checks import run_checks
from django.test import Client
from django.utils import timezone, translation
from pytest_django.asserts import assertContains, assertRedirects

from accounts.personal import registry, retention
from accounts.views.pages import letter_to_keeper
from tests.conftest import make_theme

PAGES = ["/privacy/", "/accessibility/", "/contact/"]
WRITTEN = {"name": "Noor", "email": "noor@example.org", "message": "Waar vind ik mijn groep?"}


@pytest.fixture
def kept_by_tess(settings):
    settings.KEEPER_NAME, settings.KEEPER_ADDRESS = "Tess", "Hoofdstraat 1\nUtrecht"
    settings.CONTACT_EMAIL = "tess@example.org"


@pytest.fixture(autouse=True)
def uncounted(db):
    cache.clear()


@pytest.mark.parametrize("address", PAGES)
def test_every_page_leads_to_them(address, client):
    assertContains(client.get("/"), f'href="{address}"')
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_they_name_the_keeper(address, english, kept_by_tess):
    assertContains(english.get(address), "Tess")
    assertContains(english.get(address), "Hoofdstraat 1<br>Utrecht")


@pytest.mark.parametrize("address", PAGES)
def test_they_say_honestly_that_the_keeper_has_not_said_who_they_are(address, english):
    assertContains(english.get(address), "The keeper of this site has not yet filled in who they are.")


def test_the_page_on_privacy_names_all_that_is_kept_and_for_how_long(english):
    page = english.get("/privacy/").content.decode()

    with translation.override("en"):
        kept = [str(words) for chapter in registry.chapters() for words in (chapter.title, chapter.text)]
        reasons = [str(period.what) for period in retention.periods()]
    for words in [*kept, *reasons]:
        assert words.replace("'", "&#x27;") in page, words


def test_the_keeper_is_warned_of_what_they_did_not_fill_in(settings):
    warned = [one for one in run_checks(include_deployment_checks=True) if one.id == "stapwijs.W010"]

    assert len(warned) == 3


def test_the_keeper_who_filled_it_in_is_not_warned(kept_by_tess):
    assert not [one for one in run_checks(include_deployment_checks=True) if one.id == "stapwijs.W010"]


# Contact


def test_a_message_goes_to_the_keeper_and_is_kept_nowhere(client, kept_by_tess):
    response = client.post("/contact/send/", WRITTEN)

    assertRedirects(response, "/contact/sent/", status_code=303)
    [message] = mail.outbox
    assert (message.to, message.reply_to) == (["tess@example.org"], ["noor@example.org"])
    assert "Waar vind ik mijn groep?" in message.body
    assert "Noor" in message.body


@pytest.mark.parametrize("missing", ["email", "message"])
def test_what_was_typed_is_kept_when_something_is_missing(missing, client, kept_by_tess):
    typed = {name: value for name, value in WRITTEN.items() if name != missing}

    response = client.post("/contact/send/", typed)

    for value in typed.values():
        assertContains(response, value, status_code=400)
    assert not mail.outbox


def test_what_was_typed_is_kept_when_the_mail_server_is_away(client, kept_by_tess, settings, caplog):
    settings.EMAIL_BACKEND = "tests.accounts.personal.test_erasing.NobodyHome"

    response = client.post("/contact/send/", WRITTEN)

    assertContains(response, WRITTEN["message"], status_code=503)
    assert "@" not in caplog.text


def test_a_silent_mail_server_does_not_keep_whoever_serves_pages(kept_by_tess, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    assert letter_to_keeper(**WRITTEN).get_connection().timeout <= 5


@pytest.mark.parametrize("field", ["email", "name"])
@pytest.mark.parametrize("line", ["\r\nBcc: all@example.org", "\nBcc: all@example.org"])
def test_no_header_can_be_smuggled_in(field, line, client, kept_by_tess):
    client.post("/contact/send/", {**WRITTEN, field: WRITTEN[field] + line})

    for message in mail.outbox:
        assert set(message.message().keys()).isdisjoint({"Bcc", "Cc"})
        assert message.recipients() == ["tess@example.org"]


def test_the_language_of_the_keepers_mail_is_that_of_the_site(english, kept_by_tess):
    english.post("/contact/send/", WRITTEN)

    with translation.override("nl"):
        assert mail.outbox[0].subject == translation.gettext("A message through %(site_name)s") % {
            "site_name": "Stapwijs"
        }


def test_without_an_address_there_is_no_form(client):
    page = client.get("/contact/")

    assert "/contact/send/" not in page.content.decode()
    assert client.post("/contact/send/", WRITTEN).status_code == 404
    assert not mail.outbox


def test_too_many_messages_are_refused(client, kept_by_tess, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "contact": "2/h/ip"}

    answers = [client.post("/contact/send/", WRITTEN).status_code for _number in range(3)]

    assert answers == [303, 303, 429]
    assert len(mail.outbox) == 2


def test_who_is_signed_in_need_not_type_their_address(learner, kept_by_tess):
    assertContains(learner.get("/contact/"), 'value="lea@example.org"')


def test_who_found_a_leak_finds_where_to_tell(client, kept_by_tess):
    response = client.get("/.well-known/security.txt")

    text = response.content.decode()
    until = datetime.fromisoformat(re.search(r"^Expires: (.*)Z$", text, re.MULTILINE)[1] + "+00:00")
    assert response.headers["Content-Type"].startswith("text/plain")
    assert "Contact: mailto:tess@example.org\n" in text
    assert timedelta(days=30) < until - timezone.now() < timedelta(days=365)


def test_without_an_address_there_is_no_such_file(client):
    assert client.get("/.well-known/security.txt").status_code == 404


# The document for a works council


DOCUMENT = Path("docs/privacy.md").read_text()


def rows_of(title):
    """The table below a heading: [[cell, …], …]."""
    section = DOCUMENT.split(f"## {title}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_document_names_every_kind_of_row_that_is_about_somebody():
    told = {row[0].strip("`"): row for row in rows_of("What is kept")}

    personal = {entry.model._meta.label: entry for entry in registry.personal_entries()}
    assert set(told) == set(personal)
    for label, entry in personal.items():
        becomes = "goes" if entry.theirs else "stays, without your name"
        becomes += "; elsewhere without your name" if entry.theirs and entry.links else ""
        assert told[label][-1] == becomes, label


def test_the_document_gives_every_period():
    told = {row[0]: row[1] for row in rows_of("How long")}

    assert told == {period.name: f"{period.kept.days} days" for period in retention.periods()}


def test_who_reads_open_themes_leaves_nothing(db):
    theme = make_theme(1)
    stranger = Client()

    stranger.get(theme.get_absolute_url())

    assert not stranger.cookies or set(stranger.cookies) <= {"csrf"}
