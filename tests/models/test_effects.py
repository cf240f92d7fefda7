"""Rule 25: what a change will do to people, before it is done, and then just that."""

import pytest

from courses.models import Participation
from courses.models.effects import counted_topics, effect_on, effects_of_publishing, effects_of_withdrawing
from tests.conftest import begin, make_step, make_theme, make_topic, make_user
from tests.models.acts import complete, steps_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def followed():
    """Three steps: Lea did all, Lars two of them, Lotte none."""
    theme = make_theme(3)
    for name, done in [("Lea", 3), ("Lars", 2), ("Lotte", 0)]:
        participation = begin(make_user(name), theme)
        for step in steps_of(theme)[:done]:
            complete(participation, step)
    return theme


def numbers(effect):
    return effect.follower_count, effect.finished_count, effect.finishing_count, effect.done_count


def test_rule_25_who_is_concerned_by_taking_a_step_out(followed):
    third = steps_of(followed)[2]

    effect = effect_on(followed, counted=counted_topics(followed) - {third.topic_id})

    assert numbers(effect) == (3, 1, 1, 1)
    assert effect.removed == {third.topic_id}
    assert not effect.concerns_finished


def test_rule_25_the_number_that_was_shown_is_what_happens(followed):
    third = steps_of(followed)[2]
    effect = effect_on(followed, counted=counted_topics(followed) - {third.topic_id})

    followed.take_out(third)

    assert Participation.objects.filter(completion_cause="structure").count() == effect.finishing_count


def test_rule_25_who_is_concerned_by_publishing_a_topic(followed):
    topic = make_topic("Nieuw", published=False)
    followed.add(topic, slug="nieuw")

    [effect] = effects_of_publishing([topic.pk])

    assert numbers(effect) == (3, 1, 0, 0)
    assert effect.added == {topic.pk}
    assert effect.concerns_finished


def test_an_extra_changes_nobodys_progress(followed):
    topic = make_topic("Nieuw", published=False)
    followed.add(topic, slug="nieuw", required=False)

    [effect] = effects_of_publishing([topic.pk])

    assert not effect.changes_what_counts


def test_rule_25_every_theme_in_which_the_topic_counts_is_named(followed):
    other = make_theme(1, title="Aardig")
    topic = steps_of(followed)[0].topic
    other.add(topic, slug="ook-hier")

    effects = effects_of_withdrawing(topic)

    assert [effect.theme for effect in effects] == [other, followed]


def test_a_theme_that_nobody_can_follow_is_not_named(followed):
    draft = make_theme(0, published=False)
    topic = steps_of(followed)[0].topic
    draft.add(topic, slug="ook-hier")

    assert [effect.theme for effect in effects_of_withdrawing(topic)] == [followed]


def test_rule_27_trainers_are_not_counted(followed, tom):
    begin(tom, followed)

    assert effect_on(followed, counted=counted_topics(followed)).follower_count == 3


def test_former_attempts_are_not_counted(followed):
    Participation.objects.finished().get().restart()

    assert numbers(effect_on(followed, counted=counted_topics(followed)))[:2] == (3, 0)


def test_rule_04_nobody_is_finished_by_an_empty_theme(followed):
    effect = effect_on(followed, counted=frozenset())

    assert effect.finishing_count == 0


def test_publishing_a_theme_again_finishes_who_has_done_everything(followed):
    third = steps_of(followed)[2]
    followed.unpublish()
    followed.take_out(third)

    effect = effect_on(followed, counted=counted_topics(followed), followed=True)
    followed.publish()

    assert effect.finishing_count == Participation.objects.filter(completion_cause="structure").count() == 1


def test_rule_17_what_is_asked_of_who_had_finished_has_a_reason(followed):
    step = make_step(followed)

    followed.ask(step, reason="Omdat we hierover spraken")
    asked = step.owed_at
    followed.ask(step, reason="")

    assert asked
    assert (step.owed_at, step.owed_reason) == (None, "")


@pytest.mark.parametrize("learners", [1, 12])
def test_an_effect_costs_the_same_for_any_number_of_learners(followed, learners, django_assert_num_queries):
    for number in range(learners):
        begin(make_user(f"Volger{number}"), followed)

    with django_assert_num_queries(5):
        effect_on(followed, counted=counted_topics(followed))
