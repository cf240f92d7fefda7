"""What happens by the clock. Any number of workers may do it at once: each mail has its cause, which is unique."""

import logging
import time
import traceback
from datetime import timedelta

from django.core.cache import cache
from django.db import InterfaceError, OperationalError
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.personal import erasing, retention
from config.caching import forget_expired
from courses.mailing import tasks
from courses.mailing.overviews import trainers_who_want_it
from courses.mailing.weeks import at_hour, monday_of
from courses.models import GroupTheme, Mail, RosterRow

logger = logging.getLogger("stapwijs.mailing")

REMINDERS_HOUR, OVERVIEWS_HOUR = 8, 7

REMINDED = [(7, 5), (1, 0)]
"""So many days before a deadline; still written until the second number, if no worker ran in between."""

AT_A_TIME = 1_000

DEAD_AFTER = timedelta(minutes=10)
"""A task ends within two minutes (``tasks.SECONDS``, and the mail in hand): its worker is gone."""

TRIES = 5

ERASED_OR_NOT_AFTER = timedelta(hours=1)
"""However long the transaction of an erasure takes, then it is over."""


def wake_for_due():
    """For what became due by itself: after a back-off, on Monday, when a claim ran out."""
    if Mail.objects.due().exists():
        tasks.wake()


def write_reminders():
    """Before deadlines, from 8 o'clock on: to active members who have not completed the theme, each once."""
    today = timezone.localdate()
    if timezone.now() < at_hour(today, REMINDERS_HOUR):
        return
    themes = GroupTheme.objects.current().filter(group__reminds=True)
    for days, until in REMINDED:
        window = (today + timedelta(days=until), today + timedelta(days=days))
        for group_theme in themes.filter(deadline__range=window).select_related("theme"):
            remind(group_theme, days)


def remind(group_theme, days):
    first_day = at_hour(group_theme.deadline - timedelta(days=days), 0)
    written = Mail.objects.filter(
        kind=Mail.Kind.REMINDER, group_theme=group_theme, recipient=OuterRef("learner"), created_at__gte=first_day
    )
    rows = RosterRow.objects.filter(group_theme=group_theme, finished_on=None).exclude(Exists(written))
    learners = list(rows.order_by("learner").values_list("learner", flat=True))
    for begin in range(0, len(learners), AT_A_TIME):
        Mail.objects.post(*[reminder(group_theme, one, days) for one in learners[begin : begin + AT_A_TIME]])


def reminder(group_theme, learner, days):
    return Mail(
        kind=Mail.Kind.REMINDER,
        cause=f"reminder {group_theme.pk} {learner} {group_theme.deadline.isoformat()} {days}",
        recipient_id=learner,
        group_theme=group_theme,
    )


def write_overviews():
    """On Mondays from 7 o'clock on, for each trainer who wants it; once a week."""
    now, today = timezone.now(), timezone.localdate()
    if today != monday_of(now) or now < at_hour(today, OVERVIEWS_HOUR):
        return
    week = f"{today:%G-W%V}"
    mails = [
        Mail(kind=Mail.Kind.OVERVIEW, cause=f"overview {trainer.pk} {week}", recipient=trainer)
        for trainer in trainers_who_want_it()
    ]
    known = set(Mail.objects.filter(cause__in=[mail.cause for mail in mails]).values_list("cause", flat=True))
    if new := [mail for mail in mails if mail.cause not in known]:
        Mail.objects.post(*new)


def reap():
    """Put back what a dead worker left running; what was tried too often has failed.

    Doing it twice is harmless: mails are claimed one by one.
    """
    left = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - DEAD_AFTER)
    for task in left:
        status = TaskResultStatus.READY if len(task.worker_ids) < TRIES else TaskResultStatus.FAILED
        finished_at = timezone.now() if status == TaskResultStatus.FAILED else None
        left.filter(pk=task.pk).update(status=status, finished_at=finished_at)
        logger.warning("A task was left by a dead worker: %s", status.value)


def tidy():
    """Let go of everything that was kept long enough (``manage.py retention`` shows the table)."""
    erasing.settle_begun(before=timezone.now() - ERASED_OR_NOT_AFTER)
    retention.keep_to_periods()


HEARD = "mailing:worker-heard"


def be_heard():
    """Leave a sign of life, for whoever asks whether there is a worker at all."""
    cache.set(HEARD, time.time(), None)


def last_heard_at():
    """When any worker was at work last, in seconds since 1970; None if nobody remembers one."""
    return cache.get(HEARD)


DUTIES = {
    be_heard: 60,
    reap: 60,
    write_reminders: 300,
    write_overviews: 300,
    wake_for_due: 60,
    tidy: 3_600,
    forget_expired: 3_600,
}
"""Each with the seconds between."""


class Schedule:
    """Does each duty when its time has come, in this process."""

    def __init__(self):
        self.next = dict.fromkeys(DUTIES, 0.0)

    def tick(self):
        """One duty that fails does not stop the others; that the database is away is for the worker to know."""
        for duty, seconds in DUTIES.items():
            if time.monotonic() < self.next[duty]:
                continue
            try:
                duty()
            except (OperationalError, InterfaceError):
                raise
            except Exception as error:
                place = traceback.extract_tb(error.__traceback__)[-1]
                logger.error("%s failed: %s in %s:%s", duty.__name__, type(error).__name__, place.name, place.lineno)
            self.next[duty] = time.monotonic() + seconds
