"""Rule 17: a step that the author asks of people who had finished before."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from courses.models import Participation
from courses.models.journey import journey_of
from tests.conftest import begin, make_step
from tests.models.acts import complete, standing, states, steps_of


@pytest.fixture
def finished(lea, theme):
    """Lea has finished the theme; the participation."""
    participation = begin(lea, theme)
    complete(participation, *steps_of(theme))
    return participation


def owed(learner, theme):
    return [(step.slug, step.owed_reason) for step in journey_of(learner, theme).owed]


def ask(theme, **fields):
    """Add a step, and ask it of those who had finished."""
    step = make_step(theme, slug="erbij", **fields)
    theme.ask(step, reason="De wet is veranderd.")
    return step


def test_rule_17_nothing_is_owed_unless_the_author_asks(lea, finished, theme):
    make_step(theme)

    assert owed(lea, theme) == []


def test_rule_17_what_the_author_asks_is_owed_with_the_reason(lea, finished, theme):
    then = Participation.objects.values().get()

    ask(theme)

    assert owed(lea, theme) == [("erbij", "De wet is veranderd.")]
    assert Participation.objects.values().get() == then


def test_rule_17_what_is_owed_is_where_to_go_on(lea, finished, theme):
    free = make_step(theme)
    finished.open(free)

    step = ask(theme)

    assert journey_of(lea, theme).resume.pk == step.pk


def test_rule_17_what_is_owed_but_cannot_be_read_yet_does_not_stand_in_the_way(lea, finished, theme):
    free = make_step(theme)

    ask(theme, release_date=timezone.localdate() + timedelta(days=3))

    assert len(owed(lea, theme)) == 1
    assert journey_of(lea, theme).resume.pk == free.pk


def test_rule_17_what_was_completed_is_no_longer_owed(lea, finished, theme):
    complete(finished, ask(theme))

    assert owed(lea, theme) == []
    assert standing(lea, theme).finished


def test_rule_17_for_those_under_way_it_is_a_step_like_others(lea, theme):
    begin(lea, theme)

    ask(theme)

    assert owed(lea, theme) == []
    assert states(lea, theme)[-1] == "new"


def test_rule_17_who_finishes_after_it_was_asked_owes_nothing(lea, theme):
    participation = begin(lea, theme)
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        step = ask(theme)
    theme.require(step, required=False)
    complete(participation, *steps_of(theme)[:4])

    assert owed(lea, theme) == []


def test_rule_17_who_follows_it_again_owes_nothing(lea, finished, theme):
    ask(theme)

    finished.restart()

    assert owed(lea, theme) == []


def test_rule_17_what_is_no_longer_there_is_not_owed(lea, finished, theme):
    theme.take_out(ask(theme))

    assert owed(lea, theme) == []


def test_rule_16_what_is_asked_is_not_offered_as_free(lea, finished, theme):
    free = make_step(theme)
    ask(theme)

    journey = journey_of(lea, theme)

    assert [step.pk for step in journey.new_and_free] == [free.pk]
    assert len(journey.new) == 2
