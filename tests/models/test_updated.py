"""Rule 21: what a learner finds of a new edition. Seen or not, no state and no count changes."""

from uuid import uuid4

import pytest

from courses.models.journey import journey_of, journeys_of
from tests.conftest import begin, make_theme, make_topic
from tests.models.acts import complete, fraction, progress_on, reopen, states, steps_of


@pytest.fixture
def participation(lea, theme):
    return begin(lea, theme)


@pytest.fixture
def step(theme):
    return steps_of(theme)[0]


def renew(step, *, major=True, note=""):
    """Publish a new edition, and return it."""
    step.topic.write(title="Nieuw", html="<p>Anders.</p>")
    step.topic.publish(major=major, note=note)
    return step.topic.published_edition


def updated(learner, theme):
    return [step.slug for step in journey_of(learner, theme).updated]


def test_rule_21_a_major_edition_is_an_update_for_who_completed_the_topic(lea, participation, theme, step):
    complete(participation, step)
    assert updated(lea, theme) == []

    renew(step)

    assert updated(lea, theme) == [step.slug]
    assert states(lea, theme)[0] == "completed"


def test_rule_21_a_major_edition_is_an_update_for_who_opened_the_topic(lea, participation, theme, step):
    participation.open(step)

    renew(step)

    assert updated(lea, theme) == [step.slug]
    assert states(lea, theme)[0] == "under-way"


def test_rule_21_a_major_edition_is_nothing_to_who_never_opened_the_topic(lea, participation, theme, step):
    renew(step)

    assert updated(lea, theme) == []


def test_rule_21_a_small_edition_changes_nothing(lea, participation, theme, step):
    complete(participation, step)

    renew(step, major=False)

    assert updated(lea, theme) == []


def test_rule_21_a_small_edition_after_a_major_one_does_not_hide_it(lea, participation, theme, step):
    complete(participation, step)

    renew(step)
    renew(step, major=False)

    assert updated(lea, theme) == [step.slug]


def test_rule_21_a_draft_is_no_update_yet(lea, participation, theme, step):
    complete(participation, step)
    renew(step, major=False)

    step.topic.write(title="Klad", html="<p>Klad.</p>")

    assert updated(lea, theme) == []


def test_rule_21_who_read_the_major_edition_itself_finds_no_update(lea, participation, theme, step):
    renew(step)
    complete(participation, step)

    assert updated(lea, theme) == []


def test_rule_21_seen_is_seen(lea, participation, theme, step):
    complete(participation, step)
    edition = renew(step)

    participation.see(step, number=edition.number)

    assert updated(lea, theme) == []
    assert progress_on(step, participation).seen_edition == edition


def test_rule_21_seeing_changes_no_state_no_count_and_is_no_event(lea, participation, theme, step):
    complete(participation, step)
    edition = renew(step)
    unseen = {"seen_edition_id": None}
    then = participation.progress.values().get() | unseen, list(participation.events.values()), fraction(lea, theme)

    for _twice in range(2):
        participation.see(step, number=edition.number)

    now = participation.progress.values().get() | unseen, list(participation.events.values()), fraction(lea, theme)
    assert now == then


def test_rule_21_the_next_major_edition_is_an_update_again(lea, participation, theme, step):
    complete(participation, step)
    participation.see(step, number=renew(step).number)

    renew(step)

    assert updated(lea, theme) == [step.slug]


def test_rule_21_what_was_seen_is_not_taken_back_by_an_old_page(lea, participation, theme, step):
    complete(participation, step)
    older, newer = renew(step), renew(step)

    participation.see(step, number=newer.number)
    participation.see(step, number=older.number)

    assert progress_on(step, participation).seen_edition == newer


def test_rule_21_seen_on_an_old_page_does_not_hide_what_came_after_it(lea, participation, theme, step):
    complete(participation, step)
    older = renew(step)
    renew(step)

    participation.see(step, number=older.number)

    assert updated(lea, theme) == [step.slug]


@pytest.mark.parametrize("number", [0, 1, 3, 99])
def test_rule_21_an_edition_that_is_not_there_cannot_be_seen(lea, participation, theme, step, number):
    complete(participation, step)
    renew(step)
    step.topic.write(title="Klad", html="<p>Klad.</p>")

    participation.see(step, number=number)

    assert progress_on(step, participation).seen_edition is None
    assert updated(lea, theme) == [step.slug]


def test_rule_21_what_was_never_opened_is_not_seen_either(participation, theme, step):
    participation.see(step, number=1)

    assert not participation.progress.exists()


def test_rule_21_completing_again_is_seeing(lea, participation, theme, step):
    complete(participation, step)
    renew(step)

    reopen(participation, step)
    assert updated(lea, theme) == [step.slug]
    complete(participation, step)

    assert updated(lea, theme) == []


def test_rule_21_who_completed_the_page_that_they_had_before_them_did_not_read_what_came_meanwhile(
    lea, participation, theme, step
):
    shown = step.topic.published_edition
    renew(step)

    participation.complete(step, deed=uuid4(), edition_id=shown.pk)

    assert progress_on(step, participation).edition == shown
    assert participation.events.get(kind="completed").edition == shown
    assert updated(lea, theme) == [step.slug]


def test_rule_21_the_theme_was_completed_on_the_editions_that_were_read(lea, participation, theme):
    steps = steps_of(theme)
    complete(participation, *steps)
    stood_on = participation.completion_snapshot

    edition = renew(steps[0])
    participation.see(steps[0], number=edition.number)

    participation.refresh_from_db()
    assert participation.completion_snapshot == stood_on
    assert edition.pk not in [row["edition"] for row in stood_on]


def test_rule_21_every_attempt_has_its_own_reading(lea, participation, theme, step):
    complete(participation, step)
    renew(step)

    again = participation.restart()
    assert updated(lea, theme) == []
    complete(again, step)

    assert updated(lea, theme) == []
    assert progress_on(step, participation).edition.number == 1


def test_rule_21_one_topic_in_two_themes_is_updated_in_both(lea, participation, theme, step):
    other = make_theme(0)
    shared = other.add(step.topic, slug="gedeeld")
    complete(participation, step)
    begin(lea, other).open(shared)

    renew(step)

    assert [len(journey.updated) for journey in journeys_of(lea, [theme, other])] == [1, 1]


def test_rule_21_a_topic_that_is_major_from_the_start_is_no_update(lea, theme):
    topic = make_topic(published=False)
    topic.publish(major=True)
    step = theme.add(topic, slug="meteen-groot")
    complete(begin(lea, theme), step)

    assert updated(lea, theme) == []
