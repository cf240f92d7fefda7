"""Rule 11: deeds of a device that was offline, and clocks that are wrong."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from courses.models import ProgressEvent
from courses.models.progress import completion
from tests.conftest import begin
from tests.models.acts import complete, fraction, progress_on, reopen, steps_of


def at(hour, minute=0, second=0):
    return timezone.now().replace(hour=hour, minute=minute, second=second, microsecond=0)


@pytest.fixture
def clock(lea, theme):
    """Eight o'clock, and it stands still."""
    with time_machine.travel(at(8), tick=False) as clock:
        yield clock


@pytest.fixture
def participation(clock, lea, theme):
    return begin(lea, theme)


@pytest.fixture
def step(theme):
    return steps_of(theme)[0]


def test_rule_09_the_answer_says_who_did_it_not_who_moved_the_date(clock, participation, step):
    clock.move_to(at(12))
    complete(participation, step)
    clock.move_to(at(13))

    assert complete(participation, step, happened_at=at(10)) is False

    assert progress_on(step, participation).completed_at == at(10)


def test_rule_10_an_earlier_completion_that_comes_late_is_not_the_first(clock, participation, step):
    clock.move_to(at(12))
    complete(participation, step)
    clock.move_to(at(13))

    complete(participation, step, happened_at=at(10))

    assert progress_on(step, participation).first_completed_at == at(12)


def test_rule_11_a_late_deed_is_dated_when_it_happened(clock, participation, step):
    clock.move_to(at(12))

    complete(participation, step, happened_at=at(10))

    event = participation.events.get()
    assert (event.happened_at, event.received_at) == (at(10), at(12))
    assert progress_on(step, participation).completed_at == at(10)
    assert progress_on(step, participation).opened_at == at(10)


def test_rule_11_nothing_happened_before_the_start(clock, participation, step):
    clock.move_to(at(12))

    complete(participation, step, happened_at=at(8) - timedelta(days=9))

    assert participation.events.get().happened_at == participation.started_at


def test_rule_11_nothing_happened_after_it_was_received(clock, participation, step):
    clock.move_to(at(12))

    complete(participation, step, happened_at=at(12) + timedelta(days=9))

    assert participation.events.get().happened_at == at(12)


def test_rule_11_the_last_one_wins_and_all_are_kept(clock, participation, step):
    clock.move_to(at(14))

    complete(participation, step, happened_at=at(10))
    complete(participation, step, happened_at=at(12))
    reopen(participation, step, happened_at=at(11))

    assert participation.events.count() == 3
    assert progress_on(step, participation).completed_at == at(12)


def test_rule_11_of_deeds_at_one_moment_the_one_received_last_wins(clock, participation, step):
    clock.move_to(at(11))
    complete(participation, step, happened_at=at(10))
    clock.move_to(at(12))

    reopen(participation, step, happened_at=at(10))

    assert progress_on(step, participation).completed_at is None


@pytest.mark.parametrize(("completing", "reopening", "completed"), [(1, 2, False), (2, 1, True)])
def test_rule_11_of_deeds_received_at_one_moment_too_the_uuid_decides(
    clock, participation, step, completing, reopening, completed
):
    clock.move_to(at(12))

    participation.complete(step, deed=UUID(int=completing), happened_at=at(10))
    participation.reopen(step, deed=UUID(int=reopening), happened_at=at(10))

    assert bool(progress_on(step, participation).completed_at) == completed


def test_rule_11_what_is_done_now_wins_from_what_was_done_then(clock, participation, step):
    complete(participation, step)
    reopen(participation, step)
    complete(participation, step)
    reopen(participation, step)

    assert progress_on(step, participation).completed_at is None
    assert participation.events.count() == 4


def test_rule_11_a_clock_that_was_set_back_does_not_undo_what_is_done_now(clock, participation, step):
    clock.move_to(at(12))
    complete(participation, step)
    first = progress_on(step, participation).first_completed_at
    clock.move_to(at(11))

    reopen(participation, step)
    assert progress_on(step, participation).completed_at is None

    complete(participation, step)
    assert progress_on(step, participation).completed_at
    assert progress_on(step, participation).first_completed_at == first


def test_rule_11_a_late_deed_belongs_to_the_attempt_of_its_time(clock, lea, theme, participation, step):
    clock.move_to(at(12))
    again = participation.restart()
    clock.move_to(at(14))

    complete(again, step, happened_at=at(10))
    assert progress_on(step, participation).completed_at == at(10)
    assert fraction(lea, theme) == (0, 4)

    complete(again, step, happened_at=at(13))
    assert progress_on(step, again).completed_at == at(13)
    assert fraction(lea, theme) == (1, 4)


def test_rule_11_a_late_reopening_of_what_was_never_opened_opens_nothing(clock, participation, step):
    clock.move_to(at(12))

    assert reopen(participation, step, happened_at=at(10)) is False
    assert not participation.progress.exists()

    participation.open(step)
    complete(participation, step)
    assert progress_on(step, participation).opened_at == at(12)


def test_rule_21_a_completion_that_comes_late_does_not_say_a_newer_edition_was_read(clock, participation, step):
    clock.move_to(at(11))
    complete(participation, step)
    read = step.topic.published_edition
    step.topic.write(title="Nieuw", html="<p>Anders.</p>")
    step.topic.publish(major=True)
    clock.move_to(at(13))

    complete(participation, step, happened_at=at(10))

    assert progress_on(step, participation).edition == read


def test_case_completed_offline_at_ten_arrives_at_twelve_reopened_online_at_eleven(
    clock, lea, participation, theme, step
):
    complete(participation, step)
    clock.move_to(at(11))
    reopen(participation, step)
    clock.move_to(at(12))

    assert complete(participation, step, happened_at=at(10)) is False

    assert progress_on(step, participation).completed_at is None
    assert fraction(lea, theme) == (0, 4)


def test_case_completed_offline_at_eleven_arrives_at_twelve_reopened_online_at_ten(clock, participation, step):
    complete(participation, step)
    clock.move_to(at(10))
    reopen(participation, step)
    clock.move_to(at(12))

    assert complete(participation, step, happened_at=at(11)) is True

    assert progress_on(step, participation).completed_at == at(11)


# Arrival


minutes = st.integers(0, 600)
deeds = st.lists(
    st.tuples(minutes, st.sampled_from([ProgressEvent.Kind.COMPLETED, ProgressEvent.Kind.REOPENED])),
    max_size=8,
    unique_by=lambda deed: deed[0],
)


def received(deeds):
    """The events of deeds that arrive in this order, at the end of the day."""
    morning, evening = datetime(2027, 6, 3, 8, tzinfo=UTC), datetime(2027, 6, 3, 20, tzinfo=UTC)
    return [
        ProgressEvent(
            pk=number,
            kind=kind,
            deed=UUID(int=number),
            happened_at=morning + timedelta(minutes=minute),
            received_at=evening + timedelta(seconds=number),
        )
        for number, (minute, kind) in enumerate(deeds)
    ]


@given(deeds.flatmap(lambda done: st.tuples(st.just(done), st.permutations(done))))
def test_rule_11_in_what_order_deeds_arrive_does_not_matter(orders):
    one, other = orders

    assert completion(received(one))[0] == completion(received(other))[0]


@given(deeds)
def test_rule_11_the_deed_that_was_done_last_decides(done):
    completed_at, _first = completion(received(done))

    last = max(done, default=(0, ProgressEvent.Kind.REOPENED))
    assert bool(completed_at) == (last[1] == ProgressEvent.Kind.COMPLETED)


@given(deeds, deeds)
def test_rule_10_whatever_comes_later_the_first_completion_stays(before, later):
    first = completion(received(before))[1]

    assert first is None or completion(received([*before, *later]))[1] == first
