"""What Tom does in the author's room, and what he reads there."""

import pytest
from django.utils import translation

from tests.conftest import begin, make_theme
from tests.models.acts import complete, steps_of


@pytest.fixture
def in_english(tom):
    """Tom reads English, so that words can be looked for."""
    tom.language = "en"
    tom.save()
    with translation.override("en"):
        yield


def words(response):
    """The page as one reads it: spaces where lines break."""
    return " ".join(response.content.decode().split())


@pytest.fixture
def theme(db):
    """Three topics: luisteren, vragen, loslaten."""
    titles = ("Luisteren", "Vragen", "Loslaten")
    return make_theme({title: title.lower() for title in titles}, title="Vertrouwen", slug="vertrouwen")


@pytest.fixture
def followed(theme, lea, lars):
    """Lea did everything, Lars all but the last."""
    complete(begin(lea, theme), *steps_of(theme))
    complete(begin(lars, theme), *steps_of(theme)[:2])
    return theme


@pytest.fixture
def do(trainer):
    """Tom does something to the theme or one of its topics, and sees the page after it."""

    def send(deed, **fields):
        return trainer.post(f"/author/themes/vertrouwen/{deed}/", fields, follow=True)

    return send


def outline(theme):
    return [step.slug for step in steps_of(theme)]
