"""Rules 30, 31 and 33: where to go on, what is missing, and what it costs to know."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from courses.models.journey import journey_of, journeys_of
from tests.conftest import begin, make_step, make_theme
from tests.models.acts import complete, reopen, steps_of


@pytest.fixture
def participation(lea, theme):
    return begin(lea, theme)


def resume(learner, theme):
    """The number of the step to go on with; None for the theme itself."""
    step = journey_of(learner, theme).resume
    return step and [one.pk for one in steps_of(theme)].index(step.pk) + 1


def test_rule_30_at_the_topic_opened_last_that_is_not_completed(lea, participation, theme):
    first, second, third, _fourth = steps_of(theme)
    participation.open(third)
    participation.open(second)
    complete(participation, first)

    assert resume(lea, theme) == 2


def test_rule_30_opened_last_is_not_opened_first(lea, participation, theme):
    _first, second, third, _fourth = steps_of(theme)
    participation.open(second)
    participation.open(third)
    participation.open(second)

    assert resume(lea, theme) == 2


def test_rule_30_else_at_the_first_uncompleted_in_order(lea, participation, theme):
    first, second, third, fourth = steps_of(theme)
    complete(participation, first, third)

    assert resume(lea, theme) == 2

    theme.reorder([first.pk, fourth.pk, third.pk, second.pk])

    assert resume(lea, theme) == 2


def test_rule_30_else_at_the_theme(lea, participation, theme):
    complete(participation, *steps_of(theme))

    assert resume(lea, theme) is None


def test_rule_30_at_the_beginning_the_first(lea, participation, theme):
    assert resume(lea, theme) == 1


def test_rule_30_at_what_was_reopened(lea, participation, theme):
    complete(participation, *steps_of(theme))

    reopen(participation, steps_of(theme)[2])

    assert resume(lea, theme) == 3


def test_rule_30_never_at_what_cannot_be_read(lea):
    theme = make_theme(0)
    make_step(theme, release_date=timezone.localdate() + timedelta(days=1))
    make_step(theme)
    participation = begin(lea, theme)
    assert resume(lea, theme) == 2

    complete(participation, steps_of(theme)[1])

    assert resume(lea, theme) is None


def test_rule_30_never_at_what_was_taken_out(lea, participation, theme):
    participation.open(steps_of(theme)[3])

    theme.take_out(steps_of(theme)[3])

    assert resume(lea, theme) == 1


def test_rule_30_the_link_can_say_where(lea, participation, theme):
    step = make_step(theme, "Hoe werkt vertrouwen?")
    participation.open(step)

    assert journey_of(lea, theme).resume.title == "Hoe werkt vertrouwen?"


def test_rule_31_whatever_is_missing_is_named(lea, participation, theme):
    first, second, third, fourth = steps_of(theme)
    make_step(theme, required=False)
    complete(participation, second, fourth)
    participation.open(third)

    assert [step.pk for step in journey_of(lea, theme).missing] == [first.pk, third.pk]


def test_rule_31_what_is_still_to_come_is_missing_too(lea, theme):
    complete(begin(lea, theme), *steps_of(theme))

    coming = make_step(theme, release_date=timezone.localdate() + timedelta(days=1))

    assert [step.pk for step in journey_of(lea, theme).missing] == [coming.pk]


def test_rule_31_when_all_is_done_nothing_is_missing(lea, participation, theme):
    complete(participation, *steps_of(theme))

    assert journey_of(lea, theme).missing == []


def test_a_step_knows_its_place_and_its_neighbours(lea, participation, theme):
    first, second, third, _fourth = steps_of(theme)

    here = journey_of(lea, theme).step(second.slug)

    assert (here.number, here.previous.pk, here.next.pk) == (2, first.pk, third.pk)
    assert journey_of(lea, theme).step(first.slug).previous is None
    assert journey_of(lea, theme).step("bestaat-niet") is None


def test_what_was_taken_out_is_no_longer_at_its_address(lea, participation, theme):
    step = steps_of(theme)[1]

    theme.take_out(step)

    assert journey_of(lea, theme).step(step.slug) is None


@pytest.mark.parametrize("topics", [1, 12])
def test_rule_33_a_journey_costs_the_same_for_any_number_of_topics(lea, topics, django_assert_num_queries):
    """The theme with its revision and the participation; progress; and the first time the theme and its steps."""
    theme = make_theme(topics)
    complete(begin(lea, theme), steps_of(theme)[0])

    for queries in (4, 2, 2):
        with django_assert_num_queries(queries):
            journey = journey_of(lea, theme)
            assert (len(journey.completed), len(journey.required)) == (1, topics)
            assert all(step.title for step in journey.steps)


def test_rule_33_for_a_visitor_it_costs_no_query_about_progress(theme, django_assert_num_queries):
    for queries in (3, 1):
        with django_assert_num_queries(queries):
            assert len(journey_of(AnonymousUser(), theme).required) == 4


@pytest.mark.parametrize("themes", [1, 5])
def test_rule_33_any_number_of_themes_cost_three_queries(lea, lars, themes, django_assert_num_queries):
    followed = [make_theme(2) for _theme in range(themes)]
    for theme in followed:
        complete(begin(lea, theme), steps_of(theme)[0])
        complete(begin(lars, theme), *steps_of(theme))

    with django_assert_num_queries(3):
        journeys = journeys_of(lea, [*followed])
        assert [journey.standing.percentage for journey in journeys] == [50] * themes
