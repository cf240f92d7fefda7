"""How often a door may be tried, counted in the cache that all processes share.

allauth does the counting, for its own doors and for ours; ``LIMITS`` in the settings is the table of both. When the
cache is away nothing can be counted, and a door with a limit stays shut: 503, by ``errors.server_error``.
"""

import math
import time
from functools import wraps

from allauth.core.internal import ratelimit
from django.core.cache import cache

from config import errors

APP = "allauth.account"
"""Under whose name allauth counts."""

ratelimit.CACHE_LOCK_WAIT_TIMEOUT = 5
"""Seconds to wait for one's turn to count. After allauth's own 1, of sixty who came at the same moment from one address
fifteen were refused, though there was room."""


def limited(name, *, methods=(), asked=""):
    """Let each person, or each address, through as often as ``LIMITS[name]`` says; beyond that, 429.

    ``methods``: only these are counted, for a form that is shown by the same view. ``asked``: nothing is counted
    without this in the query, for a page that is searched now and then. Stands nearest to the view, so that only
    those who may enter are counted.
    """

    def limit(view):
        @wraps(view)
        def entered(request, *args, **kwargs):
            asking = not asked or request.GET.get(asked, "").strip()
            counted = asking and (not methods or request.method in methods)
            if not counted or ratelimit.consume(request, app=APP, action=name, limit_get=True):
                return view(request, *args, **kwargs)
            return refused(request, name)

        entered.limited_as = name
        return entered

    return limit


def refused(request, name=None):
    """429, with how long to wait; ``handler429`` for allauth, which does not say which of its limits was met."""
    return errors.too_many(request, seconds=seconds_to_wait(request, [name] if name else table()))


def table():
    from allauth.account import app_settings

    return app_settings.RATE_LIMITS


def seconds_to_wait(request, names, *, key=None):
    """Until the fullest of these limits has room; a minute, if that was so by now.

    ``key``: what is counted besides the person and the address of the browser; an e-mail address, if it is not said.
    """
    key = key or (request.POST.get("email") or getattr(request.user, "email", "")).lower()
    rates = {counter: rate for name in names for counter, rate in counters(request, name, key)}
    now = time.time()
    waits = [
        history[-1] + rates[counter].duration - now
        for counter, history in cache.get_many(rates).items()
        if len(history) >= rates[counter].amount
    ]
    return max(1, math.ceil(max(waits, default=60)))


def counters(request, name, key):
    """(key in the cache, rate) of each part of a limit that can be told from the request."""
    for rate in ratelimit.get_rates(app=APP, action=name):
        if (rate.per == "user" and not request.user.is_authenticated) or (rate.per == "key" and not key):
            continue
        yield ratelimit.get_cache_key(request, app=APP, action=name, rate=rate, key=key), rate
