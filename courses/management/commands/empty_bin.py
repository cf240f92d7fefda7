from django.core.management.base import BaseCommand

from courses.models.emptying import empty_bin


class Command(BaseCommand):
    help = "Delete themes that were in the bin for more than 30 days and that nobody followed; for a daily schedule."

    def handle(self, **options):
        titles = empty_bin()
        for title in titles:
            self.stdout.write(f"deleted: {title}")
        self.stdout.write(f"{len(titles)} deleted, none of them with progress on it")
