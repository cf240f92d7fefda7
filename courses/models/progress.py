"""How far one learner is with one topic, and the record of how it came about."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone


class ProgressQuerySet(models.QuerySet):
    """The words in which the rest of the project asks about progress."""

    def completed(self):
        return self.filter(completed_at__isnull=False)

    def with_read_number(self):
        """Add ``read_number``: of the edition that was read or seen last (rule 21)."""
        return self.annotate(read_number=Greatest("edition__number", Coalesce("seen_edition__number", 0)))

    def completed_elsewhere(self, learner, theme):
        """What this learner completed in other themes than this one, in whichever attempt (rule 20); the last first."""
        elsewhere = self.completed().filter(participation__learner=learner).exclude(participation__theme=theme)
        return elsewhere.order_by("-completed_at", "-pk")


class Progress(models.Model):
    """One participation and one topic. No row: never opened. Without ``completed_at``: under way.

    ``first_completed_at`` is set once and never changes (rule 10). ``edition`` is the one that was
    read: when first opened, then each time it was completed; ``seen_edition`` a later one, of which they
    said that they saw what changed (rule 21). ``on_behalf``: the deed that holds now, if a trainer did it for
    them (rule 28); a reopening where nothing was ever completed holds nothing. ``place`` is the paragraph
    read last. ``spent_deeds`` are UUIDs of forms that changed nothing, and must not when they come again.
    """

    participation = models.ForeignKey("Participation", on_delete=models.CASCADE, related_name="progress")
    topic = models.ForeignKey("Topic", on_delete=models.PROTECT, related_name="progress")
    edition = models.ForeignKey("Edition", on_delete=models.PROTECT, related_name="+")
    seen_edition = models.ForeignKey("Edition", null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    last_opened_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    first_completed_at = models.DateTimeField(null=True)
    on_behalf = models.ForeignKey("ProgressEvent", null=True, on_delete=models.SET_NULL, related_name="+")
    spent_deeds = models.JSONField(default=list)
    place = models.CharField(max_length=100, blank=True)

    objects = ProgressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("participation", "topic", name="progress_once_per_topic"),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(first_completed_at__isnull=False),
                name="progress_completed_has_a_first_time",
            ),
        ]

    def __str__(self):
        return f"{self.participation_id}/{self.topic_id}"


class ProgressEventQuerySet(models.QuerySet):
    def deeds_on(self, topic_id):
        """What completed or reopened the topic with this primary key; a copied completion is one (rule 20)."""
        kinds = [ProgressEvent.Kind.COMPLETED, ProgressEvent.Kind.COPIED, ProgressEvent.Kind.REOPENED]
        return self.filter(topic=topic_id, kind__in=kinds)


class ProgressEvent(models.Model):
    """What happened, by whom and why. The database refuses to change it (``guards``).

    ``deed`` is the UUID that the form carried: the same deed sent again is refused (rule 9).
    ``happened_at`` may lie before ``received_at`` when a device was offline (rule 11). ``actor`` is
    the learner, or a trainer who acts for them, with a ``reason`` (rule 28). Without ``topic`` it is
    about the theme; ``source`` is the participation that progress was copied from (rule 20).
    """

    class Kind(models.TextChoices):
        OPENED = "opened"
        COMPLETED = "completed"
        REOPENED = "reopened"
        COPIED = "copied"
        THEME_COMPLETED = "theme-completed"

    participation = models.ForeignKey("Participation", on_delete=models.CASCADE, related_name="events")
    topic = models.ForeignKey("Topic", null=True, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey("Edition", null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    deed = models.UUIDField()
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    source = models.ForeignKey("Participation", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ProgressEventQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [
            models.UniqueConstraint("deed", "kind", "topic", name="progress_event_once_per_deed"),
            models.UniqueConstraint(
                models.F("participation"),
                condition=Q(kind="theme-completed"),
                name="progress_event_once_per_theme_completion",
            ),
            models.CheckConstraint(
                condition=Q(kind="theme-completed", topic=None) | (~Q(kind="theme-completed") & Q(topic__isnull=False)),
                name="progress_event_about_a_topic_or_the_theme",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.happened_at:%Y-%m-%d %H:%M}"

    @property
    def order(self):
        """Rule 11: by the time it happened, then by receipt, then by UUID."""
        return (self.happened_at, self.received_at, self.deed)


class Told(NamedTuple):
    """What an event tells; a row of the model costs ten times as much."""

    pk: int
    kind: str
    happened_at: datetime
    actor_id: int | None
    received_at: datetime | None = None
    deed: UUID | None = None

    @property
    def order(self):
        """As of the event itself (rule 11)."""
        return (self.happened_at, self.received_at, self.deed)


def completion(events):
    """Return (completed_at, first_completed_at) that follow from the events on one topic.

    ``completed_at`` is when the completion that now holds was made, or None (rule 11: the last
    one wins). ``first_completed_at`` belongs to the first completion that was received (rule 10).
    """
    completed_at = None
    for event in sorted(events, key=lambda event: event.order):
        reopened = event.kind == ProgressEvent.Kind.REOPENED
        completed_at = None if reopened else completed_at or event.happened_at
    made = [event for event in events if event.kind != ProgressEvent.Kind.REOPENED]
    first = min(made, key=lambda event: event.pk, default=None)
    return completed_at, first and first.happened_at
