"""Each request has a number, which its page, its log lines and its answer bear; and leaves one line when it is done."""

import logging
import re
import secrets
import time

from django.conf import settings
from structlog.contextvars import bound_contextvars

from config.measures import count_request

logger = logging.getLogger("stapwijs.requests")

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)


def numbered_and_noted(get_response):
    """Goes around everything else, so that whatever becomes of a request is noted."""

    def middleware(request):
        began = time.perf_counter()
        request.number = number_of(request)
        with bound_contextvars(request=request.number):
            response = get_response(request)
            note(request, response.status_code, time.perf_counter() - began)
        response.headers[HEADER] = request.number
        return response

    return middleware


def number_of(request):
    """That of our own proxy, if there is one; anybody else could send any."""
    sent = request.headers.get(HEADER, "")
    return sent if settings.ALLAUTH_TRUSTED_PROXY_COUNT and WELL_FORMED.fullmatch(sent) else secrets.token_hex(8)


def note(request, status, seconds):
    route = route_of(request)
    count_request(route, request.method, status, seconds)
    facts = {"route": route, "method": request.method[:10], "status": status, "ms": round(seconds * 1000, 1)}
    logger.info("request", extra=facts)


def route_of(request):
    """The name of the page, never its address, in which a token may stand; of what has no page, what it was for."""
    if request.resolver_match:
        return request.resolver_match.view_name or request.resolver_match.route
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"
