"""The worker: tasks and the schedule, in one process, until it is asked to stop."""

import logging
import os
import signal
import sys
import time

from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction
from structlog.contextvars import bound_contextvars

from courses.mailing import stopping
from courses.mailing.schedule import Schedule

logger = logging.getLogger("stapwijs.worker")

SLICE = 0.2
"""Seconds until a resting worker notices that it is to stop."""

LONGEST_WAIT = 5
"""Seconds between two looks whether the database is back."""


class Worker(TaskWorker):
    """Runs tasks as ``django_tasks_db`` does, keeps the schedule, and outlives a database that is away.

    ``once``: do the schedule and all that is due, then end. ``parent``: the process whose end is this one's too.
    """

    def __init__(self, *, once=False, interval=1.0, parent=None):
        super().__init__(
            queue_names=["default"],
            interval=interval,
            batch=once,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        self.schedule, self.parent, self.failure_count = Schedule(), parent, 0

    def run(self):
        while self.running:
            try:
                self.take_a_turn()
            except (OperationalError, InterfaceError) as error:
                if self.batch:
                    raise
                self.wait_for_database(error)
            else:
                self.note_database_is_back()
            if self.parent and os.getppid() != self.parent:
                self.stop()

    def take_a_turn(self):
        """What the clock asks, then one task; nothing to do: rest."""
        self.schedule.tick()
        if found := self.take():
            with bound_contextvars(job=str(found.pk)):
                self.run_task(found)
        elif self.batch:
            self.running = False
        else:
            self.rest(self.interval)

    def take(self):
        """The next task, so marked that no other worker runs it; or None."""
        ready = DBTaskResult.objects.ready().filter(backend_name=self.backend_name, queue_name__in=self.queue_names)
        if not ready.exists():
            return None
        with exclusive_transaction(ready.db):
            found = ready.get_locked()
            if found:
                found.claim(self.worker_id)
        return found

    def wait_for_database(self, error):
        if not self.failure_count:
            logger.warning("The database is out of reach (%s); waiting for it", type(error).__name__)
        self.failure_count += 1
        close_old_connections()
        self.rest(min(2 ** (self.failure_count - 1), LONGEST_WAIT))

    def note_database_is_back(self):
        if self.failure_count:
            logger.warning("The database is back")
        self.failure_count = 0

    def rest(self, seconds):
        until = time.monotonic() + seconds
        while self.running and time.monotonic() < until:
            time.sleep(min(SLICE, seconds))

    def shutdown(self, signum, frame):
        """Finish the mail in hand, then end; asked a second time, end at once."""
        if not self.running:
            self.reset_signals()
            sys.exit(128 + signum)
        logger.info("Stopping on %s", signal.strsignal(signum))
        self.stop()

    def stop(self):
        self.running = False
        stopping.ask()
