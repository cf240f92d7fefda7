"""How a comparison reaches people who do not see its marks."""

import re

from django import template
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()

TAG = re.compile(r'<(?:[^<>"]|"[^"]*")*>')
"""A whole tag: what stands in its attributes is none."""


@register.filter
def spoken(marked):
    """Say in words where something was added or removed: not every screen reader tells of ``ins`` and ``del``."""
    told = {
        "<ins>": "<ins>" + unseen(_("added:")),
        "</ins>": unseen(_("end of what was added")) + "</ins>",
        "<del>": "<del>" + unseen(_("removed:")),
        "</del>": unseen(_("end of what was removed")) + "</del>",
    }
    return TAG.sub(lambda tag: told.get(tag[0], tag[0]), marked)


def unseen(words):
    return f'<span class="visually-hidden" lang="{get_language()}"> {escape(words)} </span>'
