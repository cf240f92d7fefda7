"""Rule 20: a topic that stands in two themes, and was completed in one of them."""

import datetime
from uuid import uuid4

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from courses.models import Participation, Theme
from courses.models.elsewhere import look_elsewhere
from courses.models.journey import journey_of
from tests.conftest import begin, make_step, make_theme
from tests.models.acts import complete, fraction, progress_on, reopen, states, steps_of

JUNE = datetime.datetime(2026, 6, 3, 12, tzinfo=datetime.UTC)


@pytest.fixture
def other(theme):
    """A theme of two topics; the first also stands first in ``theme``."""
    other = make_theme(0, title="Thema X")
    other.add(steps_of(theme)[0].topic, slug="gedeeld")
    make_step(other)
    return other


@pytest.fixture
def read_there(lea, theme, other):
    """Lea completed the shared topic in the first theme; the participation."""
    with time_machine.travel(JUNE, tick=False):
        participation = Participation.objects.create(theme=theme, learner=lea, started_at=JUNE)
        complete(participation, steps_of(theme)[0])
    return participation


@pytest.fixture
def participation(lea, other):
    return begin(lea, other)


@pytest.fixture
def step(other):
    return steps_of(other)[0]


def offers(learner, theme):
    """What may be taken over: {address of the step: what was completed elsewhere}."""
    steps = journey_of(learner, theme).steps
    look_elsewhere(steps, learner)
    return {step.slug: step.elsewhere for step in steps if step.elsewhere}


def take_over(participation, step, deed=None):
    return participation.take_over(step, deed=deed or uuid4())


# What is offered


def test_rule_20_what_was_completed_elsewhere_is_offered(lea, read_there, other):
    assert offers(lea, other) == {"gedeeld": (JUNE, read_there.theme.title)}


def test_rule_20_it_is_offered_by_either_theme(lea, theme, other):
    complete(begin(lea, other), steps_of(other)[0])

    assert offers(lea, theme).keys() == {steps_of(theme)[0].slug}


def test_rule_20_a_theme_learns_that_a_topic_of_it_was_put_into_another_one_later(lea, theme):
    journey_of(lea, theme)
    shared = steps_of(theme)[0]
    other = make_theme(0)

    complete(begin(lea, other), other.add(shared.topic, slug="gedeeld"))

    assert offers(lea, theme).keys() == {shared.slug}


def test_rule_20_nothing_is_copied_by_itself(lea, read_there, participation, other):
    assert states(lea, other) == ["not-started", "not-started"]
    assert fraction(lea, other) == (0, 2)
    assert not participation.events.exists()


def test_rule_20_what_was_only_opened_elsewhere_is_not_offered(lea, theme, other):
    begin(lea, theme).open(steps_of(theme)[0])

    assert offers(lea, other) == {}


def test_rule_20_what_was_reopened_elsewhere_is_not_offered(lea, read_there, theme, other):
    reopen(read_there, steps_of(theme)[0])

    assert offers(lea, other) == {}


def test_rule_20_what_is_completed_here_is_not_offered(lea, read_there, participation, other, step):
    complete(participation, step)
    assert offers(lea, other) == {}

    reopen(participation, step)
    assert offers(lea, other).keys() == {"gedeeld"}


def test_rule_20_what_cannot_be_read_yet_is_not_offered(lea, read_there, other, step):
    other.reschedule(step, timezone.localdate() + datetime.timedelta(days=3))

    assert offers(lea, other) == {}


def test_rule_20_what_is_locked_is_not_offered_until_it_opens(lea, read_there, participation, other, step):
    other.describe(in_order=True)
    other.reorder(list(reversed(other.step_order())))
    assert offers(lea, other) == {}

    complete(participation, steps_of(other)[0])

    assert offers(lea, other).keys() == {"gedeeld"}


def test_rule_20_nothing_is_offered_to_visitors_or_of_other_learners(lars, read_there, other):
    assert offers(lars, other) == {}
    assert offers(AnonymousUser(), other) == {}


def test_rule_20_an_earlier_attempt_elsewhere_counts_too(lea, read_there, other):
    read_there.restart()

    assert offers(lea, other)["gedeeld"].completed_at == JUNE


def test_rule_20_an_earlier_attempt_at_the_same_theme_does_not(lea, participation, other, step):
    complete(participation, step)

    participation.restart()

    assert offers(lea, other) == {}


def test_rule_20_the_last_completion_is_named(lea, read_there, other, step):
    third = make_theme(0, title="Thema Y")
    complete(begin(lea, third), third.add(step.topic, slug="ook-hier"))

    assert offers(lea, other)["gedeeld"].theme == "Thema Y"


@pytest.mark.parametrize("away", [Theme.unpublish, Theme.bin, lambda theme: theme.describe(access=Theme.Access.GROUP)])
def test_rule_20_a_theme_that_the_learner_may_not_see_is_not_named(lea, read_there, theme, other, away):
    away(theme)

    assert offers(lea, other) == {"gedeeld": (JUNE, None)}


def test_rule_20_a_topic_that_was_taken_out_of_the_other_theme_was_read_all_the_same(lea, read_there, theme, other):
    theme.take_out(steps_of(theme)[0])

    assert offers(lea, other).keys() == {"gedeeld"}


def test_rule_20_asks_nothing_where_no_topic_is_shared(lea, django_assert_num_queries):
    journey = journey_of(lea, make_theme(3))

    with django_assert_num_queries(0):
        look_elsewhere(journey.steps, lea)


def test_rule_20_asks_one_query_for_any_number_of_shared_topics(
    lea, read_there, theme, other, django_assert_num_queries
):
    for shared in steps_of(theme)[1:]:
        other.add(shared.topic, slug=f"gedeeld-{shared.pk}")
    journey = journey_of(lea, other)

    with django_assert_num_queries(1):
        look_elsewhere(journey.steps, lea)


# Taking over


def test_rule_20_taking_over_completes_the_topic_as_an_event(lea, read_there, participation, other, step):
    assert take_over(participation, step) is True

    event = participation.events.get()
    assert (event.kind, event.source, event.actor) == ("copied", read_there, lea)
    assert states(lea, other) == ["completed", "not-started"]
    assert fraction(lea, other) == (1, 2)


def test_rule_20_it_is_completed_when_it_was_taken_over(read_there, participation, step):
    take_over(participation, step)

    progress = progress_on(step, participation)
    assert progress.completed_at == progress.first_completed_at == participation.events.get().happened_at
    assert progress.completed_at >= participation.started_at > JUNE


def test_rule_20_the_other_participation_stays_as_it_was(read_there, participation, step):
    then = list(read_there.progress.values()), list(read_there.events.values())

    take_over(participation, step)

    assert (list(read_there.progress.values()), list(read_there.events.values())) == then


def test_rule_20_the_same_deed_again_changes_nothing(read_there, participation, step):
    deed = uuid4()
    take_over(participation, step, deed)
    then = participation.progress.values("completed_at", "opened_at").get(), participation.events.count()

    assert take_over(participation, step, deed) is False
    assert (participation.progress.values("completed_at", "opened_at").get(), participation.events.count()) == then

    reopen(participation, step)
    assert take_over(participation, step, deed) is False
    assert progress_on(step, participation).completed_at is None


def test_rule_20_what_was_reopened_can_be_taken_over_again(read_there, participation, step):
    take_over(participation, step)
    first = progress_on(step, participation).first_completed_at
    reopen(participation, step)

    assert take_over(participation, step) is True

    assert progress_on(step, participation).first_completed_at == first


def test_rule_20_what_is_completed_already_is_not_taken_over(read_there, participation, step):
    complete(participation, step)

    assert take_over(participation, step) is False
    assert not participation.events.filter(kind="copied").exists()


def test_rule_20_where_nothing_was_completed_nothing_is_taken_over(lea, lars, theme, participation, step):
    begin(lea, theme).open(steps_of(theme)[0])
    complete(begin(lars, theme), steps_of(theme)[0])

    assert take_over(participation, step) is False
    assert not participation.progress.exists()


def test_rule_20_taking_over_the_last_one_finishes_the_theme(lea, read_there, participation, other, step):
    complete(participation, steps_of(other)[1])

    take_over(participation, step)

    participation.refresh_from_db()
    assert participation.completion_cause == "deed"
    assert participation.completed_at == progress_on(step, participation).completed_at
    assert step.topic_id in [row["topic"] for row in participation.completion_snapshot]


def test_rule_20_an_attempt_that_is_over_takes_nothing_over(read_there, participation, step):
    participation.restart()

    assert take_over(participation, step) is False


def test_rule_20_a_step_of_another_theme_cannot_be_taken_over(lea, read_there, other):
    foreign = make_theme(0).add(steps_of(other)[0].topic, slug="elders")

    with pytest.raises(ValueError, match="another theme"):
        take_over(begin(lea, other), foreign)


def test_rule_21_the_edition_that_was_read_there_is_the_one_that_was_read_here(lea, read_there, other, step):
    read = step.topic.published_edition
    step.topic.write(title="Nieuw", html="<p>Anders.</p>")
    step.topic.publish(major=True)
    participation = begin(lea, other)

    take_over(participation, step)

    assert progress_on(step, participation).edition == participation.events.get().edition == read
    assert [one.slug for one in journey_of(lea, other).updated] == ["gedeeld"]


def test_rule_21_what_was_seen_there_is_seen_here(lea, read_there, theme, other, step):
    step.topic.write(title="Nieuw", html="<p>Anders.</p>")
    step.topic.publish(major=True)
    read_there.see(steps_of(theme)[0], number=2)
    participation = begin(lea, other)

    take_over(participation, step)

    assert journey_of(lea, other).updated == []


def test_rule_21_who_opened_the_new_edition_here_keeps_it_read(lea, read_there, participation, other, step):
    step.topic.write(title="Nieuw", html="<p>Anders.</p>")
    step.topic.publish(major=True)
    step.topic.refresh_from_db()
    participation.open(steps_of(other)[0])

    take_over(participation, step)

    assert journey_of(lea, other).updated == []


def test_rule_14_following_again_takes_nothing_along(lea, read_there, participation, other, step):
    take_over(participation, step)

    participation.restart()

    assert states(lea, other) == ["not-started", "not-started"]
