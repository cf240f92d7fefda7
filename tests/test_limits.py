"""How often a door may be tried: counted together by all processes, and said in the reader's language."""

import os
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from allauth.core.internal import ratelimit
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import get_resolver

from config import caching, limits
from config.settings import LIMITS
from tests.conftest import make_user, signed_in
from tests.tracking.conftest import make_group

IMPORT, PAST = "/author/import/read/", "Dat ging iets te snel"


@pytest.fixture(autouse=True)
def nobody_tried_before(db):
    cache.clear()


@pytest.fixture
def few(settings):
    """Set limits lower for this test."""

    def allow(**rates):
        settings.ACCOUNT_RATE_LIMITS = {**LIMITS, **rates}

    return allow


def bring(browser, **headers):
    return browser.post(IMPORT, {"text": "Rust\n\nWees eens stil."}, headers=headers)


@pytest.fixture
def in_english(tom):
    tom.language = "en"
    tom.save()


# The answer


def test_whoever_goes_on_is_told_how_long_to_wait_and_that_nothing_typed_is_lost(trainer, in_english, few):
    few(**{"import": "2/h/user"})
    with time_machine.travel("2026-11-22 12:00", tick=False) as clock:
        assert [bring(trainer).status_code, bring(trainer).status_code] == [303, 303]
        clock.shift(20 * 60)

        response = bring(trainer)

    page = response.content.decode()
    assert response.status_code == 429
    assert response["Retry-After"] == str(40 * 60)
    assert "Wait 40 minutes, then try again." in page
    assert "go back, what you typed is still there" in page


def test_after_that_time_the_door_opens_again(trainer, few):
    few(**{"import": "1/h/user"})
    with time_machine.travel("2026-11-22 12:00", tick=False) as clock:
        bring(trainer)
        clock.shift(int(bring(trainer)["Retry-After"]) + 1)

        assert bring(trainer).status_code == 303


def test_the_answer_to_a_script_is_json_and_to_htmx_the_page(trainer, few):
    few(**{"import": "1/h/user"})
    bring(trainer)

    json, htmx = bring(trainer, accept="application/json"), bring(trainer, hx_request="true")

    assert (json.status_code, htmx.status_code) == (429, 429)
    assert PAST in json.json()["message"]
    assert PAST in htmx.content.decode()
    assert json["Retry-After"] == htmx["Retry-After"]


def test_it_is_said_in_the_language_of_the_reader(trainer, few):
    few(**{"import": "1/h/user"})
    bring(trainer)

    page = bring(trainer).content.decode()

    assert '<html lang="nl">' in page
    assert PAST in page


def test_allauths_own_doors_give_the_same_page_with_the_same_header(client, few):
    few(login="1/m/ip")
    with time_machine.travel("2026-11-22 12:00", tick=False) as clock:
        client.post("/account/login/", {"login": "lea@example.org", "password": "not this one"})
        clock.shift(15)

        response = client.post("/account/login/", {"login": "lea@example.org", "password": "not this one"})

    assert (response.status_code, response["Retry-After"]) == (429, "45")
    assert PAST in response.content.decode()


def test_a_limit_of_one_person_is_none_of_another(trainer, few):
    few(**{"import": "1/h/user"})
    bring(trainer)

    assert bring(trainer).status_code == 429
    assert bring(signed_in(make_user("Charlie", is_trainer=True))).status_code == 303


def test_an_address_behind_a_trusted_proxy_is_that_of_the_visitor(client, few, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    few(login="1/m/ip")

    def try_from(address):
        fields = {"login": "lea@example.org", "password": "not this one"}
        return client.post("/account/login/", fields, headers={"x-forwarded-for": address}).status_code

    assert [try_from("192.0.2.1"), try_from("192.0.2.2")] == [200, 200]
    assert try_from("192.0.2.9, 192.0.2.1") == 429, "what stands before the address of the proxy can be invented"


def test_guesses_at_one_account_are_counted_together_whatever_the_host_header_says(client, lea, few):
    few(login_failed="60/m/ip,2/10m/key")

    def guess(port):
        fields = {"login": "LEA@example.org", "password": "not this one"}
        return client.post("/account/login/", fields, headers={"host": f"testserver:{port}"}).status_code

    assert [guess(8001), guess(8002), guess(8003)] == [200, 200, 429]


# The table


def guarded():
    """The names under which our own views are limited."""
    for pattern in every_pattern(get_resolver()):
        view = pattern.callback
        while view:
            if name := getattr(view, "limited_as", None):
                yield name
            view = getattr(view, "__wrapped__", None)


def every_pattern(resolver):
    for pattern in resolver.url_patterns:
        yield from every_pattern(pattern) if hasattr(pattern, "url_patterns") else [pattern]


OF_ALLAUTH = {
    "login",
    "login_failed",
    "signup",
    "request_login_code",
    "reset_password",
    "reset_password_from_key",
    "confirm_email",
    "reauthenticate",
    "change_password",
    "manage_email",
    "webauthn_login",
}


def test_every_limit_guards_a_door_and_every_guard_has_a_limit():
    assert set(guarded()) == set(LIMITS) - OF_ALLAUTH


@pytest.mark.parametrize("name", LIMITS)
def test_every_limit_can_be_read(name):
    assert ratelimit.parse_rates(LIMITS[name])


def test_reading_and_completing_count_nothing(learner, theme, django_assert_max_num_queries):
    step = theme.steps.first()
    with django_assert_max_num_queries(30) as queries:
        learner.get(step.get_absolute_url())
        learner.post(f"{step.get_absolute_url()}complete/", {"deed": "00000000-0000-0000-0000-000000000007"})

    assert not [query for query in queries if "cache_entries" in query["sql"]]


def test_a_page_that_is_not_searched_counts_nothing(trainer, tom, theme, django_assert_max_num_queries):
    group = make_group(themes=[theme], trainers=[tom])
    address = f"/track/groups/{group.public_id}/themes/{theme.slug}/"

    def counting(query):
        with django_assert_max_num_queries(60) as queries:
            assert trainer.get(address + query).status_code == 200
        return len([query for query in queries if "cache_entries" in query["sql"]])

    assert counting("") == counting("?q=+") == 0
    assert 0 < counting("?q=lea") <= 10


# Together


def try_once(_number=None):
    request = RequestFactory().post("/")
    request.user = AnonymousUser()
    try:
        return bool(ratelimit.consume(request, app=limits.APP, action="login"))
    finally:
        connection.close()


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_no_more_get_in_than_the_limit_allows(few, crowd):
    few(login="5/m/ip")

    answers = crowd([try_once] * 20)

    assert answers.count(True) == 5


TRY_FOUR_TIMES = """
import django
django.setup()
from django.conf import settings
from django.db import connection
from tests.test_limits import try_once
connection.settings_dict["NAME"] = {name!r}
settings.ACCOUNT_RATE_LIMITS = {{"login": "5/m/ip"}}
print([try_once() for _number in range(4)].count(True))
"""


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_two_processes_count_together():
    code = TRY_FOUR_TIMES.format(name=str(connection.settings_dict["NAME"]))
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": "."}

    def run(_number):
        return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(run, range(2)))

    assert sum(int(result.stdout or 0) for result in results) == 5, [result.stderr for result in results]


# The cache itself


@pytest.fixture
def cache_away(settings):
    """As with a Redis that does not answer."""
    there = {**settings.CACHES}
    settings.CACHES = {"default": caching.configuration("rediscache://127.0.0.1:1/0")}
    yield
    settings.CACHES = there


def test_without_the_cache_people_read_and_complete_and_a_limited_door_stays_shut(lea, tom, theme, cache_away):
    step = theme.steps.first()
    learner, trainer = Client(raise_request_exception=False), Client(raise_request_exception=False)
    learner.force_login(lea)
    trainer.force_login(tom)

    assert learner.get(step.get_absolute_url()).status_code == 200
    assert learner.post(f"{step.get_absolute_url()}complete/", {"deed": str(uuid.UUID(int=7))}).status_code == 303
    for response in (bring(trainer), Client(raise_request_exception=False).post("/account/login/", {"login": "x"})):
        assert response.status_code == 503
        assert response["Retry-After"]


def test_what_ran_out_is_deleted_and_what_counts_stays():
    cache.set("old", 1, timeout=-1)
    cache.set("new", 1, timeout=60)

    caching.forget_expired()

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache_entries")
        assert [key for (key,) in cursor.fetchall()] == [cache.make_key("new")]


def test_a_cache_of_each_process_alone_is_pointed_out(settings):
    assert not list(caching.cache_is_shared())
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

    assert [warning.id for warning in caching.cache_is_shared()] == ["stapwijs.W003"]


def test_the_table_has_room_for_the_counters_of_many():
    assert caching.configuration("dbcache://cache_entries")["OPTIONS"]["MAX_ENTRIES"] == caching.MOST_ENTRIES
