"""What is not to be sent after all, and what waits until Monday: asked when a mail is in hand."""

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import User
from courses.mailing.weeks import next_monday
from courses.models import Mail, MailWishes, RosterRow
from courses.models.mails import Trouble

WEEKLY_HOUR = 8
"""On Mondays, by the clock on the wall."""

Kind, Frequency = Mail.Kind, MailWishes.Frequency


def why_not(mail, wishes):
    """The ``Trouble`` for which this mail is dropped, or None. ``wishes`` are the recipient's; None: invited only."""
    if mail.recipient and not mail.recipient.is_active:
        return Trouble.NO_ACCOUNT
    if mail.kind in Mail.AS_WISHED and wishes.frequency == Frequency.NEVER:
        return Trouble.UNWANTED
    return ASK[mail.kind](mail, wishes)


def why_no_invitation(mail, wishes):
    invitation = mail.invitation
    if invitation.group.closed_at:
        return Trouble.GROUP_CLOSED
    invited = User.objects.filter(email__iexact=invitation.email).first()
    if invited and not invited.is_active:
        return Trouble.NO_ACCOUNT
    over = invitation.refusal_for(AnonymousUser()) or (invited and invitation.lets_in_already(invited))
    return Trouble.INVITATION_OVER if over else None


def why_no_message(mail, wishes):
    membership = mail.message.membership
    if membership.group.closed_at:
        return Trouble.GROUP_CLOSED
    return None if membership.active else Trouble.NOT_A_MEMBER


def why_no_reminder(mail, wishes):
    """Closed, taken out, completed meanwhile, or the deadline has gone by or was taken away."""
    group_theme = mail.group_theme
    if group_theme.group.closed_at:
        return Trouble.GROUP_CLOSED
    row = RosterRow.objects.filter(group_theme=group_theme, learner=mail.recipient_id).first()
    if row is None:
        return Trouble.NOT_A_MEMBER
    passed = group_theme.deadline is None or group_theme.deadline < timezone.localdate()
    return Trouble.OUT_OF_DATE if row.finished_on or passed or not group_theme.group.reminds else None


def why_no_overview(mail, wishes):
    return None if wishes.overview and mail.recipient.is_trainer else Trouble.UNWANTED


ASK = {
    Kind.INVITATION: why_no_invitation,
    Kind.THEME_COMPLETED: lambda mail, wishes: None,
    Kind.MESSAGE: why_no_message,
    Kind.REMINDER: why_no_reminder,
    Kind.OVERVIEW: why_no_overview,
}


def weekly(mail, wishes):
    return mail.kind in Mail.AS_WISHED and wishes.frequency == Frequency.WEEKLY


def wanted_at(mail, wishes):
    """Since when the mail may go: at once, or on the Monday after it was written."""
    return next_monday(mail.created_at, WEEKLY_HOUR) if weekly(mail, wishes) else mail.created_at
