"""The second factor: a passkey or an authenticator app; who must have one, and how it is shown."""

import io

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth, with the name of this site and a QR code that our content policy lets through."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "This code is not right. Try again: the app shows a new one every half minute, "
            "and a recovery code works once."
        ),
    }

    def get_totp_issuer(self):
        return settings.SITE_NAME

    def _get_site_name(self):
        return settings.SITE_NAME

    def build_totp_svg(self, url):
        """Black on white in the dark too: cameras want it so."""
        svg = io.BytesIO()
        segno.make(url, micro=False).save(svg, kind="svg", scale=5, border=4, light="white", xmldecl=False)
        return svg.getvalue().decode()

    def generate_authenticator_name(self, user, type):
        count = user.authenticator_set.filter(type=type).count()
        return _("My passkey") if not count else _("Passkey %(number)s") % {"number": count + 1}


def is_missing(user):
    """Whether somebody must have a second factor to enter their rooms, and has none."""
    if not any(getattr(user, role) for role in settings.SECOND_FACTOR_REQUIRED_OF):
        return False
    return not user.authenticator_set.filter(type__in=FACTORS).exists()


def take_away(user):
    """For who lost everything: passkeys, app and recovery codes go; signing in takes the address again."""
    return user.authenticator_set.all().delete()[0]
