"""Groups, who guides them, and the themes they follow."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from courses.models import Group, GroupTheme, Theme
from courses.models.group_standing import GroupStanding, standings_of
from tests.conftest import begin, make_theme, make_user
from tests.models.acts import complete, steps_of
from tests.tracking.conftest import make_group, membership_of

pytestmark = pytest.mark.django_db


def test_the_last_trainer_is_not_dismissed_and_any_other_is(tom, lars):
    lars.is_trainer = True
    lars.save()
    group = make_group(trainers=[tom])

    assert not group.dismiss(tom)

    group.trainers.add(lars)
    assert group.dismiss(tom)
    assert list(group.trainers.all()) == [lars]


def test_who_is_no_trainer_any_more_guides_nothing(tom):
    group = make_group(trainers=[tom])
    assert Group.objects.guided_by(tom).get() == group

    tom.is_trainer = False

    assert not Group.objects.guided_by(tom).exists()


def test_a_group_that_is_closed_opens_no_themes_until_it_is_opened_again(lea):
    theme = make_theme(1, access="group")
    group = make_group(lea, themes=[theme])
    assert theme in Theme.objects.visible_to(lea)

    group.close()
    assert theme not in Theme.objects.visible_to(lea)

    group.reopen()
    assert theme in Theme.objects.visible_to(lea)


def test_following_a_theme_anew_changes_its_dates_alone(lea):
    theme, today = make_theme(1), timezone.localdate()
    group = make_group(lea, themes=[theme])

    group.follow(theme, starts_on=today, deadline=today)

    assert group.group_themes.get().deadline == today
    assert group.group_themes.get().roster.count() == 1


@pytest.mark.parametrize(
    ("starts_on", "deadline", "started", "overdue"),
    [(None, None, True, False), (0, 0, True, False), (1, 2, False, False), (-2, -1, True, True)],
)
def test_dates_are_those_of_today(starts_on, deadline, started, overdue):
    def day(distance):
        return None if distance is None else timezone.localdate() + timedelta(days=distance)

    dates = GroupTheme(starts_on=day(starts_on), deadline=day(deadline))

    assert (dates.started, dates.overdue) == (started, overdue)


def test_what_is_planned_is_what_active_members_can_or_will_follow(lea, lars):
    now, later = make_theme(1), make_theme(1)
    group = make_group(lea, lars, themes=[now, make_theme(1, published=False)])
    group.follow(later, starts_on=timezone.localdate() + timedelta(days=1))
    membership_of(lars, group).suspend()

    assert {plan.theme for plan in GroupTheme.objects.planned_for(lea)} == {now, later}
    assert not GroupTheme.objects.planned_for(lars).exists()
    group.close()
    assert not GroupTheme.objects.planned_for(lea).exists()


def test_a_visitor_sees_no_theme_of_a_group():
    make_theme(1, access="group")

    assert not Theme.objects.visible_to(AnonymousUser()).exists()


def test_the_standings_of_many_are_those_of_each(django_assert_num_queries):
    themes = [make_theme(2), make_theme(3)]
    people = [make_user(f"Deelnemer{number}") for number in range(6)]
    for number, learner in enumerate(people):
        complete(begin(learner, themes[number % 2]), *steps_of(themes[number % 2])[:2])
    groups = [make_group(*people, themes=themes, name="Een"), make_group(*people[:5], themes=themes, name="Twee")]
    followed = list(GroupTheme.objects.filter(group__in=groups).select_related("theme"))
    [standing.sentence for standing in standings_of(followed)]

    with django_assert_num_queries(2):
        together = [(one.sentence, one.by_state, one.average) for one in standings_of(followed)]

    each = [GroupStanding(one) for one in followed]
    assert together == [(one.sentence, one.by_state, one.average) for one in each]
