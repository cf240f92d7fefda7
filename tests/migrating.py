"""What a migration may not do while machines of the former release are still at work (docs/deploy.md).

Each rule yields its name and a sentence. A migration that must break one says why, under the rule's name:

    class Migration(migrations.Migration):
        reasons = {"removes": "No release since 1.3 reads or writes it."}
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations
from django.db.migrations import operations
from django.db.models import NOT_PROVIDED

LARGE = {
    "accounts.user",
    "courses.mail",
    "courses.membership",
    "courses.participation",
    "courses.progress",
    "courses.progressevent",
    "courses.rosterrow",
}
"""Tables with a row for each learner, or more."""

DATA = (migrations.RunPython, migrations.RunSQL)
NO_SCHEMA = (*DATA, operations.AlterModelOptions, operations.AlterModelManagers)


def findings(migration, state):
    """[(rule, sentence)] of a migration, from the state of the models before it; ``state`` is used up."""
    found, own = [], {f"{migration.app_label}.{name}" for name in created(migration)}
    for operation in migration.operations:
        found += list(findings_of(operation, migration.app_label, state, own))
        operation.state_forwards(migration.app_label, state)
    data = [operation for operation in migration.operations if isinstance(operation, DATA)]
    if data and not all(isinstance(operation, NO_SCHEMA) for operation in migration.operations):
        found.append(("mixes", "changes tables and rows in one migration: every row stays locked until both are done"))
    return found


def created(migration):
    return {one.name_lower for one in migration.operations if isinstance(one, operations.CreateModel)}


def findings_of(operation, app, state, own):
    """What is wrong with one operation; on a table that this very migration makes, nothing is."""
    if isinstance(operation, DATA) and not operation.reversible:
        yield "one-way", f"{operation.describe()}: there is no way back"
    table = f"{app}.{getattr(operation, 'model_name_lower', getattr(operation, 'name_lower', ''))}"
    if table in own:
        return
    if isinstance(operation, (operations.RemoveField, operations.DeleteModel)):
        yield "removes", f"{operation.describe()}: the former release still asks for it"
    if isinstance(operation, (operations.RenameField, operations.RenameModel, operations.AlterModelTable)):
        yield "renames", f"{operation.describe()}: one of two releases does not know the name"
    if isinstance(operation, operations.AddField):
        yield from findings_of_column(operation, table)
    if isinstance(operation, operations.AlterField):
        yield from findings_of_change(operation, table, state)
    waits = isinstance(operation, (operations.AddIndex, operations.AddConstraint))
    if waits and table in LARGE and not isinstance(operation, AddIndexConcurrently):
        yield "locks", f"{operation.describe()}: nobody can write to a large table until it is made"


def findings_of_column(operation, table):
    field = operation.field
    if field.many_to_many:
        return
    if not field.null and field.db_default is NOT_PROVIDED:
        yield "demands", f"{operation.describe()}: the former release adds rows without it (null, or db_default)"
    if table in LARGE and (field.db_index or field.unique):
        yield "locks", f"{operation.describe()}: nobody can write to a large table until its index is made"


def findings_of_change(operation, table, state):
    app, model = table.split(".")
    before, after = state.models[app, model].fields[operation.name], operation.field
    if before.null and not after.null and after.db_default is NOT_PROVIDED:
        yield "demands", f"{operation.describe()}: the former release adds rows without it (db_default)"
    if before.get_internal_type() != after.get_internal_type():
        yield "renames", f"{operation.describe()}: the former release writes another type"
