import getpass
import sys
import time

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils.text import capfirst

from courses.keeping.moving import NotMovedError, move

ADDRESSES = ("postgres://", "postgresql://", "sqlite:///")


class Command(BaseCommand):
    help = (
        "Move everything from the database of DATABASE_URL into another, empty one: from SQLite to PostgreSQL, "
        "or back. Every row is compared afterwards; if one differs, nothing has happened. Asks for the address of the "
        "new database, or reads it from standard input: on the command line everybody on this machine could read the "
        "password in it."
    )

    def handle(self, **options):
        url = address()
        if not url.startswith(ADDRESSES):
            raise CommandError(f"Nothing was moved. An address begins with {' or '.join(ADDRESSES)}.")
        began = time.monotonic()
        try:
            count = move(url, tell=self.stdout.write)
        except NotMovedError as error:
            raise CommandError(f"Nothing was moved. {error}") from None
        except DatabaseError as error:
            raise CommandError(f"Nothing was moved. {capfirst(str(error).strip())}") from None
        self.stdout.write(f"{count:,} rows moved and compared in {time.monotonic() - began:.0f} s: 0 differing rows")
        self.stdout.write(
            f"Now stop web servers and workers, if you have not, set DATABASE_URL to the new database and start them. "
            f"The old one ({connection.vendor}) was not changed; delete it when you are content."
        )


def address():
    if sys.stdin.isatty():
        return getpass.getpass("Address of the new, empty database (you do not see what you type or paste): ").strip()
    return sys.stdin.readline().strip()
