"""From mails to what the mail server gets: greeting, parts, the way to unsubscribe, and the headers."""

import re

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.mailing.letters import link, named, one_line
from courses.models import Mail

EMPTY_LINES = re.compile(r"\n{3,}")


def language_of(mail):
    """The recipient's; of who is invited, the inviting trainer's, else that of the group's first theme."""
    if mail.recipient:
        return mail.recipient.language or settings.LANGUAGE_CODE
    inviter, first = mail.invitation.created_by, mail.invitation.group.group_themes.select_related("theme").first()
    return (inviter and inviter.language) or (first and first.theme.language) or settings.LANGUAGE_CODE


def compose(parts, wishes, connection):
    """Return the message of one ``Part``, or of the several that one person gets together."""
    first = parts[0].mail
    subject = parts[0].subject if len(parts) == 1 else _("Your week with %(site)s") % {"site": settings.SITE_NAME}
    context = {
        "subject": subject,
        "parts": parts,
        "together": len(parts) > 1,
        "personal": len(parts) == 1 and first.kind == Mail.Kind.MESSAGE,
        "name": named(first.recipient) if first.recipient and first.recipient.name else invited_name(first),
        "language": get_language(),
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
    }
    headers = {"Message-ID": f"<{first.public_id}@{settings.HOST}>"}
    if not context["personal"]:
        headers["Auto-Submitted"] = "auto-generated"
    if wishes:
        context["wishes_url"] = link("learning:mail_wishes")
        context["unsubscribe_url"] = link("learning:unsubscribe", wishes.token)
        headers["List-Unsubscribe"] = f"<{context['unsubscribe_url']}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    senders = sorted({part.reply_to for part in parts if part.reply_to})
    message = EmailMultiAlternatives(
        subject=subject,
        body=EMPTY_LINES.sub("\n\n", render_to_string("mails/frame.txt", context)).strip() + "\n",
        to=[first.recipient.email if first.recipient else first.invitation.email],
        reply_to=senders if len(senders) == 1 else [],
        headers=headers,
        connection=connection,
    )
    message.attach_alternative(render_to_string("mails/frame.html", context), "text/html")
    return message


def invited_name(mail):
    return one_line(mail.invitation.name) if mail.invitation else ""
