"""How the database is reached, so that nothing acknowledged is lost (docs/decisions/0001-sqlite.md)."""

import sys

try:  # the SQLite of Debian 12 has a bug that can corrupt a write-ahead log; this wheel brings a newer one
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
except ImportError:
    pass

import sqlite3

import environ
from django.core.checks import Error, Tags, Warning, register

SAFE_WAL = (3, 51, 3)
JOURNAL_MODE = "WAL" if sqlite3.sqlite_version_info >= SAFE_WAL else "TRUNCATE"

SQLITE_OPTIONS = {
    "init_command": f"PRAGMA journal_mode={JOURNAL_MODE}; PRAGMA synchronous=FULL;",
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
}
POSTGRESQL_SETTINGS = "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
UNSAFE_ON_POSTGRESQL = ("fsync", "synchronous_commit", "full_page_writes")


def configuration(url, *, pool_size):
    """Return the entry of ``DATABASES`` for ``url`` (``sqlite:///path`` or ``postgres://…``).

    ``pool_size`` is the number of connections to PostgreSQL that one process keeps; 0 for none.
    """
    settings = environ.Env.db_url_config(url)
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = SQLITE_OPTIONS
    else:
        settings["CONN_HEALTH_CHECKS"] = True
        settings["OPTIONS"] = {**settings.get("OPTIONS", {}), "options": POSTGRESQL_SETTINGS}
        if pool_size:
            settings["OPTIONS"]["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 10}
    return settings


@register(Tags.database)
def database_keeps_its_promises(databases, **kwargs):
    """Refuse a database that says "saved" before it is."""
    from django.db import OperationalError, connections

    try:
        return [error for alias in databases or [] for error in broken_promises(connections[alias])]
    except OperationalError:
        return [Warning("The database is out of reach; what it promises could not be checked.", id="stapwijs.W001")]


def refuse_unsafe():
    """Stop, with the reason, on a database that would lose work; for every start of a server."""
    serious = [message for message in database_keeps_its_promises(["default"]) if message.is_serious()]
    if serious:
        raise SystemExit("\n".join(map(str, serious)))


def broken_promises(connection):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            if cursor.fetchone()[0] < 2:
                yield Error("SQLite runs without synchronous=FULL: a power cut would lose work.", id="stapwijs.E001")
            if JOURNAL_MODE != "WAL":
                yield Warning("SQLite is older than 3.51.3: it runs safely, but slower.", id="stapwijs.W002")
            return
        for setting in UNSAFE_ON_POSTGRESQL:
            cursor.execute("SELECT current_setting(%s)", [setting])
            if cursor.fetchone()[0] == "off":
                yield Error(
                    f"PostgreSQL runs with {setting}=off: a crash would lose work.",
                    hint=f"Set {setting} = on in postgresql.conf.",
                    id="stapwijs.E002",
                )
