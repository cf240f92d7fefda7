"""Topics and the editions of their text."""

import pytest
from django.db import IntegrityError, transaction

from courses.models import Edition, Topic
from tests.conftest import make_theme, make_topic
from tests.models.acts import steps_of
from tests.models.pictures import png, stored


@pytest.fixture
def topic(db):
    return make_topic("Vertrouwen", "<p>Eerste versie.</p>")


def test_writing_makes_one_draft_and_changes_it(db):
    topic = Topic.objects.create()

    first = topic.write(title="Vertrouwen", html="<p>Een.</p>")
    second = topic.write(title="Vertrouwen", html="<p>Twee.</p>")

    assert first == second == topic.draft
    assert topic.draft.html == "<p>Twee.</p>"
    assert topic.text_version == 2


def test_what_is_written_is_sanitised(db):
    topic = Topic.objects.create()

    draft = topic.write(title="Vertrouwen", html="<p>Lees dit.<script>alert(1)</script></p>")

    assert draft.html == "<p>Lees dit.</p>"


def test_a_draft_is_not_what_learners_read(topic):
    read = topic.published_edition

    topic.write(title="Nieuw", html="<p>Tweede versie.</p>")

    topic.refresh_from_db()
    assert topic.published_edition == read
    assert topic.draft.number == 2


def test_publishing_lets_learners_read_the_draft(topic):
    draft = topic.write(title="Nieuw", html="<h2>Kop</h2><p>Tweede versie.</p>")

    topic.publish(major=True, note="Met een kop")

    topic.refresh_from_db()
    assert topic.published_edition == draft
    assert topic.draft is None
    assert (topic.published_edition.major, topic.published_edition.note) == (True, "Met een kop")
    assert topic.published_edition.outline == [{"level": 2, "title": "Kop", "anchor": "h-kop"}]
    assert topic.published_edition.text == "Kop\nTweede versie."


def test_a_new_edition_does_not_change_since_when_a_topic_can_be_read(topic):
    then = topic.published_at

    topic.write(title="Nieuw", html="<p>Tweede versie.</p>")
    topic.publish()

    topic.refresh_from_db()
    assert topic.published_at == then


def test_publishing_without_a_draft_changes_nothing(topic):
    then = Topic.objects.values().get(), list(Edition.objects.values())

    topic.publish(major=True, note="Niets")

    assert (Topic.objects.values().get(), list(Edition.objects.values())) == then


def test_a_topic_without_any_text_cannot_be_published(db):
    topic = Topic.objects.create()

    topic.publish()

    topic.refresh_from_db()
    assert not topic.published


def test_a_withdrawn_topic_keeps_its_edition_and_returns_with_it(topic):
    edition = topic.published_edition

    topic.withdraw()
    topic.refresh_from_db()
    assert (topic.published, topic.published_edition) == (False, edition)

    topic.publish()
    topic.refresh_from_db()
    assert (topic.published, topic.published_edition) == (True, edition)
    assert Edition.objects.count() == 1


def test_a_withdrawn_topic_returns_as_something_new(topic):
    then = topic.published_at

    topic.withdraw()
    topic.publish()

    topic.refresh_from_db()
    assert topic.published_at > then


def test_what_another_author_did_meanwhile_is_not_undone(topic):
    same = Topic.objects.get()
    same.write(title="Nieuw", html="<p>Tweede versie.</p>")
    same.publish()

    topic.withdraw()

    now = Topic.objects.get()
    assert now.published_edition == same.published_edition
    assert now.withdrawn_at


def test_withdrawing_twice_is_withdrawing_once(topic):
    topic.withdraw()
    then = Topic.objects.get().withdrawn_at

    Topic.objects.get().withdraw()

    assert Topic.objects.get().withdrawn_at == then


def test_the_database_allows_one_draft_of_a_topic(topic):
    Edition.objects.create(topic=topic, number=2, title="Een")

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(topic=topic, number=3, title="Nog een")

    Edition.objects.create(topic=make_topic(), number=2, title="Van een ander onderwerp")


def test_the_database_allows_a_number_once(topic):
    with pytest.raises(IntegrityError):
        Edition.objects.create(topic=topic, number=1, title="Nog een")


def test_a_title_is_that_of_the_edition_learners_read_else_of_the_draft(topic):
    assert str(topic) == "Vertrouwen"

    topic.write(title="Nieuw", html="<p>Tweede versie.</p>")
    assert str(topic) == "Vertrouwen"

    assert str(make_topic("Alleen geschreven", published=False)) == "Alleen geschreven"


def test_a_step_shows_the_title_of_its_topic(db):
    theme = make_theme(0)
    theme.add(make_topic("Vertrouwen"), slug="vertrouwen")

    assert steps_of(theme)[0].title == "Vertrouwen"


def test_pictures_get_their_size_when_published_and_lose_it_in_the_source(topic):
    picture = stored(png((30, 20)), topic=topic)

    topic.write(title="Nieuw", html=f'<figure><img src="{picture.address}" alt="Twee cirkels"></figure>')
    topic.publish()

    edition = topic.published_edition
    assert f'<img src="{picture.address}" alt="Twee cirkels" width="30" height="20">' in edition.html
    assert edition.source == f'<figure><img src="{picture.address}" alt="Twee cirkels"></figure>'
