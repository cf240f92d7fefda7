from django.core.management.base import BaseCommand, CommandError

from courses.articles.folder import BrokenFolderError
from courses.authoring.exporting import export_theme
from courses.models import Theme


class Command(BaseCommand):
    help = "Write a theme into a new or empty folder, as import_theme reads it."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("folder")

    def handle(self, *, slug, folder, **options):
        theme = Theme.objects.filter(slug=slug).first()
        if theme is None:
            known = ", ".join(Theme.objects.order_by("slug").values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no theme {slug!r}. Themes: {known}")
        try:
            text = export_theme(theme, folder)
        except BrokenFolderError as error:
            raise CommandError(f"Nothing was exported. {error}") from error
        self.stdout.write(f"{slug}: {len(text.topics)} topics and {len(text.pictures)} pictures written")
