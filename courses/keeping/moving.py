"""Everything in the database goes to another one, which may be of another kind: all of it, or nothing.

Nobody can write meanwhile, so that what is compared in the end is what there is. The cache is left behind: what it
counts and remembers is of the passing moment.
"""

from contextlib import contextmanager
from itertools import islice

from django.apps import apps
from django.core.cache import caches
from django.core.cache.backends.db import BaseDatabaseCache
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import AutoField

from config import database
from courses.keeping import engines

HERE, THERE = "default", "moving"
AT_A_TIME = 2_000
LEFT_BEHIND = {"django_migrations"}
"""The new database has its own."""


class NotMovedError(Exception):
    """Nothing was moved; the text says why."""


@contextmanager
def destination(url):
    """Connect to the new database, under the name ``THERE``."""
    settings = {HERE: connections.settings[HERE], THERE: database.configuration(url, pool_size=0)}
    connections.settings[THERE] = connections.configure_settings(settings)[THERE]
    try:
        yield connections[THERE]
    finally:
        connections[THERE].close()
        del connections[THERE], connections.settings[THERE]


def move(url, *, tell):
    """Move everything; ``tell`` hears of each table. Return how many rows were moved and compared."""
    with destination(url) as there:
        prepare(there)
        with standing_still(), transaction.atomic(using=THERE):
            unhurried(there)
            count = sum(copy(model, there, tell) for model in emptied(there))
            carry_keys(there)
            there.check_constraints()
            differing = sum(map(compare, models()))
            if differing:
                raise NotMovedError(f"{differing:,} rows came out differently; the new database is empty again.")
        return count


def prepare(there):
    """Have the same tables there, in a database in which nobody is yet."""
    call_command("migrate", database=THERE, run_syncdb=True, verbosity=0)
    call_command("createcachetable", database=THERE, verbosity=0)
    if apps.get_model("accounts.User").objects.using(THERE).exists():
        raise NotMovedError("There are people in the new database; it must be an empty one.")
    if MigrationRecorder(connections[HERE]).applied_migrations().keys() != (
        MigrationRecorder(there).applied_migrations().keys()
    ):
        raise NotMovedError("The old database is of another version than this one: first manage.py migrate.")
    if unknown := unknown_tables():
        raise NotMovedError(f"Nobody here knows the table “{unknown[0]}”; it would stay behind.")


def models():
    """Everything that has a table of its own, what ties many to many included."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def unknown_tables():
    known = {model._meta.db_table for model in models()} | LEFT_BEHIND
    known |= {cache._table for cache in caches.all(initialized_only=False) if isinstance(cache, BaseDatabaseCache)}
    with connections[HERE].cursor() as cursor:
        return sorted(set(engines.of(connections[HERE]).tables(cursor)) - known)


@contextmanager
def standing_still():
    """Within it everybody may read, and nobody can write in the old database."""
    here = connections[HERE]
    with transaction.atomic(using=HERE):  # on SQLite, from its beginning on it is the only one that writes
        unhurried(here)
        if here.vendor == "postgresql":
            tables = ", ".join(here.ops.quote_name(model._meta.db_table) for model in models())
            with here.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {tables} IN SHARE MODE")
        yield


def unhurried(connection):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")


def emptied(there):
    """All models, after what migrations wrote into the new database is gone."""
    found = models()
    with there.cursor() as cursor:
        for statement in there.ops.sql_flush(no_style(), [model._meta.db_table for model in found]):
            cursor.execute(statement)
    return found


def fields_of(model):
    return model._meta.local_concrete_fields


def rows_of(model, using, **conditions):
    names = [field.attname for field in fields_of(model)]
    rows = model._base_manager.using(using).filter(**conditions).order_by("pk").values_list(*names)
    return rows if conditions else rows.iterator(chunk_size=AT_A_TIME)


def batches(rows):
    while batch := list(islice(rows, AT_A_TIME)):
        yield batch


def copy(model, there, tell):
    """Write all rows of a table as they are: no default, no date of today; return how many."""
    fields, count = fields_of(model), 0
    quoted = [there.ops.quote_name(name) for name in [model._meta.db_table, *(field.column for field in fields)]]
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quoted[0]} ({', '.join(quoted[1:])}) VALUES ({marks})"  # noqa: S608  our own names
    with there.cursor() as cursor:
        for batch in batches(rows_of(model, HERE)):
            try:
                cursor.executemany(statement, [adapted(fields, row, there) for row in batch])
            except (DatabaseError, ValueError) as error:
                raise NotMovedError(
                    f"The new database does not take a row of “{model._meta.db_table}” (keys {batch[0][0]} to "
                    f"{batch[-1][0]}): {type(error).__name__}."
                ) from error
            count += len(batch)
    tell(f"{count:>12,} {model._meta.db_table}")
    return count


def adapted(fields, row, there):
    return [field.get_db_prep_save(value, there) for field, value in zip(fields, row, strict=True)]


def carry_keys(there):
    """Go on with the keys where the old database stood: also those of rows that are gone are never given again."""
    with connections[HERE].cursor() as here, there.cursor() as cursor:
        for model in models():
            table = model._meta.db_table
            if columns := [field.column for field in fields_of(model) if isinstance(field, AutoField)]:
                last = LAST_KEY[connections[HERE].vendor](here, table, columns[0])
                CARRY_ON[there.vendor](cursor, table, columns[0], last)


def last_in_sqlite(cursor, table, column):
    cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    return (cursor.fetchone() or [0])[0]


def last_in_postgresql(cursor, table, column):
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, column])
    cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {cursor.fetchone()[0]}")  # noqa: S608  its own
    return cursor.fetchone()[0]


def carry_on_in_sqlite(cursor, table, column, last):
    cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
    cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])


def carry_on_in_postgresql(cursor, table, column, last):
    cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)", [table, column, last or 1, last > 0])


LAST_KEY = {"sqlite": last_in_sqlite, "postgresql": last_in_postgresql}
CARRY_ON = {"sqlite": carry_on_in_sqlite, "postgresql": carry_on_in_postgresql}


def compare(model):
    """Look at every row on both sides; return how many are not the same, or on one side only."""
    key = [field.attname for field in fields_of(model)].index(model._meta.pk.attname)
    counts = [model._base_manager.using(using).count() for using in (HERE, THERE)]
    differing = max(counts[1] - counts[0], 0)
    for batch in batches(rows_of(model, HERE)):
        there = {row[key]: row for row in rows_of(model, THERE, pk__in=[row[key] for row in batch])}
        differing += sum(there.get(row[key]) != row for row in batch)
    return differing
