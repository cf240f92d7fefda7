"""The worker, and the task that wakes it: written with its cause, never lost, stopped without losing a mail."""

import logging
import signal

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django_tasks_db.models import DBTaskResult

from courses.mailing import stopping, working
from courses.mailing.working import Worker
from courses.models import Mail
from tests.mailing.conftest import wish, write_to


@pytest.fixture(autouse=True)
def process_as_before(monkeypatch):
    """The worker listens to signals, is stopped for good, and says less than others; not so in tests."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    monkeypatch.setattr(stopping, "_asked", False)
    loggers = [logging.getLogger(name) for name in ("stapwijs", "django_tasks", "django_tasks_db")]
    levels, filters = [logger.level for logger in loggers], [[*logger.filters] for logger in loggers]
    yield
    for number, receiver in before.items():
        signal.signal(number, receiver)
    for logger, level, logger.filters in zip(loggers, levels, filters, strict=True):
        logger.setLevel(level)


def ready():
    return DBTaskResult.objects.ready()


@pytest.fixture
def quiet(group):
    """The group, with no mail or task of how it came about."""
    Mail.objects.all().delete()
    DBTaskResult.objects.all().delete()
    return group


# Waking


def test_a_posted_mail_wakes_a_worker(quiet, tom, lea):
    write_to(lea, quiet, tom)

    assert ready().get().task_path == "courses.mailing.tasks.send_due_mails"


def test_one_task_is_enough_for_many_mails(quiet, tom, lea, lars):
    for learner in (lea, lars):
        write_to(learner, quiet, tom)

    assert ready().count() == 1


def test_a_task_that_is_running_already_may_not_see_the_mail_so_another_is_enqueued(quiet, tom, lea, lars):
    write_to(lea, quiet, tom)
    ready().get().claim("busy")

    write_to(lars, quiet, tom)

    assert ready().count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_wakes_nobody(quiet, tom, lea):
    with transaction.atomic():
        write_to(lea, quiet, tom)
        transaction.set_rollback(True)

    assert not DBTaskResult.objects.exists()
    assert not Mail.objects.exists()


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
def test_a_waiting_task_is_not_taken_before_the_mail_that_counts_on_it_is_there(quiet, tom, lea, lars):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time: nobody can take a task meanwhile")
    write_to(lea, quiet, tom)
    other = connection.copy()
    with transaction.atomic():
        write_to(lars, quiet, tom)
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_tasks_database_dbtaskresult FOR UPDATE SKIP LOCKED")
            meanwhile = cursor.fetchall()
    other.close()

    assert meanwhile == []
    assert Worker().take() is not None


# Working


def test_once_does_what_is_due_and_ends(quiet, tom, lea, lars):
    write_to(lea, quiet, tom)
    write_to(lars, quiet, tom)

    call_command("worker", once=True)

    assert len(mail.outbox) == 2
    assert not ready().exists()
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_once_also_does_what_the_clock_asks(quiet, tom):
    wish(tom, overview=True)

    with time_machine.travel("2026-11-23T09:00+01:00"):
        call_command("worker", once=True)

    assert Mail.objects.filter(kind="overview").exists()


def test_once_with_nothing_to_do_ends_too(quiet):
    call_command("worker", once=True)

    assert mail.outbox == []


def test_who_is_asked_to_stop_finishes_the_mail_in_hand_and_leaves_the_rest_for_another(quiet, tom, lea, lars, noor):
    for learner in (lea, lars, noor):
        write_to(learner, quiet, tom)
    worker = Worker(once=True)

    def stop_after_the_first():
        if mail.outbox and worker.running:
            worker.shutdown(signal.SIGTERM, None)
        return not worker.running

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("courses.mailing.tasks.stopping.asked", stop_after_the_first)
        worker.run()

    assert len(mail.outbox) == 1
    assert Mail.objects.due().count() == 2
    assert ready().count() == 1


def test_asked_twice_it_ends_at_once():
    worker = Worker()
    worker.shutdown(signal.SIGTERM, None)

    with pytest.raises(SystemExit):
        worker.shutdown(signal.SIGTERM, None)


class Unlucky(Worker):
    """Finds the database away three times, then back, then is stopped; and does not really wait."""

    waits: list

    def take_a_turn(self):
        self.turns = getattr(self, "turns", 0) + 1
        if self.turns <= 3:
            raise OperationalError("lea@example.org")
        self.running = self.turns < 5

    def rest(self, seconds):
        self.waits = [*getattr(self, "waits", []), seconds]


def test_it_outlives_a_database_that_is_away_and_says_so_once(caplog):
    worker = Unlucky()

    with caplog.at_level(logging.INFO):
        worker.run()

    assert worker.waits == [1, 2, 4]
    assert [record.getMessage() for record in caplog.records] == [
        "The database is out of reach (OperationalError); waiting for it",
        "The database is back",
    ]


def test_a_cron_job_fails_when_the_database_is_away():
    with pytest.raises(OperationalError):
        Unlucky(once=True).run()


def test_it_ends_with_the_process_that_started_it(db, monkeypatch):
    monkeypatch.setattr(working.os, "getppid", lambda: 1)

    Worker(parent=4242, interval=0).run()


def test_resting_ends_when_it_is_to_stop():
    worker = Worker()
    worker.stop()

    worker.rest(60)


def test_what_fails_in_a_task_is_logged_without_its_text(quiet, tom, lea, caplog, monkeypatch):
    write_to(lea, quiet, tom)

    def broken(**kwargs):
        raise ValueError("lea@example.org")

    monkeypatch.setattr("courses.mailing.tasks.send_due", broken)

    with caplog.at_level(logging.INFO):
        call_command("worker", once=True)

    assert "FAILED" in caplog.text
    assert "@example.org" not in caplog.text
