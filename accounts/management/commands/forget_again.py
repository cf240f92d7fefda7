from django.core.management.base import BaseCommand

from accounts.personal.erasing import forget_again


class Command(BaseCommand):
    help = "After a backup was put back: erase again everybody who was erased since it was made. Nobody is named."

    def handle(self, **options):
        accounts, addresses = forget_again()
        self.stdout.write(f"erased again: {accounts:,} accounts, {addresses:,} other addresses")
