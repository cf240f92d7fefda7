"""The history of a draft: what it said at the end of each sitting."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from courses.articles.sanitise import sanitise
from courses.models.pictures import new_public_id

SITTING = timedelta(minutes=30)
"""After such a pause a save begins a new entry."""


class VersionQuerySet(models.QuerySet):
    def remember(self, topic, *, author, **text):
        """Note what the draft of ``topic`` says now: in the entry of this sitting, else in a new one.

        A sitting ends with a pause, when somebody else writes, when its entry gets a name, and when it is published.
        """
        now = timezone.now()
        last = self.filter(topic=topic).order_by("-pk").values("pk")[:1]
        sitting = self.filter(
            pk=models.Subquery(last), author=author, name="", edition=None, saved_at__gte=now - SITTING
        )
        if not sitting.update(**text, saved_at=now):
            self.create(topic=topic, author=author, **text, began_at=now, saved_at=now)

    def became(self, edition):
        """The draft was published: what was written last is that edition."""
        self.last_of(edition.topic_id).filter(edition=None).update(edition=edition)

    def last_of(self, topic_pk):
        return self.filter(pk=models.Subquery(self.filter(topic=topic_pk).order_by("-pk").values("pk")[:1]))


class Version(models.Model):
    """What a draft said at the end of one sitting. ``edition``: what it became when it was published."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    topic = models.ForeignKey("Topic", on_delete=models.PROTECT, related_name="versions")
    edition = models.ForeignKey("Edition", null=True, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=300, blank=True)
    summary = models.CharField(max_length=500, blank=True)
    html = models.TextField(blank=True)
    began_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return self.name or f"{self.title} {self.saved_at:%Y-%m-%d %H:%M}"

    @property
    def source(self):
        return sanitise(self.html)
