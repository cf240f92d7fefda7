"""Rules 17 and 18: an author adds steps, and takes them away."""

import pytest
from django.core.exceptions import ValidationError

from courses.models import Participation
from courses.models.journey import journey_of
from tests.conftest import begin, make_step, make_theme
from tests.models.acts import complete, fraction, states, steps_of


@pytest.fixture
def participation(lea, theme):
    return begin(lea, theme)


def positions(theme):
    return list(theme.steps.current_or_draft().values_list("position", flat=True))


# Rule 17: adding


def test_rule_17_for_those_under_way_there_is_more_to_do(lea, participation, theme):
    complete(participation, *steps_of(theme)[:2])

    make_step(theme)

    assert fraction(lea, theme) == (2, 5)


def test_rule_17_what_was_added_is_new_until_it_is_opened(lea, participation, theme):
    step = make_step(theme)
    assert states(lea, theme)[-1] == "new"

    participation.open(step)

    assert states(lea, theme)[-1] == "under-way"
    assert not journey_of(lea, theme).new


def test_rule_17_nothing_is_new_for_who_begins_now(lea, theme):
    make_step(theme)
    begin(lea, theme)

    assert states(lea, theme) == ["not-started"] * 5


def test_rule_17_who_had_finished_stays_finished(participation, theme):
    complete(participation, *steps_of(theme))
    then = Participation.objects.values().get()

    make_step(theme)

    assert Participation.objects.values().get() == then


def test_rule_17_a_draft_is_added_when_it_is_published(lea, participation, theme):
    step = make_step(theme, published=False)
    assert fraction(lea, theme) == (0, 4)

    step.topic.publish()

    assert fraction(lea, theme) == (0, 5)
    assert states(lea, theme)[-1] == "new"


def test_a_step_is_added_at_the_place_that_was_asked_for(theme):
    before = [step.pk for step in steps_of(theme)]

    first = make_step(theme, position=1)
    third = make_step(theme, position=3)
    last = make_step(theme)

    assert [step.pk for step in steps_of(theme)] == [first.pk, before[0], third.pk, *before[1:], last.pk]
    assert positions(theme) == [1, 2, 3, 4, 5, 6, 7]
    assert (first.position, third.position, last.position) == (1, 3, 7)


def test_a_topic_is_a_step_of_a_theme_only_once(theme):
    topic = steps_of(theme)[0].topic

    with pytest.raises(ValidationError):
        theme.add(topic, slug="nog-eens")

    assert positions(theme) == [1, 2, 3, 4]


def test_a_topic_may_be_a_step_of_several_themes(lea, participation, theme):
    other = make_theme(0)
    topic = steps_of(theme)[0].topic

    other.add(topic, slug="ook-hier")
    complete(participation, steps_of(theme)[0])

    begin(lea, other)
    assert fraction(lea, theme) == (1, 4)
    assert fraction(lea, other) == (0, 1)


# Rule 18: removing


def test_rule_18_what_is_taken_out_counts_no_longer_and_returns_with_it(lea, participation, theme):
    step = steps_of(theme)[0]
    complete(participation, step)

    theme.take_out(step)
    assert fraction(lea, theme) == (0, 3)
    assert [gone.pk for gone in journey_of(lea, theme).no_longer_counted] == [step.pk]

    theme.add(step.topic, slug=step.slug)
    assert fraction(lea, theme) == (1, 4)


def test_rule_18_what_is_withdrawn_counts_no_longer_and_returns_with_it(lea, participation, theme):
    step = steps_of(theme)[0]
    complete(participation, step)

    step.topic.withdraw()
    assert fraction(lea, theme) == (0, 3)
    assert [gone.pk for gone in journey_of(lea, theme).no_longer_counted] == [step.pk]

    step.topic.publish()
    assert fraction(lea, theme) == (1, 4)


@pytest.mark.parametrize("way", ["take out", "withdraw"])
def test_rule_18_what_someone_missed_out_on_is_named(lea, participation, theme, way):
    step = steps_of(theme)[0]

    theme.take_out(step) if way == "take out" else step.topic.withdraw()

    assert [gone.pk for gone in journey_of(lea, theme).removed_since] == [step.pk]


def test_rule_18_taking_out_the_missing_one_completes_with_cause_structure(participation, theme):
    *most, last = steps_of(theme)
    complete(participation, *most)

    theme.take_out(last)

    finished = Participation.objects.finished().get()
    assert finished.completion_cause == "structure"
    assert finished.completion_confirmed_at is None


def test_rule_18_taking_out_something_else_completes_nothing(participation, theme):
    complete(participation, *steps_of(theme)[:3])

    theme.take_out(steps_of(theme)[0])

    assert not Participation.objects.finished().exists()


def test_rule_18_taking_out_all_completes_nobody(participation, theme):
    complete(participation, *steps_of(theme)[:3])

    with theme.changing():
        for step in steps_of(theme):
            theme.take_out(step)

    assert not Participation.objects.finished().exists()


def test_rule_18_an_attempt_that_is_over_is_not_finished_afterwards(participation, theme):
    complete(participation, *steps_of(theme)[:3])
    participation.restart()

    theme.take_out(steps_of(theme)[3])

    assert not Participation.objects.finished().exists()


def test_rule_18_a_topic_withdrawn_from_two_themes_settles_both(lea, lars, participation, theme):
    other = make_theme(1)
    *most, last = steps_of(theme)
    other.add(last.topic, slug="ook-hier")
    complete(participation, *most)
    complete(begin(lars, other), steps_of(other)[0])

    last.topic.withdraw()

    assert {one.learner for one in Participation.objects.finished()} == {lea, lars}


def test_what_is_taken_out_leaves_no_gap(theme):
    theme.take_out(steps_of(theme)[1])

    assert positions(theme) == [1, 2, 3]


def test_what_was_taken_out_is_added_once_more_in_another_place(theme):
    step = steps_of(theme)[3]
    theme.take_out(step)

    theme.add(step.topic, slug=step.slug, position=1)

    assert steps_of(theme)[0].pk == step.pk
    assert positions(theme) == [1, 2, 3, 4]
