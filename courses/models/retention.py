"""How long what belongs to courses is kept, after it has served."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.personal import retention
from accounts.personal.retention import Period
from courses.models.emptying import empty_bin, overdue_in_bin
from courses.models.guiding import Look
from courses.models.imports import Import
from courses.models.invitations import Invitation
from courses.models.mails import Mail
from courses.models.presence import Presence
from courses.models.themes import KEPT_IN_BIN


def never_accepted(before):
    over = Q(expires_at__lt=before) | Q(revoked_at__lt=before)
    return Invitation.objects.unanswered().filter(over)


def accepted(before):
    return Invitation.objects.personal().filter(used_count__gt=0, created_at__lt=before)


def never_made(before):
    return Import.objects.open().filter(created_at__lt=before)


def discard_each(imports):
    for one in imports:
        one.let_go_of_pictures()
        one.delete()


def enter():
    retention.register(
        Period(
            "sent mail",
            _("Which mail was sent, to whom and when"),
            timedelta(days=90),
            _("So that a mail that never arrived can still be looked into."),
            lambda before: Mail.objects.long_settled(before=before),
        ),
        Period(
            "looks",
            _("Who looked at whose progress"),
            timedelta(days=365),
            _("So that learners can see it for a year."),
            lambda before: Look.objects.filter(day__lt=before),
        ),
        Period(
            "unanswered invitations",
            _("Invitations that nobody accepted, after they expired or were withdrawn"),
            timedelta(days=90),
            _("Who does not come in need not be remembered. Until then the trainer can invite them anew."),
            never_accepted,
        ),
        Period(
            "accepted invitations",
            _("Invitations that were accepted"),
            timedelta(days=365),
            _("So that it can be seen for a year how somebody came into a group."),
            accepted,
        ),
        Period(
            "presence",
            _("Who had which draft open"),
            timedelta(days=1),
            _("It matters for less than a minute."),
            lambda before: Presence.objects.filter(seen_at__lt=before),
        ),
        Period(
            "unfinished imports",
            _("Texts that were brought in, and of which nothing was made"),
            timedelta(days=90),
            _("Long enough to go on with them after a holiday."),
            never_made,
            discard_each,
        ),
        Period(
            "bin",
            _("Themes in the bin that nobody followed"),
            KEPT_IN_BIN,
            _("So that a trainer can take back what was thrown away."),
            overdue_in_bin,
            lambda rows: empty_bin(),
        ),
    )
