"""A group of Tom's: Lea finished, Lars is halfway, Noor never began. Charlie belongs elsewhere, Cleo is the client."""

import pytest
from django.utils import translation

from courses.models import Group, Membership
from tests.conftest import begin, make_theme, make_user, signed_in
from tests.models.acts import complete, steps_of


def make_group(*learners, themes=(), trainers=(), clients=(), **fields):
    """A group with these people, that follows these themes."""
    group = Group.objects.create(**{"name": "Teamleiders", **fields})
    group.trainers.set(trainers)
    group.clients.set(clients)
    for theme in themes:
        group.follow(theme)
    for learner in learners:
        Membership.objects.join(group, learner)
    return group


def membership_of(learner, group):
    return Membership.objects.get(group=group, learner=learner)


@pytest.fixture
def theme(db):
    """Four topics: luisteren, vragen, loslaten, oefenen."""
    titles = ("Luisteren", "Vragen", "Loslaten", "Oefenen")
    return make_theme({title: title.lower() for title in titles}, title="Vertrouwen", slug="vertrouwen")


@pytest.fixture
def noor(db):
    return make_user("Noor")


@pytest.fixture
def charlie(db):
    """A trainer of another group."""
    return make_user("Charlie", is_trainer=True)


@pytest.fixture
def cleo(db):
    """The client."""
    return make_user("Cleo")


@pytest.fixture
def client_browser(cleo):
    return signed_in(cleo)


@pytest.fixture
def group(theme, tom, cleo, lea, lars, noor):
    complete(begin(lea, theme), *steps_of(theme))
    complete(begin(lars, theme), *steps_of(theme)[:2])
    return make_group(lea, lars, noor, themes=[theme], trainers=[tom], clients=[cleo])


@pytest.fixture
def in_english(tom, cleo, lea):
    """They read English, so that words can be looked for."""
    for person in (tom, cleo, lea):
        person.language = "en"
        person.save()
    with translation.override("en"):
        yield


def words(response):
    """The page as one reads it: spaces where lines break."""
    return " ".join(response.content.decode().split())
