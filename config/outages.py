"""What a page stands on and may be away: the database, the cache, room on the disk, the mail server."""

import enum
import errno
import sys

from django.db import DatabaseError, InterfaceError, OperationalError


class Outage(enum.Enum):
    """AWAY: the database or the cache does not answer, or not in time. NO_ROOM: nothing new can be written."""

    AWAY = enum.auto()
    NO_ROOM = enum.auto()
    MAIL_AWAY = enum.auto()


class MailAwayError(Exception):
    """A mail that a page needs to send now could not be handed to the mail server."""


class CacheAwayError(Exception):
    """The cache in the database could not write; it does not tell why."""


UNWRITABLE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
"""Why a file cannot be written: a full disk, a quota, a folder that only can be read, a disk that fails."""

SQLITE_CANNOT_WRITE = ("disk is full", "disk I/O error", "readonly database")

POSTGRESQL_FULL = "53100"
POSTGRESQL_AWAY = ("25P03", "25P04", "25006", "42P01")
"""Our transaction was ended for taking too long; this is a copy that can only be read, after a change of servers; a
table is not there, while a backup is put back."""


def outage_of(error):
    """Return the ``Outage`` that this exception is a sign of, or None if it is a fault of ours."""
    if isinstance(error, MailAwayError):
        return Outage.MAIL_AWAY
    if isinstance(error, CacheAwayError) or is_of_redis(error):
        return Outage.AWAY
    if isinstance(error, OSError):
        return Outage.NO_ROOM if error.errno in UNWRITABLE else None
    return outage_of_database(error) if isinstance(error, DatabaseError | InterfaceError) else None


def outage_beneath(error):
    """The same of what this exception was made of: a session that cannot be written becomes a bad request."""
    while error and not (outage := outage_of(error)):
        error = error.__context__
    return outage if error else None


def outage_of_database(error):
    state = getattr(error.__cause__, "sqlstate", None)
    if state == POSTGRESQL_FULL or any(words in str(error) for words in SQLITE_CANNOT_WRITE):
        return Outage.NO_ROOM
    known = isinstance(error, OperationalError | InterfaceError)
    return Outage.AWAY if known or state in POSTGRESQL_AWAY else None


def is_of_redis(error):
    """Where the cache is another, its library is never loaded, and can have raised nothing."""
    library = sys.modules.get("redis.exceptions")
    return library is not None and isinstance(error, library.RedisError)
