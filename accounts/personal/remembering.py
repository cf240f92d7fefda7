"""Who was erased, so that a backup of before does not bring them back: keyed hashes, outside the database, no names.

On one machine they are lines of a file. Machines that share a bucket share them there, each hash in the name of a file.
"""

import fcntl
import os
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils import timezone
from django.utils.crypto import salted_hmac

FOLDER = "erased"


def in_bucket():
    return not isinstance(default_storage, FileSystemStorage)


def names_of(line):
    """Where the bucket has each hash of a line."""
    moment, *marks = line.split()
    return [f"{FOLDER}/{moment}_{one}" for one in marks]


def file():
    return settings.DATA_DIR / "erased.txt"


def marks_of(person):
    """Of the account, by its number and the moment it was made, for a number may come back; and of each address."""
    accounts = [f"account {person.user.pk} {person.user.joined_at.isoformat()}"] if person.user else []
    return [mark(text) for text in [*accounts, *(f"address {address}" for address in sorted(person.addresses))]]


def mark(text):
    return salted_hmac("accounts.personal.remembering", text, algorithm="sha256").hexdigest()


def remember(person):
    """Write one line, safe on the disk when this returns; return it."""
    line = " ".join([timezone.now().isoformat(), *marks_of(person)])
    if in_bucket():
        for name in names_of(line):
            default_storage.save(name, ContentFile(b""))
        return line
    with alone(), os.fdopen(os.open(file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as lines:
        lines.write(line + "\n")
        lines.flush()
        os.fsync(lines.fileno())
    return line


def strike_off(over):
    """Take these lines back."""
    if in_bucket():
        for name in [name for line in over for name in names_of(line)]:
            default_storage.delete(name)
    elif over:
        with alone():
            rewrite([line for line in lines() if line not in over])


@contextmanager
def alone():
    """One at a time, of all processes: a line that is added while the list is written anew would be lost."""
    with os.fdopen(os.open(file().with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def lines():
    if in_bucket():
        return [name.replace("_", " ") for name in default_storage.listdir(FOLDER)[1]]
    return file().read_text().splitlines() if file().exists() else []


def rewrite(kept):
    fresh = file().with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.writelines(line + "\n" for line in kept)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file())


def older_than(moment):
    """The lines from before any backup that is kept."""
    return [line for line in lines() if moment_of(line) < moment]


def moment_of(line):
    return datetime.fromisoformat(line.split()[0])


def remembered():
    """{mark: the moment of the last erasure}"""
    return {one: moment_of(line) for line in lines() for one in line.split()[1:]}


def erased_since(person, since, marks):
    """Whether this account or address, there since ``since``, was erased after that."""
    return any(marks[one] > since for one in marks_of(person) if one in marks)
