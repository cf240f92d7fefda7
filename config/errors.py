"""Error pages: what happened and what to do next, in the reader's language.

They are drawn without the database, the session or the user, so that they also work when
those are what broke.
"""

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

RETRY_AFTER_SECONDS = "10"


def page(status, title, advice, *, sign_in_at="", **headers):
    """``sign_in_at``: the page to come back to after signing in, where that may help."""
    context = {"status": status, "title": title, "advice": advice, "sign_in_at": sign_in_at}
    context["language"] = get_language() or settings.LANGUAGE_CODE
    return HttpResponse(render_to_string("errors/error.html", context), status=status, headers=headers)


def bad_request(request, exception=None):
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return page(
        400,
        _("We could not read that"),
        _("Something in the address or the form was not as it should be. Go back and try again."),
    )


def forbidden(request, exception=None):
    return page(403, _("This is not open to you"), _("Sign in with another account, or ask your trainer."))


def csrf_failure(request, reason=""):
    return page(
        403,
        _("This form is no longer valid"),
        _("That happens after signing in or out in another tab. Reload the page and try again; cookies must be on."),
    )


def not_found(request, exception=None):
    return page(
        404,
        _("This page does not exist"),
        _("Perhaps the address has a typing error, or you have to sign in first."),
        sign_in_at="" if settings.SESSION_COOKIE_NAME in request.COOKIES else request.path,
    )


def method_not_allowed(request, *, allowed):
    return page(
        405,
        _("This address only takes a form"),
        _("You came here by a link or by reloading. Go back to the page with the button and press it there."),
        Allow=allowed,
    )


def too_large(request):
    return page(
        413, _("That is too much at once"), _("What you sent is larger than this page takes. Go back and send less.")
    )


def server_error(request):
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return unavailable(request)
    return page(500, _("Something went wrong on our side"), _("What you saved before is safe. Try again in a moment."))


def unavailable(request):
    headers = {"Retry-After": RETRY_AFTER_SECONDS}
    if request.method == "POST":
        advice = _("What you sent just now was not saved: go back and try again in a moment.")
    else:
        advice = _("What you saved before is safe. Try again in a moment.")
    return page(503, _("We are briefly out of reach"), advice, **headers)
