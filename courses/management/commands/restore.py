from pathlib import Path

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from courses.keeping import engines, restoring
from courses.keeping.backing_up import BusyError
from courses.keeping.manifest import DamagedError
from courses.keeping.postgresql import ToolError
from courses.keeping.restoring import NotHereError, examined, people_here, put_in_place, put_key

FORGET_AGAIN = "forget_again"


class Command(BaseCommand):
    help = (
        "Bring a backup back. It is looked at from all sides before anything is touched. "
        "Stop web servers and workers first."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="as manage.py backup made it")
        parser.add_argument("--check", action="store_true", help="only look whether it is whole; touch nothing")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="in the place of a site that has people; what it had is kept beside it",
        )

    def handle(self, *, file, check, replace, **options):
        if (people := people_here()) and not (check or replace):
            raise CommandError(f"This site has {people:,} people. To put the backup in its place: --replace")
        try:
            with examined(file) as (archive, draft, cursor):
                self.describe(archive.manifest)
                if check:
                    return
                done = put_in_place(archive, draft, cursor)
        except DamagedError as error:
            raise CommandError(f"This backup is damaged; nothing was changed. {error}") from None
        except BusyError:
            raise CommandError("Nothing was changed. Another restore is at work.") from None
        except (NotHereError, ToolError) as error:
            raise CommandError(f"Nothing was changed. {error}") from None
        except engines.IN_USE:
            raise CommandError(
                "The database is as it was: somebody opened it just now. Stop them, and try again."
            ) from None
        except OSError as error:
            raise CommandError(f"The database is as it was. {error.strerror or error}: {file}") from None
        self.tell(done, put_key(archive))
        self.bring_up_to_date(done)

    def describe(self, manifest):
        rows, people = sum(manifest.tables.values()), manifest.tables.get("accounts_user", 0)
        self.stdout.write(
            f"Whole: {rows:,} rows of {len(manifest.tables)} tables, {people:,} people, {len(manifest.files):,} files, "
            f"made at {manifest.made_at} by version {manifest.product} on {manifest.engine} {manifest.engine_version}"
        )
        if manifest.missing:
            self.stdout.write(f"{len(manifest.missing)} files were missing already when it was made.")

    def tell(self, done, same_key):
        self.stdout.write(f"Restored, with {done.files:,} files.")
        if done.database:
            self.stdout.write(f"The former database is kept as {done.database}; delete it when you are content.")
        if done.replaced:
            self.stdout.write(f"{done.replaced} files had other contents; those are kept in a folder before_….")
        if done.unknown:
            self.stdout.write(f"{done.unknown} files are newer than the backup; they stay where they are.")
        if not same_key:
            self.stderr.write(
                "The secret key of this site is not the one of the backup. People sign in again, and links that the "
                "site shows or mails from now on open nothing. Put the former key into SECRET_KEY or "
                "DATA_DIR/secret-key; if it is lost, manage.py renew_tokens makes new links work, and those that were "
                "sent void."
            )

    def bring_up_to_date(self, done):
        engines.let_go()
        try:
            call_command("migrate", verbosity=0, stdout=self.stdout, stderr=self.stderr)
            call_command("createcachetable", verbosity=0)
            if FORGET_AGAIN in get_commands():
                call_command(FORGET_AGAIN, stdout=self.stdout, stderr=self.stderr)
            restoring.finish()
            call_command("check_progress", stdout=self.stdout, stderr=self.stderr)
        except SystemExit:
            raise CommandError("The backup is restored, and check_progress has something to say; see above.") from None
        finally:
            engines.let_go()
        self.stdout.write("Start the web servers and workers anew: they may remember what is not true any more.")
