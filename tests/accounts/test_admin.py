"""What staff may do to an account, and what only its owner may."""

from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.accounts.conftest import sign_in
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


def test_staff_change_their_own_password_where_everybody_does(db):
    sam = signed_in(make_user("Sam", is_staff=True, is_superuser=True))

    assert sam.get("/admin/password_change/").url == reverse("account_change_password")
    assert sam.post("/admin/password_change/", {"old_password": "a guess"}).status_code == 302


def test_a_password_that_staff_choose_signs_out_everywhere_and_is_told_by_mail(confirmed):
    sign_in(browser := Client(), confirmed)
    staff = signed_in(make_user("Sam", is_staff=True, is_superuser=True))
    new = {"password1": "quite another sentence", "password2": "quite another sentence", "usable_password": "true"}

    staff.post(reverse("admin:auth_user_password_change", args=[confirmed.pk]), new)

    confirmed.refresh_from_db()
    assert confirmed.check_password("quite another sentence")
    assert browser.get("/account/").status_code == 302
    assert not confirmed.usersession_set.exists()
    assert mail.outbox[-1].to == [confirmed.email]
