"""Migrations run while the former release is at work: what that forbids, and that ours keep to it."""

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

from tests.migrating import findings

OURS = ("accounts", "courses")
BEFORE_THE_RULES = {
    ("accounts", "0001_user"),
    ("courses", "0001_themes_topics_and_progress"),
    ("courses", "0002_writing"),
    ("courses", "0003_guiding"),
}
LOADER = MigrationLoader(None)
NAMES = sorted(name for name in LOADER.disk_migrations if name[0] in OURS and name not in BEFORE_THE_RULES)


def test_every_migration_lets_the_former_release_work_or_says_why_not():
    unexplained = []
    for name in NAMES:
        migration = LOADER.disk_migrations[name]
        found = findings(migration, LOADER.project_state(name, at_end=False))
        reasons, place = getattr(migration, "reasons", {}), ".".join(name)
        unexplained += [f"{place} {sentence}" for rule, sentence in found if not reasons.get(rule, "").strip()]
        unexplained += [f"{place} explains {rule} for nothing" for rule in set(reasons) - dict(found).keys()]

    assert unexplained == []


def test_the_migrations_before_the_rules_are_still_these():
    assert set(LOADER.disk_migrations) >= BEFORE_THE_RULES


def rules_broken(*operations):
    migration = migrations.Migration("9999_tried", "courses")
    migration.operations = list(operations)
    return [rule for rule, _sentence in findings(migration, LOADER.project_state([("courses", "0003_guiding")]))]


def nothing(apps, schema_editor):
    pass


TRIED = {
    "a column that may be empty": ([migrations.AddField("group", "colour", models.TextField(null=True))], []),
    "a column that the database fills": ([migrations.AddField("group", "colour", models.TextField(db_default=""))], []),
    "a column that only we fill": ([migrations.AddField("group", "colour", models.TextField(default=""))], ["demands"]),
    "a new table": ([migrations.CreateModel("Badge", [("id", models.BigAutoField(primary_key=True))])], []),
    "a column of a new table": (
        [
            migrations.CreateModel("Badge", [("id", models.BigAutoField(primary_key=True))]),
            migrations.AddField("badge", "colour", models.TextField()),
        ],
        [],
    ),
    "one column less": ([migrations.RemoveField("group", "reminds")], ["removes"]),
    "one table less": ([migrations.DeleteModel("Presence")], ["removes"]),
    "another name for a column": ([migrations.RenameField("group", "reminds", "nudges")], ["renames"]),
    "another name for a table": ([migrations.RenameModel("Group", "Cohort")], ["renames"]),
    "a longer text": ([migrations.AlterField("group", "name", models.CharField(max_length=300))], []),
    "another type": ([migrations.AlterField("group", "name", models.TextField())], ["renames"]),
    "no longer empty": ([migrations.AlterField("group", "closed_at", models.DateTimeField())], ["demands"]),
    "an index of a small table": ([migrations.AddIndex("group", models.Index("name", name="by_name"))], []),
    "an index of a large table": ([migrations.AddIndex("progress", models.Index("place", name="by_place"))], ["locks"]),
    "the same while people go on": (
        [AddIndexConcurrently("progress", models.Index("place", name="by_place"))],
        [],
    ),
    "an indexed column of a large table": (
        [migrations.AddField("progress", "mark", models.IntegerField(null=True, db_index=True))],
        ["locks"],
    ),
    "rows, and the way back": ([migrations.RunPython(nothing, nothing)], []),
    "rows, and no way back": ([migrations.RunPython(nothing)], ["one-way"]),
    "SQL, and no way back": ([migrations.RunSQL("SELECT 1")], ["one-way"]),
    "rows and columns together": (
        [
            migrations.AddField("group", "colour", models.TextField(null=True)),
            migrations.RunPython(nothing, nothing),
        ],
        ["mixes"],
    ),
}


@pytest.mark.parametrize("tried", TRIED)
def test_a_rule_is_broken_or_kept(tried):
    operations, broken = TRIED[tried]

    assert rules_broken(*operations) == broken
