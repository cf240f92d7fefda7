"""What the clock asks: once, however many workers ask, in time zones and on days when clocks change."""

import logging
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from courses.mailing import schedule, tasks
from courses.models import Mail
from tests.conftest import make_theme, make_user
from tests.mailing.conftest import wish, write_to
from tests.tracking.conftest import make_group, membership_of

pytestmark = pytest.mark.usefixtures("nothing_posted")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-18T10:00+01:00", tick=False) as clock:
        yield clock


@pytest.fixture
def reminding(group, theme):
    """The group asks for the theme by 25 November, and reminds."""
    group.reminds = True
    group.save()
    group.follow(theme, deadline=date(2026, 11, 25))
    return group


def reminded():
    """Who was reminded, and on how many days before."""
    mails = Mail.objects.filter(kind="reminder").order_by("pk")
    return [(mail.recipient.name, int(mail.cause.split()[-1])) for mail in mails]


# Reminders


def test_who_has_not_completed_the_theme_is_reminded_seven_days_before_and_one(reminding, clock):
    for day in range(16, 27):
        for hour in (9, 17):
            clock.move_to(f"2026-11-{day}T{hour:02}:00+01:00")
            schedule.write_reminders()

    assert sorted(reminded()) == [("Lars", 1), ("Lars", 7), ("Noor", 1), ("Noor", 7)]
    sevenths = Mail.objects.filter(cause__endswith=" 7")
    assert {timezone.localdate(mail.created_at) for mail in sevenths} == {date(2026, 11, 18)}


def test_before_eight_in_the_morning_nobody_is_reminded(reminding, clock):
    clock.move_to("2026-11-18T07:59+01:00")
    schedule.write_reminders()
    assert reminded() == []

    clock.move_to("2026-11-18T08:00+01:00")
    schedule.write_reminders()
    assert len(reminded()) == 2


@pytest.mark.parametrize(
    ("deadline", "early", "in_time"),
    [
        ("2026-04-05", "2026-03-29T07:59+02:00", "2026-03-29T08:00+02:00"),  # summer time begins that night
        ("2026-11-01", "2026-10-25T07:59+01:00", "2026-10-25T08:00+01:00"),  # and ends that night
    ],
)
def test_eight_is_eight_on_days_when_clocks_change(reminding, theme, clock, deadline, early, in_time):
    reminding.follow(theme, deadline=date.fromisoformat(deadline))
    clock.move_to(early)
    schedule.write_reminders()
    assert reminded() == []

    clock.move_to(in_time)
    schedule.write_reminders()
    assert len(reminded()) == 2


def test_a_worker_that_was_down_that_day_reminds_the_next(reminding, clock):
    clock.move_to("2026-11-19T09:00+01:00")
    schedule.write_reminders()

    assert sorted(reminded()) == [("Lars", 7), ("Noor", 7)]


def test_who_joins_later_is_reminded_too_and_the_others_not_again(reminding, tom, clock, lea, theme):
    schedule.write_reminders()
    membership_of(lea, reminding).roster.update(finished_on=None)
    schedule.write_reminders()

    assert sorted(reminded()) == [("Lars", 7), ("Lea", 7), ("Noor", 7)]


def test_who_was_suspended_or_left_is_not_reminded(reminding, lars, noor):
    membership_of(lars, reminding).suspend()
    membership_of(noor, reminding).leave()

    schedule.write_reminders()

    assert reminded() == []


def test_a_group_that_does_not_remind_or_was_closed_reminds_nobody(reminding):
    for change in ({"reminds": False, "closed_at": None}, {"reminds": True, "closed_at": timezone.now()}):
        for name, value in change.items():
            setattr(reminding, name, value)
        reminding.save()
        schedule.write_reminders()

    assert reminded() == []


def test_another_deadline_is_another_reminder(reminding, theme, clock):
    schedule.write_reminders()
    reminding.follow(theme, deadline=date(2026, 12, 25))
    clock.move_to("2026-12-18T09:00+01:00")

    schedule.write_reminders()

    assert len(reminded()) == 4


@pytest.mark.parametrize("learners", [1, 12])
def test_reminding_costs_the_same_for_any_number_of_members(tom, learners, django_assert_num_queries):
    people = [make_user(f"Sam{number}") for number in range(learners)]
    group = make_group(*people, trainers=[tom], reminds=True, name="Tellen")
    group.follow(make_theme(1), deadline=date(2026, 11, 25))
    tasks.wake()

    with django_assert_num_queries(5):
        schedule.write_reminders()
    assert len(reminded()) == learners


# Monday overviews


def overviews():
    return sorted(Mail.objects.filter(kind="overview").values_list("recipient__name", "cause"))


@pytest.fixture
def wanting(tom, charlie):
    """Tom wants it, Charlie does not."""
    wish(tom, overview=True)
    wish(charlie)
    return tom


def test_who_wants_it_gets_one_overview_on_monday(wanting, clock):
    for day in range(21, 30):
        for hour in (7, 12, 23):
            clock.move_to(f"2026-11-{day}T{hour:02}:00+01:00")
            schedule.write_overviews()

    assert overviews() == [("Tom", f"overview {wanting.pk} 2026-W48")]


def test_before_seven_there_is_none_yet_and_late_on_monday_it_still_comes(wanting, clock):
    clock.move_to("2026-11-23T06:59+01:00")
    schedule.write_overviews()
    assert overviews() == []

    clock.move_to("2026-11-23T23:59+01:00")
    schedule.write_overviews()
    assert len(overviews()) == 1


def test_weeks_are_those_of_the_calendar_at_the_end_of_a_year_and_after_summer_time(wanting, clock):
    for monday in ("2026-10-26T07:00+01:00", "2026-12-28T07:00+01:00", "2027-01-04T07:00+01:00"):
        clock.move_to(monday)
        schedule.write_overviews()

    assert [cause[-8:] for _name, cause in overviews()] == ["2026-W44", "2026-W53", "2027-W01"]


def test_who_is_no_trainer_any_more_or_was_switched_off_gets_none(wanting, clock):
    clock.move_to("2026-11-23T08:00+01:00")
    for change in ({"is_trainer": False, "is_active": True}, {"is_trainer": True, "is_active": False}):
        for name, value in change.items():
            setattr(wanting, name, value)
        wanting.save()
        schedule.write_overviews()

    assert overviews() == []


# What keeps the rest going


def ready_count():
    return DBTaskResult.objects.ready().count()


@pytest.fixture
def no_tasks():
    DBTaskResult.objects.all().delete()


def test_what_became_due_by_itself_is_sent_too(group, tom, lea, clock, no_tasks):
    write_to(lea, group, tom)
    Mail.objects.update(due_at=timezone.now() + timedelta(minutes=5))
    DBTaskResult.objects.all().delete()
    schedule.wake_for_due()
    assert ready_count() == 0

    clock.shift(timedelta(minutes=6))
    schedule.wake_for_due()
    schedule.wake_for_due()
    assert ready_count() == 1


@pytest.mark.parametrize(("minutes", "status"), [(9, "RUNNING"), (11, "READY")])
def test_what_a_dead_worker_left_is_put_back_after_ten_minutes(no_tasks, minutes, status):
    tasks.wake()
    task = DBTaskResult.objects.get()
    task.claim("dead")
    started_at = timezone.now() - timedelta(minutes=minutes)
    DBTaskResult.objects.update(started_at=started_at)

    schedule.reap()
    schedule.reap()

    task.refresh_from_db()
    assert task.status == status


def test_a_task_that_five_workers_died_of_has_failed(no_tasks):
    tasks.wake()
    DBTaskResult.objects.update(
        status="RUNNING", worker_ids=list("abcde"), started_at=timezone.now() - timedelta(hours=1)
    )

    schedule.reap()

    task = DBTaskResult.objects.get()
    assert task.status == "FAILED"
    assert task.finished_at == timezone.now()


def test_old_results_and_old_mails_are_deleted_and_younger_ones_are_not(group, tom, lea, no_tasks):
    now = timezone.now()
    for number, (name, days) in enumerate([("sent_at", 91), ("given_up_at", 91), ("dropped_at", 91), ("sent_at", 89)]):
        one = write_to(lea, group, tom, f"Bericht {number}")
        Mail.objects.filter(pk=one.pk).update(**{name: now - timedelta(days=days)})
    waiting = write_to(lea, group, tom, "Nog niet weg")
    Mail.objects.filter(pk=waiting.pk).update(created_at=now - timedelta(days=100))
    for status, days in [("SUCCESSFUL", 8), ("FAILED", 8), ("SUCCESSFUL", 6)]:
        tasks.send_due_mails.enqueue()
        DBTaskResult.objects.ready().update(status=status, finished_at=now - timedelta(days=days))
    tasks.wake()

    schedule.tidy()

    assert list(Mail.objects.order_by("pk")) == [one, waiting]
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["READY", "SUCCESSFUL"]


def test_a_duty_that_fails_stops_no_other_and_is_logged_without_an_address(monkeypatch, caplog):
    done = []

    def broken():
        raise ValueError("lea@example.org")

    monkeypatch.setattr(schedule, "DUTIES", {broken: 60, lambda: done.append(1): 60})

    with caplog.at_level(logging.INFO):
        schedule.Schedule().tick()

    assert done == [1]
    assert "broken failed: ValueError" in caplog.text
    assert "@" not in caplog.text


def test_each_duty_waits_its_time(monkeypatch):
    done = []
    monkeypatch.setattr(schedule, "DUTIES", {lambda: done.append("often"): 0, lambda: done.append("seldom"): 60})
    plan = schedule.Schedule()

    plan.tick()
    plan.tick()

    assert done == ["often", "seldom", "often"]
