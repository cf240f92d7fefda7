"""What was counted: for who has the token, right with any number of processes, and next to free."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from config.processes import count_together
from courses.keeping import backing_up
from courses.mailing import schedule
from courses.models import Mail
from tests.conftest import make_theme

pytestmark = pytest.mark.django_db

TOKEN = "a token for tests"


@pytest.fixture
def token(settings):
    settings.METRICS_TOKEN = TOKEN


def page(client, token=TOKEN):
    return client.get("/metrics", headers={"Authorization": f"Bearer {token}"} if token else {})


def figure(text, name, **labels):
    """The value of one line; 0 where there is none yet."""
    wanted = {f'{label}="{value}"' for label, value in labels.items()}
    for line in text.splitlines():
        found = re.fullmatch(rf"{name}(?:\{{(.*)\}})? (\S+)", line)
        if found and wanted <= set((found[1] or "").split(",")):
            return float(found[2])
    return 0


def figures(client):
    return page(client).content.decode()


# The token


def test_without_a_token_in_the_settings_there_is_no_such_page(client):
    assert page(client).status_code == 404


@pytest.mark.parametrize("sent", [None, "", "wrong", TOKEN[:-1], "ë"])
def test_who_has_not_the_token_gets_nothing(client, token, sent):
    response = page(client, sent)

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert b"stapwijs" not in response.content


def test_who_has_the_token_gets_the_figures(client, token):
    response = page(client)

    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/plain")
    assert "stapwijs_database_up 1.0" in response.content.decode()


# What is counted


def test_requests_are_counted_by_page_method_and_answer(client, token):
    theme = make_theme(1)
    facts = {"route": "learning:theme", "method": "GET", "status": "200"}
    before = figure(figures(client), "stapwijs_requests_total", **facts)

    client.get(theme.get_absolute_url())
    client.get("/themes/nothing/")

    after = figures(client)
    assert figure(after, "stapwijs_requests_total", **facts) == before + 1
    assert figure(after, "stapwijs_requests_total", **{**facts, "status": "404"}) >= 1
    assert theme.slug not in after


def test_methods_that_somebody_makes_up_are_counted_together(client, token):
    client.generic("BREW", "/")

    assert 'method="other"' in figures(client)
    assert "BREW" not in figures(client)


def test_wrong_passwords_are_counted(client, token, lea):
    before = figure(figures(client), "stapwijs_sign_in_failures_total")

    client.post("/account/login/", {"login": lea.email, "password": "not that one"})

    assert figure(figures(client), "stapwijs_sign_in_failures_total") == before + 1
    assert lea.email not in figures(client)


@pytest.mark.django_db(transaction=True)
@pytest.mark.engines
def test_what_the_database_knows_is_asked_of_it(client, token, lea, settings, tmp_path):
    settings.BACKUP_DIR = tmp_path
    Mail.objects.all().delete()
    now = timezone.now()
    about = {"kind": Mail.Kind.OVERVIEW, "recipient": lea}
    Mail.objects.create(cause="due", due_at=now - timedelta(minutes=10), **about)
    Mail.objects.create(cause="later", due_at=now + timedelta(days=1), **about)
    Mail.objects.create(cause="sent", sent_at=now, **about)
    Mail.objects.create(cause="long ago", sent_at=now - timedelta(days=3), **about)
    Mail.objects.create(cause="given up", given_up_at=now, **about)
    cache.clear()
    cache.set(backing_up.LAST, time.time() - 3600, None)

    text = figures(client)

    assert figure(text, "stapwijs_mails_waiting") == 2
    assert figure(text, "stapwijs_mails_due") == 1
    assert 600 <= figure(text, "stapwijs_mails_oldest_due_seconds") < 660
    assert figure(text, "stapwijs_mails_sent_in_a_day") == 1
    assert figure(text, "stapwijs_mails_given_up_in_a_day") == 1
    assert 3600 <= figure(text, "stapwijs_backup_age_seconds") < 3660
    assert "stapwijs_worker_silent_seconds" not in text
    schedule.be_heard()
    assert figure(figures(client), "stapwijs_worker_silent_seconds") < 60


@pytest.mark.engines
def test_without_a_database_the_rest_is_shown(client, token, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", "/nowhere/at/all")
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")

    text = figures(client)

    assert figure(text, "stapwijs_database_up") == 0
    assert "stapwijs_mails_waiting" not in text
    assert "stapwijs_sign_in_failures_total" in text


def test_a_page_asks_the_database_nothing_more_for_being_counted(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/robots.txt")


# Several processes


def test_counts_of_former_processes_stay_while_one_of_them_runs(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "")
    files = [tmp_path / name for name in ("counter_1.db", "histogram_1.db", "counter_4194305.db")]
    for file in files:
        file.touch()

    count_together(tmp_path)  # number 1 runs
    assert all(file.exists() for file in files)

    for file in files[:2]:
        file.unlink()
    count_together(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert os.environ["PROMETHEUS_MULTIPROC_DIR"] == str(tmp_path)


ENDS = ["--workers-kill-timeout", "5"]
"""A worker that is asked to end before it began to listen goes on for ever."""


def free_port():
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]


@pytest.fixture
def server(tmp_path):
    """granian with two workers, as in production, on an empty database of its own; yields its address."""
    port = free_port()
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "METRICS_TOKEN": TOKEN, "LOG_FORMAT": "json"}
    environment |= {"SITE_URL": f"http://127.0.0.1:{port}", "SECRET_KEY": "only-for-tests"}
    environment |= {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--port", str(port), "--workers", "2"]
    command += ["--blocking-threads", "2", "--log-level", "warning", *ENDS, "config.wsgi:application"]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            yield f"http://127.0.0.1:{port}", tmp_path / "log"
        finally:
            process.terminate()
            process.wait(20)


def asked(address, **headers):
    """The text of a page, over a connection of its own; None while nobody listens yet."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=10) as response:  # noqa: S310  our own server
            return response.read().decode()
    except (ConnectionError, urllib.error.URLError):
        return None


def test_two_processes_of_one_server_tell_the_same_sum(server):
    address, log = server
    until = time.monotonic() + 30
    while asked(f"{address}/healthz") is None and time.monotonic() < until:
        time.sleep(0.1)

    for _request in range(60):
        assert asked(f"{address}/robots.txt")
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    told = {
        figure(asked(f"{address}/metrics", **bearer), "stapwijs_requests_total", route="learning:robots", status="200")
        for _time in range(10)
    }

    assert told == {60}
    assert len(list(log.parent.glob("metrics/counter_*.db"))) == 2
    assert log.read_text().count('"route": "learning:robots"') == 60
