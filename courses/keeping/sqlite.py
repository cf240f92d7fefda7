"""A SQLite database: copied as it was at one moment, and put back in one transaction."""

import os
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

from courses.keeping.manifest import DamagedError

SUFFIX = ".sqlite3"
PATIENCE = 5
"""Seconds to wait for somebody who is just leaving."""


class InUseError(Exception):
    """Somebody has the database open."""


def version(connection):
    return sqlite3.sqlite_version


@contextmanager
def snapshot(connection, path):
    """Copy the database to ``path`` as it is at one moment, while others write on; yield a cursor on the copy."""
    source = sqlite3.connect(connection.settings_dict["NAME"], timeout=60)
    with closing(source), closing(sqlite3.connect(new_file(path))) as copy:
        try:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file that needs no other beside it
        except sqlite3.OperationalError as error:  # the disk is full, or cannot be read
            raise OSError(str(error)) from error
        check(copy)
        yield copy.cursor()


def new_file(path):
    """For its owner alone from the very first byte."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return path


@contextmanager
def loaded(connection, path):
    """Look whether the database at ``path`` is whole; yield a cursor on it."""
    try:
        with closing(sqlite3.connect(path)) as copy:
            check(copy)
            yield copy.cursor()
    except sqlite3.DatabaseError as error:
        raise DamagedError("Its database is broken.") from error


def check(copy):
    """Its pages, its indexes and its foreign keys."""
    if (found := copy.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
        raise DamagedError(f"Its database is broken: {found}")
    if found := copy.execute("PRAGMA foreign_key_check").fetchone():
        raise DamagedError(f"A row of “{found[0]}” in its database points to one of “{found[2]}” that is not there.")


def tables(cursor):
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite#_%' ESCAPE '#'")
    return [name for (name,) in cursor.fetchall()]


def is_in_use(connection):
    path = Path(connection.settings_dict["NAME"])
    try:
        if path.exists():
            alone(path).close()
    except InUseError:
        return True
    return False


def replace(connection, path, *, keep_as):
    """Put the database at ``path`` in the place of this one, which is kept as ``keep_as`` + suffix, if it has any rows.

    Nobody else may have it open, and nobody gets in before it is done: both copies are made by the one connection that
    holds the lock. A crash in between leaves the former one, as it does with every other transaction.
    """
    target = Path(connection.settings_dict["NAME"])
    kept = target.with_name(f"{target.name}.{keep_as}")
    with closing(alone(target)) as live:
        if tables(live.cursor()):
            with closing(sqlite3.connect(new_file(kept))) as former:
                live.backup(former)
        with closing(sqlite3.connect(path)) as copy:
            copy.backup(live)
    return kept if kept.exists() else None


def alone(path):
    """A connection that lets nobody else in until it is closed."""
    if not path.exists():
        new_file(path)
    live = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        live.execute("PRAGMA locking_mode=EXCLUSIVE")
        live.execute("PRAGMA synchronous=FULL")
        live.execute("BEGIN EXCLUSIVE")
        live.execute("COMMIT")
    except sqlite3.OperationalError as error:
        live.close()
        raise InUseError from error
    return live
