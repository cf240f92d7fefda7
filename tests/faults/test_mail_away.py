"""The mail server is away while somebody waits for a code."""

import socket

import pytest
from django.core import mail

from tests.conftest import signed_in


@pytest.fixture
def nobody_listens(settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()
        yield


def test_who_asks_for_a_code_hears_that_none_was_sent(client, lea, nobody_listens):
    client.raise_request_exception = False

    response = client.post("/account/login/code/", {"email": lea.email})

    assert response.status_code == 503
    assert response["Retry-After"]


def test_who_has_no_account_hears_the_same(client, db, nobody_listens):
    client.raise_request_exception = False

    response = client.post("/account/login/code/", {"email": "nobody@example.org"})

    assert response.status_code == 503


def test_with_a_mail_server_the_code_is_sent(client, lea):
    response = client.post("/account/login/code/", {"email": lea.email})

    assert response.status_code == 302
    assert len(mail.outbox) == 1


def test_nothing_else_needs_it(lea, theme, nobody_listens):
    assert signed_in(lea).get(theme.get_absolute_url()).status_code == 200
