"""What staff may do to an account, and what only its owner may."""

from django.urls import reverse

from tests.conftest import make_user, signed_in


def test_staff_appoint_a_trainer_but_leave_the_address_to_its_owner(lea):
    staff = signed_in(make_user("Sam", is_staff=True, is_superuser=True))

    staff.post(
        reverse("admin:accounts_user_change", args=[lea.pk]),
        {"email": "sam@elsewhere.example", "name": "Lea", "language": "nl", "is_trainer": "on", "is_active": "on"},
    )

    lea.refresh_from_db()
    assert lea.is_trainer
    assert lea.email == "lea@example.org"
