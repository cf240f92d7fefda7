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
    "init_command": f"PRAGMA journal_mode={JOURNAL_MODE}; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
}
POSTGRESQL_CONNECTION = {
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""Seconds, the last in milliseconds: until a server that is gone without a word counts as gone."""

POOL = {"min_size": 1, "timeout": 4, "reconnect_timeout": 5}
"""Nobody waits longer than 4 seconds for a connection. After 5 of trying, the next who asks tries at once, so that a
database that is back is found at once; the pool by itself would wait longer and longer."""

WEB_PATIENCE_SECONDS = 12
"""How long a page waits for an answer: longer than a lock (10 seconds), shorter than people do."""

REDIS_CONNECTION = {"socket_connect_timeout": 1, "socket_timeout": 2}

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
        settings["OPTIONS"] = {**POSTGRESQL_CONNECTION, **settings.get("OPTIONS", {}), "options": POSTGRESQL_SETTINGS}
        if pool_size:
            from config.patience import PatientConnection

            settings["OPTIONS"]["pool"] = {**POOL, "max_size": pool_size, "connection_class": PatientConnection}
    return settings


def serve_pages():
    """In a web server: refuse an unsafe database, and let no page wait longer than people do."""
    from django.db import connection

    refuse_unsafe()
    if pool := connection.settings_dict["OPTIONS"].get("pool"):
        pool["connection_class"].patience = WEB_PATIENCE_SECONDS


def cache(url):
    """Return the entry of ``CACHES`` for ``url``; nobody waits long for a cache."""
    settings = environ.Env.cache_url_config(url)
    if settings["BACKEND"].endswith("DatabaseCache"):
        settings["BACKEND"] = "config.cache_in_db.DatabaseCache"
    if settings["BACKEND"].endswith("RedisCache"):
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        once_more = Retry(NoBackoff(), 1)  # of its own accord it tries ten times
        settings["OPTIONS"] = {**REDIS_CONNECTION, "retry": once_more, **settings.get("OPTIONS", {})}
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
        if connection.connection.info.parameter_status("server_encoding") != "UTF8":
            yield Error(
                "The database was made for letters without accents: names and addresses would not be compared rightly.",
                hint="Make it anew: createdb --template template0 --encoding UTF8 (docs/deploy.md).",
                id="stapwijs.E003",
            )
