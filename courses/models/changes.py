"""Whose changes these are."""

from contextlib import contextmanager
from contextvars import ContextVar

_author: ContextVar = ContextVar("author of the changes under way", default=None)


@contextmanager
def changes_by(author):
    """Changes of themes made in here are this person's."""
    token = _author.set(author)
    try:
        yield
    finally:
        _author.reset(token)


def current_author():
    """Whose changes these are, or None: a command's."""
    return _author.get()
