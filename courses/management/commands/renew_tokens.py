from django.core.management.base import BaseCommand
from django.db import transaction

from courses.models.tokens import Token


class Command(BaseCommand):
    help = "After the site's secret key was lost: links made from now on work, those that were sent are void."

    @transaction.atomic
    def handle(self, **options):
        for model in Token.__subclasses__():
            model.objects.renew()
            self.stdout.write(f"{model.objects.count():,} {model._meta.verbose_name_plural}")
