"""What may stand in the logs: what happened and where, never to whom, and no token that opens a door."""

import json
import re
import traceback
from typing import Any

from structlog.contextvars import merge_contextvars
from structlog.processors import ExceptionRenderer, TimeStamper
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name

FACTS = ("route", "method", "status", "ms", "task")
"""What our own lines say besides their words; what libraries add, as the whole request, is left out."""

TOKENS = re.compile(r"((?:/|%2F)(?:join|unsubscribe)(?:/|%2F))[^/%?#\s\"']+", re.IGNORECASE)
VALUES = re.compile(r"((?:Key|Failing row contains|Sleutel)[^\n]*?=?)\([^\n]*\)")
ADDRESSES = re.compile(r"[^\s@<>\"'“”()\[\]{},;:=/]+(?:@|%40)[^\s@<>\"'“”()\[\]{},;:=/]+", re.IGNORECASE)
MACHINES = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[0-9a-f]{1,4}:){3,}[0-9a-f:]*", re.IGNORECASE)

CODE_SPEAKS = (AttributeError, ImportError, NameError, NotImplementedError, TypeError)
"""Errors whose text tells of the program; that of others may tell what somebody typed."""


def masked(text):
    """Without tokens, values of rows, e-mail addresses, and addresses of machines."""
    text = VALUES.sub(r"\1(…)", TOKENS.sub(r"\1…", text))
    return MACHINES.sub("…", ADDRESSES.sub("…", text))


class Masking(ProcessorFormatter):
    """Whatever a line was made of, it is masked as a whole, at the very end."""

    def format(self, record):
        return masked(super().format(record))


def formatter(style):
    """``style``: plain or json."""
    before: list[Any] = [
        merge_contextvars,
        add_log_level,
        add_logger_name,
        ExtraAdder(FACTS),
        TimeStamper(fmt="iso", utc=True),
    ]
    return Masking(
        foreign_pre_chain=before,
        processors=[ProcessorFormatter.remove_processors_meta, ExceptionRenderer(told), STYLES[style]],
    )


def in_json(logger, name, event):
    return json.dumps(event, default=str, ensure_ascii=False)


def plain(logger, name, event):
    """Moment, level and words first; then what is known besides; then where it came from, on lines of their own."""
    trace = event.pop("exception", "")
    first = " ".join(str(event.pop(key, "")) for key in ("timestamp", "level", "logger", "event"))
    line = " ".join([first, *(f"{key}={value}" for key, value in event.items())])
    return f"{line}\n{trace}" if trace else line


STYLES = {"plain": plain, "json": in_json}


def told(exc_info):
    """Where an error came from, and of which kind it is: the lines of our code, no value of anything."""
    error, chain = exc_info[1], []
    while error is not None:
        lines = traceback.format_list(traceback.extract_tb(error.__traceback__))
        chain.append("".join([*lines, f"{type(error).__qualname__}{words_of(error)}"]))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\nwhich led to\n\n".join(reversed(chain))


def words_of(error):
    """Of an error in the program its text; of the database the names of what refused; else nothing."""
    if isinstance(error, CODE_SPEAKS):
        return f": {error}"
    diagnosis = getattr(error, "diag", None)
    named = [getattr(diagnosis, name, None) for name in ("sqlstate", "table_name", "column_name", "constraint_name")]
    return f" ({', '.join(filter(None, named))})" if any(named) else ""


def configuration(style):
    """The setting ``LOGGING``: everything to the console."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"ours": {"()": formatter, "style": style}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "ours"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},  # what is refused or not found has a line of ours, without its path
            "stapwijs.requests": {"level": "INFO"},
        },
    }
