"""A backup that is put back brings nobody back who was erased since, and takes nobody else away."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from accounts.personal import remembering
from accounts.personal.erasing import erase, forget_again, settle_begun
from accounts.personal.registry import Person
from courses.mailing.schedule import ERASED_OR_NOT_AFTER, tidy
from courses.models import Invitation
from tests.accounts.personal.everything import sha256
from tests.conftest import make_user
from tests.tracking.conftest import make_group


def put_back(person, joined_at):
    """As a backup of before does."""
    again = make_user(person.name)
    User.objects.filter(pk=again.pk).update(joined_at=joined_at)
    return again


def test_who_comes_back_with_a_backup_is_erased_again(lea, tom, capsys):
    joined_at, address = lea.joined_at, lea.email
    erase(lea)
    put_back(lea, joined_at)
    Invitation.objects.create(group=make_group(trainers=[tom]), email=address.upper(), created_at=joined_at)
    mail.outbox.clear()

    call_command("forget_again")

    assert capsys.readouterr().out == "erased again: 1 accounts, 0 other addresses\n"
    assert list(User.objects.all()) == [tom]
    assert not Invitation.objects.exists()
    assert not mail.outbox


def test_an_invitation_that_comes_back_without_its_account_is_erased_again(lea, tom):
    joined_at = lea.joined_at
    erase(lea)
    Invitation.objects.create(group=make_group(trainers=[tom]), email="LEA@example.org", created_at=joined_at)

    assert forget_again() == (0, 1)
    assert not Invitation.objects.exists()


def test_who_made_a_new_account_later_stays(lea):
    erase(lea)
    make_user("Lea")

    assert forget_again() == (0, 0)
    assert User.objects.get().name == "Lea"


def test_who_had_changed_their_address_after_the_backup_is_known_by_their_account(lea):
    pk, joined_at = lea.pk, lea.joined_at
    lea.email = "lea.new@example.org"
    lea.save()
    erase(lea)
    User.objects.create(pk=pk, email="lea@example.org", joined_at=joined_at)

    assert forget_again() == (1, 0)


def test_somebody_else_with_the_same_number_stays(lea):
    pk = lea.pk
    erase(lea)
    User.objects.create(pk=pk, email="noor@example.org")

    assert forget_again() == (0, 0)


def test_the_list_of_erasures_names_nobody_and_is_its_keepers_only(lea):
    erase(lea)

    assert "lea" not in remembering.file().read_text().lower()
    assert sha256("lea@example.org") not in remembering.file().read_text()
    assert remembering.file().stat().st_mode & 0o777 == 0o600


def test_who_is_erased_while_old_lines_are_struck_off_is_remembered_too():
    someone = Person(None, frozenset(["noor@example.org"]))
    old = [remembering.remember(someone) for _number in range(40)]

    with ThreadPoolExecutor(8) as together:
        new = []
        for line in old:
            together.submit(remembering.strike_off, [line])
            new += [together.submit(remembering.remember, someone) for _number in range(4)]

    assert sorted(remembering.lines()) == sorted(one.result() for one in new)


# Cut short by a crash


@pytest.fixture
def cut_before_the_end(lea):
    """The list has a line, and the database let go of nothing."""
    remembering.remember(Person.of(lea))
    return lea


@pytest.fixture
def cut_after_the_end(lea, monkeypatch):
    """The database let go, and nobody wrote down that it did."""
    with monkeypatch.context() as crash:
        crash.setattr(remembering, "confirm", lambda lines: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            erase(lea)


def test_who_was_not_erased_in_the_end_is_not_erased_again(cut_before_the_end):
    assert forget_again() == (0, 0)

    settle_begun(before=timezone.now())

    assert forget_again() == (0, 0)
    assert User.objects.get().name == "Lea"
    assert not remembering.lines()


def test_who_was_erased_before_it_was_written_down_is_erased_again(cut_after_the_end, lea):
    settle_begun(before=timezone.now())
    put_back(lea, lea.joined_at)

    assert forget_again() == (1, 0)


def test_an_erasure_that_may_be_under_way_is_left_alone(cut_before_the_end):
    settle_begun(before=timezone.now() - ERASED_OR_NOT_AFTER)

    assert len(remembering.lines()) == 1


def test_the_worker_finds_out(cut_before_the_end, monkeypatch):
    later = timezone.now() + ERASED_OR_NOT_AFTER
    monkeypatch.setattr("courses.mailing.schedule.timezone.now", lambda: later)

    tidy()

    assert not remembering.lines()
