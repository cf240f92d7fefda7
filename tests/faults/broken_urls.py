"""The product's addresses, and some where what a page stands on is away."""

import errno

from django.contrib.auth.decorators import login_not_required
from django.db import InternalError, OperationalError, ProgrammingError
from django.urls import path
from redis.exceptions import ConnectionError as RedisConnectionError

from config import urls
from config.outages import CacheAwayError, MailAwayError

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


class ToldByPostgresql(Exception):  # noqa: N818  psycopg names its own so
    def __init__(self, sqlstate):
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def caused(error, sqlstate):
    error.__cause__ = ToldByPostgresql(sqlstate)
    return error


ERRORS = {
    "locked": lambda: OperationalError("database is locked"),
    "sqlite-full": lambda: OperationalError("database or disk is full"),
    "sqlite-failing": lambda: OperationalError("disk I/O error"),
    "sqlite-closed": lambda: OperationalError("attempt to write a readonly database"),
    "postgresql-full": lambda: caused(OperationalError("could not extend file"), "53100"),
    "postgresql-ended": lambda: caused(InternalError("idle in transaction"), "25P03"),
    "postgresql-copy": lambda: caused(InternalError("read-only transaction"), "25006"),
    "postgresql-wrong": lambda: caused(ProgrammingError("syntax error"), "42601"),
    "disk-full": lambda: OSError(errno.ENOSPC, "No space left on device"),
    "disk-closed": lambda: OSError(errno.EROFS, "Read-only file system"),
    "file-away": lambda: FileNotFoundError(errno.ENOENT, "No such file"),
    "redis": lambda: RedisConnectionError("refused"),
    "cache": CacheAwayError,
    "mail": MailAwayError,
}


@login_not_required
def broken(request, name):
    raise ERRORS[name]()


urlpatterns = [path("broken/<slug:name>/", broken, name="broken"), *urls.urlpatterns]
