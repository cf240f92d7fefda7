"""The roster of a group, kept so that a group of a hundred thousand is listed as fast as one of ten.

It is never the truth: every row follows from the learner's participations, and ``check_progress`` finds and mends any
that does not (docs/decisions/0011-roster.md).
"""

import unicodedata
from datetime import date, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, FilteredRelation, Max, Q, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models.progress import Progress, ProgressEvent
from courses.models.steps import Step

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


class Marks(NamedTuple):
    """Which of all steps a theme ever had, oldest first, count now, and which of them are completed: (counts, done)."""

    steps: tuple[tuple[bool, bool], ...]

    @property
    def done(self):
        return "".join("1" if done else "0" for _counts, done in self.steps).rstrip("0")

    @property
    def completed_count(self):
        return sum(counts and done for counts, done in self.steps)

    @property
    def everything_done(self):
        """N = D, and D is not empty (rules 1, 2 and 4)."""
        counted = [done for counts, done in self.steps if counts]
        return bool(counted) and all(counted)


NO_MARKS = Marks(())
"""Of an attempt that begins."""


class Facts(NamedTuple):
    """What a roster row says of one learner in one theme."""

    done: str
    completed_count: int
    active_on: date | None
    finished_on: date | None


def sorting_name(user):
    """By which rosters are sorted and searched: name and address, without accents or capitals."""
    text = unicodedata.normalize("NFKD", f"{user.get_full_name()} {user.email}".casefold())
    return "".join(character for character in text if not unicodedata.combining(character))[:400]


def steps_ever(theme):
    """(topic, counts) of every step the theme ever had, oldest first: the order in which ``done`` marks them."""
    counted = set(Step.objects.counted().filter(theme=theme).values_list("pk", flat=True))
    steps = Step.objects.filter(theme=theme).order_by("pk").values_list("pk", "topic")
    return [(topic, pk in counted) for pk, topic in steps]


def marks_of(participation):
    """What this participation completed of all steps the theme ever had, in one query."""
    mine = FilteredRelation("topic__progress", condition=Q(topic__progress__participation=participation.pk))
    counts = Q(archived_at=None, topic__published_edition__isnull=False, topic__withdrawn_at=None, required=True)
    steps = Step.objects.filter(theme=participation.theme_id).annotate(
        mine=mine, counts=models.Case(models.When(counts, then=True), default=False)
    )
    rows = steps.order_by("pk").values_list("counts", "mine__completed_at")
    return Marks(tuple((bool(counts), completed_at is not None) for counts, completed_at in rows))


def facts_of(theme, learners):
    """Return {primary key of a learner: Facts} for those of ``learners`` who ever began ``theme``; five queries."""
    from courses.models.participations import Participation

    began = Participation.objects.filter(theme=theme, learner__in=learners)
    dates: dict[int, list] = {}
    for learner, started_at, completed_at in began.values_list("learner", "started_at", "completed_at"):
        dates.setdefault(learner, [[], []])
        dates[learner][0].append(started_at)
        dates[learner][1].extend([completed_at] if completed_at else [])
    rows = Progress.objects.filter(participation__in=began)
    for learner, opened_at in rows.values_list("participation__learner").annotate(Max("last_opened_at")):
        dates[learner][0].append(opened_at)
    own = ProgressEvent.objects.filter(participation__in=began, actor=F("participation__learner"))
    for learner, happened_at in own.values_list("participation__learner").annotate(Max("happened_at")):
        dates[learner][0].append(happened_at)
    steps = steps_ever(theme)
    completed: dict[int, set[int]] = {}
    of_now = rows.completed().filter(participation__superseded_at=None)
    for learner, topic in of_now.values_list("participation__learner", "topic"):
        completed.setdefault(learner, set()).add(topic)
    return {learner: facts(steps, completed.get(learner, ()), *dates[learner]) for learner in dates}


def facts(steps, completed, active_at, finished_at):
    marks = Marks(tuple((counts, topic in completed) for topic, counts in steps))
    finished = timezone.localdate(min(finished_at)) if finished_at else None
    return Facts(marks.done, marks.completed_count, timezone.localdate(max(active_at)), finished)


NOTHING = Facts("", 0, None, None)
"""Of a learner who never began."""


class RosterQuerySet(models.QuerySet["RosterRow"]):
    # Reading

    def in_state(self, state):
        return self.filter(STATES[State(state)]())

    def searched(self, words):
        """Rows whose name or address has all of these words."""
        for word in words.split()[:8]:
            plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
            self = self.filter(sorting_name__contains=plain)
        return self

    # Keeping

    def enrol(self, group_theme, memberships):
        """Put these memberships, but no trainers, on the roster of ``group_theme``; who stands there stays."""
        waiting = memberships.of_learners().select_related("learner").order_by("pk")
        last = 0
        while page := list(waiting.filter(pk__gt=last)[:AT_ONCE]):
            last = page[-1].pk
            known = facts_of(group_theme.theme_id, [one.learner_id for one in page])
            self.bulk_create(
                [RosterRow.of(group_theme, one, known.get(one.learner_id, NOTHING)) for one in page],
                ignore_conflicts=True,
            )

    def of(self, participation):
        from courses.models.groups import GroupTheme

        themes = GroupTheme.objects.filter(theme=participation.theme_id)
        return self.filter(learner=participation.learner_id, group_theme__in=themes)

    def note(self, participation, marks, *, active_at=None):
        """Write what a participation has completed now, if it is the active one; and ``note_active``."""
        if participation.superseded_at:
            return self.note_active(participation, active_at) if active_at else None
        changed = {"done": marks.done, "completed_count": marks.completed_count}
        if active_at:
            day = Value(timezone.localdate(active_at), output_field=models.DateField())
            changed["active_on"] = Greatest(Coalesce("active_on", day), day)
        return self.of(participation).update(**changed)

    def note_active(self, participation, moment):
        """Write that the learner did something themselves; by the day, and never an earlier one."""
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

    def refresh(self, learner):
        """Write anew what every roster says of one learner, with all their deeds kept out meanwhile."""
        from courses.models.participations import Participation

        with transaction.atomic():
            mine = Participation.objects.active().filter(learner=learner)
            list(mine.select_for_update().order_by("pk").values_list("pk", flat=True))
            for row in self.filter(learner=learner).select_related("group_theme", "learner"):
                found = facts_of(row.group_theme.theme_id, [learner]).get(learner, NOTHING)
                self.filter(pk=row.pk).update(**found._asdict(), sorting_name=sorting_name(row.learner))


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
            models.Index("group_theme", "sorting_name", "active_on", "finished_on", name="roster_by_name"),
            models.Index("group_theme", "completed_count", "active_on", "finished_on", name="roster_by_progress"),
            models.Index("group_theme", "active_on", "finished_on", name="roster_by_day"),
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
