"""Rules 12–14: reopening and repeating."""

from uuid import uuid4

import pytest

from courses.models import Participation
from courses.models.journey import journey_of
from courses.models.replaying import contradictions
from tests.conftest import begin
from tests.models.acts import complete, fraction, progress_on, reopen, sentence, steps_of


@pytest.fixture
def participation(lea, theme):
    return begin(lea, theme)


def test_rule_12_a_topic_can_be_reopened_and_completed_again_any_number_of_times(lea, theme, participation):
    step = steps_of(theme)[0]

    for _time in range(3):
        assert complete(participation, step) is True
        assert fraction(lea, theme) == (1, 4)
        assert reopen(participation, step) is True
        assert fraction(lea, theme) == (0, 4)


def test_rule_12_what_was_never_completed_cannot_be_reopened(participation, theme):
    step = steps_of(theme)[0]
    participation.open(step)

    assert reopen(participation, step) is False

    assert participation.events.count() == 1


def test_rule_12_reopening_twice_is_reopening_once(participation, theme):
    step = steps_of(theme)[0]
    complete(participation, step)

    assert reopen(participation, step) is True
    assert reopen(participation, step) is False

    assert participation.events.count() == 2


def test_rule_12_the_paragraph_that_was_read_is_kept(participation, theme):
    step = steps_of(theme)[0]
    complete(participation, step)
    participation.progress.update(place="h-vijf-verschillen")

    reopen(participation, step)

    assert progress_on(step, participation).place == "h-vijf-verschillen"


def test_rule_13_reopening_after_the_end_changes_today_and_not_history(lea, theme, participation):
    complete(participation, *steps_of(theme))
    then = Participation.objects.values().get()

    reopen(participation, steps_of(theme)[0])

    assert fraction(lea, theme) == (3, 4)
    assert Participation.objects.values().get() == then
    assert then["completed_at"]


def test_rule_13_completing_again_finishes_nothing_anew(lea, theme, participation):
    complete(participation, *steps_of(theme))
    then = Participation.objects.values().get()

    reopen(participation, steps_of(theme)[0])
    complete(participation, steps_of(theme)[0])

    assert sentence(lea, theme) == "All 4 steps completed"
    assert Participation.objects.values().get() == then
    assert participation.events.filter(kind="theme-completed").count() == 1


def test_rule_14_following_again_begins_empty(lea, theme, participation):
    complete(participation, *steps_of(theme))

    again = participation.restart()

    assert again.attempt == 2
    assert again.completed_at is None
    assert fraction(lea, theme) == (0, 4)


def test_rule_14_the_earlier_attempt_stays_readable(lea, theme, participation):
    complete(participation, *steps_of(theme))
    participation.restart()

    [earlier] = journey_of(lea, theme).earlier
    assert earlier.completed_at == participation.completed_at
    kept = Participation.objects.get(pk=earlier.pk)
    assert kept.progress.completed().count() == 4
    assert kept.events.count() == 5


def test_rule_14_what_is_done_now_leaves_the_earlier_attempt_alone(participation, theme):
    complete(participation, *steps_of(theme)[:2])
    then = list(participation.progress.values())

    again = participation.restart()
    complete(again, *steps_of(theme))

    assert list(participation.progress.values()) == then
    assert Participation.objects.finished().get() == again


def test_rule_14_twice_following_again_at_once_is_once(participation):
    same = Participation.objects.get()

    first, second = participation.restart(), same.restart()

    assert first == second
    assert Participation.objects.count() == 2


def test_rule_14_an_old_deed_sent_again_does_nothing_in_the_new_attempt(participation, theme):
    step = steps_of(theme)[0]
    complete(participation, step)
    deed = participation.events.get().deed

    again = participation.restart()

    assert again.complete(step, deed=deed) is False
    assert not again.progress.exists()


def test_rule_28_a_reopening_by_a_trainer_that_found_nothing_to_reopen_is_not_what_holds(
    lea, theme, tom, participation
):
    step = steps_of(theme)[0]

    participation.reopen(step, deed=uuid4(), actor=tom, reason="Nog eens lezen.")
    participation.open(step)

    assert participation.progress.get().on_behalf is None
    assert list(contradictions([lea])) == []


def test_there_is_one_active_attempt_and_beginning_again_returns_it(lea, lars, theme, participation):
    assert begin(lea, theme) == participation
    assert begin(lars, theme) != participation
    assert Participation.objects.active().count() == 2


def test_rule_09_a_reopening_that_found_nothing_to_reopen_does_nothing_later_either(lea, theme):
    participation, step, deed = begin(lea, theme), steps_of(theme)[0], uuid4()

    assert participation.reopen(step, deed=deed) is False
    assert complete(participation, step)

    assert participation.reopen(step, deed=deed) is False
    assert progress_on(step, participation).completed_at
