"""Rule 19: the order of steps, and themes that must be followed in order."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone

from courses.models.journey import journey_of
from tests.conftest import begin, make_step, make_theme
from tests.models.acts import complete, fraction, reopen, states, steps_of


@pytest.fixture
def theme(db):
    """Four steps, to be followed in order."""
    return make_theme(4, in_order=True)


@pytest.fixture
def participation(lea, theme):
    return begin(lea, theme)


def turn_round(theme):
    theme.reorder([step.pk for step in reversed(steps_of(theme))])


def test_rule_19_in_order_only_the_first_is_open(lea, participation, theme):
    assert states(lea, theme) == ["not-started", "locked", "locked", "locked"]


def test_rule_19_completing_opens_the_next(lea, participation, theme):
    complete(participation, *steps_of(theme)[:2])

    assert states(lea, theme) == ["completed", "completed", "not-started", "locked"]


def test_rule_19_opening_alone_opens_nothing_else(lea, participation, theme):
    participation.open(steps_of(theme)[0])

    assert states(lea, theme) == ["under-way", "locked", "locked", "locked"]


def test_rule_19_without_order_everything_is_open(lea):
    free = make_theme(3)
    begin(lea, free)

    assert states(lea, free) == ["not-started"] * 3


def test_rule_19_a_visitor_too_follows_in_order(theme):
    assert states(AnonymousUser(), theme) == ["not-started", "locked", "locked", "locked"]


def test_rule_19_a_locked_step_says_what_comes_first(lea, participation, theme):
    complete(participation, steps_of(theme)[0])

    journey = journey_of(lea, theme)
    assert [step.first and step.first.pk for step in journey.steps[1:]] == [None, *[steps_of(theme)[1].pk] * 2]


def test_rule_19_an_extra_is_no_gate(lea, participation, theme):
    theme.require(steps_of(theme)[0], required=False)

    assert states(lea, theme) == ["not-started", "not-started", "locked", "locked"]


def test_rule_19_reordering_changes_the_order_and_nothing_else(lea, participation, theme):
    complete(participation, *steps_of(theme)[:2])
    then = list(participation.progress.values())

    turn_round(theme)

    assert list(participation.progress.values()) == then
    assert fraction(lea, theme) == (2, 4)
    assert [step.position for step in steps_of(theme)] == [1, 2, 3, 4]


def test_rule_19_the_gate_is_the_first_uncompleted_in_the_new_order(lea, participation, theme):
    complete(participation, steps_of(theme)[0])

    turn_round(theme)

    assert states(lea, theme) == ["not-started", "locked", "locked", "completed"]


def test_rule_19_what_was_once_opened_or_completed_is_never_locked_again(lea, participation, theme):
    first, second, *_others = steps_of(theme)
    complete(participation, first)
    participation.open(second)

    turn_round(theme)

    assert states(lea, theme) == ["not-started", "locked", "under-way", "completed"]


def test_rule_19_what_was_reopened_is_not_locked_either_and_is_the_gate(lea, participation, theme):
    complete(participation, *steps_of(theme)[:3])

    reopen(participation, steps_of(theme)[0])

    assert states(lea, theme) == ["under-way", "completed", "completed", "locked"]


def test_rule_19_a_step_still_to_come_keeps_later_ones_closed(lea, participation, theme):
    complete(participation, steps_of(theme)[0])

    theme.reschedule(steps_of(theme)[1], timezone.localdate() + timedelta(days=1))

    assert states(lea, theme) == ["completed", "upcoming", "locked", "locked"]


def test_rule_19_what_was_taken_out_is_no_gate(lea, participation, theme):
    theme.take_out(steps_of(theme)[0])

    assert states(lea, theme) == ["not-started", "locked", "locked"]


def test_rule_19_every_step_must_be_named_once(theme):
    first, *others = [step.pk for step in steps_of(theme)]

    for order in ([first], [first, first, *others], [*others, first, 0], [first, first, *others[1:]]):
        with pytest.raises(ValidationError):
            theme.reorder(order)

    assert [step.pk for step in steps_of(theme)] == [first, *others]


def test_case_in_order_a_new_topic_put_first(lea, participation, theme):
    first, second, *_others = steps_of(theme)
    complete(participation, first)
    participation.open(second)

    make_step(theme, position=1)

    assert states(lea, theme) == ["new", "completed", "under-way", "locked", "locked"]
