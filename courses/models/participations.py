"""One learner's way through one theme, and the deeds that move it on."""

import uuid
from functools import partial

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from courses.models.deeds import Deed
from courses.models.facts import NO_MARKS, marks_of
from courses.models.holding import hold_learner
from courses.models.mails import Mail
from courses.models.prepared import Prepared
from courses.models.progress import Progress, ProgressEvent
from courses.models.roster import RosterRow
from courses.models.steps import Step
from courses.models.topics import Edition

MOVING = ("completed_at", "superseded_at", "completion_cause", "completion_snapshot")
"""What deeds change of a participation."""

AT_ONCE = 1_000
"""Completions that are confirmed together."""


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def active(self):
        """The attempt that counts now; earlier ones are history (rule 14)."""
        return self.filter(superseded_at=None)

    def finished(self):
        return self.filter(completed_at__isnull=False)

    def unfinished(self):
        return self.filter(completed_at=None)

    def unconfirmed(self):
        """Completed by a change of the theme alone, and no trainer said yet that it may be told (rule 18)."""
        return self.filter(completion_cause=Participation.Cause.STRUCTURE, completion_confirmed_at=None)

    @transaction.atomic
    def confirm(self):
        """Say of completions by structure that they may be told (rule 18); return those that were not told yet."""
        waiting = list(self.unconfirmed().select_for_update(of=("self",)).order_by("pk"))
        for begin in range(0, len(waiting), AT_ONCE):
            some = waiting[begin : begin + AT_ONCE]
            keys = [participation.pk for participation in some]
            self.model.objects.filter(pk__in=keys).update(completion_confirmed_at=timezone.now())
            Mail.objects.post(*[participation.congratulation() for participation in some])
        return waiting

    def of_learners(self):
        """Without trainers, who look around but do not count (rule 27)."""
        return self.filter(learner__is_trainer=False)

    def with_everything_done(self):
        """Those for whom N = D and D is not empty (rules 1, 2, 4)."""
        counted = Step.objects.counted().filter(theme=OuterRef("theme"))
        done = Progress.objects.completed().filter(participation=OuterRef(OuterRef("pk")), topic=OuterRef("topic"))
        return self.filter(Exists(counted)).exclude(Exists(counted.filter(~Exists(done))))

    def begin(self, theme, learner):
        """Return the learner's active participation in ``theme``, a new one if there is none.

        Two at once get the same one.
        """
        active = self.active().filter(theme=theme, learner=learner).first()
        if active:
            return active
        try:
            with transaction.atomic():
                hold_learner(learner.pk)  # so that whoever puts them on a roster meanwhile sees it, or is seen
                attempts = self.filter(theme=theme, learner=learner)
                latest = attempts.aggregate(latest=models.Max("attempt"))["latest"] or 0
                participation = self.create(theme=theme, learner=learner, attempt=latest + 1)
                RosterRow.objects.note(participation, NO_MARKS, active_at=participation.started_at)
                return participation
        except IntegrityError:
            return self.active().get(theme=theme, learner=learner)

    def hold(self, themes):
        """Before themes change: wait for deeds under way, and keep others out until the transaction ends.

        So ``settle`` and the rosters see their outcome, and deeds that come later see the changed themes. Locked
        before anything else of a theme is, as deeds do, so that nobody waits for each other.
        """
        active = self.active().filter(theme__in=themes)
        list(active.select_for_update().order_by("pk").values_list("pk", flat=True))

    def settle(self, theme):
        """After a change of the theme, finish those who have now done all of it (rule 18)."""
        if theme.published_at is None or theme.binned_at is not None:
            return
        for participation in self.active().unfinished().filter(theme=theme).with_everything_done().order_by("pk"):
            participation.finish(cause=Participation.Cause.STRUCTURE)


class Participation(models.Model):
    """One learner's way through one theme: attempt 1, 2, … of which the last is active.

    ``completed_at`` is history: set once, with ``completion_snapshot``, the topics and editions
    it stood on (rule 15). ``completion_cause`` says whether the learner's own deed made it so, or
    a change of the theme; mail and certificate of the latter wait for ``completion_confirmed_at``.
    """

    class Cause(models.TextChoices):
        DEED = "deed"
        STRUCTURE = "structure"

    theme = models.ForeignKey("Theme", on_delete=models.PROTECT, related_name="participations")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="participations")
    attempt = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    completion_cause = models.CharField(max_length=10, choices=Cause, blank=True)
    completion_snapshot = models.JSONField(default=list)
    completion_confirmed_at = models.DateTimeField(null=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("theme", "learner", "attempt", name="participation_once_per_attempt"),
            models.UniqueConstraint(
                fields=["theme", "learner"],
                condition=Q(superseded_at=None),
                name="participation_has_one_active_attempt",
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None, completion_cause="")
                | (Q(completed_at__isnull=False) & ~Q(completion_cause="")),
                name="participation_completed_with_a_cause",
            ),
        ]

    def __str__(self):
        return f"{self.learner} – {self.theme} ({self.attempt})"

    @transaction.atomic
    def open(self, step):
        """Remember that the learner opened a topic; the first time is an event."""
        self.lock()
        if self.superseded_at:
            return
        now = timezone.now()
        if not self.progress.filter(topic=step.topic_id).update(last_opened_at=now):
            self.new_progress(step, at=now).save()
            self.record(ProgressEvent.Kind.OPENED, step, deed=uuid.uuid4(), happened_at=now, received_at=now)
        RosterRow.objects.note_active(self, now)

    def complete(self, step, *, deed, **circumstances):
        """Complete a topic, and say whether this very call did it (rules 8–11).

        ``deed`` is the UUID of the form; the same deed again changes nothing. ``circumstances``:
        ``happened_at`` is given by a device that was offline, ``edition_id`` by a page that showed another
        edition than the one published now, ``actor`` and ``reason`` by who acts for the learner. If this was
        the last one, the theme is finished in the same transaction (rule 15).
        """
        return Deed(self, ProgressEvent.Kind.COMPLETED, step, key=deed, **circumstances).do()

    def reopen(self, step, *, deed, **circumstances):
        """Reopen a topic (rule 12); the theme's completion, if any, stays (rule 13)."""
        return Deed(self, ProgressEvent.Kind.REOPENED, step, key=deed, **circumstances).do()

    @transaction.atomic
    def take_over(self, step, *, deed):
        """Copy the completion that the learner made last in another theme (rule 20); the same answers as ``complete``.

        It is made here and now, of the edition that was read there. Nothing to copy: nothing happens.
        """
        rows = Progress.objects.filter(topic=step.topic_id).with_read_number()
        source = rows.completed_elsewhere(self.learner_id, self.theme_id).first()
        if source is None:
            return False
        here = rows.filter(participation=self).first() or source
        made_there = {"source_id": source.participation_id, "edition_id": source.edition_id}
        copied = Deed(self, ProgressEvent.Kind.COPIED, step, key=deed, **made_there).do()
        if copied:
            self.see(step, number=max(source.read_number, here.read_number))
        return copied

    @transaction.atomic
    def see(self, step, *, number):
        """Remember that the learner saw what changed up to the published edition with this number (rule 21).

        No deed: nothing is completed or counted by it. An edition that there is not, or that is not later than
        what was read or seen already, changes nothing.
        """
        self.lock()
        edition = Edition.objects.published().filter(topic=step.topic_id, number=number).first()
        if edition:
            before = self.progress.with_read_number().filter(topic=step.topic_id, read_number__lt=number)
            before.update(seen_edition=edition)

    def record(self, kind, step, *, actor=None, edition_id=None, **circumstances):
        """Return the new event; ``IntegrityError`` if the database has this deed already (rule 9)."""
        event = ProgressEvent(
            participation=self,
            kind=kind,
            topic_id=step.topic_id,
            edition_id=edition_id or step.edition_id,
            actor_id=actor.pk if actor else self.learner_id,
            **circumstances,
        )
        event.save(force_insert=True)
        return event

    def finish(self, *, cause, actor_id=None):
        """Complete the theme if all of it is done: once, with what it stood on (rule 15).

        The mail on it is written in the same transaction, but for a completion by structure, which a trainer confirms
        first (rule 18).
        """
        if self.completed_at is not None or not marks_of(self).everything_done:
            return False
        done = Progress.objects.completed().filter(
            participation=self, topic__in=Step.objects.counted().filter(theme=self.theme_id).values("topic")
        )
        now = timezone.now()
        stood_on = list(done.order_by("topic").values("topic", "edition", "completed_at"))
        when = now if cause == self.Cause.STRUCTURE else max(row["completed_at"] for row in stood_on)
        snapshot = [{"topic": row["topic"], "edition": row["edition"]} for row in stood_on]
        won = (
            type(self)
            .objects.unfinished()
            .filter(pk=self.pk)
            .update(completed_at=when, completion_cause=cause, completion_snapshot=snapshot)
        )
        if won:
            self.completed_at, self.completion_cause, self.completion_snapshot = when, cause, snapshot
            ProgressEvent.objects.create(
                participation=self,
                kind=ProgressEvent.Kind.THEME_COMPLETED,
                deed=uuid.uuid4(),
                happened_at=when,
                received_at=now,
                actor_id=actor_id,
            )
            RosterRow.objects.note_finished(self, when)
            if cause == self.Cause.DEED:
                self.congratulate()
        return bool(won)

    def congratulate(self):
        """Mail the learner that they completed the theme: once, whatever happens after."""
        Mail.objects.post(self.congratulation())

    def congratulation(self):
        return Mail(
            kind=Mail.Kind.THEME_COMPLETED,
            cause=f"completed {self.pk}",
            recipient_id=self.learner_id,
            participation=self,
        )

    @transaction.atomic
    def restart(self):
        """Begin again, empty; this attempt stays readable (rule 14). Twice at once is once."""
        theme = type(self.theme).objects.select_for_update(no_key=True).get(pk=self.theme_id)
        active = type(self).objects.active().filter(pk=self.pk)
        if active.update(superseded_at=timezone.now()):
            self.refresh_from_db(fields=["superseded_at"])
        return type(self).objects.begin(theme, self.learner)

    def lock(self):
        """Let no other deed of this participation in until the transaction ends."""
        [current] = locked(self.pk)
        for name, value in zip(MOVING, current, strict=True):
            setattr(self, name, value)

    def new_progress(self, step, *, at, by=None):
        """The first progress on a step, unsaved; what a trainer begins, the learner has not opened yet."""
        opened_last = at if by in (None, self.learner_id) else self.started_at
        return Progress(
            participation=self,
            topic_id=step.topic_id,
            edition_id=step.edition_id,
            opened_at=at,
            last_opened_at=opened_last,
        )


@partial(Prepared, arguments=1)
def locked(participation):
    return Participation.objects.filter(pk=participation).select_for_update().values_list(*MOVING)
