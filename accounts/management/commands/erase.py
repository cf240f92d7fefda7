from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, no_translations

from accounts.personal import registry
from accounts.personal.erasing import ObstructedError, erase, let_go_of
from accounts.personal.registry import Person


class Command(BaseCommand):
    help = "Erase somebody at their request. Without --yes it only shows what would be done."

    def add_arguments(self, parser):
        parser.add_argument("address", help="their email address, in full")
        parser.add_argument("--yes", action="store_true", help="erase what was shown")
        parser.add_argument("--close-groups", action="store_true", help="close the groups that nobody else guides")
        parser.add_argument("--silent", action="store_true", help="do not mail them that it is done")

    @no_translations
    def handle(self, *, address, yes, close_groups, silent, **options):
        user = get_user_model().objects.filter(email__iexact=address).first()
        person = Person.of(user) if user else Person(None, frozenset([address.lower()]))
        found = self.show(person)
        if not user and not found:
            raise CommandError("There is no account with this address, and it stands nowhere else.")
        if not yes:
            self.stdout.write("Nothing was done. Add --yes to erase this, for good.")
            return
        try:
            erase(user, settle=close_groups, tell=not silent) if user else let_go_of(person, settle=close_groups)
        except ObstructedError as error:
            raise CommandError(f"{error} Or add --close-groups.") from None
        self.stdout.write("Erased. Backups of before still have it: erase it again after putting one back.")

    def show(self, person):
        """Tell whom it is about and how many rows there are of each kind; return how many in all."""
        if user := person.user:
            roles = [role for role in ("is_trainer", "is_staff", "is_superuser") if getattr(user, role)]
            self.stdout.write(f"{user.name or '-'} <{user.email}>, since {user.joined_at:%Y-%m-%d} {' '.join(roles)}")
        going = registry.what_goes_of(person)
        for title, count in going:
            self.stdout.write(f"  erased: {count:,} × {title}")
        for why, titles in registry.what_stays_of(person).items() if person.user else ():
            self.stdout.write(f"  made anonymous: {', '.join(map(str, titles))} ({why})")
        for one in registry.obstacles(person):
            self.stdout.write(f"  first: {one.sentence}")
        return sum(count for _title, count in going)
