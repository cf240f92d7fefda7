"""Parts of pages that are the same for everyone: drawn once, and kept in memory."""

from datetime import date
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

KEPT = 2_000
"""By each process; the part that was shown longest ago makes room."""

PLAIN = (str, int, date, type(None))

register = template.Library()


@register.simple_tag
def kept(name, /, **values):
    """Draw the template ``name`` with these values and in this language, or give what they gave before.

    It knows no request, no person, nothing but its values, and is kept under just these. So it cannot be out of date,
    and cannot tell anybody about somebody else.
    """
    return drawn(name, get_language(), **values)


@lru_cache(maxsize=KEPT, typed=True)
def drawn(name, spoken, /, **values):
    """``typed``, for text that is safe in HTML equals the same text that is not."""
    for key, value in values.items():
        if not plain(value):
            raise TypeError(f"{name}: {key} is no plain value")
    return render_to_string(name, values)


def plain(value):
    """Whether ``value`` says no more than what it is compared by; a tuple with attributes of its own does.

    So does text that is safe in HTML, where it is part of a tuple: only the values themselves are compared by type.
    """
    if isinstance(value, tuple):
        safe = any(isinstance(one, SafeString) for one in value)
        return not safe and not hasattr(value, "__dict__") and all(map(plain, value))
    return isinstance(value, PLAIN)
