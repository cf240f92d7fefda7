"""A PostgreSQL database: dumped as it was at one moment, put back by way of another one that takes its name."""

import os
import re
import shutil
import subprocess
import time
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo

from courses.keeping.manifest import DamagedError

SUFFIX = ".dump"
DEBIAN = Path("/usr/lib/postgresql")
KNOWN = {option.keyword.decode() for option in Conninfo.get_defaults()}
UNHURRIED = "-c statement_timeout=0 -c lock_timeout=10s -c idle_in_transaction_session_timeout=0"
MAINTENANCE = ("postgres", "template1")
"""Databases to be connected to while another gets its name."""
LEAVING_SECONDS = 1


class InUseError(Exception):
    """Somebody is connected to the database."""


class ToolError(Exception):
    """What PostgreSQL needs for this is missing, or says no; the text says what to do."""


def parameters(connection, **other):
    """Where the database is and who we are, for libpq."""
    known = {name: value for name, value in connection.get_connection_params().items() if name in KNOWN}
    return {**known, "options": UNHURRIED, **other}


def connect(connection, **other):
    try:
        return psycopg.connect(**parameters(connection, **other), autocommit=True)
    except psycopg.OperationalError as error:
        raise ToolError(f"PostgreSQL does not let us in: {str(error).strip()}.") from error


def version(connection):
    with closing(connect(connection)) as ours:
        return ours.info.parameter_status("server_version")


def run(connection, program, *arguments, **other):
    """One of PostgreSQL's own programs; the password goes by its environment, where nobody else can read it."""
    known = parameters(connection, **other)
    password = known.pop("password", None)
    environment = {**os.environ, "LC_ALL": "C.UTF-8", **({"PGPASSWORD": password} if password else {})}
    command = [program, f"--dbname={make_conninfo(**known)}", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  found below
    if done.returncode:
        said = done.stderr.splitlines()
        why = next((line for line in said if "error" in line), said[-1] if said else f"{Path(program).name} stopped")
        raise ToolError(f"{why.strip().rstrip('.')}.")


def program(name, server):
    """The one of the server's own version, else the next newer one."""
    candidates = [str(path) for path in DEBIAN.glob(f"*/bin/{name}")]
    if on_path := shutil.which(name):
        candidates.append(on_path)
    able = sorted((major, path) for path in candidates if (major := major_of(path)) >= server)
    if able:
        return able[0][1]
    older = f" What is here is older ({max(map(major_of, candidates))})." if candidates else ""
    raise ToolError(
        f"{name} of PostgreSQL {server} or newer is needed.{older} "
        f"On Debian: sudo apt install postgresql-client-{server}"
    )


def major_of(path):
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603  its own
    found = re.search(r"\s(\d+)", said)
    return int(found[1]) if found else 0


@contextmanager
def snapshot(connection, path):
    """Dump the database to ``path`` as it is at one moment, while others write on; yield a cursor at that moment."""
    with closing(connect(connection)) as ours, ours.transaction(), ours.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        name = cursor.execute("SELECT pg_export_snapshot()").fetchone()[0]
        pg_dump = program("pg_dump", ours.info.server_version // 10_000)
        path.touch(mode=0o600, exist_ok=False)
        run(connection, pg_dump, "--format=custom", f"--snapshot={name}", f"--file={path}")
        yield cursor


@contextmanager
def loaded(connection, path):
    """Load a dump into a database of its own beside this one; yield a cursor on it, and drop it unless it is taken."""
    name = beside(connection)
    with closing(anywhere(connection)) as ours:
        try:
            with suppress(psycopg.errors.InvalidCatalogName):
                left = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
                ours.execute(left)  # by one that was killed, whose pg_restore may go on alone
            ours.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege as error:
            raise ToolError(
                "The user of DATABASE_URL may not make databases, and a backup is loaded into one of its own to be "
                f"looked at. As postgres: ALTER ROLE {ours.info.user} CREATEDB"
            ) from error
    try:
        fill(connection, path, name)
        with closing(connect(connection, dbname=name)) as ours, ours.cursor() as cursor:
            yield cursor
    finally:
        with closing(anywhere(connection)) as ours:
            ours.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def fill(connection, path, name):
    with closing(connect(connection)) as ours:
        pg_restore = program("pg_restore", ours.info.server_version // 10_000)
    arguments = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(path))
    try:
        run(connection, pg_restore, *arguments, dbname=name)
    except ToolError as error:
        raise DamagedError(f"Its database cannot be loaded. {error}") from error


def beside(connection, what="restoring"):
    return f"{connection.settings_dict['NAME'][:40]}_{what}"


def anywhere(connection):
    """A connection to another database than ours."""
    ours = connection.settings_dict["NAME"]
    names = [name for name in MAINTENANCE if name != ours]
    for name in names[:-1]:
        with suppress(ToolError):
            return connect(connection, dbname=name)
    return connect(connection, dbname=names[-1])


def tables(cursor):
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return [name for (name,) in cursor.fetchall()]


def is_in_use(connection):
    """Whether somebody has it open, and still has after a moment: who leaves is seen a little longer."""
    ask, name = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s", connection.settings_dict["NAME"]
    deadline = time.monotonic() + LEAVING_SECONDS
    with closing(anywhere(connection)) as ours:
        while ours.execute(ask, [name]).fetchone()[0]:
            if time.monotonic() > deadline:
                return True
            time.sleep(0.1)
    return False


def replace(connection, path, *, keep_as):
    """Let the database that was ``loaded`` take the name of this one, which is kept under another; both at once.

    An empty one is not kept. Nobody may be connected to this one: PostgreSQL itself refuses. ``path`` was loaded
    already.
    """
    ours, kept = connection.settings_dict["NAME"], beside(connection, keep_as)
    rename = partial(sql.SQL("ALTER DATABASE {} RENAME TO {}").format)
    with closing(anywhere(connection)) as elsewhere:
        try:
            empty = is_empty(connection)
            with elsewhere.transaction():
                there = elsewhere.execute("SELECT 1 FROM pg_database WHERE datname = %s", [ours]).fetchone()
                if there:
                    elsewhere.execute(rename(sql.Identifier(ours), sql.Identifier(kept)))
                elsewhere.execute(rename(sql.Identifier(beside(connection)), sql.Identifier(ours)))
        except psycopg.errors.ObjectInUse as error:
            raise InUseError from error
        if empty:
            with suppress(psycopg.errors.ObjectInUse):
                elsewhere.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(kept)))
    return kept if there and not empty else None


def is_empty(connection):
    """Only if it was looked into: one that does not let us in, or is not there, is not called so."""
    found = "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    with suppress(ToolError), closing(connect(connection)) as ours:
        return ours.execute(found).fetchone()[0] == 0
    return False
