"""Rules 8–10: deeds, each of which happens once."""

from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.utils import timezone

from courses.models import Progress, ProgressEvent
from tests.conftest import begin, make_theme
from tests.models.acts import complete, fraction, progress_on, reopen, steps_of


@pytest.fixture
def participation(lea, theme):
    return begin(lea, theme)


@pytest.fixture
def step(theme):
    return steps_of(theme)[0]


def kinds(participation):
    return list(participation.events.values_list("kind", flat=True))


def test_rule_08_opening_completes_nothing(participation, step):
    participation.open(step)

    assert progress_on(step, participation).completed_at is None
    assert kinds(participation) == ["opened"]


def test_rule_08_a_deed_completes(participation, step):
    assert complete(participation, step) is True

    assert progress_on(step, participation).completed_at
    assert kinds(participation) == ["completed"]


def test_the_first_opening_is_an_event_and_later_ones_are_remembered(participation, step):
    participation.open(step)
    first = progress_on(step, participation)

    participation.open(step)

    again = progress_on(step, participation)
    assert kinds(participation) == ["opened"]
    assert again.opened_at == first.opened_at
    assert again.last_opened_at > first.last_opened_at


def test_completing_what_was_never_opened_opens_it(participation, step):
    complete(participation, step)

    progress = progress_on(step, participation)
    assert progress.opened_at == progress.completed_at == participation.events.get().happened_at


def test_the_edition_that_was_read_is_remembered(participation, step):
    complete(participation, step)

    assert progress_on(step, participation).edition == step.topic.published_edition
    assert participation.events.get().edition == step.topic.published_edition


def test_rule_09_the_same_deed_twice_is_one_deed(participation, step):
    deed = uuid4()

    answers = [participation.complete(step, deed=deed) for _time in range(3)]

    assert answers == [True, False, False]
    assert kinds(participation) == ["completed"]


def test_rule_09_two_tabs_are_one_deed(participation, step):
    assert complete(participation, step) is True
    assert complete(participation, step) is False

    assert kinds(participation) == ["completed"]


def test_rule_09_a_deed_is_known_by_its_uuid_as_text_too(participation, step):
    deed = uuid4()

    assert participation.complete(step, deed=str(deed)) is True
    assert participation.complete(step, deed=deed) is False


def test_rule_09_the_database_itself_refuses_a_second_event_of_one_deed(participation, step):
    complete(participation, step)
    event = participation.events.get()
    event.pk = None

    with pytest.raises(IntegrityError):
        event.save(force_insert=True)


def test_rule_09_one_deed_may_concern_two_topics(participation, theme):
    first, second, *_others = steps_of(theme)
    deed = uuid4()

    assert participation.complete(first, deed=deed) is True
    assert participation.complete(second, deed=deed) is True


def test_rule_09_an_offline_queue_that_sends_twice_does_one_thing(participation, step):
    deed, then = uuid4(), timezone.now()

    answers = [participation.complete(step, deed=deed, happened_at=then) for _time in range(2)]

    assert answers == [True, False]
    assert kinds(participation) == ["completed"]


def test_a_step_of_another_theme_cannot_be_completed(participation):
    elsewhere = steps_of(make_theme(1))[0]

    with pytest.raises(ValueError, match="another theme"):
        complete(participation, elsewhere)

    assert not Progress.objects.exists()


def test_nothing_can_be_done_in_an_attempt_that_is_over(participation, step):
    participation.restart()

    participation.open(step)

    assert complete(participation, step) is False
    assert not ProgressEvent.objects.exists()
    assert not Progress.objects.exists()


def test_rule_10_the_first_completion_is_remembered_for_good(participation, step):
    complete(participation, step)
    first = progress_on(step, participation).first_completed_at

    reopen(participation, step)
    complete(participation, step)

    progress = progress_on(step, participation)
    assert progress.first_completed_at == first
    assert progress.completed_at > first


def test_rule_10_a_reopened_topic_is_not_completed_but_once_was(participation, step):
    complete(participation, step)

    reopen(participation, step)

    progress = progress_on(step, participation)
    assert progress.completed_at is None
    assert progress.first_completed_at


def test_rule_09_a_form_that_changed_nothing_changes_nothing_when_it_comes_again(participation, step):
    of_the_other_tab = uuid4()
    complete(participation, step)
    participation.complete(step, deed=of_the_other_tab)
    reopen(participation, step)

    assert participation.complete(step, deed=of_the_other_tab) is False

    assert progress_on(step, participation).completed_at is None
    assert complete(participation, step) is True


def test_case_complete_in_tab_a_reopen_in_tab_b_replay_a(lea, participation, theme, step):
    deed_of_a = uuid4()
    participation.complete(step, deed=deed_of_a)
    reopen(participation, step)

    assert participation.complete(step, deed=deed_of_a) is False

    assert progress_on(step, participation).completed_at is None
    assert fraction(lea, theme) == (0, 4)
