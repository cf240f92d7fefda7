"""Whether this server can do its work, and if not, why. Everything is asked at once, with one short patience."""

import os
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache as once
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import BaseDatabaseCache
from django.core.files.storage import FileSystemStorage, storages
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from courses.keeping.asking import NoAnswerError, Question
from courses.keeping.backing_up import last_backup_at
from courses.mailing.schedule import last_heard_at

SECONDS = 3
"""So long a probe waits at most."""

LEAST_FREE = 50 * 1024 * 1024
WORKER_SILENT_AFTER = 15 * 60
BACKUP_OLD_AFTER = 7 * 24 * 3600

IN_ORDER = "in order"


def database():
    with own_connection() as ours, ours.cursor() as cursor:
        if ours.vendor == "postgresql":
            cursor.execute("SELECT current_setting('transaction_read_only')")
            if cursor.fetchone()[0] == "on":
                return "The database can only be read: it is a copy of another, or recovering."
        else:
            cursor.execute("SELECT count(*) FROM sqlite_master")
    return IN_ORDER


@contextmanager
def own_connection():
    """No pool to wait in, and little patience on the server’s side too."""
    ours = connections["default"].copy()
    options = dict(ours.settings_dict["OPTIONS"])
    if ours.vendor == "postgresql":
        options.pop("pool", None)
        options |= {"connect_timeout": 2, "options": "-c statement_timeout=2s -c lock_timeout=1s"}
    else:
        options["timeout"] = 2
    ours.settings_dict["OPTIONS"] = options
    try:
        yield ours
    finally:
        ours.close()


def migrations():
    with own_connection() as ours, ours.cursor() as cursor:
        applied = set()
        if "django_migrations" in ours.introspection.table_names(cursor):
            cursor.execute("SELECT app, name FROM django_migrations")
            applied |= set(cursor.fetchall())
    missing = sorted(key for key in on_disk() if key not in applied)
    if missing:
        return f"{len(missing)} migrations are still to be made, the first: {'.'.join(missing[0])}. manage.py migrate"
    return IN_ORDER


@once
def on_disk():
    """Migrations that this version brings, but for those that only put others together."""
    found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return [key for key, migration in found.items() if not migration.replaces]


def cache():
    """Ask what is shared for something; one that is apart from the database is written to as well."""
    shared = caches["default"]
    if not isinstance(shared, BaseDatabaseCache):
        shared.set("keeping:readyz", "yes", 60)
    shared.get("keeping:readyz")
    return IN_ORDER


def media():
    """A folder can be written to; any other storage can be reached."""
    storage = storages["default"]
    if not isinstance(storage, FileSystemStorage):
        storage.exists("readyz")
    elif not os.access(first_there(Path(storage.location)), os.W_OK):
        return "The folder for media cannot be written to."
    return IN_ORDER


def first_there(path):
    """The folder itself, or the one in which it will be made."""
    return path if path.exists() else first_there(path.parent)


def disk():
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < LEAST_FREE:
        return f"Only {free // 1024**2} MB are free on the disk of DATA_DIR."
    return IN_ORDER


def worker():
    heard_at = last_heard_at()
    if heard_at is None:
        return "No worker has been heard of: nobody sends the mail. manage.py worker"
    if (silent := time.time() - heard_at) > WORKER_SILENT_AFTER:
        return f"No worker has been heard of for {silent // 60:.0f} minutes: nobody sends the mail."
    return IN_ORDER


def backup():
    made_at = last_backup_at()
    if made_at is None:
        return "There is no backup yet. manage.py backup"
    if (age := time.time() - made_at) > BACKUP_OLD_AFTER:
        return f"The last backup is {age // 86_400:.0f} days old. manage.py backup"
    return IN_ORDER


NECESSARY = {one.__name__: Question(one) for one in (database, migrations, cache, media, disk)}
DESIRABLE = {one.__name__: Question(one) for one in (worker, backup)}


@dataclass
class Found:
    """name → “in order”, or what is not. ``warnings`` do not keep a server from being ready."""

    causes: dict[str, str]
    warnings: dict[str, str]

    @property
    def ready(self):
        return set(self.causes.values()) == {IN_ORDER}

    def as_dict(self):
        return {"ready": self.ready, **self.causes, "warnings": self.warnings}

    def as_text(self):
        lines = ["ready" if self.ready else "not ready"]
        lines += [f"{name}: {words}" for name, words in self.causes.items()]
        lines += [f"warning, {name}: {words}" for name, words in self.warnings.items()]
        return "\n".join(lines) + "\n"


def look():
    """Ask everything at once; what has no answer in time is out of order too."""
    until = time.monotonic() + SECONDS
    asked = {name: question.start() for name, question in {**NECESSARY, **DESIRABLE}.items()}
    said = {name: in_words(answer, until) for name, answer in asked.items()}
    warnings = {name: said[name] for name in DESIRABLE if said[name] != IN_ORDER}
    return Found({name: said[name] for name in NECESSARY}, warnings)


def in_words(answer, until):
    """The kind of an error is told, never its text: an address or a password may stand in it."""
    try:
        return answer.within(until)
    except NoAnswerError:
        return f"No answer within {SECONDS} seconds."
    except Exception as error:
        return f"Out of reach: {type(error).__name__}."
