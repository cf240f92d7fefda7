from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """allauth, with the name of this site instead of a table of sites, and mail in the reader's language."""

    def send_mail(self, template_prefix, email, context):
        site = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
        with translation.override(language_of(email, context.get("user"))):
            super().send_mail(template_prefix, email, {**context, **site})

    def get_password_change_redirect_url(self, request):
        return reverse("accounts:profile")

    def get_email_verification_redirect_url(self, email_address):
        return reverse("accounts:profile")


def language_of(email, user=None):
    """The language someone chose; for a stranger, or one who chose none, that of the page being asked for."""
    user = user or User.objects.filter(email__iexact=email).first()
    return (user and user.language) or translation.get_language()
