import logging
from smtplib import SMTPException

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.core.mail import get_connection
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import proving
from accounts.models import User
from config.addresses import is_ours
from config.outages import MailAwayError

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 5
"""Somebody waits for the page that says a mail is on its way."""


class AccountAdapter(DefaultAccountAdapter):
    """allauth, with the name of this site instead of a table of sites, and mail in the reader's language."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code is not right. Copy it from the last mail, or ask for a new one."),
    }

    def send_mail(self, template_prefix, email, context):
        site = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
        with translation.override(language_of(email, context.get("user"))):
            try:
                super().send_mail(template_prefix, email, {**context, **site})
            except (OSError, SMTPException) as error:
                raise MailAwayError from error

    def render_mail(self, *args, **kwargs):
        message = super().render_mail(*args, **kwargs)
        message.connection = get_connection(timeout=PATIENCE_SECONDS)
        return message

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Tell what was done to an account. What was done stays done when the mail server is away."""
        try:
            super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)
        except MailAwayError as error:
            log.error("Not mailed: %s (%s)", template_prefix, type(error.__cause__).__name__)  # the rest may name one

    def _get_login_attempts_cache_key(self, request, **credentials):
        """The address alone: allauth adds the host as the request has it, of which anybody chooses the port."""
        return credentials.get("email", "").lower()

    def is_safe_url(self, url):
        return is_ours(self.request, url)

    def get_password_change_redirect_url(self, request):
        return reverse("accounts:profile")

    def get_email_verification_redirect_url(self, email_address):
        return reverse("accounts:profile")

    def is_reauthentication_required(self, *, app, **kwargs):
        """Our own answer, and the only one: allauth asks nobody who has neither a password nor a second factor."""
        if not proving.proven_recently(self.request):
            raise ReauthenticationRequired
        return False

    def get_reauthentication_methods(self, user):
        """What somebody has to prove themselves with; a code by mail for who has nothing else."""
        words = {
            "reauthenticate": _("With your password"),
            "mfa_reauthenticate": _("With a code of your authenticator app, or a recovery code"),
            "mfa_reauthenticate:webauthn": _("With a passkey"),
        }
        methods = [
            {**method, "description": words[method["id"]]} for method in super().get_reauthentication_methods(user)
        ]
        if user.is_authenticated and not methods:
            return [{"id": "code", "description": "", "url": reverse("accounts:reauthenticate_by_code")}]
        return methods


def language_of(email, user=None):
    """The language someone chose; for a stranger, or one who chose none, that of the page being asked for."""
    user = user or User.objects.filter(email__iexact=email).first()
    return (user and user.language) or translation.get_language()
