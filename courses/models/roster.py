"""The roster of a group, kept so that a group of a hundred thousand is listed as fast as one of ten.

It is never the truth: every row follows from the learner's participations, and ``check_progress`` finds and mends any
that does not (docs/decisions/0011-roster.md).
"""

from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models.facts import NOTHING, facts_of, plain, sorting_name, steps_ever
from courses.models.holding import hold_learners
from courses.models.prepared import Prepared

STALLED_AFTER = timedelta(days=14)
"""So long without reading or completing anything, and somebody under way has stalled."""

AT_ONCE = 2_000
"""Learners whose facts are asked for together."""


class State(models.TextChoices):
    """How far a learner is with a theme, for those who guide them."""

    NOT_STARTED = "not-started", _("Not started")
    UNDER_WAY = "under-way", _("In progress")
    STALLED = "stalled", _("Stalled")
    FINISHED = "finished", _("Completed")


class RosterQuerySet(models.QuerySet["RosterRow"]):
    # Reading

    def in_state(self, state):
        return self.filter(STATES[State(state)]())

    def searched(self, words):
        """Rows whose name or address has all of these words."""
        for word in words.split()[:8]:
            self = self.filter(sorting_name__contains=plain(word))
        return self

    # Keeping

    def enrol(self, group_theme, memberships):
        """Put these memberships, but no trainers, on the roster of ``group_theme``; who stands there stays.

        The theme is held already (``hold_group``).
        """
        waiting = memberships.of_learners().select_related("learner").order_by("pk")
        hold_learners(waiting.order_by().values_list("learner", flat=True), [group_theme.theme_id])
        last = 0
        while page := list(waiting.filter(pk__gt=last)[:AT_ONCE]):
            last = page[-1].pk
            self.bulk_create(standing_in(group_theme, page), ignore_conflicts=True)

    def of(self, participation):
        """Its learner's rows; who holds the participation finds them all. In no group: nothing is written."""
        found = rows_of(participation.learner_id, participation.theme_id)
        return self.filter(pk__in=[pk for (pk,) in found]) if found else self.none()

    def note(self, participation, marks, *, active_at=None):
        """Write what a participation has completed now, if it is the active one; and ``note_active``."""
        if participation.superseded_at:
            return self.note_active(participation, active_at)
        changed = {"done": marks.done, "completed_count": marks.completed_count}
        if active_at:
            day = Value(timezone.localdate(active_at), output_field=models.DateField())
            changed["active_on"] = Greatest(Coalesce("active_on", day), day)
        return self.of(participation).update(**changed)

    def note_active(self, participation, moment):
        """Write that the learner did something themselves, by the day, and never an earlier one; None: they did not."""
        if moment is None:
            return
        day = timezone.localdate(moment)
        self.of(participation).filter(Q(active_on=None) | Q(active_on__lt=day)).update(active_on=day)

    def note_finished(self, participation, moment):
        day = timezone.localdate(moment)
        self.of(participation).filter(Q(finished_on=None) | Q(finished_on__gt=day)).update(finished_on=day)

    def recount(self, theme):
        """After a change of what counts in ``theme``; each pattern of completed steps is counted once."""
        rows = self.filter(group_theme__theme=theme)
        patterns = list(rows.order_by().values_list("done", "completed_count").distinct())
        counts = [counts for _topic, counts in steps_ever(theme)] if patterns else []
        for done, before in patterns:
            now = sum(counts and mark == "1" for counts, mark in zip(counts, done, strict=False))
            if now != before:
                rows.filter(done=done, completed_count=before).update(completed_count=now)


@partial(Prepared, arguments=2)
def rows_of(learner, theme):
    return RosterRow.objects.filter(learner=learner, group_theme__theme=theme).values_list("pk")


def standing_in(group_theme, memberships):
    """Rows for these memberships, as is true now."""
    known = facts_of(group_theme.theme_id, [one.learner_id for one in memberships])
    return [RosterRow.of(group_theme, one, known.get(one.learner_id, NOTHING)) for one in memberships]


class RosterRow(models.Model):
    """What the roster of a group says of one member in one theme.

    ``done`` marks the completed steps: its n-th character is 1 if the n-th step the theme ever had is completed in the
    active participation, so that what counts can change without anybody's progress being read again.
    ``completed_count`` is N of rule 2. ``active_on``: the last day that the learner did something; None: never.
    ``finished_on``: the day of the first completion of the theme, which is history (rule 16).
    """

    group_theme = models.ForeignKey("GroupTheme", on_delete=models.CASCADE, related_name="roster", db_index=False)
    membership = models.ForeignKey("Membership", on_delete=models.CASCADE, related_name="roster")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sorting_name = models.CharField(max_length=400)
    done = models.CharField(max_length=2_000, blank=True)
    completed_count = models.PositiveIntegerField(default=0)
    active_on = models.DateField(null=True)
    finished_on = models.DateField(null=True)

    objects = RosterQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("group_theme", "learner", name="roster_once_per_learner")]
        indexes = [
            models.Index("group_theme", "sorting_name", "id", "active_on", "finished_on", name="roster_by_name"),
            models.Index("group_theme", "completed_count", "id", "active_on", "finished_on", name="roster_by_progress"),
            models.Index("group_theme", "active_on", "id", "finished_on", name="roster_by_day"),
            models.Index("group_theme", "done", "active_on", "finished_on", name="roster_by_steps"),
        ]

    def __str__(self):
        return f"{self.group_theme_id}/{self.learner_id}"

    @classmethod
    def of(cls, group_theme, membership, facts):
        return cls(
            group_theme=group_theme,
            membership=membership,
            learner=membership.learner,
            sorting_name=sorting_name(membership.learner),
            **facts._asdict(),
        )

    @property
    def state(self):
        if self.finished_on:
            return State.FINISHED
        if self.active_on is None:
            return State.NOT_STARTED
        return State.STALLED if self.active_on < timezone.localdate() - STALLED_AFTER else State.UNDER_WAY


def finished():
    return Q(finished_on__isnull=False)


def not_started():
    return Q(finished_on=None, active_on=None)


def stalled():
    return Q(finished_on=None, active_on__lt=timezone.localdate() - STALLED_AFTER)


def under_way():
    return Q(finished_on=None, active_on__gte=timezone.localdate() - STALLED_AFTER)


STATES = {
    State.NOT_STARTED: not_started,
    State.UNDER_WAY: under_way,
    State.STALLED: stalled,
    State.FINISHED: finished,
}
