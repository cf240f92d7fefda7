"""What people see when what a page stands on is away: a 503 that says so, in their language."""

import json
from uuid import uuid4

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import DatabaseError, OperationalError
from django.test import Client

from config.outages import CacheAwayError
from tests.conftest import signed_in

OUT_OF_REACH = "We zijn even niet bereikbaar"

AWAY = ["locked", "postgresql-ended", "postgresql-copy", "redis", "cache"]
NO_ROOM = ["sqlite-full", "sqlite-failing", "sqlite-closed", "postgresql-full", "disk-full", "disk-closed"]
OURS = ["postgresql-wrong", "file-away"]


@pytest.fixture
def visitor(settings):
    settings.ROOT_URLCONF = "tests.faults.broken_urls"
    return Client(raise_request_exception=False)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("name", [*AWAY, *NO_ROOM])
def test_who_reads_hears_that_what_they_saved_is_safe(visitor, name):
    response = visitor.get(f"/broken/{name}/", headers={"accept-language": "en"})

    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert "We are briefly out of reach" in text(response)
    assert "What you saved before is safe." in text(response)


@pytest.mark.parametrize("name", AWAY)
def test_who_sent_something_hears_that_it_was_not_saved(visitor, name):
    response = visitor.post(f"/broken/{name}/", headers={"accept-language": "en"})

    assert response.status_code == 503
    assert "What you sent just now was not saved: go back and try again in a moment." in text(response)


@pytest.mark.parametrize("name", NO_ROOM)
def test_who_sent_something_that_there_is_no_room_for_hears_so(visitor, name):
    response = visitor.post(f"/broken/{name}/", headers={"accept-language": "en"})

    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert "We have no room to keep anything new" in text(response)
    assert "keep a copy of it" in text(response)


@pytest.mark.parametrize("name", NO_ROOM)
def test_a_script_hears_it_in_words_that_it_can_show(visitor, name):
    response = visitor.post(f"/broken/{name}/", headers={"accept-language": "en", "accept": "application/json"})

    assert response.status_code == 503
    assert json.loads(response.content) == {"message": "We have no room to keep anything new."}


def test_a_script_says_in_words_of_its_own_that_we_are_out_of_reach(visitor):
    response = visitor.post("/broken/locked/", headers={"accept": "application/json"})

    assert response.status_code == 503
    assert json.loads(response.content) == {}


def test_who_waits_for_a_mail_hears_that_none_was_sent(visitor):
    response = visitor.post("/broken/mail/", headers={"accept-language": "en"})

    assert response.status_code == 503
    assert "We cannot send mail right now" in text(response)


@pytest.mark.parametrize("name", OURS)
def test_what_is_our_own_fault_is_called_so(visitor, name):
    response = visitor.post(f"/broken/{name}/", headers={"accept-language": "en"})

    assert response.status_code == 500
    assert "Something went wrong on our side" in text(response)


def test_a_session_that_cannot_be_read_is_told_too(lea, theme, monkeypatch):
    browser = signed_in(lea)
    browser.raise_request_exception = False

    def away(self):
        raise OperationalError("away")

    monkeypatch.setattr(SessionStore, "load", away)

    response = browser.get(theme.get_absolute_url())

    assert response.status_code == 503
    assert OUT_OF_REACH in text(response)
    assert response["Content-Security-Policy"]


def test_a_session_that_cannot_be_written_is_told_too_and_is_no_bad_request(learner, theme, monkeypatch):
    learner.raise_request_exception = False

    def full(self, *args, **kwargs):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(Session, "save", full)

    for step in theme.steps.all():  # the last one finishes the theme, which the next page says
        response = learner.post(f"{step.get_absolute_url()}complete/", {"deed": str(uuid4())})

    assert response.status_code == 503


def test_a_session_that_was_ended_meanwhile_is_no_outage(learner, theme, monkeypatch):
    learner.raise_request_exception = False

    def ended(self, *args, **kwargs):
        raise DatabaseError("Forced update did not affect any rows.")

    monkeypatch.setattr(Session, "save", ended)
    for step in theme.steps.all():
        response = learner.post(f"{step.get_absolute_url()}complete/", {"deed": str(uuid4())})

    assert response.status_code == 400


# The cache in the database


@pytest.mark.django_db
def test_a_limit_that_cannot_be_counted_is_no_limit_that_was_met(monkeypatch):
    monkeypatch.setattr("django.core.cache.backends.db.DatabaseCache._base_set", lambda *arguments: False)

    with pytest.raises(CacheAwayError):
        cache.add("door", 1)


@pytest.mark.django_db
def test_adding_what_is_there_changes_nothing_and_is_no_fault():
    assert cache.add("door", 1)
    assert not cache.add("door", 2)
    assert cache.get("door") == 1
