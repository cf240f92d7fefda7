"""Rules 1–7: what counts, and how it is said."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from courses.models.journey import journey_of
from courses.models.standing import Average, Standing, average
from tests.conftest import begin, make_step, make_theme
from tests.models.acts import complete, fraction, sentence, standing, steps_of

counts = st.integers(1, 3000).flatmap(lambda required: st.tuples(st.integers(0, required), st.just(required)))


# What counts


def test_rule_01_required_steps_that_can_be_read_count(lea, theme):
    begin(lea, theme)

    assert [step.pk for step in journey_of(lea, theme).required] == [step.pk for step in steps_of(theme)]


def test_rule_01_drafts_archived_steps_and_extras_never_count(lea, theme):
    make_step(theme, published=False)
    make_step(theme, required=False)
    theme.take_out(steps_of(theme)[0])
    steps_of(theme)[0].topic.withdraw()
    begin(lea, theme)

    assert fraction(lea, theme) == (0, 2)


def test_rule_02_only_what_counts_is_counted_as_completed(lea, theme):
    participation = begin(lea, theme)
    extra = make_step(theme, required=False)
    first, second, *_others = steps_of(theme)
    complete(participation, first, second, extra)

    theme.take_out(second)

    assert fraction(lea, theme) == (1, 3)


def test_rule_02_another_learners_completions_are_not_mine(lea, lars, theme):
    begin(lea, theme)
    complete(begin(lars, theme), *steps_of(theme)[:3])

    assert fraction(lea, theme) == (0, 4)
    assert fraction(lars, theme) == (3, 4)


def test_rule_02_another_attempts_completions_do_not_count(lea, theme):
    participation = begin(lea, theme)
    complete(participation, *steps_of(theme)[:3])

    participation.restart()

    assert fraction(lea, theme) == (0, 4)


def test_rule_03_a_step_still_to_come_counts_and_is_named(lea):
    theme = make_theme(2)
    next_week = timezone.localdate() + timedelta(days=7)
    make_step(theme, release_date=next_week)
    make_step(theme, release_date=next_week)
    complete(begin(lea, theme), *steps_of(theme)[:2])

    assert sentence(lea, theme) == "2 of 4 steps completed · 2 still to come"
    assert standing(lea, theme).percentage == 50


def test_rule_03_nobody_is_finished_and_then_unfinished_again_by_a_release(lea):
    theme = make_theme(1)
    make_step(theme, release_date=timezone.localdate() + timedelta(days=1))
    participation = begin(lea, theme)

    complete(participation, steps_of(theme)[0])

    assert participation.completed_at is None
    assert fraction(lea, theme) == (1, 2)


@pytest.mark.parametrize("days", [0, -1])
def test_rule_03_a_step_is_no_longer_to_come_from_its_day_on(lea, days):
    theme = make_theme(0)
    make_step(theme, release_date=timezone.localdate() + timedelta(days=days))
    begin(lea, theme)

    assert sentence(lea, theme) == "0 of 1 step completed"


def test_rule_04_without_steps_there_is_no_percentage(lea):
    theme = make_theme(0)
    make_step(theme, required=False)
    begin(lea, theme)

    assert standing(lea, theme).percentage is None
    assert sentence(lea, theme) == "No topics yet"


# How it is said


PERCENTAGES = [
    (0, 1, 0),
    (1, 1, 100),
    (0, 4, 0),
    (1, 4, 25),
    (3, 4, 75),
    (4, 4, 100),
    (2, 3, 66),
    (1, 200, 1),
    (199, 200, 99),
    (1, 300, 1),
    (2, 300, 1),
    (299, 300, 99),
    (0, 300, 0),
    (300, 300, 100),
]


@pytest.mark.parametrize(("completed", "required", "percentage"), PERCENTAGES)
def test_rule_05_the_percentage_is_exact_at_its_ends_and_modest_between(completed, required, percentage):
    assert Standing(completed, required).percentage == percentage


@given(counts)
def test_rule_05_a_hundred_is_said_if_and_only_if_all_is_done(pair):
    here = Standing(*pair)

    assert (here.percentage == 100) == (here.completed_count == here.required_count)
    assert (here.percentage == 0) == (here.completed_count == 0)
    assert here.finished == (here.percentage == 100)


@given(counts)
def test_rule_05_the_percentage_never_goes_down_when_more_is_done(pair):
    completed, required = pair

    assert Standing(max(0, completed - 1), required).percentage <= Standing(completed, required).percentage


@given(counts, st.integers(0, 3))
def test_rule_05_the_sentence_never_holds_the_percentage(pair, upcoming):
    with translation.override("en"):
        assert "%" not in Standing(*pair, upcoming).sentence


@pytest.mark.parametrize(("completed", "required"), [(-1, 4), (5, 4), (1, 0)])
def test_rule_02_more_completed_than_there_is_cannot_be_said(completed, required):
    with pytest.raises(ValueError, match="More completed"):
        Standing(completed, required)


SENTENCES = [
    (Standing(0, 4), "0 of 4 steps completed"),
    (Standing(0, 1), "0 of 1 step completed"),
    (Standing(1, 1), "1 of 1 step completed"),
    (Standing(3, 4), "3 of 4 steps completed"),
    (Standing(4, 4), "All 4 steps completed"),
    (Standing(2, 4, 2), "2 of 4 steps completed · 2 still to come"),
    (Standing(0, 1, 1), "0 of 1 step completed · 1 still to come"),
    (Standing(0, 0), "No topics yet"),
]


@pytest.mark.parametrize(("here", "expected"), SENTENCES)
def test_rule_05_the_sentence_says_how_far(here, expected):
    with translation.override("en"):
        assert here.sentence == expected


def test_case_four_topics_none_completed(lea, theme):
    begin(lea, theme)

    assert sentence(lea, theme) == "0 of 4 steps completed"
    assert standing(lea, theme).percentage == 0


def test_case_one_topic_none_completed(lea):
    theme = make_theme(1)
    begin(lea, theme)

    assert sentence(lea, theme) == "0 of 1 step completed"


def test_a_visitor_has_done_nothing_yet(theme):
    assert sentence(AnonymousUser(), theme) == "0 of 4 steps completed"


# Groups


def test_rule_06_an_average_is_rounded_once_from_exact_fractions():
    third = Standing(1, 3)

    assert average([third] * 6) == Average(33, 6)
    assert average([third, third, Standing(1, 1), Standing(0, 1), Standing(1, 2)]) == Average(43, 5)


def test_rule_06_half_a_percent_goes_up():
    assert average([Standing(1, 8)] * 5) == Average(13, 5)


@pytest.mark.parametrize("people", [0, 1, 4])
def test_rule_06_below_five_people_there_is_no_average(people):
    assert average([Standing(1, 2)] * people) == Average(None, people)


def test_rule_06_from_five_people_there_is():
    assert average([Standing(1, 2)] * 5) == Average(50, 5)


def test_rule_06_who_has_nothing_to_do_is_left_out():
    nothing = Standing(0, 0)

    assert average([Standing(1, 2)] * 5 + [nothing]) == Average(50, 5)
    assert average([Standing(1, 2)] * 4 + [nothing]) == Average(None, 4)


@given(st.lists(counts, min_size=5, max_size=30))
def test_rule_06_an_average_lies_between_the_least_and_the_most(pairs):
    here = average([Standing(*pair) for pair in pairs])

    shares = [100 * completed / required for completed, required in pairs]
    assert min(shares) - 0.51 <= here.percentage <= max(shares) + 0.51


def test_rule_07_extras_have_their_own_tick_and_nothing_else(lea, theme):
    extra = make_step(theme, required=False)
    participation = begin(lea, theme)

    complete(participation, extra)

    assert journey_of(lea, theme).extras[0].state == "completed"
    assert sentence(lea, theme) == "0 of 4 steps completed"


def test_rule_07_an_extra_is_not_needed_to_finish(lea):
    theme = make_theme(1)
    make_step(theme, required=False)
    participation = begin(lea, theme)

    complete(participation, steps_of(theme)[0])

    assert participation.completed_at
