"""Completing, reopening and taking over a topic: recorded as an event, from which the state follows."""

from datetime import timedelta
from functools import partial

from django.db import DEFAULT_DB_ALIAS, IntegrityError, transaction
from django.utils import timezone

from courses.models.facts import marks_in
from courses.models.holding import hold
from courses.models.prepared import Prepared
from courses.models.progress import Progress, ProgressEvent, Told, completion
from courses.models.roster import RosterRow

INSTANT = timedelta(microseconds=1)

PROGRESS_COLUMNS = [field.attname for field in Progress._meta.concrete_fields]

SPENT_DEEDS_KEPT = 50


class DoneBeforeError(Exception):
    """The database has this deed already; no part of it is done again."""


class Deed:
    """One deed on one topic, done once however often it is sent (rule 9).

    ``key`` is the UUID of its form. ``happened_at`` is given by a device that was offline: if it is late, the attempt
    of that moment is meant (rule 11). ``circumstances`` are the event's: ``edition_id``, ``actor``, ``reason``,
    ``source_id``.
    """

    def __init__(self, participation, kind, step, *, key, happened_at=None, **circumstances):
        if step.theme_id != participation.theme_id:
            raise ValueError("A step of another theme")
        self.participation, self.kind, self.step, self.key = participation, kind, step, key
        self.happened_at, self.received_at, self.circumstances = happened_at, timezone.now(), circumstances
        self.is_late = happened_at is not None and happened_at < self.received_at

    def do(self):
        """Say whether this very call changed what is completed."""
        try:
            return self.do_now()
        except DoneBeforeError:
            return False

    @transaction.atomic
    def do_now(self):
        """One deed of this learner at a time."""
        if self.is_late:
            self.participation = self.attempt_of_then()
        self.participation.lock()
        self.read()
        if self.changes_nothing() or self.is_spent():
            return self.spend()
        event = self.record()
        active_at = event.happened_at if event.actor_id == self.participation.learner_id else None  # rule 28
        if self.progress is None and self.kind == ProgressEvent.Kind.REOPENED:
            RosterRow.objects.note_active(self.participation, active_at)
            return False
        progress = self.follow(event)
        self.count(progress, event, active_at)
        return bool(progress.completed_at) != self.was_completed

    def attempt_of_then(self):
        """The attempt that was active at the moment of a late deed (rule 11)."""
        latest = self.participation
        attempts = type(latest).objects.filter(theme=latest.theme_id, learner=latest.learner_id)
        hold(attempts)
        if self.happened_at >= latest.started_at:
            return latest
        earlier = attempts.filter(attempt__lt=latest.attempt, started_at__lte=self.happened_at)
        return earlier.order_by("-attempt").first() or latest

    def read(self):
        """All progress of the learner here, and what was done on this topic."""
        rows = progress_in(self.participation.pk)
        everything = [Progress.from_db(DEFAULT_DB_ALIAS, PROGRESS_COLUMNS, row) for row in rows]
        self.everything = {progress.topic_id: progress for progress in everything}
        self.progress = self.everything.get(self.step.topic_id)
        self.events = [Told._make(row) for row in deeds_told(self.participation.pk, self.step.topic_id)]
        self.was_completed = completion(self.events)[0] is not None

    def changes_nothing(self):
        """Whether it is as the deed would make it; a late one may still tell since when."""
        if self.is_late:
            return False
        completes = self.kind != ProgressEvent.Kind.REOPENED
        return self.participation.superseded_at or (self.progress and self.was_completed == completes)

    def is_spent(self):
        return self.progress and str(self.key) in self.progress.spent_deeds

    def spend(self):
        """Remember a deed that changed nothing, so that it changes nothing when it is sent again (rule 9)."""
        if self.progress and not self.is_spent():
            self.progress.spent_deeds = [*self.progress.spent_deeds, str(self.key)][-SPENT_DEEDS_KEPT:]
            self.progress.save(update_fields=["spent_deeds"])
        return False

    def record(self):
        """Return the new event."""
        times = {"happened_at": self.moment(), "received_at": self.received_at}
        try:
            return self.participation.record(self.kind, self.step, deed=self.key, **times, **self.circumstances)
        except IntegrityError as error:
            raise DoneBeforeError from error

    def moment(self):
        """When it counts as done: now and after all that was done before; a late deed not before its attempt began."""
        if self.is_late:
            return max(self.happened_at, self.participation.started_at)
        return max([self.received_at, *(event.happened_at + INSTANT for event in self.events)])

    def follow(self, event):
        """Write and return the progress that follows from all events, this one the last received."""
        events, participation = [*self.events, event], self.participation
        began = {"at": event.happened_at, "by": event.actor_id}
        progress = self.progress or participation.new_progress(self.step, **began)
        progress.completed_at, progress.first_completed_at = completion(events)
        made = [one.happened_at for one in events if one.kind != ProgressEvent.Kind.REOPENED]
        progress.opened_at = min([progress.opened_at, *made])
        if progress.completed_at and not self.was_completed:
            progress.edition_id = event.edition_id
        latest = max(events, key=lambda event: event.order)
        progress.on_behalf_id = latest.pk if made and latest.actor_id != participation.learner_id else None
        progress.save()
        return progress

    def count(self, progress, event, active_at):
        """Note it on rosters, and finish the theme if this was the last topic (rule 15)."""
        everything = {**self.everything, self.step.topic_id: progress}
        completed = {topic for topic, one in everything.items() if one.completed_at}
        marks = marks_in(self.participation.theme_id, completed)
        RosterRow.objects.note(self.participation, marks, active_at=active_at)
        if progress.completed_at and marks.everything_done:
            self.participation.finish(cause=self.participation.Cause.DEED, actor_id=event.actor_id)


# What every deed asks


@partial(Prepared, arguments=1)
def progress_in(participation):
    return Progress.objects.filter(participation=participation).values_list(*PROGRESS_COLUMNS)


@partial(Prepared, arguments=2)
def deeds_told(participation, topic):
    deeds = ProgressEvent.objects.deeds_on(topic).filter(participation=participation)
    return deeds.order_by().values_list(*Told._fields)
