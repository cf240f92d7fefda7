"""A topic that trainers write, and how the page sends what was typed."""

from django.urls import reverse

from courses.models import Topic
from tests.conftest import make_step, make_theme

JSON = {"Accept": "application/json"}


def make_written_step():
    """A published topic in a published theme; its text is at version 1."""
    return make_step(make_theme(0, slug="samen", title="Samen leren"), "Luisteren", slug="luisteren")


def address(name, step):
    return reverse(f"authoring:{name}", args=[step.theme.slug, step.slug])


def sent(step, name="save_topic", *, client, quiet=True, **fields):
    """Send a text, as the page does (``quiet``) or as its form does without JavaScript."""
    text = {"title": "Luisteren", "summary": "", "html": "<p>Nieuw.</p>", "base": 1, **fields}
    given = {name: value for name, value in text.items() if value is not None}
    return client.post(address(name, step), given, headers=JSON if quiet else {})


def text_of(step):
    return Topic.objects.get(pk=step.topic_id).text
