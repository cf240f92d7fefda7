from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.keeping.backing_up import BusyError, make_backup
from courses.keeping.manifest import DamagedError
from courses.keeping.postgresql import ToolError


class Command(BaseCommand):
    help = (
        "Put the database and the files into one file, while people go on working. "
        "To have them back: manage.py restore."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=settings.BACKUP_DIR)
        parser.add_argument(
            "--keep", type=int, metavar="N", help="keep the N newest backups in the folder, delete others"
        )
        parser.add_argument(
            "--with-secret-key",
            action="store_true",
            help="put the secret key in too; whoever has the file can then pose as the site: keep it locked away",
        )

    def handle(self, *, folder, keep, with_secret_key, **options):
        if keep is not None and keep < 1:
            raise CommandError("--keep needs a number from 1 on.")
        try:
            path, manifest = make_backup(folder, keep=keep, with_key=with_secret_key)
        except BusyError:
            raise CommandError(f"Another backup is being made in {folder}.") from None
        except DamagedError as error:
            raise CommandError(f"No backup was made of this database. {error}") from None
        except ToolError as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"No backup was made: {error.strerror or error} ({folder})") from None
        self.tell(manifest, with_secret_key)
        self.stdout.write(str(path))

    def tell(self, manifest, with_secret_key):
        rows, files = sum(manifest.tables.values()), len(manifest.files)
        self.stdout.write(f"{rows:,} rows of {len(manifest.tables)} tables, and {files:,} files")
        if manifest.missing:
            self.stderr.write(
                f"{len(manifest.missing)} files that the database names are not there, the first: {manifest.missing[0]}"
            )
        if not with_secret_key:
            self.stdout.write(
                "The secret key is not in it: keep that apart, or make a backup --with-secret-key. Restored with "
                "another key, people sign in again, and links in new mails open nothing until manage.py renew_tokens."
            )
