"""A real Chromium before the real server; what every journey needs on the way.

Addresses are relative (``page.goto("/")``). ``@without_javascript`` switches scripts off.
"""

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import slugify
from playwright.sync_api import expect

from tests.browser import chromium
from tests.conftest import make_theme, make_topic, signed_in

expect.set_options(timeout=15_000)  # as patient as a busy machine needs
script_errors: list[str] = []

LONG = "<p>Wie goed luistert, hoort meer dan er gezegd wordt, en vraagt daarna beter door.</p>" * 30
PASSWORD = "a good long password"

without_javascript = pytest.mark.browser_context_args(java_script_enabled=False)
with_and_without_javascript = pytest.mark.parametrize(
    "javascript",
    [pytest.param(True, id="with JavaScript"), pytest.param(False, id="without", marks=without_javascript)],
)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": chromium.PROGRAM, "args": chromium.FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}


@pytest.fixture(scope="session")
def base_url(live_server):
    return live_server.url


@pytest.fixture(autouse=True)
def nobody_tried_before(transactional_db):
    """The counters of rate limits stand in the cache, which no test empties by itself."""
    cache.clear()


@pytest.fixture(autouse=True)
def no_script_fails():
    """Wherever somebody sits down to write (``writing``), errors of our scripts fail the test."""
    script_errors.clear()
    yield
    assert not script_errors, "\n".join(script_errors)


@pytest.fixture
def confirmed_lea(lea):
    """Lea, who can sign in by herself: her address is confirmed."""
    EmailAddress.objects.create(user=lea, email=lea.email, verified=True, primary=True)
    return lea


@pytest.fixture
def reader(context, base_url, lea):
    """Lea's browser, signed in."""
    enter(context, base_url, lea)
    return context.new_page()


@pytest.fixture
def four_steps(db):
    """A theme of four topics long enough to scroll."""
    return make_named_theme("Samen leren", ["Luisteren", "Vragen", "Loslaten", "Oefenen"])


def make_named_theme(title, topics, **fields):
    """A theme that can be found by the names of its topics; ``fields`` are those of ``Theme``."""
    theme = make_theme(0, title=title, slug=slugify(title), **fields)
    for topic in topics:
        theme.add(make_topic(topic, LONG), slug=slugify(topic))
    return theme


def enter(context, base_url, user, language=None):
    """Sign ``user`` in without the form, who reads this language from now on."""
    if language:
        user.language = language
        user.save(update_fields=["language"])
    session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base_url}])


def read(page, address):
    """Open a topic, and wait until the server knows that it was opened."""
    with page.expect_response(lambda response: response.url.endswith("/open/")):
        page.goto(address)


def today():
    """Today as Dutch pages write it."""
    with translation.override("nl"):
        return date_format(timezone.localdate())
