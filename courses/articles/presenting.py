"""A text that was not published, on a page: publication would have seen to this."""

import re

UNDECIDED = re.compile(r"<img (?![^>]*\balt=)")
SCROLLER = re.compile(r"<(table|pre)\b(?! tabindex)")


def presentable(html):
    """Let a picture that nobody described yet be silent, and what scrolls be reached by keyboard."""
    return SCROLLER.sub(r'<\1 tabindex="0"', UNDECIDED.sub('<img alt="" ', html))
