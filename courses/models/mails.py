"""What is still to be mailed, and what was: written in the same transaction as its cause, sent by a worker."""

import secrets
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models.tokens import Token, TokenQuerySet

posted = Signal()
"""Sent, in the transaction that wrote them, when there are new mails."""

CLAIMED_FOR = timedelta(minutes=5)
"""How long one worker may take for a mail; then it is another's."""


class Trouble(models.TextChoices):
    """Why a mail was not sent: not yet, or not at all. Never with the address in it."""

    ADDRESS_REFUSED = "address-refused", _("the address was refused")
    SERVER_AWAY = "server-away", _("the mail server could not be reached")
    SERVER_REFUSED = "server-refused", _("the mail server did not take it")
    NOT_WRITTEN = "not-written", _("something went wrong in making the mail")
    UNWANTED = "unwanted", _("they do not want this mail")
    NO_ACCOUNT = "no-account", _("the account is switched off")
    GROUP_CLOSED = "group-closed", _("the group has ended")
    NOT_A_MEMBER = "not-a-member", _("they are no active member any more")
    INVITATION_OVER = "invitation-over", _("the invitation was withdrawn, has expired or was accepted")
    OUT_OF_DATE = "out-of-date", _("it was no longer needed")


class MailQuerySet(models.QuerySet):
    def waiting(self):
        """Neither sent, nor given up, nor dropped."""
        return self.filter(sent_at=None, given_up_at=None, dropped_at=None)

    def due(self):
        """Waiting, its time has come, and no worker has it in hand."""
        now = timezone.now()
        return self.waiting().filter(Q(claimed_until=None) | Q(claimed_until__lt=now), due_at__lte=now)

    def given_up(self):
        return self.filter(given_up_at__isnull=False)

    def as_wished(self):
        """Of the kinds that come as often as their recipient wishes."""
        return self.filter(kind__in=Mail.AS_WISHED)

    def concerning(self, group):
        """Mails about ``group`` to its people; of a completed theme, only if the group follows it."""
        from courses.models.roster import RosterRow

        rows = RosterRow.objects.filter(
            group_theme__group=group,
            learner=models.OuterRef("recipient"),
            group_theme__theme=models.OuterRef("participation__theme"),
        )
        return self.filter(
            Q(invitation__group=group)
            | Q(message__membership__group=group)
            | Q(group_theme__group=group)
            | (Q(kind=Mail.Kind.THEME_COMPLETED) & models.Exists(rows))
        )

    def claim_together(self):
        """Take all of them that are due in hand at once, and return those that this very call got."""
        until = timezone.now() + CLAIMED_FOR + timedelta(microseconds=secrets.randbelow(1_000_000))
        self.due().update(claimed_until=until, attempt_count=F("attempt_count") + 1)
        return list(self.filter(claimed_until=until).order_by("pk"))

    def note_sent(self):
        return self.filter(sent_at=None).update(sent_at=timezone.now(), claimed_until=None, trouble="")

    def put_off(self, until, trouble):
        return self.update(due_at=until, claimed_until=None, trouble=trouble)

    def keep_until(self, moment):
        """Let them wait as their recipient wishes: that was no try."""
        return self.update(due_at=moment, claimed_until=None, attempt_count=0)

    def hurry(self, recipient):
        """After they chose how often: what was put off is due now, to be sent, to wait or to be dropped accordingly."""
        if self.waiting().as_wished().filter(recipient=recipient).update(due_at=timezone.now()):
            posted.send(sender=Mail)

    def give_up(self, trouble):
        return self.update(given_up_at=timezone.now(), claimed_until=None, trouble=trouble)

    def drop(self, trouble):
        return self.update(dropped_at=timezone.now(), claimed_until=None, trouble=trouble)

    def long_settled(self, *, before):
        """Sent, given up or dropped before this moment."""
        return self.filter(Q(sent_at__lt=before) | Q(given_up_at__lt=before) | Q(dropped_at__lt=before))

    def post(self, *mails):
        """Write mails to be sent; one whose cause is known is written already, and stays as it is."""
        self.bulk_create(mails, ignore_conflicts=True, batch_size=1_000)
        posted.send(sender=Mail)


class Mail(models.Model):
    """One mail to one person. Its words are made when it is sent, of what is true then.

    ``public_id`` stands in its Message-ID, the same at each try. ``cause`` names what it is for, so that nothing is
    ever mailed twice for the same cause. It goes to ``recipient``, or to the address of ``invitation``. A worker has it
    in hand until ``claimed_until``. ``trouble``, a ``Trouble``: why the last try failed. ``dropped_at``: it was not to
    be sent after all, by ``trouble``.
    """

    class Kind(models.TextChoices):
        INVITATION = "invitation"
        THEME_COMPLETED = "theme-completed"
        MESSAGE = "message"
        REMINDER = "reminder"
        OVERVIEW = "overview"

    AS_WISHED = (Kind.THEME_COMPLETED, Kind.MESSAGE, Kind.REMINDER)

    kind = models.CharField(max_length=20, choices=Kind)
    cause = models.CharField(max_length=200, unique=True)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="mails")
    invitation = models.ForeignKey("Invitation", null=True, on_delete=models.CASCADE, related_name="mails")
    message = models.ForeignKey("Message", null=True, on_delete=models.CASCADE, related_name="mails")
    participation = models.ForeignKey("Participation", null=True, on_delete=models.CASCADE, related_name="mails")
    group_theme = models.ForeignKey("GroupTheme", null=True, on_delete=models.CASCADE, related_name="mails")
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False) | Q(invitation__isnull=False), name="mail_has_somebody_to_go_to"
            ),
        ]
        indexes = [
            models.Index(
                "due_at",
                condition=Q(sent_at=None, given_up_at=None, dropped_at=None),
                name="mail_waiting",
            )
        ]

    def __str__(self):
        return self.cause

    def claim(self):
        """Take it in hand, and say whether this very call did: of two workers only one gets it."""
        until = timezone.now() + CLAIMED_FOR
        won = Mail.objects.due().filter(pk=self.pk).update(claimed_until=until, attempt_count=F("attempt_count") + 1)
        if won:
            self.claimed_until, self.attempt_count = until, self.attempt_count + 1
        return bool(won)


class WishesQuerySet(TokenQuerySet):
    def of(self, user):
        """What ``user`` wishes; made when first asked for."""
        return self.get_or_create(user=user)[0]


class MailWishes(Token):
    """How often somebody hears from us; the token unsubscribes with one click (RFC 8058).

    Codes to sign in and invitations come whatever is wished. ``overview``: a trainer wants the overview on Mondays.
    """

    class Frequency(models.TextChoices):
        AT_ONCE = "at-once"
        WEEKLY = "weekly"
        NEVER = "never"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_wishes")
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.AT_ONCE)
    overview = models.BooleanField(default=False)

    objects = WishesQuerySet.as_manager()

    def __str__(self):
        return f"{self.user_id}: {self.frequency}"

    def unsubscribe(self):
        """Hear nothing from us any more; what waited to be mailed is dropped when its time comes."""
        self.frequency, self.overview = self.Frequency.NEVER, False
        self.save(update_fields=["frequency", "overview"])
