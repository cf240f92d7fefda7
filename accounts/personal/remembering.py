"""Who was erased, so that a backup of before does not bring them back: keyed hashes, outside the database, no names."""

import os
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac


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
    with os.fdopen(os.open(file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as lines:
        lines.write(line + "\n")
        lines.flush()
        os.fsync(lines.fileno())
    return line


def strike_off(over):
    """Take these lines back."""
    if over:
        rewrite([line for line in lines() if line not in over])


def lines():
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
