"""The files that people brought, wherever the default storage keeps them."""

import hashlib
import shutil
import tempfile
from contextlib import contextmanager

from django.apps import apps
from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import FileField

from accounts.personal.remembering import FOLDER as ERASED

KEPT = "before_"
"""So begins the name of the folder in which a restore keeps what stood in its way."""

SPOOLED = 8 * 1024 * 1024
"""Larger ones are put on the disk on their way."""


def names(folder=""):
    """Every file that people brought: not the list of who was erased, and not what a restore kept."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}{name}"
    for name in sorted(folders):
        if folder or not (name == ERASED or name.startswith(KEPT)):
            yield from names(f"{folder}{name}/")


@contextmanager
def read(name):
    """The file and its size; None if it was deleted meanwhile."""
    with tempfile.SpooledTemporaryFile(SPOOLED) as copy:
        try:
            with default_storage.open(name) as file:
                shutil.copyfileobj(file, copy)
        except FileNotFoundError:
            yield None, 0
            return
        size = copy.tell()
        copy.seek(0)
        yield copy, size


def fields():
    """(table, column) of everything in the database that names a file."""
    models = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    for model in models:
        for field in model._meta.local_fields:
            if isinstance(field, FileField):
                yield model._meta.db_table, field.column


def named(cursor, tables):
    """Every file that the database at this cursor names; an older one may not have all our ``tables`` and columns."""
    found = set()
    for table, column in fields():
        if table in tables and column in columns(cursor, table):
            cursor.execute(f'SELECT DISTINCT "{column}" FROM "{table}"')  # noqa: S608  names of our own models
            found |= {name for (name,) in cursor.fetchall() if name}
    return found


def columns(cursor, table):
    cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')  # noqa: S608  names of our own models
    return {column[0] for column in cursor.description}


def put(name, file, *, keep_as):
    """Store a file under this very name; return whether another stood there, which is kept in a folder ``keep_as``."""
    replaced = False
    if default_storage.exists(name):
        if same(name, file):
            return False
        with default_storage.open(name) as former:
            store(f"{keep_as}/{name}", former)
        default_storage.delete(name)
        replaced = True
    store(name, file)
    return replaced


def store(name, file):
    stored = default_storage.save(name, File(file, name=name))
    if stored != name:
        default_storage.delete(stored)
        raise OSError(f"The storage calls “{name}” “{stored}”.")


def same(name, file):
    with default_storage.open(name) as stored:
        equal = hashlib.file_digest(stored, "sha256").digest() == hashlib.file_digest(file, "sha256").digest()
    file.seek(0)
    return equal
