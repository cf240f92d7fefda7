"""The logs say what happened and where, never to whom: no address, no name, no token that opens a door."""

import io
import json
import logging
import re
import sys
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client, RequestFactory
from structlog.contextvars import bound_contextvars

from accounts.models import User
from config import errors, logs, requests
from config.settings import LOGGING
from courses.mailing.tasks import send_due_mails
from courses.mailing.working import Worker
from courses.models import Group, Invitation
from tests.conftest import make_theme, make_user, signed_in

TOKEN = "VeryLong-and_Secret"
SECRETS = ["Lea", "Noor", "lea@", "noor@", "example.org", "198.51.100.7", "Firefox", TOKEN]


@contextmanager
def listening(style="plain", level=logging.DEBUG):
    """Yield what the console gets of every logger."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.formatter(style))
    loggers = {name: logging.getLogger(name).level for name in (None, "django", "stapwijs.requests")}
    logging.getLogger().addHandler(handler)
    for name in loggers:
        logging.getLogger(name).setLevel(level)
    try:
        yield written
    finally:
        logging.getLogger().removeHandler(handler)
        for name, before in loggers.items():
            logging.getLogger(name).setLevel(before)


def logged(message, *args, style="plain", **more):
    """One line, as the console gets it."""
    record = logging.LogRecord(
        "django.request", logging.WARNING, __file__, 1, message, args, more.pop("exc_info", None)
    )
    record.__dict__ |= more
    return logs.formatter(style).format(record)


# Masking


@pytest.mark.parametrize(
    "address",
    [
        f"/join/{TOKEN}/",
        f"/join/{TOKEN}/accept/",
        f"/unsubscribe/{TOKEN}/",
        f"/account/login/code/confirm/?next=/join/{TOKEN}/",
        f"/account/login/code/confirm/?next=%2Fjoin%2F{TOKEN}%2F",
        f"https://leren.example/join/{TOKEN}?from=mail",
    ],
)
@pytest.mark.parametrize("say", [lambda address: ("%s: %s", "Gone", address), lambda address: (f"Gone: {address}",)])
@pytest.mark.parametrize("style", logs.STYLES)
def test_a_token_is_masked_wherever_it_stands(address, say, style):
    told = logged(*say(address), style=style)

    assert TOKEN not in told
    assert "…" in told


@pytest.mark.parametrize(
    "words",
    [
        "from Lea <lea@example.org>",
        "/account/?email=lea%40example.org",
        'duplicate key: Key (email)=(lea@example.org, "Noor") already exists.',
        "Failing row contains (1, Lea, null).",
        "client 198.51.100.7 went away",
        "client 2001:db8:0:1::17 went away",
    ],
)
def test_addresses_and_values_of_rows_are_masked(words):
    told = logged(words)

    assert "…" in told
    assert not re.search(r"lea@|lea%40|Noor|\(1, Lea|198\.51|2001:db8:0", told)


def test_other_lines_stay_as_they_are():
    told = logged("%s: %s %d", "Not Found", "/themes/join-in/ at 12:30:45, SQLite 3.53.4", 404)

    assert told.endswith("Not Found: /themes/join-in/ at 12:30:45, SQLite 3.53.4 404")


def test_what_libraries_add_to_a_line_is_left_out():
    told = json.loads(logged("Gone", style="json", request=RequestFactory().get("/join/x/"), status=404))

    assert set(told) == {"event", "level", "logger", "status", "timestamp"}


def test_the_console_writes_so():
    assert LOGGING["handlers"]["console"]["formatter"] == "ours"
    assert LOGGING["formatters"]["ours"]["()"] is logs.formatter
    assert LOGGING["root"]["handlers"] == ["console"]


# Errors


def raised(act):
    try:
        act()
    except Exception:
        return logged("It failed", exc_info=sys.exc_info())


def test_of_an_error_the_place_and_the_kind_are_told_and_not_what_somebody_typed():
    told = raised(lambda: int("Lea de Vries"))

    assert "ValueError" in told
    assert "test_logs.py" in told
    assert "Lea de Vries" not in told.replace('int("Lea de Vries")', "")


def test_of_an_error_in_the_program_the_text_is_told():
    assert "AttributeError: 'NoneType' object has no attribute 'name'" in raised(lambda: None.name)


@pytest.mark.engines
@pytest.mark.django_db
def test_of_an_error_of_the_database_its_names_are_told_and_no_value(lea):
    def twice():
        with transaction.atomic():
            User.objects.bulk_create([User(email="lea@example.org", name="Noor")])

    told = raised(twice)

    assert "IntegrityError" in told
    assert "lea@example.org" not in told
    assert "Noor" not in told.replace('name="Noor"', "")
    if connection.vendor == "postgresql":
        assert "accounts_user" in told


# Requests


@pytest.mark.django_db
def test_each_request_leaves_one_line_with_the_name_of_its_page(client):
    with listening("json", logging.INFO) as written:
        response = client.get(f"/join/{TOKEN}/")

    [line] = [json.loads(line) for line in written.getvalue().splitlines() if "stapwijs.requests" in line]
    assert line["route"] == "learning:join"
    assert (line["method"], line["status"], line["event"]) == ("GET", 404, "request")
    assert line["request"] == response.headers["X-Request-ID"]
    assert line["ms"] > 0


@pytest.mark.urls("tests.broken_urls")
def test_lines_written_on_the_way_bear_the_same_number(db, client):
    client.raise_request_exception = False

    with listening("json") as written:
        response = client.get("/broken/?name=Noor")

    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert {line["logger"] for line in lines} == {"django.request", "stapwijs.requests"}
    assert {line["request"] for line in lines} == {response.headers["X-Request-ID"]}


@pytest.mark.parametrize(
    ("proxies", "sent", "taken"),
    [(0, "abcdef-123456", False), (1, "abcdef-123456", True), (1, "lea@example.org", False), (1, "a b\nc", False)],
)
def test_the_number_of_a_proxy_of_ours_is_taken_and_no_other(settings, proxies, sent, taken):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    number = requests.number_of(RequestFactory().get("/", headers={"X-Request-ID": sent}))

    assert (number == sent) == taken
    assert re.fullmatch(r"[A-Za-z0-9-]{8,64}", number)


def test_the_page_of_an_error_shows_the_number_and_other_pages_do_not():
    request = RequestFactory().get("/")
    with bound_contextvars(request="abc12345"):
        failed, missing = errors.server_error(request), errors.not_found(request)

    assert "abc12345" in failed.content.decode()
    assert "abc12345" not in missing.content.decode()


# A whole walk


@pytest.mark.urls("tests.broken_urls")
def test_a_page_that_fails_tells_its_place_and_nothing_of_its_reader(db, client):
    client.raise_request_exception = False

    with listening() as written:
        response = client.get("/broken/?name=Noor", headers={"User-Agent": "Firefox"}, REMOTE_ADDR="198.51.100.7")

    assert response.status_code == 500
    assert response.headers["X-Request-ID"] in response.content.decode()
    assert "broken_urls.py" in written.getvalue()
    assert [secret for secret in SECRETS if secret in written.getvalue()] == []


@pytest.mark.django_db
def test_a_walk_through_the_site_leaves_no_word_of_anybody_in_the_logs():
    theme, lea = make_theme(2, slug="vertrouwen"), make_user("Lea")
    invitation = Invitation.objects.create(group=Group.objects.create(name="Teamleiders"), email="noor@example.org")
    worker = Worker(once=True)
    browsers = [Client(), signed_in(lea), signed_in(make_user("Tom", is_trainer=True))]
    step = theme.steps.first()

    with listening() as written:
        for browser in browsers:
            browser.defaults |= {"REMOTE_ADDR": "198.51.100.7", "HTTP_USER_AGENT": "Firefox"}
            for address in ("/", "/themes/vertrouwen/", step.get_absolute_url(), "/author/", "/track/", "/account/"):
                browser.get(address)
            browser.get(f"/join/{invitation.token}/")
            browser.get("/people/lea@example.org/")
            browser.post("/account/login/", {"login": "lea@example.org", "password": TOKEN})
            browser.post(f"/join/{invitation.token}/identify/", {"name": "Noor", "email": "noor@example.org"})
            browser.post(f"/themes/vertrouwen/{step.slug}/complete/", {"deed": TOKEN})
        send_due_mails.enqueue()
        worker.run()

    said = written.getvalue()
    assert said.count("stapwijs.requests") == len(browsers) * 11
    assert "job=" in said
    assert [secret for secret in [*SECRETS, invitation.token, "Teamleiders"] if secret in said] == []
    assert IntegrityError.__name__ not in said
