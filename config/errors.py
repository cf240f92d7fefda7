"""Error pages: what happened and what to do next, in the reader's language.

They are drawn without the database, the session or the user, so that they also work when
those are what broke.
"""

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from structlog.contextvars import get_contextvars

from config.appearance import whose_site
from config.outages import Outage, outage_beneath, outage_of

RETRY_AFTER_SECONDS = "10"


def page(status, title, advice, *, sign_in_at="", **headers):
    """``sign_in_at``: the page to come back to after signing in, where that may help."""
    context = {"status": status, "title": title, "advice": advice, "sign_in_at": sign_in_at, **whose_site()}
    context["language"] = get_language() or settings.LANGUAGE_CODE
    context["number"] = get_contextvars().get("request") if status >= 500 else None
    return HttpResponse(render_to_string("errors/error.html", context), status=status, headers=headers)


def bad_request(request, exception=None):
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    if outage := outage_beneath(exception):
        return unavailable(request, outage)
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
        _("This address belongs to a button"),
        _("You came here by a link or by reloading. Go back to the page with the button and press it there."),
        Allow=allowed,
    )


def too_large(request):
    """More text in one form than is read; of what is larger still, nginx says so (deploy/nginx/too-large.html)."""
    advice = _(
        "More text than %(megabytes)d MB cannot be sent at a time. Nothing was saved: go back, what you typed is still "
        "there, and send less of it."
    )
    megabytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2
    return page(413, _("That is too much at once"), advice % {"megabytes": megabytes})


def too_many(request, *, seconds):
    """429: a limit of config/limits.py was met; ``seconds``: until there is room again."""
    minutes = -(-seconds // 60)
    wait = ngettext("Wait a minute, then try again.", "Wait %(count)d minutes, then try again.", minutes)
    advice = wait % {"count": minutes}
    if request.method not in ("GET", "HEAD"):
        advice += " " + _("Nothing was done just now: go back, what you typed is still there.")
    title, headers = _("That went a little too fast"), {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"message": f"{title}. {advice}"}, status=429, headers=headers)
    return page(429, title, advice, **headers)


def server_error(request):
    """Whatever went wrong in a view or a middleware: our fault, unless something that we stand on is away."""
    if outage := outage_of(sys.exception()):
        return unavailable(request, outage)
    return page(500, _("Something went wrong on our side"), _("What you saved before is safe. Try again in a moment."))


def unavailable(request, outage=Outage.AWAY):
    """503: come back in a moment. A script that asked for JSON hears the reason, unless it has better words itself."""
    title, advice = words_for(outage, sent=request.method not in ("GET", "HEAD"))
    headers = {"Retry-After": RETRY_AFTER_SECONDS}
    if request.headers.get("Accept") == "application/json":
        answer = {} if outage == Outage.AWAY else {"message": f"{title}."}
        return JsonResponse(answer, status=503, headers=headers)
    return page(503, title, advice, **headers)


def words_for(outage, *, sent):
    """Title and advice; ``sent``: somebody pressed a button, and wants to know what became of it."""
    if outage == Outage.MAIL_AWAY:
        return _("We cannot send mail right now"), _("No mail was sent. Go back and try again in a few minutes.")
    if not sent:
        return _("We are briefly out of reach"), _("What you saved before is safe. Try again in a moment.")
    if outage == Outage.NO_ROOM:
        advice = _("What you sent just now was not saved: go back, keep a copy of it, and try again later.")
        return _("We have no room to keep anything new"), advice
    advice = _("What you sent just now was not saved: go back and try again in a moment.")
    return _("We are briefly out of reach"), advice
