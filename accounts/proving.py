"""Who somebody is: whose account it is, and proving it once more before a deed that matters."""

import time
from functools import wraps

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import email_confirmed
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.cryptokit import compare_user_code
from django.conf import settings
from django.contrib import messages
from django.utils.translation import gettext as _

from accounts.sessions import SIGNED_IN_AT

MAILED = "mailed_proof"
ATTEMPTS = 3
PASSWORDS = {"password1", "password2"}


def forget_former_password(request, email_address, **kwargs):
    """Receiver of ``email_confirmed``: a code to sign in proves who owns the address, but not who chose the password.

    Somebody else may have signed up with this address and a password of their own, and waited for its owner to come.
    """
    if request.resolver_match.url_name == "account_confirm_login_code":
        email_address.user.set_unusable_password()
        email_address.user.save(update_fields=["password"])


def proven_recently(request):
    """Whether somebody signed in, or proved who they are, within the last minutes, in this very session."""
    records = get_authentication_records(request, request.user)
    moments = [record["at"] for record in records if record.get("reauthenticated")]
    latest = max([*moments, request.session.get(SIGNED_IN_AT, 0)])
    return time.time() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def proof_first(view):
    """Let in who proved recently who they are. Whoever pressed a button proves it, and then it is done all the same.

    allauth's ``reauthentication_required`` does so too, but it keeps passwords in the session meanwhile, and forgets
    what was sent to an address with a query.
    """

    @wraps(view)
    def entered(request, *args, **kwargs):
        if proven_recently(request):
            return view(request, *args, **kwargs)
        if request.method == "POST":
            leave_out_passwords(request)
            request.META["QUERY_STRING"] = ""  # ``request.GET`` has been read, and stays
        raise ReauthenticationRequired

    return entered


def leave_out_passwords(request):
    """Without them the form comes back, with everything else that was typed."""
    typed = request.POST.copy()
    if PASSWORDS & typed.keys():
        messages.info(request, _("A password is not kept while you prove who you are: type it once more after this."))
    for name in PASSWORDS:
        typed.pop(name, None)
    request.POST = typed


def mail_code(request):
    """Mail a code to the address of the account; an earlier one is void."""
    code = get_adapter().generate_login_code()
    request.session[MAILED] = {"code": code, "at": time.time(), "attempts": 0}
    context = {"user": request.user, "code": code}
    get_adapter().send_mail("account/email/proof_code", request.user.email, context)


def code_is_awaited(request):
    mailed = request.session.get(MAILED)
    return bool(mailed) and time.time() - mailed["at"] < settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT


def prove_by_code(request, code):
    """Whether it is the mailed code; after three wrong ones it is void."""
    if not code_is_awaited(request):
        return False
    mailed = request.session[MAILED]
    if not compare_user_code(actual=code, expected=mailed["code"]):
        mailed["attempts"] += 1
        request.session[MAILED] = mailed
        if mailed["attempts"] >= ATTEMPTS:
            del request.session[MAILED]
        return False
    del request.session[MAILED]
    record_authentication(request, request.user, method="code", reauthenticated=True)
    return True


def connect():
    email_confirmed.connect(forget_former_password, dispatch_uid="accounts.proving")
