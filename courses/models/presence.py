"""Who is writing a topic at this moment."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

STILL_THERE = timedelta(seconds=45)


class PresenceQuerySet(models.QuerySet):
    def announce(self, topic, person):
        """``person`` has the topic open for writing; said again every few seconds."""
        self.update_or_create(topic=topic, person=person, defaults={"seen_at": timezone.now()})

    def others(self, topic, person):
        """The names of who else has it open."""
        there = self.filter(topic=topic, seen_at__gte=timezone.now() - STILL_THERE).exclude(person=person)
        return [name or email for name, email in there.order_by("pk").values_list("person__name", "person__email")]


class Presence(models.Model):
    topic = models.ForeignKey("Topic", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("topic", "person", name="presence_once_per_person")]

    def __str__(self):
        return f"{self.person_id}/{self.topic_id}"
