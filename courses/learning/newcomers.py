"""The account of somebody who accepts an invitation: theirs, or a new one without a password."""

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils.translation import get_language


def account_for(email, *, name):
    """Return who has this address, as they are, or a new account; None if it was switched off.

    Nobody is signed in by this: the code does that, and confirms the address. Until then a new account is what an
    unconfirmed sign-up is, and whoever owns the address can take it over with a code.
    """
    users = get_user_model().objects
    user = users.filter(email__iexact=email).first()
    if user is None:
        try:
            with transaction.atomic():
                user = users.create_user(email, name=name, language=get_language() or "")
        except IntegrityError:  # somebody made it at the same moment
            user = users.get(email__iexact=email)
    if not user.is_active:
        return None
    if not EmailAddress.objects.filter(user=user).exists():
        EmailAddress.objects.get_or_create(user=user, email=user.email.lower(), defaults={"primary": True})
    return user
