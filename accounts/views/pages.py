"""What every site says of itself: privacy, accessibility, and how to reach its keeper."""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.mail import EmailMessage, get_connection
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.personal import registry, retention
from config.limits import limited

logger = logging.getLogger("stapwijs.contact")

LONGEST_MESSAGE = 5_000
PATIENCE_SECONDS = 5
"""Anybody may send a message, and a mail server that is silent must not keep a thread for each."""


class ContactForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Email address"),
        help_text=gettext_lazy("To answer you; it is used for nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    message = forms.CharField(
        label=gettext_lazy("Your message"), max_length=LONGEST_MESSAGE, widget=forms.Textarea(attrs={"rows": 8})
    )


@login_not_required
@require_safe
def privacy(request):
    """True of this software by construction: what is kept and how long come from the tables that are kept to."""
    context = {"chapters": registry.chapters(), "periods": retention.periods(), **keeper()}
    return render(request, "pages/privacy.html", context)


@login_not_required
@require_safe
def accessibility(request):
    return render(request, "pages/accessibility.html", keeper())


@login_not_required
@require_safe
def contact(request):
    address = request.user.email if request.user.is_authenticated else ""
    return render_contact(request, ContactForm(initial={"email": address}))


@login_not_required
@require_POST
@limited("contact")
def send_message(request):
    """Mail it to the keeper at once; nothing of it is kept here."""
    if not settings.CONTACT_EMAIL:
        raise Http404
    form = ContactForm(request.POST)
    if not form.is_valid():
        return render_contact(request, form, status=400)
    try:
        letter_to_keeper(**form.cleaned_data).send()
    except (OSError, SMTPException) as error:
        logger.error("A message to the keeper was not sent: %s", type(error).__name__)
        messages.error(request, _("Your message could not be sent just now. It still stands below; try again later."))
        return render_contact(request, form, status=503)
    return HttpResponseRedirect(reverse("pages:message_sent"), status=303)


def letter_to_keeper(*, name, email, message):
    """What a visitor typed stands in the body, but for the address to answer, which is one and an address."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("A message through %(site_name)s") % {"site_name": settings.SITE_NAME}
        body = f"{_('From')}: {name} <{email}>\n\n{message}\n"
    post = get_connection(timeout=PATIENCE_SECONDS)
    return EmailMessage(subject, body, to=[settings.CONTACT_EMAIL], reply_to=[email], connection=post)


def render_contact(request, form, status=200):
    return render(request, "pages/contact.html", {"form": form, **keeper()}, status=status)


@login_not_required
@require_safe
def message_sent(request):
    return render(request, "pages/message_sent.html")


@login_not_required
@require_safe
def security_txt(request):
    """RFC 9116; without an address to write to there is no such file."""
    if not settings.CONTACT_EMAIL:
        raise Http404
    until = timezone.now() + timedelta(days=180)
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {until:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def keeper():
    """Who keeps this site, as far as the settings say."""
    return {
        "keeper_name": settings.KEEPER_NAME,
        "keeper_address": settings.KEEPER_ADDRESS,
        "contact_email": settings.CONTACT_EMAIL,
    }
