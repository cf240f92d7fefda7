"""The cast, and what stands on the stage.

Lea is a learner, Lars another one, Tom a trainer. Anonymous visitors use ``client``.
"""

import itertools
import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import hypothesis
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from hypothesis import configuration

from accounts.models import User
from courses.models import Participation, Step, Theme, Topic

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs an event loop in the test's thread

configuration.set_hypothesis_home_dir("var/hypothesis")
hypothesis.settings.register_profile("stapwijs", deadline=None, derandomize="EXPLORE" not in os.environ)
hypothesis.settings.load_profile("stapwijs")

numbers = itertools.count(1)


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
    topic = Topic.objects.create()
    topic.write(title=title or f"Onderwerp {next(numbers)}", html=html, **fields)
    if published:
        topic.publish()
    return topic


def make_step(theme, title=None, *, published=True, **fields):
    """Add a step with a new topic; ``fields`` are those of ``Theme.add``."""
    topic = make_topic(title, published=published)
    fields.setdefault("slug", f"onderwerp-{topic.pk}")
    return theme.add(topic, **fields)


def make_steps(theme, count):
    """Add so many steps in one go; one by one, each would put all of them in order."""
    last = theme.steps.current_or_draft().count()
    with theme.changing():
        topics = [make_topic() for _number in range(count)]
        Step.objects.bulk_create(
            Step(theme=theme, topic=topic, slug=f"onderwerp-{topic.pk}", position=last + number)
            for number, topic in enumerate(topics, start=1)
        )
    return theme


def make_theme(steps=4, *, published=True, **fields):
    """A theme with so many required steps, released and published."""
    number = next(numbers)
    fields = {"slug": f"thema-{number}", "title": f"Thema {number}", **fields}
    theme = Theme.objects.create(**fields)
    for _number in range(steps):
        make_step(theme)
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
def crowd():
    """Does many things at the same moment, and returns what each of them gave."""
    with ThreadPoolExecutor(MOST) as pool:

        def at_once(deeds):
            barrier = Barrier(len(deeds))

            def do(deed):
                barrier.wait()
                try:
                    return deed()
                finally:
                    connection.close()

            return [waiting.result() for waiting in [pool.submit(do, deed) for deed in deeds]]

        yield at_once
