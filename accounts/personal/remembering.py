"""Who was erased, so that a backup of before does not bring them back: keyed hashes, outside the database, no names.

On one machine they are lines of a file. Machines that share a bucket share them there, each hash in the name of a file.

A line is written just before the database lets go, with a last word that says so, and loses that word just after: no
erasure is forgotten, and none counts that did not come about. What a crash leaves in between is found out later.
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
BEGUN = "begun"


def in_bucket():
    return not isinstance(default_storage, FileSystemStorage)


def names_of(line):
    """Where the bucket has each hash of a line."""
    moment, *marks = line.removesuffix(f" {BEGUN}").split()
    end = f"_{BEGUN}" if is_begun(line) else ""
    return [f"{FOLDER}/{moment}_{one}{end}" for one in marks]


def file():
    return settings.DATA_DIR / "erased.txt"


def marks_of(person):
    """Of the account, by its number and the moment it was made, for a number may come back; and of each address."""
    accounts = [f"account {person.user.pk} {person.user.joined_at.isoformat()}"] if person.user else []
    return [mark(text) for text in [*accounts, *(f"address {address}" for address in sorted(person.addresses))]]


def mark(text):
    return salted_hmac("accounts.personal.remembering", text, algorithm="sha256").hexdigest()


def remember(person):
    """Write one line, safe on the disk when this returns; return it. It counts when it is confirmed."""
    line = " ".join([timezone.now().isoformat(), *marks_of(person), BEGUN])
    if in_bucket():
        save_in_bucket([line])
        return line
    with alone():
        rewrite([*lines(), line])
    return line


def save_in_bucket(wanted):
    for name in [name for line in wanted for name in names_of(line)]:
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(b""))


def is_begun(line):
    return line.endswith(f" {BEGUN}")


def begun():
    return [line for line in lines() if is_begun(line)]


def confirm(these):
    """These erasures came about."""
    confirmed = {line: line.removesuffix(f" {BEGUN}") for line in these}
    if in_bucket():
        save_in_bucket(confirmed.values())
        strike_off(these)
    elif these:
        with alone():
            rewrite([confirmed.get(line, line) for line in lines()])


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
    """One at a time, of all processes: a line that is added while another is would be lost."""
    with os.fdopen(os.open(file().with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def lines():
    if in_bucket():
        return [name.replace("_", " ") for name in default_storage.listdir(FOLDER)[1]]
    return file().read_text().splitlines() if file().exists() else []


def rewrite(kept):
    """The whole file or the former one is there, whatever happens meanwhile."""
    fresh = file().with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.writelines(line + "\n" for line in kept)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file())
    folder = os.open(settings.DATA_DIR, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def older_than(moment):
    """The lines from before any backup that is kept."""
    return [line for line in lines() if moment_of(line) < moment]


def moment_of(line):
    return datetime.fromisoformat(line.split()[0])


def remembered():
    """{mark: the moment of the last erasure}, of those that came about."""
    return marks_in(line for line in lines() if not is_begun(line))


def marks_in(some):
    return {one: moment_of(line) for line in some for one in line.removesuffix(f" {BEGUN}").split()[1:]}


def erased_since(person, since, marks):
    """Whether this account or address, there since ``since``, was erased after that."""
    return any(marks[one] > since for one in marks_of(person) if one in marks)
