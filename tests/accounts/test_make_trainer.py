"""The first trainer of a site is made by a command, and signs in without a password."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from accounts.models import User
from tests.accounts.conftest import enter_code, signed_in


def make_trainer(address, **options):
    told = StringIO()
    call_command("make_trainer", address, stdout=told, **options)
    return told.getvalue()


def sign_in_with_code(client, address):
    client.post("/account/login/code/", {"email": address})
    return enter_code(client, "/account/login/code/confirm/")


def test_a_new_trainer_signs_in_with_a_code_and_enters_both_rooms(client, db):
    make_trainer("tom@example.org", name="Tom")

    sign_in_with_code(client, "tom@example.org")

    assert signed_in(client)
    assert [client.get(room).status_code for room in ("/author/", "/track/")] == [200, 200]


def test_a_new_trainer_has_no_password_and_does_not_enter_the_admin(db):
    make_trainer("tom@example.org")

    tom = User.objects.get()

    assert not tom.has_usable_password()
    assert not tom.is_staff


def test_with_staff_the_admin_is_open_too(client, db):
    make_trainer("sam@example.org", staff=True)

    sign_in_with_code(client, "sam@example.org")

    assert client.get("/admin/").status_code == 200


def test_who_has_an_account_is_appointed_and_keeps_it(lea):
    told = make_trainer("LEA@example.org", name="Somebody else")

    lea.refresh_from_db()
    assert (lea.is_trainer, lea.name) == (True, "Lea")
    assert lea.check_password("a good long password")
    assert "lea@example.org is a trainer now." in told


def test_who_was_appointed_without_ever_confirming_an_address_signs_in_too(client, lea):
    make_trainer(lea.email)

    sign_in_with_code(client, lea.email)

    assert signed_in(client)


def test_a_trainer_stays_one_and_staff_stays_staff(tom):
    make_trainer(tom.email, staff=True)

    told = make_trainer(tom.email)

    tom.refresh_from_db()
    assert tom.is_staff
    assert "is a trainer and staff already: nothing was changed." in told


def test_what_is_no_address_is_refused(db):
    with pytest.raises(CommandError, match="“tom” is no e-mail address"):
        make_trainer("tom")

    assert not User.objects.exists()


def test_an_account_that_was_switched_off_stays_off(lea):
    User.objects.update(is_active=False)

    with pytest.raises(CommandError, match=r"lea@example\.org is switched off"):
        make_trainer(lea.email)

    lea.refresh_from_db()
    assert not lea.is_trainer


def test_a_database_that_is_not_set_up_is_said_in_words(db):
    def refuse(*args):
        raise DatabaseError("no such table: accounts_user")

    with (
        pytest.raises(CommandError, match=r"no such table.*Did you run `manage\.py migrate`\?"),
        connection.execute_wrapper(refuse),
    ):
        make_trainer("tom@example.org")


def test_the_next_steps_are_told_with_the_folder_of_the_mail(db, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = (
        "django.core.mail.backends.filebased.EmailBackend",
        "/srv/data/mail",
    )

    told = make_trainer("tom@example.org")

    assert "http://127.0.0.1:8000/account/login/code/" in told
    assert "/srv/data/mail" in told


def test_where_mail_leaves_the_machine_no_folder_is_named(db, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.smtp.EmailBackend", ""

    assert "EMAIL_URL" not in make_trainer("tom@example.org")


def test_who_needs_a_second_factor_reads_that(db, settings):
    settings.SECOND_FACTOR_REQUIRED_OF = ("is_trainer",)

    assert "authenticator app" in make_trainer("tom@example.org")
