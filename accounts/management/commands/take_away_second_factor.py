"""For who lost passkey, phone and recovery codes, when nobody of staff can get into the admin to help."""

from django.core.management.base import BaseCommand, CommandError

from accounts import second_factor
from accounts.models import User


class Command(BaseCommand):
    help = (
        "Take away somebody's passkeys, authenticator app and recovery codes. Make sure first that it is they who ask."
    )

    def add_arguments(self, parser):
        parser.add_argument("address", help="their e-mail address")

    def handle(self, *, address, **options):
        person = User.objects.filter(email__iexact=address).first()
        if person is None:
            raise CommandError(f"Nobody has the address “{address}” here. Nothing was changed.")
        if not second_factor.take_away(person):
            self.stdout.write(f"{person.email} had none: nothing was changed.")
            return
        self.stdout.write(f"{person.email} signs in with a password or a code by mail again. Tell them yourself.")
