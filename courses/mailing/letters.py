"""What each kind of mail says: one part of a mail, as plain text and as HTML."""

import textwrap
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.mailing.overviews import overview_for
from courses.models import Mail, Theme
from courses.models.journey import journey_in

LINE = 72


class NothingToTellError(Exception):
    """The mail would say nothing that is still true, or new."""


class Part(NamedTuple):
    """One mail's words. ``reply_to``: the address of the person whose words they are, or empty."""

    mail: Mail
    subject: str
    text: str
    html: str
    reply_to: str

    @property
    def underline(self):
        return "-" * min(len(self.subject), LINE)


def write(mail, *, alone=True):
    """Return the ``Part`` that this mail is, in the language that is active. Raises ``NothingToTellError``.

    ``alone``: no other part can come with it, so that a reply goes to whose words these are.
    """
    subject, context = WRITE[mail.kind](mail)
    context |= {"alone": alone, "site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
    return Part(
        mail,
        one_line(subject),
        wrapped(render_to_string(f"mails/{mail.kind}.txt", context)),
        render_to_string(f"mails/{mail.kind}.html", context),
        context.get("reply_to", ""),
    )


def invitation(mail):
    invitation = mail.invitation
    group_themes = invitation.group.group_themes.select_related("theme")
    context = {
        "inviter": named(invitation.created_by),
        "group": one_line(invitation.group.name),
        "themes": [one.theme for one in group_themes if one.theme.published_at and not one.theme.binned_at],
        "for_client": invitation.role == invitation.Role.CLIENT,
        "until": date_format(timezone.localtime(invitation.expires_at)),
        "url": link("learning:join", invitation.token),
    }
    return _("Invitation for “%(group)s”") % context, context


def theme_completed(mail):
    participation = mail.participation
    theme = participation.theme
    visible = Theme.objects.visible_to(mail.recipient).filter(pk=theme.pk).exists()
    context = {
        "theme": one_line(theme.title),
        "language": theme.language,
        "date": date_format(timezone.localtime(participation.completed_at)),
        "url": settings.SITE_URL + theme.get_absolute_url() if visible else "",
    }
    return _("You completed “%(theme)s”") % context, context


def message(mail):
    message = mail.message
    context = {
        "sender": named(message.sender),
        "group": one_line(message.membership.group.name),
        "words": message.text.strip(),
        "reply_to": message.sender.email if message.sender and message.sender.is_active else "",
        "url": link("learning:groups"),
    }
    sender = context["sender"] or _("your trainer")
    return _("Message from %(sender)s") % {"sender": sender}, context


def reminder(mail):
    theme = mail.group_theme.theme
    journey = journey_in(Theme.objects.visible_to(mail.recipient).filter(pk=theme.pk), mail.recipient)
    if journey is None or not journey.missing:
        raise NothingToTellError
    step = journey.resume
    context = {
        "group": one_line(mail.group_theme.group.name),
        "theme": one_line(theme.title),
        "language": theme.language,
        "deadline": date_format(mail.group_theme.deadline),
        "standing": journey.standing,
        "step": step and one_line(step.title),
        "begun": journey.started,
        "url": settings.SITE_URL + (step.address if step else theme.get_absolute_url()),
    }
    return _("“%(theme)s” runs until %(deadline)s") % context, context


def overview(mail):
    groups = overview_for(mail.recipient, monday=mail.created_at)
    if not groups:
        raise NothingToTellError
    return _("Your groups last week"), {"groups": groups}


WRITE = {
    Mail.Kind.INVITATION: invitation,
    Mail.Kind.THEME_COMPLETED: theme_completed,
    Mail.Kind.MESSAGE: message,
    Mail.Kind.REMINDER: reminder,
    Mail.Kind.OVERVIEW: overview,
}


def link(name, *arguments):
    return settings.SITE_URL + reverse(name, args=arguments)


def named(person):
    return one_line(person.get_full_name()) if person else ""


def one_line(text):
    """Names and titles, which may not begin a header or a paragraph of their own."""
    return " ".join(text.split())


def wrapped(text):
    """Short lines; what is one word, as an address of a page, is never broken. One empty line at most."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        indent = "  " if line.startswith("- ") else ""
        lines += textwrap.wrap(
            line, LINE, break_long_words=False, break_on_hyphens=False, subsequent_indent=indent
        ) or ([""] if lines and lines[-1] else [])
    return "\n".join(lines)
