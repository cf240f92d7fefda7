"""How a group stands in a theme: of its active learners, by what counts now."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import Progress
from courses.models.group_standing import GroupStanding, standings_of
from courses.models.roster import State
from tests.conftest import begin, make_step, make_theme, make_user
from tests.models.acts import complete, reopen, steps_of
from tests.tracking.conftest import make_group

pytestmark = pytest.mark.django_db


def standing(group):
    return GroupStanding(group.group_themes.select_related("theme").get())


@pytest.fixture
def five(theme):
    """Five learners who completed 4, 3, 2, 1 and 0 of 4 steps."""
    people = [make_user(name) for name in ("Lea", "Lars", "Noor", "Tess", "Sus")]
    for count, person in zip((4, 3, 2, 1), people, strict=False):
        complete(begin(person, theme), *steps_of(theme)[:count])
    return people


@pytest.fixture
def group(theme, five):
    return make_group(*five, themes=[theme])


def test_rule_06_the_average_is_of_exact_fractions(group):
    assert standing(group).average.percentage == 50


def test_rule_06_below_five_there_is_no_average(group, five):
    group.memberships.get(learner=five[0]).leave()

    assert standing(group).average.percentage is None
    assert not standing(group).enough


def test_each_step_is_counted_in_the_order_of_the_theme(group):
    counts = [(step.title, count) for step, count in standing(group).completed_per_step]

    assert [count for _title, count in counts] == [4, 3, 2, 1]


def test_rule_18_what_was_taken_out_counts_no_more_and_returns(group, theme):
    first = steps_of(theme)[0]

    theme.take_out(first)
    without = standing(group)
    theme.put_back(first) if hasattr(theme, "put_back") else theme.add(first.topic, slug=first.slug)

    assert [count for _step, count in without.completed_per_step] == [3, 2, 1]
    assert sorted(count for _step, count in standing(group).completed_per_step) == [1, 2, 3, 4]


def test_rule_17_a_step_that_was_added_is_completed_by_nobody(group, theme):
    make_step(theme)

    assert [count for _step, count in standing(group).completed_per_step] == [4, 3, 2, 1, 0]
    assert standing(group).average.percentage == 40


def test_rule_07_extras_do_not_count(group, theme, five):
    extra = make_step(theme, required=False)
    complete(begin(five[4], theme), extra)

    assert len(standing(group).completed_per_step) == 4
    assert standing(group).average.percentage == 50


def test_rule_27_trainers_do_not_count(group, theme):
    tom = make_user("Tom", is_trainer=True)
    complete(begin(tom, theme), *steps_of(theme))
    group.memberships.join(group, tom)

    assert standing(group).learner_count == 5


def test_the_states_are_of_everybody_once(group):
    assert standing(group).by_state == {
        State.NOT_STARTED: 1,
        State.UNDER_WAY: 3,
        State.STALLED: 0,
        State.FINISHED: 1,
    }


def test_weeks_hold_what_was_completed_in_them_and_is_so_still(group, theme, five):
    long_ago = timezone.now() - timedelta(weeks=30)
    last_week = timezone.now() - timedelta(weeks=1)
    Progress.objects.filter(participation__learner=five[0]).update(completed_at=last_week)
    Progress.objects.filter(participation__learner=five[1]).update(completed_at=long_ago)
    reopen(begin(five[2], theme), steps_of(theme)[0])

    weeks = standing(group).completed_per_week

    assert [count for _monday, count in weeks] == [0] * 10 + [4, 2]
    assert all(monday.weekday() == 0 for monday, _count in weeks)
    assert len(weeks) == 12


def test_weeks_leave_out_other_groups_themes_and_attempts(group, theme, five):
    other = make_theme(2)
    complete(begin(five[0], other), *steps_of(other))
    complete(begin(make_user("Charlie"), theme), *steps_of(theme))
    begin(five[0], theme).restart()

    assert [count for _monday, count in standing(group).completed_per_week][-1] == 6


def test_many_standings_cost_as_much_as_one(group, five, django_assert_num_queries):
    themes = [make_theme(2) for _number in range(3)]
    other = make_group(*five, themes=themes)
    group_themes = [*group.group_themes.select_related("theme"), *other.group_themes.select_related("theme")]
    standings_of(group_themes)

    with django_assert_num_queries(2):
        found = standings_of(group_themes)
        averages = [one.average.percentage for one in found]

    assert averages == [50, 0, 0, 0]


def test_numbers_of_a_group_are_one_query_and_what_the_steps_are_another(group, django_assert_num_queries):
    group_theme = group.group_themes.select_related("theme").get()
    GroupStanding(group_theme)

    with django_assert_num_queries(2):
        found = GroupStanding(group_theme)
        assert (found.average.percentage, len(found.completed_per_step), found.learner_count) == (50, 4, 5)
