"""Clocks that jump, and the two nights a year on which they are put forward and back."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from courses.mailing import schedule
from courses.mailing.weeks import at_hour, next_monday
from courses.models import Mail, Progress, ProgressEvent, RosterRow
from courses.models.journey import journey_of
from courses.models.roster import State
from tests.conftest import begin, make_step, make_theme
from tests.models.acts import complete, fraction, reopen, steps_of
from tests.tracking.conftest import make_group

NOON = "2026-11-18T12:00+01:00"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
"""In Amsterdam these days have 23 and 25 hours."""


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def follow_in_a_group(learner):
    theme = make_theme(3)
    make_group(learner, themes=[theme])
    return begin(learner, theme)


@pytest.fixture
def lea_in_a_group(clock, lea):
    return follow_in_a_group(lea)


def nothing_contradicts_itself():
    call_command("check_progress", verbosity=0)  # ends with status 1 otherwise
    return True


# Jumps


@pytest.mark.parametrize("jump", [-HOUR, HOUR, -400 * DAY, 400 * DAY])
def test_completing_works_whatever_the_clock_did_since_the_topic_was_opened(clock, lea_in_a_group, jump):
    one, two, three = steps_of(lea_in_a_group.theme)
    lea_in_a_group.open(one)
    complete(lea_in_a_group, two)

    clock.shift(jump)

    assert complete(lea_in_a_group, one)
    assert reopen(lea_in_a_group, two)
    assert complete(lea_in_a_group, two, three)
    assert fraction(lea_in_a_group.learner, lea_in_a_group.theme) == (3, 3)
    assert all(row.completed_at >= row.opened_at for row in Progress.objects.all())
    assert lea_in_a_group.completed_at
    assert nothing_contradicts_itself()


def test_of_two_deeds_the_one_that_came_last_holds_also_when_the_clock_went_back_between_them(clock, lea_in_a_group):
    step = steps_of(lea_in_a_group.theme)[0]
    complete(lea_in_a_group, step)

    clock.shift(-HOUR)
    reopen(lea_in_a_group, step)

    assert fraction(lea_in_a_group.learner, lea_in_a_group.theme) == (0, 3)
    assert nothing_contradicts_itself()


def test_the_same_deed_sent_again_after_a_jump_is_still_one_deed(clock, lea_in_a_group):
    step, deed = steps_of(lea_in_a_group.theme)[0], uuid4()
    lea_in_a_group.complete(step, deed=deed)

    clock.shift(-HOUR)
    lea_in_a_group.complete(step, deed=deed)

    assert ProgressEvent.objects.filter(kind="completed").count() == 1


def test_a_theme_can_be_begun_again_after_the_clock_went_back(clock, lea_in_a_group):
    complete(lea_in_a_group, *steps_of(lea_in_a_group.theme))

    clock.shift(-HOUR)
    again = lea_in_a_group.restart()
    complete(again, steps_of(lea_in_a_group.theme)[0])

    assert again.attempt == 2
    assert fraction(lea_in_a_group.learner, lea_in_a_group.theme) == (1, 3)
    assert nothing_contradicts_itself()


def test_an_hour_back_signs_nobody_out_and_two_weeks_forward_only_asks_to_sign_in(clock, learner):
    assert learner.get("/account/").status_code == 200

    clock.shift(-HOUR)
    assert learner.get("/account/").status_code == 200

    clock.shift(400 * DAY)
    assert learner.get("/account/").status_code == 302


def test_a_mail_in_hand_when_the_clock_went_back_goes_an_hour_later_and_is_not_lost(clock, lea_in_a_group):
    Mail.objects.all().delete()
    Mail.objects.post(lea_in_a_group.congratulation())
    one = Mail.objects.get()
    assert one.claim()

    clock.shift(-HOUR)
    assert not Mail.objects.due().exists()

    clock.shift(HOUR + timedelta(minutes=6))
    assert Mail.objects.due().get() == one


def test_the_schedule_does_its_duties_also_when_the_clock_went_back(clock, lea_in_a_group, monkeypatch):
    done = []
    monkeypatch.setattr(schedule, "DUTIES", {lambda: done.append(timezone.now()): 60})
    ours = schedule.Schedule()
    ours.tick()
    steady = schedule.time.monotonic()
    monkeypatch.setattr(schedule.time, "monotonic", lambda: steady + 61)

    clock.shift(-HOUR)
    ours.tick()

    assert len(done) == 2


def test_a_worker_that_runs_is_not_taken_for_dead_when_the_clock_went_back(clock, lea_in_a_group):
    DBTaskResult.objects.all().delete()
    Mail.objects.post(lea_in_a_group.congratulation())
    DBTaskResult.objects.ready().get().claim("busy")

    clock.shift(-HOUR)
    schedule.reap()

    assert DBTaskResult.objects.running().count() == 1


# The nights on which clocks change


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25)])
def test_a_day_begins_at_midnight_and_ends_at_midnight(day, hours):
    assert at_hour(day + DAY, 0).timestamp() - at_hour(day, 0).timestamp() == hours * 3600


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2026-03-28T23:59+01:00", "2026-03-29T00:00+01:00"),
        ("2026-10-24T23:59+02:00", "2026-10-25T00:00+02:00"),
        ("2026-10-25T23:59+01:00", "2026-10-26T00:00+01:00"),  # an hour later than 24 hours
        ("2026-03-29T23:59+02:00", "2026-03-30T00:00+02:00"),  # an hour sooner
    ],
)
def test_a_topic_opens_at_midnight_of_its_day(clock, lea, before, after):
    theme = make_theme(1)
    day = date.fromisoformat(after[:10])
    make_step(theme, release_date=day)

    clock.move_to(before)
    assert not journey_of(lea, theme).steps[-1].readable

    clock.move_to(after)
    assert journey_of(lea, theme).steps[-1].readable


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_a_deadline_passes_at_midnight_after_its_day(clock, lea_in_a_group, day):
    group_theme = lea_in_a_group.theme.group_themes.get()
    group_theme.deadline = day

    clock.move_to(at_hour(day + DAY, 0) - timedelta(seconds=1))
    assert not group_theme.overdue

    clock.move_to(at_hour(day + DAY, 0))
    assert group_theme.overdue


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_who_did_nothing_for_two_weeks_over_such_a_night_has_stalled_and_a_day_sooner_not(clock, lea, day):
    clock.move_to(at_hour(day - 7 * DAY, 23))
    follow_in_a_group(lea)
    row = RosterRow.objects.get()

    clock.move_to(at_hour(day + 7 * DAY, 0))
    assert row.state == State.UNDER_WAY

    clock.move_to(at_hour(day + 8 * DAY, 0))
    assert row.state == State.STALLED


@pytest.mark.parametrize(
    ("moment", "monday"),
    [("2026-03-28T12:00+01:00", "2026-03-30T08:00+02:00"), ("2026-10-24T12:00+02:00", "2026-10-26T08:00+01:00")],
)
def test_what_waits_for_monday_goes_at_eight_by_the_clock_on_the_wall(clock, moment, monday):
    clock.move_to(moment)

    assert next_monday(timezone.now(), 8) == timezone.datetime.fromisoformat(monday)


@pytest.mark.parametrize("moment", ["2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00", "2026-03-29T03:00+02:00"])
def test_in_the_hour_that_comes_twice_and_in_the_one_that_is_skipped_people_complete(clock, lea_in_a_group, moment):
    steps = steps_of(lea_in_a_group.theme)
    clock.move_to(moment)

    complete(lea_in_a_group, steps[0])
    clock.shift(HOUR)
    complete(lea_in_a_group, *steps[1:])

    assert fraction(lea_in_a_group.learner, lea_in_a_group.theme) == (3, 3)
    assert nothing_contradicts_itself()
