"""Eight authors at one outline at the same moment: positions stay unique and complete, and nothing is lost."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from courses.models import Theme
from tests.conftest import make_step, make_theme, make_topic
from tests.models.acts import steps_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]

AUTHORS = 8
ROUNDS = 25
"""Of each author."""


def move(theme, dice):
    for step in any_of(steps_of(theme), dice):
        theme.move(step, dice.randint(1, 12))


def any_of(steps, dice):
    """One of them, or none if the others took all of them out just now."""
    return dice.sample(steps, min(1, len(steps)))


def reorder(theme, dice):
    order = theme.step_order()
    dice.shuffle(order)
    try:
        theme.reorder(order)
    except ValidationError:
        """Somebody added or took out a topic meanwhile: this order names another row of steps."""


def insert(theme, dice):
    topic = make_topic()
    theme.add(topic, slug=f"onderwerp-{topic.pk}", position=dice.randint(1, 12))


def take_out(theme, dice):
    for step in any_of(steps_of(theme), dice):
        theme.take_out(step)


def put_back(theme, dice):
    for step in any_of(list(theme.steps.filter(archived_at__isnull=False)), dice):
        try:
            theme.add(step.topic, slug=step.slug)
        except ValidationError:
            """Somebody else put it back meanwhile."""


DEEDS = [move, move, reorder, insert, take_out, put_back]


def author(theme_pk, seed):
    """One author's share of the deeds; returns how many topics they added."""
    dice = random.Random(seed)  # noqa: S311  a repeatable row of deeds
    theme, added = Theme.objects.get(pk=theme_pk), 0
    try:
        for _round in range(ROUNDS):
            deed = dice.choice(DEEDS)
            deed(theme, dice)
            added += deed is insert
    finally:
        connection.close()
    return added


def test_eight_authors_at_once_leave_one_complete_row():
    theme = make_theme(6)

    with ThreadPoolExecutor(AUTHORS) as pool:
        added = list(pool.map(author, [theme.pk] * AUTHORS, range(AUTHORS)))

    assert theme.steps.count() == 6 + sum(added)
    assert [step.position for step in steps_of(theme)] == list(range(1, len(steps_of(theme)) + 1))
    assert not theme.steps.filter(archived_at__isnull=False, position__isnull=False).exists()
    assert theme.structures.first().snapshot["steps"] == [
        {**entry, "step": step.pk}
        for entry, step in zip(theme.structures.first().snapshot["steps"], steps_of(theme), strict=True)
    ]


def test_authors_who_take_each_others_topics_at_once_never_wait_for_each_other():
    themes = [make_theme(ROUNDS) for _author in range(4)]
    topics = [[step.topic for step in steps_of(theme)] for theme in themes]

    def take(number):
        try:
            for topic in topics[number - 1]:
                with themes[number].changing([topic]):
                    themes[number].add(topic, slug=f"onderwerp-{topic.pk}")
        finally:
            connection.close()

    with ThreadPoolExecutor(len(themes)) as pool:
        list(pool.map(take, range(len(themes))))

    assert [theme.steps.count() for theme in themes] == [2 * ROUNDS] * len(themes)


def test_a_step_that_two_authors_move_at_once_is_where_one_of_them_put_it():
    theme = make_theme(5)
    first = make_step(theme)

    with ThreadPoolExecutor(AUTHORS) as pool:
        list(pool.map(lambda place: (theme.move(first, place), connection.close()), range(1, 9)))

    first.refresh_from_db()
    assert sorted(step.position for step in steps_of(theme)) == [1, 2, 3, 4, 5, 6]
    assert 1 <= first.position <= 6
