"""What most tests stand on is row for row as the deeds of an author leave it."""

import pytest
import time_machine

from courses.models import Edition, Step, Theme, Topic, Version
from tests.conftest import make_theme, make_topic, make_user

pytestmark = pytest.mark.django_db

ARTICLE = "<h2>Luisteren</h2><p>Lees dit: <strong>goed</strong>.</p><ul><li>En dit.</li></ul>"

OF_EACH_ROW = {"id", "public_id", "revision", "slug", "topic", "theme", "edition", "published_edition"}
"""What no two rows have in common; whether there is one is compared."""


@pytest.fixture(autouse=True)
def still():
    with time_machine.travel("2027-06-03 08:00Z", tick=False):
        yield


def rows(model, **which):
    """What stands in every column."""
    return [
        {
            field.name: bool(value) if field.name in OF_EACH_ROW else value
            for field in model._meta.concrete_fields
            for value in [getattr(row, field.attname)]
        }
        for row in model.objects.filter(**which).order_by("pk")
    ]


def written(title, html, *, published, **fields):
    topic = Topic.objects.create()
    topic.write(title=title, html=html, **fields)
    if published:
        topic.publish()
    return topic


@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize("html", [ARTICLE, "<p onclick=x>Lees dit</p>los", ""])
def test_a_topic(html, published):
    said = {"published": published, "summary": "Kort", "author": make_user("Tom")}

    deeds, laid_down = written("Luisteren", html, **said), make_topic("Luisteren", html, **said)

    for model in (Edition, Version):
        assert rows(model, topic=deeds) == rows(model, topic=laid_down) != []
    assert rows(Topic, pk=deeds.pk) == rows(Topic, pk=laid_down.pk)
    assert (deeds.published, deeds.text_version) == (laid_down.published, laid_down.text_version)


def test_a_theme():
    deeds, laid_down = make_theme(0, title="Vertrouwen"), make_theme(3, title="Vertrouwen")
    for _number in range(3):
        topic = written("Luisteren", "<p>Lees dit.</p>", published=True)
        deeds.add(topic, slug=f"onderwerp-{topic.pk}")

    assert rows(Step, theme=deeds) == rows(Step, theme=laid_down) != []
    assert rows(Theme, pk=deeds.pk) == rows(Theme, pk=laid_down.pk)
    assert [step.topic.published for step in laid_down.steps.current()] == [True] * 3
