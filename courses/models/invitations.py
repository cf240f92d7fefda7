"""Invitations to a group: a link for many, or one mailed to one person."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models.groups import Group, new_public_id
from courses.models.mails import Mail
from courses.models.memberships import Membership
from courses.models.tokens import Token, TokenQuerySet, hashed, new_seed

VALID_FOR = timedelta(days=30)


def in_a_month():
    return timezone.now() + VALID_FOR


class Refusal(models.TextChoices):
    """Why an invitation lets nobody in (any more)."""

    REVOKED = "revoked", _("This invitation was withdrawn. Ask your trainer for a new one.")
    EXPIRED = "expired", _("This invitation is no longer valid. Ask your trainer for a new one.")
    FULL = "full", _("All places of this invitation are taken. Ask your trainer for a new one.")
    FOREIGN = (
        "foreign",
        _(
            "This invitation is for another email address than the one you are signed in with. "
            "Sign in with that address, or ask your trainer to invite this one."
        ),
    )
    CLOSED = "closed", _("This group has ended.")
    SUSPENDED = "suspended", _("Your membership of this group is suspended. Ask your trainer about it.")


class RefusedError(Exception):
    """An invitation that was not accepted; ``refusal`` says why."""

    def __init__(self, refusal):
        super().__init__(refusal.value)
        self.refusal = refusal


class InvitationQuerySet(TokenQuerySet):
    def links(self):
        return self.filter(email="")

    def personal(self):
        return self.exclude(email="")

    def open(self):
        """Not withdrawn, not expired, with a place left."""
        left = Q(place_count=None) | Q(used_count__lt=F("place_count"))
        return self.filter(left, revoked_at=None, expires_at__gt=timezone.now())

    def unanswered(self):
        """Personal ones by which nobody came in: each is in just one ``Invitation.State``."""
        return self.personal().filter(used_count=0)

    def with_delivery(self):
        """Add ``undelivered``: no mail with it could be delivered, and none is on its way."""
        mails = Mail.objects.filter(invitation=OuterRef("pk"))
        lost, others = mails.filter(given_up_at__isnull=False), mails.filter(given_up_at=None, dropped_at=None)
        return self.annotate(undelivered=Exists(lost) & ~Exists(others))

    def in_state(self, state):
        return self.unanswered().with_delivery().filter(STATES[state]())

    def count_states(self):
        """Return {state: how many unanswered ones are in it}, in one query."""
        counts = {state.name: Count("pk", filter=condition()) for state, condition in STATES.items()}
        found = self.unanswered().with_delivery().order_by().aggregate(**counts)
        return {state: found[state.name] for state in STATES}


class Invitation(Token):
    """Who holds the token may join the group, as a learner or as a client.

    Without ``email`` it is a link, for ``place_count`` people (None: any number); with one, it is for whoever has that
    address, once. ``name``: as the trainer wrote it. ``used_count`` people came in by it.
    """

    class Role(models.TextChoices):
        LEARNER = "learner", _("Learner")
        CLIENT = "client", _("Client")

    class State(models.TextChoices):
        """How a personal invitation stands that nobody accepted."""

        INVITED = "invited", _("Invited")
        UNDELIVERED = "undelivered", _("Could not be delivered")
        EXPIRED = "expired", _("Expired")
        REVOKED = "revoked", _("Withdrawn")

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=10, choices=Role, default=Role.LEARNER)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=150, blank=True)
    place_count = models.PositiveIntegerField(null=True)
    used_count = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=in_a_month)
    revoked_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "group", "role", Lower("email"), condition=~Q(email=""), name="invitation_once_per_address"
            ),
            models.CheckConstraint(
                condition=Q(place_count=None) | Q(used_count__lte=F("place_count")), name="invitation_within_its_places"
            ),
        ]

    def __str__(self):
        return f"{self.group_id}/{self.public_id}"

    def refusal_for(self, user):
        """Why ``user``, signed in or not, cannot accept now; None if they can."""
        if self.group.closed_at:
            return Refusal.CLOSED
        if self.revoked_at:
            return Refusal.REVOKED
        if self.expires_at <= timezone.now():
            return Refusal.EXPIRED
        if self.place_count is not None and self.used_count >= self.place_count:
            return Refusal.FULL
        if self.email and user.is_authenticated and user.email.lower() != self.email.lower():
            return Refusal.FOREIGN
        return None

    @transaction.atomic
    def accept(self, user):
        """Let ``user`` in, and say whether they were not in yet; who is in already takes no place.

        The condition is in the UPDATE: of sixty people at the last ten places just ten get in, the others get a
        ``RefusedError``.
        """
        if self.lets_in_already(user):
            return False
        if refusal := self.refusal_for(user):
            raise RefusedError(refusal)
        if not Invitation.objects.open().filter(pk=self.pk).update(used_count=F("used_count") + 1):
            raise RefusedError(Refusal.FULL)
        if self.role == self.Role.CLIENT:
            self.group.clients.add(user)
            return True
        membership, new = Membership.objects.join(self.group, user, invitation=self)
        if membership.suspended_at:
            raise RefusedError(Refusal.SUSPENDED)
        if not new:  # they pressed twice, and the other press was first
            Invitation.objects.filter(pk=self.pk).update(used_count=F("used_count") - 1)
        return new

    def lets_in_already(self, user):
        if self.role == self.Role.CLIENT:
            return self.group.clients.filter(pk=user.pk).exists()
        return self.group.memberships.active().filter(learner=user).exists()

    def revoke(self):
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at"])

    @property
    def full(self):
        return self.place_count is not None and self.used_count >= self.place_count

    @property
    def expired(self):
        return self.expires_at <= timezone.now()

    def offer_again(self):
        """Make it good for a month from now, unsaved; who has the former mail can use it, unless it was over."""
        if self.revoked_at or self.expired or self.used_count:
            self.seed = new_seed()
            self.token_hash = hashed(self.token)
        self.used_count, self.revoked_at, self.expires_at = 0, None, in_a_month()


def expired():
    return Q(revoked_at=None, expires_at__lte=timezone.now())


def sent():
    return Q(revoked_at=None, expires_at__gt=timezone.now())


STATES = {
    Invitation.State.INVITED: lambda: sent() & Q(undelivered=False),
    Invitation.State.UNDELIVERED: lambda: sent() & Q(undelivered=True),
    Invitation.State.EXPIRED: expired,
    Invitation.State.REVOKED: lambda: Q(revoked_at__isnull=False),
}
