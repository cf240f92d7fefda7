"""allauth's forms for passkeys, in words about passkeys, and refusing answers over which fido2 stumbles."""

import struct
from functools import wraps

from allauth.mfa.webauthn import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.often import TOO_OFTEN

STUMBLES = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError, struct.error)


def refusing_nonsense(clean):
    """allauth calls a passkey that does not fit an incorrect code, and nobody typed one."""

    @wraps(clean)
    def cleaned(form):
        try:
            return clean(form)
        except (ValidationError, *STUMBLES) as error:
            if getattr(error, "code", None) in TOO_OFTEN:
                raise
            raise ValidationError(_("That did not work. Try again, or choose another way.")) from error

    return cleaned


class AddForm(forms.AddWebAuthnForm):
    clean = refusing_nonsense(forms.AddWebAuthnForm.clean)


class AuthenticateForm(forms.AuthenticateWebAuthnForm):
    clean_credential = refusing_nonsense(forms.AuthenticateWebAuthnForm.clean_credential)


class LoginForm(forms.LoginWebAuthnForm):
    clean_credential = refusing_nonsense(forms.LoginWebAuthnForm.clean_credential)


class ReauthenticateForm(forms.ReauthenticateWebAuthnForm):
    clean_credential = refusing_nonsense(forms.ReauthenticateWebAuthnForm.clean_credential)
