"""A topic, and the editions of its text."""

from contextlib import contextmanager

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from courses.articles.outline import derive
from courses.articles.sanitise import POLICY_VERSION, sanitise
from courses.models.pictures import Picture
from courses.models.versions import Version


class StaleTextError(Exception):
    """Somebody else changed the text after the author read it; nothing was stored."""


class TopicQuerySet(models.QuerySet):
    def published(self):
        """Topics that learners can read: an edition is out, and was not withdrawn."""
        return self.filter(published_edition__isnull=False, withdrawn_at=None)


class Topic(models.Model):
    """An article-based lesson; its identity is never reused.

    What it is called and says stands in its editions. ``published_edition`` is the one that
    learners read; ``published_at`` is since when they can read this topic at all. While
    ``withdrawn_at`` is set they cannot, but the edition stays known, so that a title can be shown.
    ``text_version`` counts the changes of the text, so that a save from an old one is noticed.
    """

    published_edition = models.OneToOneField("Edition", null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    text_version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(published_edition=None, published_at=None, withdrawn_at=None)
                | Q(published_edition__isnull=False, published_at__isnull=False),
                name="topic_published_since_a_date_with_an_edition",
            )
        ]

    def __str__(self):
        edition = self.published_edition or self.editions.order_by("-number").first()
        return edition.title if edition else f"{self._meta.verbose_name} {self.pk}"

    @property
    def published(self):
        return self.published_edition_id is not None and self.withdrawn_at is None

    @property
    def draft(self):
        """The edition that is being written, or None."""
        return self.editions.filter(published_at=None).first()

    @property
    def text(self):
        """The edition that an author works on: the draft, else the published one; None if there is neither."""
        return self.draft or self.published_edition

    @transaction.atomic
    def write(self, *, title, html, summary="", author=None, base=None):
        """Put a text into the draft, make one if none stands open, and remember it in the history.

        ``base`` is the ``text_version`` that the author started from. Raises ``StaleTextError`` if that
        is no longer the current one: the condition is in the UPDATE, so of two saves from one base one wins.
        """
        current = Topic.objects.filter(pk=self.pk, **({} if base is None else {"text_version": base}))
        if not current.update(text_version=F("text_version") + 1):
            raise StaleTextError
        text = {"title": title, "summary": summary, "html": sanitise(html), "author": author}
        written = {**text, "policy_version": POLICY_VERSION, "written_at": timezone.now()}
        if not self.editions.filter(published_at=None).update(**written):
            number = (self.editions.aggregate(last=models.Max("number"))["last"] or 0) + 1
            self.editions.create(number=number, **written)
        Version.objects.remember(self, **text)
        self.refresh_from_db(fields=["text_version"])
        return self.draft

    @transaction.atomic
    def discard(self):
        """Let go of the draft; what it said stays in the history. A topic without another edition keeps it."""
        if self.published_edition_id and self.editions.filter(published_at=None).delete()[0]:
            Topic.objects.filter(pk=self.pk).update(text_version=F("text_version") + 1)
        self.refresh_from_db(fields=["text_version"])

    def retitle(self, title, *, author=None):
        """Call it ``title``: in the draft that stands open, else for learners too, as a small edition."""
        standing, text = self.draft, self.text
        if text is None or text.title != title:
            source = {"summary": text.summary, "html": text.source} if text else {"html": ""}
            self.write(title=title, author=author, **source)
            if standing is None and self.published:
                self.publish()

    def publish(self, *, major=False, note=""):
        """Publish the draft: from now on it is what learners read (rule 21).

        Publishing a topic for the first time, or again after it was withdrawn, adds a step to
        every theme it stands in (rule 17).
        """
        with changing(self):
            draft = self.draft
            if draft is None and not self.withdrawn_at:
                return
            now = timezone.now()
            if draft is not None:
                draft.publish(at=now, major=major, note=note)
                self.published_edition = draft
                Version.objects.became(draft)
            if self.published_at is None or self.withdrawn_at:
                self.published_at, self.withdrawn_at = now, None
            self.save()

    def withdraw(self):
        """Take the topic away from learners; their completions stay and return with it (rule 18)."""
        with changing(self):
            if self.published:
                self.withdrawn_at = timezone.now()
                self.save()


@contextmanager
def changing(topic):
    """Lock the themes in which ``topic`` is a step, then the topic, and settle their participations afterwards.

    Themes that it was put into before the topic was locked are taken along.
    """
    from courses.models.themes import changing_themes

    with changing_themes(steps__topic=topic):
        topic.refresh_from_db(from_queryset=Topic.objects.select_for_update(no_key=True))
        with changing_themes(steps__topic=topic):
            yield


class EditionQuerySet(models.QuerySet):
    def published(self):
        return self.filter(published_at__isnull=False)


class Edition(models.Model):
    """One version of a topic's text.

    Without ``published_at`` it is the draft, of which there is at most one. A published edition
    never changes: the database refuses it (``guards``). ``html`` is sanitised; publication adds
    anchors and picture sizes, and derives ``outline``, ``text`` and ``reading_minutes`` from it.
    """

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300, blank=True)
    summary = models.CharField(max_length=500, blank=True)
    html = models.TextField(blank=True)
    outline = models.JSONField(default=list)
    text = models.TextField(blank=True)
    reading_minutes = models.PositiveSmallIntegerField(default=1)
    major = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    policy_version = models.PositiveSmallIntegerField(default=POLICY_VERSION, editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["topic", "number"]
        constraints = [
            models.UniqueConstraint("topic", "number", name="edition_once_per_number"),
            models.UniqueConstraint(F("topic"), condition=Q(published_at=None), name="topic_has_at_most_one_draft"),
        ]

    def __str__(self):
        return f"{self.title} ({self.number})"

    @property
    def source(self):
        """The text as it was written: without the anchors and sizes that publication added."""
        return sanitise(self.html)

    def publish(self, *, at, major, note):
        """Derive what readers need, and close the edition for good."""
        html = Picture.adopted(self.html, topic=self.topic)
        sizes = {picture.address: (picture.width, picture.height) for picture in self.topic.pictures.all()}
        derived = derive(html, sizes)
        self.html, self.outline, self.text = derived.html, derived.outline, derived.text
        self.reading_minutes = derived.reading_minutes
        self.major, self.note, self.published_at = major, note, at
        self.save()
