"""What trainers write to and about a learner, and who looked at whose progress."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models.mails import Mail

PRESSED_TWICE = timedelta(minutes=5)


class Note(models.Model):
    """What a trainer noted about a member, for the trainers of the group alone."""

    membership = models.ForeignKey("Membership", on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-written_at", "-pk"]

    def __str__(self):
        return f"{self.membership_id} {self.written_at:%Y-%m-%d}"


class MessageQuerySet(models.QuerySet["Message"]):
    @transaction.atomic
    def send(self, membership, *, sender, text):
        """Write to a member: it stands on their own page at once, and is mailed if they want mail.

        The same words sent again within a few minutes are the same message: somebody pressed twice.
        """
        type(membership).objects.select_for_update(no_key=True).get(pk=membership.pk)
        just_now = {"sender": sender, "text": text, "sent_at__gt": timezone.now() - PRESSED_TWICE}
        if sent := membership.messages.filter(**just_now).first():
            return sent
        message = self.create(membership=membership, sender=sender, text=text)
        Mail.objects.post(
            Mail(
                kind=Mail.Kind.MESSAGE,
                cause=f"message {message.pk}",
                recipient_id=membership.learner_id,
                message=message,
            )
        )
        return message


class Message(models.Model):
    """What a trainer wrote to a member."""

    membership = models.ForeignKey("Membership", on_delete=models.CASCADE, related_name="messages")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    sent_at = models.DateTimeField(default=timezone.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self):
        return f"{self.membership_id} {self.sent_at:%Y-%m-%d}"


class LookQuerySet(models.QuerySet):
    def note(self, viewer, group, kind, learner=None):
        """Write down that ``viewer`` looked today at the progress of ``learner``, or, without one, of everybody."""
        Look(viewer=viewer, group=group, kind=kind, learner=learner, day=timezone.localdate()).note()

    def concerning(self, membership):
        """What a member may know: who looked at their progress, alone or among others, since they joined."""
        since = timezone.localdate(membership.joined_at)
        mine = Q(learner=None) | Q(learner=membership.learner)
        return self.filter(mine, group=membership.group, day__gte=since).select_related("viewer")


class Look(models.Model):
    """Somebody looked at the progress of a learner, or of everybody in the group; once a day for each kind."""

    class Kind(models.TextChoices):
        ROSTER = "roster", _("the list of the group")
        LEARNER = "learner", _("your progress per topic")
        EXPORT = "export", _("an export of the group")
        REPORT = "report", _("a report of the group")

    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    group = models.ForeignKey("Group", on_delete=models.CASCADE, related_name="looks")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="looks")
    kind = models.CharField(max_length=10, choices=Kind)
    day = models.DateField()

    objects = LookQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "viewer", "group", "kind", "day", condition=Q(learner=None), name="look_at_all_once_a_day"
            ),
            models.UniqueConstraint(
                "viewer", "group", "kind", "day", "learner", condition=Q(learner__isnull=False), name="look_once_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.day}"

    def note(self):
        Look.objects.bulk_create([self], ignore_conflicts=True)
