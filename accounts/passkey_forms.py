"""allauth's forms for passkeys, for answers that no browser gives: refused, where fido2 stumbles over them."""

import struct
from functools import wraps

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms

STUMBLES = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError, struct.error)


def refusing_nonsense(clean):
    @wraps(clean)
    def cleaned(form):
        try:
            return clean(form)
        except STUMBLES as error:
            raise get_adapter().validation_error("incorrect_code") from error

    return cleaned


class AddForm(forms.AddWebAuthnForm):
    clean = refusing_nonsense(forms.AddWebAuthnForm.clean)


class AuthenticateForm(forms.AuthenticateWebAuthnForm):
    clean_credential = refusing_nonsense(forms.AuthenticateWebAuthnForm.clean_credential)


class LoginForm(forms.LoginWebAuthnForm):
    clean_credential = refusing_nonsense(forms.LoginWebAuthnForm.clean_credential)


class ReauthenticateForm(forms.ReauthenticateWebAuthnForm):
    clean_credential = refusing_nonsense(forms.ReauthenticateWebAuthnForm.clean_credential)
