"""How long things are kept: one table, kept by the worker every hour and by ``manage.py retention``.

Whoever stands on accounts enters their periods in ``AppConfig.ready``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from accounts.personal import remembering
from accounts.personal.erasing import let_go_of
from accounts.personal.leftovers import ended_sessions, forget_ended_sessions, forget_visits, visits
from accounts.personal.registry import Person, Words

INACTIVE_AFTER = timedelta(days=730)
"""Accounts that nobody used for so long are listed, never deleted: progress is theirs, and they may come back."""


def delete(rows):
    rows.delete()


@dataclass(frozen=True)
class Period:
    """``overdue(before)``: the rows whose time was over before that moment; ``clear(rows)`` lets them go."""

    name: str
    what: Words
    kept: timedelta
    why: Words
    overdue: Callable[[datetime], Any]
    clear: Callable[[Any], Any] = delete

    @property
    def years(self):
        """How many, if they are whole; else nought."""
        years, days = divmod(self.kept.days, 365)
        return 0 if days else years


_periods: list[Period] = []


def register(*periods):
    _periods.extend(periods)


def periods():
    return list(_periods)


def overdue(period):
    return period.overdue(timezone.now() - period.kept)


def keep_to_periods():
    """Let go of everything whose time is over. One period that fails does not keep the others from it."""
    failed = []
    for period in _periods:
        try:
            period.clear(overdue(period))
        except Exception as error:  # raised below
            failed.append(error)
    if failed:
        raise failed[0]


def inactive_accounts():
    """Whoever did not sign in for so long, the longest first."""
    before = timezone.now() - INACTIVE_AFTER
    return get_user_model().objects.filter(joined_at__lt=before).exclude(last_login__gte=before).order_by("last_login")


def never_confirmed(before):
    """Accounts that somebody made with an address, and never showed that it is theirs."""
    from allauth.account.models import EmailAddress

    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    made = get_user_model().objects.filter(Exists(addresses), joined_at__lt=before, last_login=None)
    return made.exclude(Exists(addresses.filter(verified=True)))


def erase_each(users):
    """What stands under the address elsewhere stays: it may be an invitation to somebody else, whose address it is."""
    for user in users:
        let_go_of(Person(user, frozenset()))


def enter():
    register(
        Period(
            "ended sessions",
            _("Where you were signed in, after it ended"),
            timedelta(0),
            _("It is of no use any more."),
            ended_sessions,
            lambda rows: forget_ended_sessions(),
        ),
        Period(
            "visits",
            _("What somebody began without signing in, such as a new account"),
            timedelta(days=1),
            _("The address that was typed stands with it."),
            visits,
            forget_visits,
        ),
        Period(
            "results of work",
            _("What work in the background came to"),
            timedelta(days=7),
            _("So that the keeper can see for a week what went wrong."),
            lambda before: DBTaskResult.objects.finished().filter(finished_at__lt=before),
        ),
        Period(
            "unconfirmed accounts",
            _("Accounts whose address nobody confirmed"),
            timedelta(days=30),
            _("The address may be that of somebody who never asked for it."),
            never_confirmed,
            erase_each,
        ),
        Period(
            "admin log",
            _("What staff did in the admin"),
            timedelta(days=365),
            _("So that a change of rights can be explained for a year."),
            lambda before: LogEntry.objects.filter(action_time__lt=before),
        ),
        Period(
            "list of erasures",
            _("The list of who was erased, in codes from which no address can be read"),
            timedelta(days=730),
            _("So that a backup that is put back does not bring anybody back. Backups are not to be kept longer."),
            remembering.older_than,
            remembering.strike_off,
        ),
    )
