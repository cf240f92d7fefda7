"""The cast, and what stands on the stage.

Lea is a learner, Lars another one, Tom a trainer. Anonymous visitors use ``client``.
"""

import itertools
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from threading import Barrier

import hypothesis
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, TransactionTestCase
from hypothesis import configuration

from accounts.models import User
from courses.models import Participation, Theme
from tests.laid_down import add_steps, laid_down

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs an event loop in the test's thread

configuration.set_hypothesis_home_dir("var/hypothesis")
hypothesis.settings.register_profile("stapwijs", deadline=None, derandomize="EXPLORE" not in os.environ)
hypothesis.settings.load_profile("stapwijs")

numbers = itertools.count(1)


def pytest_collection_modifyitems(items):
    for item in items:
        asks = {"db", "transactional_db"} & set(item.fixturenames) or item.get_closest_marker("django_db")
        if not asks and not item.get_closest_marker("engines"):
            item.add_marker("no_database")


MADE_ONCE = {"django_content_type", "auth_permission"}
"""What ``migrate`` writes. After each test that commits Django lets it go and writes it anew, in ten times the time."""


def let_rows_go(_test):
    """All but ``MADE_ONCE``, and all at once, as they refer to each other."""
    tables = set(connection.introspection.django_table_names(include_views=False)) - MADE_ONCE
    names = [connection.ops.quote_name(table) for table in sorted(tables)]
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # deleted rows would stay in the way until somebody sweeps
            cursor.execute(f"TRUNCATE {', '.join(names)}")
        else:
            for name in names:
                cursor.execute(f"DELETE FROM {name}")  # noqa: S608  a name of Django's own


TransactionTestCase._fixture_teardown = let_rows_go


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def make_user(name, **fields):
    address = f"{name.lower()}@example.org"
    return User.objects.create_user(address, "a good long password", name=name, language="nl", **fields)


@pytest.fixture
def lea(db):
    return make_user("Lea")


@pytest.fixture
def lars(db):
    return make_user("Lars")


@pytest.fixture
def tom(db):
    return make_user("Tom", is_trainer=True)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def learner(lea):
    """Lea's browser."""
    return signed_in(lea)


@pytest.fixture
def trainer(tom):
    """Tom's browser."""
    return signed_in(tom)


def make_topic(title=None, html="<p>Lees dit.</p>", *, published=True, **fields):
    [topic] = laid_down([title or f"Onderwerp {next(numbers)}"], html, published=published, **fields)
    return topic


def make_step(theme, title=None, *, published=True, **fields):
    """Add a step with a new topic; ``fields`` are those of ``Theme.add``."""
    topic = make_topic(title, published=published)
    fields.setdefault("slug", f"onderwerp-{topic.pk}")
    return theme.add(topic, **fields)


def make_steps(theme, count):
    """Add so many steps in one change, which is much cheaper than one by one."""
    return add_steps(theme, {f"Onderwerp {next(numbers)}": None for _number in range(count)})


def make_theme(steps=4, *, published=True, **fields):
    """A theme with so many required steps, or with these titles at these addresses; released and published."""
    number = next(numbers)
    fields = {"slug": f"thema-{number}", "title": f"Thema {number}", **fields}
    theme = Theme.objects.create(**fields)
    with theme.changing() if steps or published else nullcontext():  # one change costs as much as the rows
        if steps:
            (make_steps if isinstance(steps, int) else add_steps)(theme, steps)
        if published:
            theme.publish()
    return theme


@pytest.fixture
def theme(db):
    """Four steps, open to all."""
    return make_theme(4)


def begin(learner, theme):
    return Participation.objects.begin(theme, learner)


@pytest.fixture
def demo_theme(db):
    """The theme "Cultuur van vertrouwen", by way of the product's own import."""
    call_command("import_theme", "courses/demo/cultuur-van-vertrouwen", verbosity=0)
    return Theme.objects.get(slug="cultuur-van-vertrouwen")


COUNTING = 12
"""Queries that a limit costs at most, where the cache that all share is the database (config/limits.py)."""


MOST = 60
"""At the same moment."""


@pytest.fixture(scope="session")
def threads():
    with ThreadPoolExecutor(MOST) as pool:
        yield pool


@pytest.fixture
def crowd(threads):
    """Does many things at the same moment, and returns what each of them gave.

    Threads keep their connections until the test ends: nobody is late because they had to connect.
    """

    def at_once(deeds):
        barrier = Barrier(len(deeds))

        def do(deed):
            barrier.wait()
            return deed()

        return [waiting.result() for waiting in [threads.submit(do, deed) for deed in deeds]]

    yield at_once
    at_once([lambda: connection.close()] * MOST)  # each its own
