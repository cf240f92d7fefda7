"""Rosters while everybody is at it at the same moment: afterwards they say what is true, and no deed is lost."""

import random
from functools import partial

import pytest

from courses.models import Group, Membership, Participation, ProgressEvent, RosterRow, Theme
from courses.models.drift import roster_drift
from tests.conftest import begin, make_step, make_theme, make_user
from tests.models.acts import complete, reopen, steps_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]

THREADS = 8
ROUNDS = 12


def make_groups(count, *themes):
    groups = [Group.objects.create(name=f"Groep {number}") for number in range(count)]
    for group in groups:
        for theme in themes:
            group.follow(theme)
    return groups


def join(group, learner):
    """With objects of its own, as every request has."""
    return Membership.objects.join(Group.objects.get(pk=group.pk), learner)[0]


def follow_through(learner, theme):
    """Begin, and complete every step."""
    complete(begin(learner, theme), *steps_of(theme))


def deeds_of(kind):
    return ProgressEvent.objects.filter(kind=kind).count()


def wrong(*learners):
    return [str(one) for one in roster_drift([learner.pk for learner in learners])]


def test_a_learner_who_begins_and_completes_while_they_are_enrolled_stands_right_on_each_roster(crowd):
    theme, another = make_theme(2), make_theme(1)
    groups = make_groups(4, theme, another)

    for number in range(ROUNDS):
        learner = make_user(f"Volger{number}")
        joining = [partial(join, group, learner) for group in groups]
        crowd([*joining, partial(follow_through, learner, theme), partial(follow_through, learner, another)])
        assert wrong(learner) == []

    assert RosterRow.objects.filter(finished_on__isnull=False).count() == ROUNDS * 8
    assert deeds_of("theme-completed") == ROUNDS * 2


def test_who_joins_while_the_group_begins_to_follow_a_theme_stands_on_its_roster(crowd):
    for number in range(ROUNDS):
        [group] = make_groups(1)
        theme = make_theme(1)
        old, new = make_user(f"Oud{number}"), make_user(f"Nieuw{number}")
        join(group, old)
        starting = partial(Group.objects.get(pk=group.pk).follow, theme)
        crowd([starting, partial(join, group, new), partial(follow_through, old, theme)])
        assert wrong(old, new) == []
        assert RosterRow.objects.filter(group_theme__group=group).count() == 2


def test_groups_that_begin_to_follow_one_theme_at_once_do_not_wait_for_each_other(crowd):
    learners = [make_user(f"Volger{number}") for number in range(3)]

    for _number in range(ROUNDS // 2):
        theme = make_theme(1)
        groups = make_groups(6)
        for group in groups:
            for learner in learners:
                join(group, learner)
        crowd([*[partial(group.follow, theme) for group in groups], partial(follow_through, learners[0], theme)])
        assert wrong(*learners) == []

    assert RosterRow.objects.count() == ROUNDS // 2 * 18


def open_all(learner, theme):
    for step in steps_of(theme):
        begin(learner, theme).open(step)


def act(learner_pk, theme_pk, steps, seed):
    """Complete and reopen at random; returns how many deeds were done."""
    dice, done = random.Random(seed), 0  # noqa: S311  a repeatable row of deeds
    participation = Participation.objects.active().get(learner=learner_pk, theme=theme_pk)
    for _deed in range(ROUNDS):
        deed, step = dice.choice([complete, complete, reopen]), dice.choice(steps)
        done += deed(participation, step)
    return done


def test_eight_threads_of_one_learner_in_two_groups_lose_no_deed(crowd, lea):
    theme = make_theme(3)
    for group in make_groups(2, theme):
        join(group, lea)
    open_all(lea, theme)

    done = crowd([partial(act, lea.pk, theme.pk, steps_of(theme), seed) for seed in range(THREADS)])

    assert sum(done) == deeds_of("completed") + deeds_of("reopened")
    assert wrong(lea) == []


def change(theme_pk, seed):
    """Take steps out, put them back, make them extras, add others."""
    dice = random.Random(seed)  # noqa: S311  a repeatable row of deeds
    theme = Theme.objects.get(pk=theme_pk)
    for number in range(ROUNDS):
        step = dice.choice(list(theme.steps.select_related("topic")))
        if number % 4 == 3:
            make_step(theme)
        elif step.archived_at:
            theme.add(step.topic, slug=step.slug)
        elif dice.random() < 0.5:
            theme.require(step, required=not step.required)
        else:
            theme.take_out(step)


def come_and_go(group, learner):
    for _number in range(ROUNDS):
        join(group, learner).leave()
    join(group, learner)


def test_a_theme_that_changes_while_all_complete_and_reopen_leaves_rosters_right(crowd):
    theme = make_theme(4)
    steps = steps_of(theme)
    groups = make_groups(2, theme)
    learners = [make_user(f"Volger{number}") for number in range(5)]
    for learner in learners:
        for group in groups:
            join(group, learner)
        open_all(learner, theme)
    follow_through(learners[0], theme)
    before = deeds_of("completed")

    acting = [partial(act, learner.pk, theme.pk, steps, seed) for seed, learner in enumerate(learners)]
    going = partial(come_and_go, groups[1], learners[1])
    done = crowd([*acting, going, partial(change, theme.pk, 1)])

    assert sum(done[: len(acting)]) == deeds_of("completed") + deeds_of("reopened") - before
    assert wrong(*learners) == []
    assert RosterRow.objects.count() == 10


def test_a_name_that_changes_while_they_learn_and_leave_is_right_on_every_roster(crowd):
    theme = make_theme(3)
    groups = make_groups(2, theme)

    for number in range(ROUNDS):
        learner = make_user(f"Volger{number}")
        for group in groups:
            join(group, learner)
        learner.name = "Lea de Vries"
        leaving = Membership.objects.get(group=groups[0], learner=learner).leave
        crowd([learner.save, leaving, partial(follow_through, learner, theme)])
        assert wrong(learner) == []

    assert RosterRow.objects.filter(sorting_name__startswith="lea de vries ").count() == ROUNDS
