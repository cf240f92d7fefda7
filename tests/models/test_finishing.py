"""Rules 4, 15 and 16: the theme is completed once, and that is history."""

import pytest

from courses.models import Participation, ProgressEvent
from courses.models.journey import journey_of
from tests.conftest import begin, make_step, make_theme
from tests.models.acts import complete, fraction, progress_on, sentence, steps_of


@pytest.fixture
def participation(lea, theme):
    return begin(lea, theme)


def theme_completions():
    return ProgressEvent.objects.filter(kind="theme-completed")


def test_rule_15_the_last_completion_finishes_the_theme(participation, theme):
    *most, last = steps_of(theme)
    complete(participation, *most)
    assert not Participation.objects.finished().exists()

    complete(participation, last)

    finished = Participation.objects.finished().get()
    assert finished.completion_cause == "deed"
    assert finished.completed_at == progress_on(last, participation).completed_at


def test_rule_15_the_order_in_which_topics_are_completed_does_not_matter(participation, theme):
    complete(participation, *reversed(steps_of(theme)))

    assert participation.completed_at


def test_rule_15_the_end_is_an_event_of_the_learner(lea, participation, theme):
    complete(participation, *steps_of(theme))

    event = theme_completions().get()
    assert event.actor == lea
    assert event.happened_at == participation.completed_at


def test_rule_15_the_snapshot_says_what_it_stood_on(participation, theme):
    make_step(theme, required=False)

    complete(participation, *steps_of(theme)[:4])

    expected = [
        {"topic": step.topic_id, "edition": step.topic.published_edition_id}
        for step in sorted(steps_of(theme)[:4], key=lambda step: step.topic_id)
    ]
    assert Participation.objects.get().completion_snapshot == expected


def test_rule_15_a_later_edition_does_not_change_the_snapshot(participation, theme):
    complete(participation, *steps_of(theme))
    then = participation.completion_snapshot
    topic = steps_of(theme)[0].topic

    topic.write(title="Nieuw", html="<p>Anders.</p>")
    topic.publish(major=True)

    assert Participation.objects.get().completion_snapshot == then


def test_rule_15_finishing_twice_is_finishing_once(participation, theme):
    complete(participation, *steps_of(theme))
    then = Participation.objects.values().get()

    assert participation.finish(cause="structure") is False
    assert Participation.objects.get().finish(cause="structure") is False

    assert Participation.objects.values().get() == then
    assert theme_completions().count() == 1


def test_rule_15_who_is_not_done_cannot_be_finished(participation, theme):
    complete(participation, *steps_of(theme)[:3])

    assert participation.finish(cause="deed") is False

    assert not theme_completions().exists()


def test_rule_15_a_completed_participation_has_a_cause_and_no_other_has(participation, theme):
    unfinished = Participation.objects.get()
    assert (unfinished.completed_at, unfinished.completion_cause) == (None, "")

    complete(participation, *steps_of(theme))

    assert Participation.objects.get().completion_cause == "deed"


def test_rule_04_an_empty_theme_cannot_be_completed(lea):
    theme = make_theme(0)
    extra = make_step(theme, required=False)
    participation = begin(lea, theme)

    complete(participation, extra)
    theme.describe(title="Nog leeg")

    assert Participation.objects.get().completed_at is None


def test_rule_16_what_was_done_then_and_what_is_there_today_are_two_facts(lea, participation, theme):
    complete(participation, *steps_of(theme))

    make_step(theme)

    journey = journey_of(lea, theme)
    assert len(journey.participation.completion_snapshot) == 4
    assert journey.participation.completed_at == participation.completed_at
    assert sentence(lea, theme) == "4 of 5 steps completed"
    assert len(journey.new) == 1


def test_case_four_of_four_then_one_unpublished(lea, participation, theme):
    complete(participation, *steps_of(theme))
    then = Participation.objects.values().get()

    steps_of(theme)[0].topic.withdraw()

    assert sentence(lea, theme) == "All 3 steps completed"
    assert journey_of(lea, theme).standing.percentage == 100
    assert Participation.objects.values().get() == then


def test_case_three_of_four_then_the_missing_one_unpublished(lea, participation, theme):
    *most, last = steps_of(theme)
    complete(participation, *most)

    last.topic.withdraw()

    finished = Participation.objects.finished().get()
    assert finished.completion_cause == "structure"
    assert finished.completion_confirmed_at is None
    assert len(finished.completion_snapshot) == 3
    assert sentence(lea, theme) == "All 3 steps completed"


def test_case_finished_by_structure_nothing_but_the_cause_tells_it_apart(participation, lars, theme):
    *most, last = steps_of(theme)
    complete(participation, *most)
    last.topic.withdraw()
    by_deed = begin(lars, theme)
    complete(by_deed, *most)

    causes = ["completion_cause", "completed_at", "started_at", "id", "learner_id"]
    one, other = (
        {name: value for name, value in row.items() if name not in causes}
        for row in Participation.objects.finished().values()
    )
    assert one == other
    assert theme_completions().count() == 2
    assert theme_completions().get(participation=participation).actor is None


def test_case_four_of_four_then_one_added(lea, participation, theme):
    complete(participation, *steps_of(theme))
    then = participation.completed_at

    make_step(theme)

    assert journey_of(lea, theme).participation.completed_at == then
    assert fraction(lea, theme) == (4, 5)
    assert [str(step.state) for step in journey_of(lea, theme).new] == ["new"]


def test_case_add_complete_remove_add_the_same_topic_again(lea, participation, theme):
    step = make_step(theme)
    complete(participation, step)
    then = progress_on(step, participation)

    theme.take_out(step)
    assert fraction(lea, theme) == (0, 4)
    theme.add(step.topic, slug="opnieuw")

    now = progress_on(step, participation)
    assert fraction(lea, theme) == (1, 5)
    assert now.first_completed_at == then.first_completed_at
    assert now.completed_at == then.completed_at


def test_case_an_empty_theme(lea):
    theme = make_theme(0)
    participation = begin(lea, theme)

    theme.describe(title="Nog steeds leeg")

    assert sentence(lea, theme) == "No topics yet"
    assert journey_of(lea, theme).standing.percentage is None
    assert participation.finish(cause="deed") is False
