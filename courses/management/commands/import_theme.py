from django.core.management.base import BaseCommand, CommandError

from courses.articles.folder import BrokenFolderError
from courses.authoring.importing import import_theme


class Command(BaseCommand):
    help = "Create or update a theme from a folder (docs/theme-folder.md). All of it, or nothing."

    def add_arguments(self, parser):
        parser.add_argument("folder")
        parser.add_argument("--remove", action="store_true", help="take out topics that the folder no longer has")

    def handle(self, *, folder, remove, **options):
        try:
            report = import_theme(folder, remove=remove)
        except BrokenFolderError as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        if report.nothing_changed:
            self.stdout.write(f"{report.theme.slug}: nothing changed")
            return
        self.stdout.write(f"{report.theme.slug}: {'created' if report.created else 'updated'}")
        deeds = {slug: what for what in ("changed", "added", "removed") for slug in getattr(report, what)}
        for slug, what in deeds.items():
            self.stdout.write(f"  {what}: {slug}")
