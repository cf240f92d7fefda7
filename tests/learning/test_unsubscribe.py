"""Out with one press: by a person on the page, or by their mail program (RFC 8058)."""

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import MailWishes
from tests.mailing.conftest import wish

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def wishes(tom):
    return wish(tom, "weekly", overview=True)


@pytest.fixture
def address(wishes):
    return reverse("learning:unsubscribe", args=[wishes.token])


@pytest.fixture
def mail_program():
    """No cookie, and every form is asked for its token."""
    return Client(enforce_csrf_checks=True)


def state(wishes):
    wishes.refresh_from_db()
    return wishes.frequency, wishes.overview


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(client, wishes, address, method):
    response = getattr(client, method)(address)

    assert response.status_code == 200
    assert state(wishes) == ("weekly", True)


def test_the_page_asks_with_one_button(client, address):
    page = client.get(address).content.decode()

    [main] = [part.split("</main>")[0] for part in page.split("<main")[1:]]
    assert main.count("<button") == 1


@pytest.mark.parametrize("fields", [ONE_CLICK, {}])
def test_a_press_is_enough_without_a_cookie_or_a_token_of_the_form(mail_program, wishes, address, fields):
    response = mail_program.post(address, fields)

    assert response.status_code == 200  # RFC 8058: no redirect
    assert state(wishes) == ("never", False)
    assert 'href="/mail/"' in response.content.decode()


def test_twice_is_once(mail_program, wishes, address):
    mail_program.post(address, ONE_CLICK)

    assert mail_program.post(address, ONE_CLICK).status_code == 200
    assert state(wishes) == ("never", False)


def test_who_comes_back_reads_that_it_is_done(client, address, tom):
    client.post(address)

    assert "<button" not in client.get(address).content.decode().split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_token_is_not_found_and_changes_nothing(mail_program, wishes, method):
    for token in ("x", wishes.token[:-1], wishes.token_hash, wishes.seed):
        response = getattr(mail_program, method)(reverse("learning:unsubscribe", args=[token]))
        assert response.status_code == 404

    assert state(wishes) == ("weekly", True)


def test_nobody_else_is_unsubscribed(mail_program, lea, address):
    hers = wish(lea, "weekly")

    mail_program.post(address, ONE_CLICK)

    assert state(hers) == ("weekly", False)


def test_the_token_leaks_to_no_other_page(client, address):
    for response in (client.get(address), client.post(address)):
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response.headers["Cache-Control"]
        assert 'content="noindex"' in response.content.decode()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_is_in_the_language_of_the_mail(client, tom, address, language):
    tom.language = language
    tom.save()
    client.cookies["language"] = {"nl": "en", "en": "nl"}[language]

    assert f'<html lang="{language}"' in client.get(address).content.decode()


def test_it_is_the_only_page_without_a_token_of_the_form(mail_program, db):
    response = mail_program.post(reverse("learning:mail_wishes"), {"frequency": "never"})

    assert response.status_code == 403
    assert not MailWishes.objects.exists()
