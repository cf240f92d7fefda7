"""How a site gets its first trainer, and its first member of staff, without anybody in the admin yet."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts import second_factor
from accounts.models import User


class Command(BaseCommand):
    help = "Make somebody a trainer, with a new account if they have none. They sign in with a code by mail."

    def add_arguments(self, parser):
        parser.add_argument("address", help="their e-mail address")
        parser.add_argument("--name", default="", help="for a new account; they can change it themselves")
        parser.add_argument("--staff", action="store_true", help="a member of staff too, who may enter the admin")

    def handle(self, *, address, name, staff, **options):
        try:
            validate_email(address)
        except ValidationError as error:
            raise CommandError(f"“{address}” is no e-mail address. Nothing was changed.") from error
        try:
            with transaction.atomic():
                user, new = account_for(address, name=name)
                appointed = appoint(user, staff=staff)
        except DatabaseError as error:
            raise CommandError(f"The database refused ({error}). Did you run `manage.py migrate`?") from error
        self.tell(user, new=new, appointed=appointed)

    def tell(self, user, *, new, appointed):
        role = "a trainer and staff" if user.is_staff else "a trainer"
        if not appointed:
            self.stdout.write(f"{user.email} is {role} already: nothing was changed.")
        else:
            self.stdout.write(f"{user.email} is {role} now{', with a new account' if new else ''}.")
        self.stdout.write("\n".join(steps_to_sign_in(user)))


def account_for(address, *, name):
    """Return (who has this address in any case, or a new account without a password; whether it is new)."""
    user = User.objects.filter(email__iexact=address).first()
    new = user is None
    if new:
        user = User.objects.create_user(address, name=name)
    if not user.is_active:
        raise CommandError(f"The account of {user.email} is switched off. Switch it on in the admin first.")
    if not EmailAddress.objects.filter(user=user).exists():  # so that the first code confirms it
        EmailAddress.objects.create(user=user, email=user.email.lower(), primary=True)
    return user, new


def appoint(user, *, staff):
    """Say whether this changed anything; it takes nothing away."""
    wanted = ["is_trainer", *(["is_staff", "is_superuser"] if staff else [])]
    missing = [field for field in wanted if not getattr(user, field)]
    for field in missing:
        setattr(user, field, True)
    user.save(update_fields=missing)
    return bool(missing)


def steps_to_sign_in(user):
    """What the keeper tells them, or does as them."""
    yield f"1. Open {settings.SITE_URL}{reverse('account_request_login_code')} and have a code mailed to {user.email}."
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        yield f"   Without EMAIL_URL no mail leaves this machine: it is the newest file in {settings.EMAIL_FILE_PATH}."
    yield "2. Enter the code. No password is needed; one can be chosen later, at the name in the top bar."
    yield "3. “Writing themes” and “Groups” stand in that bar (“Thema’s schrijven” and “Groepen” in Dutch)."
    if second_factor.is_missing(user):
        yield "   There they are asked for a passkey or an authenticator app first (SECOND_FACTOR_REQUIRED)."
