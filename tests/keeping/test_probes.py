"""What machines ask: it lives, it is ready or says why not, and nothing can keep them waiting."""

import json
import socket
import threading
import time
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.core.files.storage import Storage
from django.db import connection
from django.db.backends.signals import connection_created
from django.test import Client, override_settings

from courses.keeping import asking, backing_up, readiness
from courses.mailing import schedule
from tests.test_logs import listening

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


class OutOfReach(Storage):
    """A bucket that nobody answers for."""

    def exists(self, name):
        raise OSError("No route to bucket.example with key s3cr3t")


@pytest.fixture
def in_order(settings, tmp_path):
    """A worker was heard of just now, and a backup was made."""
    settings.DATA_DIR = settings.BACKUP_DIR = tmp_path
    (tmp_path / "stapwijs-20260512T120000Z.tar").touch()
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    schedule.be_heard()


def asked(client, **headers):
    return client.get("/readyz", headers=headers)


@contextmanager
def database_at(**changed):
    """The database is somewhere else, for who connects from now on."""
    before = dict(connection.settings_dict)
    connection.settings_dict |= changed
    try:
        yield
    finally:
        connection.settings_dict |= before


@contextmanager
def silence():
    """A server that accepts, and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.fixture(params=["SQLite cannot be opened", "PostgreSQL refuses"])
def database_away(request, tmp_path):
    """As it is for this engine."""
    sqlite = request.param.startswith("SQLite")
    if sqlite != (connection.vendor == "sqlite"):
        pytest.skip("of the other engine")
    options = {name: value for name, value in connection.settings_dict["OPTIONS"].items() if name != "host"}
    away = {"NAME": str(tmp_path / "no folder" / "s3cr3t")} if sqlite else {"HOST": "127.0.0.1", "PORT": "1"}
    with database_at(**away, OPTIONS=options):
        yield


@contextmanager
def caught(signal, opened):
    def note(sender, connection, **kwargs):
        opened.append(connection)

    signal.connect(note)
    try:
        yield
    finally:
        signal.disconnect(note)


# Alive


def test_a_process_that_answers_is_alive_and_touches_nothing(client, database_away, settings):
    settings.SECURE_SSL_REDIRECT = True

    with listening() as written:
        response = client.get("/healthz", headers={"Host": "10.0.0.7"})

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert not response.cookies
    assert written.getvalue() == ""


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/metrics"])
def test_a_probe_only_asks(client, address):
    assert client.post(address).status_code == 405


def test_other_pages_still_ask_for_the_right_host_and_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/", headers={"Host": "leren.example"}).status_code == 400
    assert client.get("/").status_code == 301


# Ready


def test_a_server_that_can_do_its_work_is_ready(client, in_order, settings):
    settings.SECURE_SSL_REDIRECT = True

    response = asked(client, Host="10.0.0.7")

    names = ["database", "migrations", "cache", "media", "disk"]
    assert response.json() == {"ready": True, **dict.fromkeys(names, "in order"), "warnings": {}}
    assert response.status_code == 200
    assert not response.cookies


def test_the_same_can_be_read_as_text(client, in_order):
    response = asked(client, Accept="text/plain")

    assert response.content.decode().splitlines()[:2] == ["ready", "database: in order"]


def test_without_a_database_it_is_not_ready_and_says_so(client, in_order, database_away):
    response = asked(client)

    assert response.status_code == 503
    assert response.json()["database"] == "Out of reach: OperationalError."
    assert response.json()["disk"] == "in order"
    assert "s3cr3t" not in response.content.decode()


def test_with_migrations_to_be_made_it_is_not_ready(client, in_order, monkeypatch):
    monkeypatch.setattr(readiness, "on_disk", lambda: [("courses", "9999_of_tomorrow")])

    response = asked(client)

    assert response.status_code == 503
    assert "the first: courses.9999_of_tomorrow" in response.json()["migrations"]


def test_without_its_cache_it_is_not_ready(client, in_order):
    away = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}}
    with override_settings(CACHES=away):
        response = asked(client)

    assert response.status_code == 503
    assert response.json()["cache"] == "Out of reach: ConnectionError."


def test_with_media_that_cannot_be_reached_it_is_not_ready(client, in_order, settings):
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "tests.keeping.test_probes.OutOfReach"}}

    response = asked(client)

    assert response.status_code == 503
    assert response.json()["media"] == "Out of reach: OSError."
    assert "s3cr3t" not in response.content.decode()


def test_with_media_that_cannot_be_written_it_is_not_ready(client, in_order, monkeypatch):
    monkeypatch.setattr(readiness.os, "access", lambda path, mode: False)

    assert asked(client).json()["media"] == "The folder for media cannot be written to."


def test_on_a_full_disk_it_is_not_ready(client, in_order, monkeypatch):
    monkeypatch.setattr(readiness, "LEAST_FREE", 2**60)

    response = asked(client)

    assert response.status_code == 503
    assert "MB are free on the disk of DATA_DIR" in response.json()["disk"]


def test_a_silent_worker_and_an_old_backup_are_warned_of_and_it_is_ready(client, in_order, monkeypatch):
    monkeypatch.setattr(readiness, "WORKER_SILENT_AFTER", -1)
    monkeypatch.setattr(readiness, "BACKUP_OLD_AFTER", -1)

    response = asked(client)

    assert response.status_code == 200
    assert set(response.json()["warnings"]) == {"worker", "backup"}


def test_where_nobody_ever_worked_or_made_a_backup_that_is_told(client, in_order, settings, tmp_path):
    cache.clear()
    settings.BACKUP_DIR = tmp_path / "none"

    warnings = asked(client).json()["warnings"]

    assert warnings["worker"].startswith("No worker has been heard of")
    assert warnings["backup"].startswith("There is no backup yet")


# In time


def test_what_hangs_is_told_in_time_and_asked_by_one_thread_only(client, in_order, monkeypatch):
    leave, entered = threading.Event(), []

    def hang():
        entered.append(threading.current_thread())
        leave.wait(30)
        return readiness.IN_ORDER

    monkeypatch.setattr(readiness, "SECONDS", 0.2)
    monkeypatch.setitem(readiness.NECESSARY, "database", asking.Question(hang))
    began = time.monotonic()
    answers = [asked(client) for _probe in range(3)]
    took = time.monotonic() - began
    leave.set()
    entered[0].join()

    assert [answer.json()["database"] for answer in answers] == ["No answer within 0.2 seconds."] * 3
    assert len(entered) == 1
    assert took < 5
    assert asked(client).json()["database"] == "in order"


def test_a_database_that_accepts_and_never_answers_does_not_keep_the_probe(client, in_order):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite is a file")
    options = {name: value for name, value in connection.settings_dict["OPTIONS"].items() if name != "host"}
    with silence() as port, database_at(HOST="127.0.0.1", PORT=str(port), OPTIONS=options):
        began = time.monotonic()
        response = asked(client)
        took = time.monotonic() - began
        for question in (*readiness.NECESSARY.values(), *readiness.DESIRABLE.values()):
            question.asked.done.wait(10)

    assert response.status_code == 503
    assert took < readiness.SECONDS + 1


@pytest.mark.django_db(transaction=True)
def test_a_probe_leaves_no_connection_behind(client, in_order, settings):
    """Each one would be missing in the pool."""
    table = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entries"}
    settings.CACHES = {"default": table}
    opened = []
    with caught(connection_created, opened):
        for _probe in range(3):
            assert asked(client).status_code == 200
    for question in (*readiness.NECESSARY.values(), *readiness.DESIRABLE.values()):
        question.asked.done.wait(10)

    assert len(opened) >= 3
    assert [one for one in opened if one.connection is not None] == []


def test_the_last_backup_is_known_without_a_folder(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path / "none"
    cache.set(backing_up.LAST, 1234.0, None)

    assert backing_up.last_backup_at() == 1234.0


def test_nobody_needs_to_sign_in(in_order):
    assert json.loads(Client().get("/readyz").content)["ready"]
