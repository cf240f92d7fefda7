"""Many rows at once: by COPY on PostgreSQL, by many inserts in one statement elsewhere."""

from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max

from courses.models import Membership, Participation, Progress, ProgressEvent, RosterRow

MODELS = {
    get_user_model(): "people",
    Membership: "memberships",
    Participation: "participations",
    Progress: "rows of progress",
    ProgressEvent: "events",
    RosterRow: "roster rows",
}
"""What is written, in this order, and how it is called."""

MEMORY = "512MB"
"""For building indexes."""


class Tables:
    """Rows that wait to be written, by model; each is a tuple of all columns in the order of the model."""

    def __init__(self):
        self.rows = {model: [] for model in MODELS}
        self.written = dict.fromkeys(MODELS, 0)
        self.write = copy if connection.vendor == "postgresql" else insert

    def flush(self):
        with connection.cursor() as cursor:
            for model, rows in self.rows.items():
                self.write(cursor, model._meta.db_table, columns_of(model), rows)
                self.written[model] += len(rows)
                rows.clear()


def columns_of(model):
    return [field.column for field in model._meta.concrete_fields]


def next_key(model):
    return (model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1


def copy(cursor, table, columns, rows):
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as target:
        for row in rows:
            target.write_row(row)


def insert(cursor, table, columns, rows):
    marks = ", ".join(["%s"] * len(columns))
    cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)  # noqa: S608  our own names


@contextmanager
def bulk(*, empty):
    """In the transaction of the block: no time limits, and into empty tables without indexes, which come after.

    Constraints that come after are checked on every row; if anything fails, nothing has happened.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        for setting in ("statement_timeout = 0", "idle_in_transaction_session_timeout = 0", "timezone = 'UTC'"):
            cursor.execute(f"SET LOCAL {setting}")
        cursor.execute(f"SET LOCAL maintenance_work_mem = '{MEMORY}'")
        connection.check_constraints()  # what waits for the end of the transaction would keep the tables as they are
        later = without_indexes(cursor) if empty else []
        yield
        for statement in later:
            cursor.execute(statement)
        for statement in connection.ops.sequence_reset_sql(no_style(), list(MODELS)):
            cursor.execute(statement)


def without_indexes(cursor):
    """Drop foreign keys, unique constraints and indexes, but no primary keys; return how to restore them."""
    tables = [model._meta.db_table for model in MODELS]
    cursor.execute(
        "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid::regclass::text = ANY(%s) AND contype IN ('u', 'f') ORDER BY contype DESC, oid",
        [tables],
    )
    constraints = cursor.fetchall()
    for table, name, _definition in constraints:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    cursor.execute(
        "SELECT quote_ident(indexname), indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND schemaname = 'public' "
        "AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        [tables],
    )
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    restored = [f"ALTER TABLE {table} ADD CONSTRAINT {name} {text}" for table, name, text in constraints]
    return [definition for _name, definition in indexes] + restored
