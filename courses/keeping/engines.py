"""Which module knows the database at hand, and what is asked of every one."""

from django.conf import settings
from django.db import connections
from django.utils.crypto import salted_hmac

from courses.keeping import postgresql, sqlite

ENGINES = {"sqlite": sqlite, "postgresql": postgresql}

IN_USE = (sqlite.InUseError, postgresql.InUseError)


def of(connection):
    return ENGINES[connection.vendor]


def facts(engine, cursor):
    """Rows by table, and migrations by app, as the database at this cursor has them."""
    counts, migrations = {}, {}
    for table in sorted(engine.tables(cursor)):
        cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  names come from the database itself
        counts[table] = cursor.fetchone()[0]
    if "django_migrations" in counts:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        for app, name in cursor.fetchall():
            migrations.setdefault(app, []).append(name)
    return counts, migrations


def let_go():
    """Close what this process itself has open."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def fingerprint_of_key():
    """Tells whether two sites have the same secret key, and nothing else about it."""
    return salted_hmac("courses.keeping", "fingerprint", settings.SECRET_KEY, algorithm="sha256").hexdigest()[:16]
