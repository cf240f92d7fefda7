"""Being in a group. It opens themes; it never touches progress (rule 26)."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models.groups import Group, new_public_id
from courses.models.holding import hold_group, hold_learner
from courses.models.roster import RosterRow


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self):
        return self.filter(left_at=None, suspended_at=None)

    def former(self):
        return self.filter(suspended_at=None, left_at__isnull=False)

    def suspended(self):
        return self.filter(suspended_at__isnull=False)

    def in_status(self, status):
        return {"active": self.active, "left": self.former, "suspended": self.suspended}[status]()

    def count_statuses(self):
        """Return {status: how many}, in one query."""
        found = self.order_by().aggregate(
            active=Count("pk", filter=Q(left_at=None, suspended_at=None)),
            left=Count("pk", filter=Q(suspended_at=None, left_at__isnull=False)),
            suspended=Count("pk", filter=Q(suspended_at__isnull=False)),
        )
        return {status: found[status.value] for status in Membership.Status}

    def of_learners(self):
        """Without trainers, who look around but do not count (rule 27)."""
        return self.filter(learner__is_trainer=False)

    @transaction.atomic
    def join(self, group, learner, *, invitation=None):
        """Make ``learner`` an active member, for the first time or again; return (membership, whether they were not).

        A suspended member stays suspended until a trainer says otherwise.
        """
        hold_group(group)
        hold_learner(learner.pk)
        membership, created = self.get_or_create(group=group, learner=learner, defaults={"invitation": invitation})
        again = {"left_at": None, "invitation": invitation}
        came_back = not created and bool(self.filter(pk=membership.pk, left_at__isnull=False).update(**again))
        membership.refresh_from_db()
        if membership.active:
            membership.enrol()
        return membership, created or came_back


class Membership(models.Model):
    """One learner in one group: active, unless they left or a trainer suspended them.

    ``named_at``: since when they agree that the clients of the group see their name with their progress; None: they do
    not. ``invitation``: by which they came, if it is still known.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        LEFT = "left", _("Left")
        SUSPENDED = "suspended", _("Suspended")

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    invitation = models.ForeignKey("Invitation", null=True, on_delete=models.SET_NULL, related_name="memberships")
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True)
    suspended_at = models.DateTimeField(null=True)
    named_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("group", "learner", name="membership_once_per_learner")]
        indexes = [models.Index("group", "id", condition=Q(left_at=None, suspended_at=None), name="membership_active")]

    def __str__(self):
        return f"{self.learner_id}/{self.group_id}"

    @property
    def active(self):
        return self.left_at is None and self.suspended_at is None

    @property
    def status(self):
        if self.suspended_at:
            return self.Status.SUSPENDED
        return self.Status.LEFT if self.left_at else self.Status.ACTIVE

    def leave(self):
        """Leave the group, by oneself or taken out by a trainer; the name is shared with no client any more."""
        self.end(left_at=timezone.now(), named_at=None)

    def suspend(self):
        self.end(suspended_at=timezone.now())

    @transaction.atomic
    def readmit(self):
        """End a suspension, or take somebody back who left."""
        hold_group(self.group)
        hold_learner(self.learner_id)
        self.set(left_at=None, suspended_at=None)
        self.enrol()

    def share_name(self, *, agreed):
        """Let the clients of the group see who this is, or no longer."""
        self.set(named_at=timezone.now() if agreed else None)

    @transaction.atomic
    def end(self, **fields):
        hold_group(self.group)
        hold_learner(self.learner_id)
        self.set(**fields)
        RosterRow.objects.filter(membership=self).delete()

    def enrol(self):
        """Stand on the roster of every theme of the group, which is held."""
        for group_theme in self.group.group_themes.order_by("theme"):
            RosterRow.objects.enrol(group_theme, Membership.objects.filter(pk=self.pk))

    def set(self, **fields):
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))
