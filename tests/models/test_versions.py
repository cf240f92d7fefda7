"""The history of a draft: nothing that was written is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import Topic
from courses.models.topics import StaleTextError
from courses.models.versions import SITTING
from tests.conftest import make_topic, make_user

pytestmark = pytest.mark.django_db


def write(topic, words, author=None, **fields):
    return topic.write(title="Vertrouwen", html=f"<p>{words}</p>", author=author, **fields)


def said(topic):
    """What the entries of the history say, the latest first."""
    return [version.html.removeprefix("<p>").removesuffix("</p>") for version in topic.versions.all()]


def later(topic, pause):
    topic.versions.update(saved_at=timezone.now() - pause)


@pytest.fixture
def topic():
    return Topic.objects.create()


def test_saves_of_one_sitting_are_one_entry(topic, tom):
    for words in ("Een", "Een twee", "Een twee drie"):
        write(topic, words, tom)

    assert said(topic) == ["Een twee drie"]


def test_after_a_pause_a_save_begins_a_new_entry(topic, tom):
    write(topic, "Gisteren", tom)
    later(topic, SITTING + timedelta(minutes=1))

    write(topic, "Vandaag", tom)

    assert said(topic) == ["Vandaag", "Gisteren"]


def test_what_another_author_writes_is_an_entry_of_its_own(topic, tom):
    tess = make_user("Tess", is_trainer=True)

    write(topic, "Van Tom", tom)
    write(topic, "Van Tess", tess)
    write(topic, "Weer van Tom", tom)

    assert said(topic) == ["Weer van Tom", "Van Tess", "Van Tom"]


def test_a_named_entry_stays_as_it_is(topic, tom):
    write(topic, "Voor de vakantie", tom)
    topic.versions.update(name="Voor de vakantie")

    write(topic, "Erna", tom)

    assert said(topic) == ["Erna", "Voor de vakantie"]


def test_a_published_entry_stays_as_it_is(topic, tom):
    write(topic, "Uitgave", tom)
    topic.publish()

    write(topic, "Daarna", tom)

    assert said(topic) == ["Daarna", "Uitgave"]
    assert [version.edition for version in topic.versions.all()] == [None, topic.published_edition]


def test_a_discarded_draft_stands_in_the_history(tom):
    topic = make_topic("Vertrouwen", "<p>Gepubliceerd</p>")
    write(topic, "Toch niet", tom)

    topic.discard()

    assert topic.draft is None
    assert topic.text == topic.published_edition
    assert said(topic) == ["Toch niet", "Gepubliceerd"]


def test_a_topic_that_was_never_published_keeps_its_draft(topic, tom):
    write(topic, "Enige tekst", tom)

    topic.discard()

    assert topic.draft is not None


def test_a_save_from_the_current_text_is_stored(topic, tom):
    write(topic, "Een", tom)

    write(topic, "Twee", tom, base=topic.text_version)

    assert topic.draft.html == "<p>Twee</p>"


def test_a_save_from_an_old_text_stores_nothing(topic, tom):
    write(topic, "Een", tom)
    base = topic.text_version
    write(topic, "Twee", tom)

    with pytest.raises(StaleTextError):
        write(topic, "Drie", tom, base=base)

    assert topic.draft.html == "<p>Twee</p>"
    assert said(topic) == ["Twee"]


def test_publishing_does_not_make_a_text_old(topic, tom):
    write(topic, "Een", tom)
    base = topic.text_version
    topic.publish()

    write(topic, "Twee", tom, base=base)

    assert topic.draft.html == "<p>Twee</p>"


def test_discarding_does(tom):
    topic = make_topic("Vertrouwen")
    write(topic, "Een", tom)
    base = topic.text_version
    topic.discard()

    with pytest.raises(StaleTextError):
        write(topic, "Twee", tom, base=base)


def test_a_title_is_changed_for_readers_too_when_no_draft_stands_open(tom):
    topic = make_topic("Oud", "<h2>Kop</h2><p>Tekst</p>", summary="Kort")

    topic.retitle("Nieuw", author=tom)

    assert (topic.published_edition.title, topic.published_edition.summary) == ("Nieuw", "Kort")
    assert topic.published_edition.source == "<h2>Kop</h2>\n<p>Tekst</p>"
    assert not topic.published_edition.major


def test_a_title_is_changed_in_the_draft_that_stands_open(tom):
    topic = make_topic("Oud")
    write(topic, "Onderweg", tom)

    topic.retitle("Nieuw", author=tom)

    assert topic.published_edition.title == "Oud"
    assert (topic.draft.title, topic.draft.html) == ("Nieuw", "<p>Onderweg</p>")
