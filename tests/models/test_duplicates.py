"""Rule 23: a copy says the same, and nobody has done anything in it."""

from datetime import date

import pytest

from courses.models import Participation, Picture, Progress, Theme, Topic
from tests.conftest import begin, make_step, make_theme, make_topic
from tests.models.acts import complete, fraction, steps_of
from tests.models.pictures import content_of, png, stored


@pytest.fixture
def original(db):
    """A theme with a picture, an extra, a draft, a withdrawn topic, and something taken out."""
    theme = make_theme(1, summary="Waar het over gaat", access=Theme.Access.SIGNED_IN, in_order=True)
    picture = stored(png(), theme=theme)
    theme.describe(introduction=f'<p>Welkom.</p><figure><img src="{picture.address}" alt=""></figure>')
    make_step(theme, "Extra", required=False, release_date=date(2027, 6, 3))
    make_step(theme, "Nog niet", published=False)
    make_step(theme, "Niet meer").topic.withdraw()
    theme.take_out(make_step(theme, "Eruit"))
    return theme


def outward(theme):
    return [
        (step.slug, str(step.topic), step.required, step.release_date, step.position, step.topic.published)
        for step in steps_of(theme)
    ]


def test_rule_23_a_copy_has_the_same_steps_in_the_same_order(original):
    copy = original.duplicate(slug="kopie", title="Kopie")

    assert outward(copy) == outward(original)
    assert [row[1] for row in outward(copy)][1:] == ["Extra", "Nog niet", "Niet meer"]


def test_rule_23_a_copy_is_a_draft_with_a_name_of_its_own(original):
    copy = original.duplicate(slug="kopie", title="Kopie")

    copy.refresh_from_db()
    assert (copy.slug, copy.title, copy.published_at) == ("kopie", "Kopie", None)
    assert (copy.summary, copy.access, copy.in_order) == (original.summary, original.access, True)


def test_rule_23_a_copy_has_new_identities(original):
    copy = original.duplicate(slug="kopie", title="Kopie")

    ours, theirs = ({step.topic_id for step in steps_of(theme)} for theme in (original, copy))
    assert not ours & theirs
    assert len(theirs) == 4


def test_rule_23_a_copy_has_nobodys_progress(lea, original):
    complete(begin(lea, original), steps_of(original)[0])

    copy = original.duplicate(slug="kopie", title="Kopie")

    assert not Participation.objects.filter(theme=copy).exists()
    assert not Progress.objects.filter(topic__steps__theme=copy).exists()
    assert fraction(lea, copy) == (0, 1)
    assert fraction(lea, original) == (1, 1)


def test_rule_23_a_copy_has_its_own_pictures(original):
    copy = original.duplicate(slug="kopie", title="Kopie")

    ours, theirs = original.pictures.get(), copy.pictures.get()
    assert ours.address in original.introduction
    assert theirs.address in copy.introduction
    assert ours.address not in copy.introduction
    assert content_of(theirs) == content_of(ours)
    assert copy.introduction.replace(theirs.address, ours.address) == original.introduction


def test_rule_23_a_topics_pictures_are_copied_with_it(db):
    topic = make_topic(published=False)
    picture = stored(png(), topic=topic)
    topic.write(title="Met plaatje", html=f'<figure><img src="{picture.address}" alt=""></figure>')
    topic.publish()
    theme = make_theme(0)
    theme.add(topic, slug="met-plaatje")

    copied = steps_of(theme.duplicate(slug="kopie", title="Kopie"))[0].topic

    twin = Picture.objects.get(topic=copied)
    assert twin.address in copied.published_edition.html
    assert picture.address not in copied.published_edition.html


def test_rule_23_a_draft_beside_what_is_published_is_copied_too(theme):
    topic = steps_of(theme)[0].topic
    topic.write(title="Straks", html="<p>Nog niet klaar.</p>")

    copied = steps_of(theme.duplicate(slug="kopie", title="Kopie"))[0].topic

    assert copied.published_edition.title == topic.published_edition.title
    assert (copied.draft.title, copied.draft.html) == ("Straks", "<p>Nog niet klaar.</p>")


def test_rule_23_changing_the_copy_leaves_the_original_alone(original):
    then = outward(original), Topic.objects.get(pk=steps_of(original)[0].topic_id).published_edition_id
    copy = original.duplicate(slug="kopie", title="Kopie")

    steps_of(copy)[0].topic.write(title="Anders", html="<p>Anders.</p>")
    steps_of(copy)[0].topic.publish()
    copy.take_out(steps_of(copy)[1])

    assert (outward(original), Topic.objects.get(pk=steps_of(original)[0].topic_id).published_edition_id) == then
