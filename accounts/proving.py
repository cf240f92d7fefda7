"""Whose account it is: theirs who read the mail that goes to its address."""

from allauth.account.signals import email_confirmed


def forget_former_password(request, email_address, **kwargs):
    """Receiver of ``email_confirmed``: a code to sign in proves who owns the address, but not who chose the password.

    Somebody else may have signed up with this address and a password of their own, and waited for its owner to come.
    """
    if request.resolver_match.url_name == "account_confirm_login_code":
        email_address.user.set_unusable_password()
        email_address.user.save(update_fields=["password"])


def connect():
    email_confirmed.connect(forget_former_password, dispatch_uid="accounts.proving")
