"""What the database itself refuses: a change of what was published, or of what happened.

The triggers are put in place after every ``migrate``, for a migration may rebuild a table and
lose them. They refuse updates only: rows go when a person is erased or a theme is deleted.
"""

from django.db import connections

REFUSALS = {
    "courses_edition": (
        "OLD.published_at IS NOT NULL",
        [
            "topic_id",
            "number",
            "title",
            "summary",
            "html",
            "outline",
            "text",
            "reading_minutes",
            "major",
            "note",
            "published_at",
        ],
        "a published edition never changes",
    ),
    "courses_progressevent": (
        "1 = 1",
        ["participation_id", "topic_id", "edition_id", "kind", "deed", "happened_at", "received_at", "reason"],
        "what happened is never rewritten",
    ),
}


def install(using="default", **kwargs):
    """Receiver of ``post_migrate``: install the triggers of this database's own kind."""
    connection = connections[using]
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table, (condition, columns, reason) in REFUSALS.items():
            if table in tables:
                for statement in STATEMENTS[connection.vendor](table, condition, ", ".join(columns), reason):
                    cursor.execute(statement)


def sqlite(table, condition, columns, reason):
    return [
        f"DROP TRIGGER IF EXISTS {table}_guard",
        f"CREATE TRIGGER {table}_guard BEFORE UPDATE OF {columns} ON {table} FOR EACH ROW WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{reason}'); END",
    ]


def postgresql(table, condition, columns, reason):
    return [
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{reason}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"DROP TRIGGER IF EXISTS {table}_guard ON {table}",
        f"CREATE TRIGGER {table}_guard BEFORE UPDATE OF {columns} ON {table} FOR EACH ROW WHEN ({condition}) "
        f"EXECUTE FUNCTION {table}_refuse()",
    ]


STATEMENTS = {"sqlite": sqlite, "postgresql": postgresql}
