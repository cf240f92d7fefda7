"""A step: the place of one topic in one theme."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext


class StepQuerySet(models.QuerySet):
    def current_or_draft(self):
        """Steps that were not taken out, whether or not their topic can be read."""
        return self.filter(archived_at=None)

    def current(self):
        """Steps that learners see: not taken out, and with a published topic."""
        return self.current_or_draft().filter(topic__published_edition__isnull=False, topic__withdrawn_at=None)

    def counted(self):
        """D of rule 1: what counts for progress. Released or not (rule 3), never extras (rule 7)."""
        return self.current().filter(required=True)

    def released(self):
        """Steps that can be read now."""
        today = timezone.localdate()
        return self.filter(Q(release_date=None) | Q(release_date__lte=today))

    def with_authors_title(self):
        """Add ``authors_title``: what the draft says the topic is called, else the published edition; may be empty."""
        from courses.models.topics import Edition

        draft = Edition.objects.filter(topic=OuterRef("topic"), published_at=None)
        return self.annotate(
            authors_title=Coalesce(Subquery(draft.values("title")[:1]), "topic__published_edition__title", Value("")),
            has_draft=Exists(draft),
        )

    def ever_at(self, slug):
        """The steps with this address in their theme, or that had it."""
        return self.filter(Q(slug=slug) | Q(former_addresses__slug=slug)).distinct()

    def visible_to(self, user):
        """Steps of the themes that ``user`` may follow."""
        from courses.models.themes import Theme

        return self.current().filter(theme__in=Theme.objects.visible_to(user))


class Step(models.Model):
    """The place of one topic in one theme; its slug is the topic's address there.

    ``release_date``: readable from that day on, counted before it (rule 3). ``archived_at``: taken
    out of the theme. ``added_at``: since when it is in the theme, or counts, so that it can be
    shown as new. ``owed_at`` and ``owed_reason``: the author asks it of people who had finished.
    """

    theme = models.ForeignKey("Theme", on_delete=models.CASCADE, related_name="steps")
    topic = models.ForeignKey("Topic", on_delete=models.PROTECT, related_name="steps")
    slug = models.SlugField(max_length=80)
    position = models.PositiveIntegerField(null=True)
    required = models.BooleanField(default=True)
    release_date = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True)
    owed_at = models.DateTimeField(null=True)
    owed_reason = models.CharField(max_length=300, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = [F("position").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint("theme", "topic", name="step_once_per_topic"),
            models.UniqueConstraint("theme", "slug", name="step_once_per_slug"),
            models.UniqueConstraint("theme", "position", name="step_once_per_position"),
            models.CheckConstraint(
                condition=Q(archived_at=None, position__isnull=False) | Q(archived_at__isnull=False, position=None),
                name="step_has_a_position_until_taken_out",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("learning:topic", args=[self.theme.slug, self.slug])

    @property
    def title(self):
        edition = self.topic.published_edition
        return edition.title if edition else str(self.topic)

    @property
    def called(self):
        """What an author calls it; asks for ``with_authors_title``."""
        return getattr(self, "authors_title", "") or gettext("Untitled")

    @property
    def current(self):
        return self.archived_at is None and self.topic.published

    @property
    def counted(self):
        return self.current and self.required

    @property
    def edition_id(self):
        """The edition that learners read, or None."""
        return self.topic.published_edition_id
