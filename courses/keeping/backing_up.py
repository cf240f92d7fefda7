"""Making a backup while people go on working.

First the files, then the database, then the files that came in between: a file is stored before its row, and deleted
after it, so whatever the database names at its moment was there in the first round or is there in the second. Only a
file that came after the first and went before the second is missed; it is told.
"""

import fcntl
import io
import os
import re
import tempfile
import tomllib
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from config.outages import outage_of
from courses.keeping import engines, media
from courses.keeping.archives import Writer, written_whole
from courses.keeping.manifest import Manifest

NAME = re.compile(r"stapwijs-\d{8}T\d{6}Z\.tar")
LEFT = re.compile(r"\.stapwijs-\d{8}T\d{6}Z\.tar\.part|\.stapwijs-\w+\.draft")
DATABASE, MEDIA, KEY = "database", "media/", "secret-key"
LAST = "keeping:last-backup"


class BusyError(Exception):
    """Another backup is being made into the same folder."""


def make_backup(folder, *, keep=None, with_key=False):
    """Make a backup in ``folder``; return its path and its manifest. ``keep``: so many of the newest stay."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with only_one_in(folder):
        sweep(folder)
        now = timezone.now()
        path = folder / f"stapwijs-{now:%Y%m%dT%H%M%SZ}.tar"
        with written_whole(path) as file:
            manifest = write(Writer(file), folder, now, with_key)
        if keep:
            prune(folder, keep)
    tell_others(now)
    return path, manifest


def tell_others(now):
    """When it was made, to servers that do not share our folder. With the cache away the backup is none the worse."""
    try:
        cache.set(LAST, now.timestamp(), None)
    except Exception as error:
        if not outage_of(error):
            raise


def write(archive, folder, now, with_key):
    add_media(archive)
    with tempfile.TemporaryDirectory(prefix=".stapwijs-", suffix=".draft", dir=folder) as draft:
        manifest, named = add_database(archive, Path(draft) / DATABASE, now)
    add_media(archive)
    if with_key:
        content = settings.SECRET_KEY.encode()
        archive.add(KEY, io.BytesIO(content), len(content))
    manifest.missing = sorted(name for name in named if MEDIA + name not in archive.files)
    manifest.files = archive.files
    archive.finish(manifest)
    return manifest


def add_media(archive):
    for name in media.names():
        if MEDIA + name not in archive.files:
            with media.read(name) as (file, size):
                if file:
                    archive.add(MEDIA + name, file, size)


def add_database(archive, draft, now):
    """Add the database; return what is to be said of it, and the files that it names."""
    engine = engines.of(connection)
    with engine.snapshot(connection, draft) as cursor:
        tables, migrations = engines.facts(engine, cursor)
        named = media.named(cursor, tables)
    with draft.open("rb") as file:
        archive.add(DATABASE + engine.SUFFIX, file, draft.stat().st_size)
    manifest = Manifest(
        made_at=now.isoformat(),
        product=product(),
        engine=connection.vendor,
        engine_version=engine.version(connection),
        migrations=migrations,
        tables=tables,
        key=engines.fingerprint_of_key(),
    )
    return manifest, named


def product():
    """The version of Stapwijs."""
    return tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"]


@contextmanager
def only_one_in(folder):
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise BusyError from error
    finally:
        os.close(descriptor)


def sweep(folder):
    """Throw away what a backup left that was killed; nobody is at it, for only one is at work."""
    for path in folder.iterdir():
        if LEFT.fullmatch(path.name):
            for inside in path.iterdir() if path.is_dir() else ():
                inside.unlink()
            path.rmdir() if path.is_dir() else path.unlink()


def prune(folder, keep):
    """Delete all but the newest; files with other names are none of ours."""
    ours = sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name))
    for path in ours[:-keep]:
        path.unlink()


def last_backup_at():
    """When the last backup was made, in seconds since 1970, by anybody who shares our cache or our folder; or None."""
    known = [cache.get(LAST)]
    with suppress(OSError):  # no such folder on this machine
        known += [path.stat().st_mtime for path in settings.BACKUP_DIR.iterdir() if NAME.fullmatch(path.name)]
    return max((moment for moment in known if moment), default=None)
