"""Bringing a backup back: looked at from all sides first, then put in place."""

import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from accounts.personal import remembering
from accounts.personal.erasing import settle_begun
from courses.keeping import engines, media
from courses.keeping.archives import Archive, written_whole
from courses.keeping.backing_up import DATABASE, KEY, MEDIA, only_one_in
from courses.keeping.manifest import DamagedError

DRAFT = ".restoring-"


class NotHereError(Exception):
    """The backup is whole, but cannot be restored here; the text says why and what to do."""


@dataclass
class Restored:
    """``database``: what the former one is called now, if there was one. ``replaced``: files with other contents, kept.

    ``unknown``: files that are there and not in the backup.
    """

    database: object = None
    files: int = 0
    replaced: int = 0
    unknown: int = 0


@contextmanager
def examined(path):
    """Look at a backup from all sides, and load its database into a place of its own; touch nothing.

    Yield the archive and where its database is loaded. Raises ``BusyError`` while another restore is at it.
    """
    with only_one_in(settings.DATA_DIR), looked_at(path) as seen:
        yield seen


@contextmanager
def looked_at(path):
    archive = Archive(path)
    fits_here(archive.manifest)
    engine = engines.of(connection)
    member = DATABASE + engine.SUFFIX
    if unexpected := [name for name in archive.manifest.files if not expected(name, member)]:
        raise DamagedError(f"“{unexpected[0]}” is in it, which no backup of this kind has.")
    if member not in archive.manifest.files:
        raise DamagedError(f"“{member}” is missing.")
    for left in settings.DATA_DIR.glob(f"{DRAFT}*"):
        shutil.rmtree(left)  # by one that was killed
    with tempfile.TemporaryDirectory(prefix=DRAFT, dir=settings.DATA_DIR) as folder:
        draft = Path(folder) / member
        archive.extract(member, draft)
        with engine.loaded(connection, draft) as cursor:
            compare(archive.manifest, engine, cursor)
            yield archive, draft, cursor


def expected(name, member):
    return name in (member, KEY) or name.startswith(MEDIA)


def fits_here(manifest):
    if manifest.engine != connection.vendor:
        raise NotHereError(
            f"This backup is of {manifest.engine}, and DATABASE_URL names {connection.vendor}. Restore it on "
            f"{manifest.engine}, then: manage.py move_database"
        )
    ours = known_migrations()
    apps = {app for app, _name in ours}
    for app, names in manifest.migrations.items():
        if newer := [name for name in names if app in apps and (app, name) not in ours]:
            raise NotHereError(
                f"This backup was made by a newer version of Stapwijs ({manifest.product}): “{newer[-1]}” of {app} is "
                "not known here. Install that version first."
            )


def known_migrations():
    """(app, name) of all that this version has; what replaced others has known those as well."""
    loaded = MigrationLoader(None).disk_migrations
    return {*loaded, *(former for migration in loaded.values() for former in migration.replaces)}


def compare(manifest, engine, cursor):
    """What was loaded must be what the manifest says: every table, every row count, every migration, every file."""
    tables, migrations = engines.facts(engine, cursor)
    for table in sorted({*tables, *manifest.tables}):
        if tables.get(table) != manifest.tables.get(table):
            found, said = tables.get(table, "no"), manifest.tables.get(table, "no")
            raise DamagedError(f"Its database has {found} rows of “{table}”, and the manifest says {said}.")
    if migrations != manifest.migrations:
        raise DamagedError("Its database stands at other migrations than the manifest says.")
    for name in media.named(cursor, tables):
        if MEDIA + name not in manifest.files and name not in manifest.missing:
            raise DamagedError(f"“{MEDIA}{name}” is missing, and its database names it.")


def people_here():
    """How many people the site has now; 0 where there is no site yet."""
    try:
        return get_user_model().objects.count()
    except DatabaseError:
        return 0


def refuse_while_in_use():
    engines.let_go()
    if engines.of(connection).is_in_use(connection):
        raise NotHereError("Somebody has the database open. Stop web servers, workers and timers, on every machine.")


def put_in_place(archive, draft, cursor):
    """Files first, for the database names them; then the database, at once. What was there before is kept."""
    refuse_while_in_use()
    settle_erasures()
    stamp = f"{media.KEPT}{timezone.now():%Y%m%d_%H%M%S}"
    done = Restored()
    begin(archive.path)
    try:
        put_files(archive, stamp, done)
        cursor.connection.close()
        engines.let_go()
        done.database = engines.of(connection).replace(connection, draft, keep_as=stamp)
    except (OSError, *engines.IN_USE):
        finish()  # the database is as it was
        raise
    known = archive.manifest.files
    done.unknown = sum(MEDIA + name not in known for name in media.names())
    return done


def settle_erasures():
    """Which of those that a crash cut short came about, as long as the former database is there to be asked."""
    try:
        settle_begun(before=timezone.now())
    except DatabaseError:  # it is not: they were asked for
        remembering.confirm(remembering.begun())


def note():
    """Lies there from the first change to the last, so that a site that was cut short in between says so."""
    return settings.DATA_DIR / "restore-unfinished"


def begin(path):
    with written_whole(note()) as file:
        file.write(str(path.resolve()).encode())


def finish():
    note().unlink(missing_ok=True)


def unfinished():
    """The backup that was being put back when something ended it; or None."""
    return note().read_text() if note().exists() else None


def put_files(archive, stamp, done):
    for member in archive.manifest.files:
        if member.startswith(MEDIA):
            with archive.open(member) as file:
                done.replaced += media.put(member.removeprefix(MEDIA), file, keep_as=stamp)
            done.files += 1


def put_key(archive):
    """Take the site's secret key from the backup, if it is in there and the environment does not say another.

    Return whether the site has the key of the backup now; where it was replaced, the former one is kept beside it.
    """
    path = settings.DATA_DIR / "secret-key"
    if KEY in archive.manifest.files and path.exists() and path.read_text().strip() == settings.SECRET_KEY:
        key = archive.content(KEY).decode()
        if key != settings.SECRET_KEY:
            path.rename(path.with_name(f"{path.name}.before_{timezone.now():%Y%m%d_%H%M%S}"))
            path.touch(mode=0o600)
            path.write_text(key)
        return True
    return engines.fingerprint_of_key() == archive.manifest.key
