"""What the keeper does for who cannot sign in any more: shown first, never by guessing."""

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from accounts.models import User
from courses.models import Group, Invitation
from tests.conftest import begin
from tests.models.acts import complete, steps_of
from tests.tracking.conftest import make_group


def test_the_command_shows_and_does_nothing_until_told(lea, theme, capsys):
    complete(begin(lea, theme), *steps_of(theme))

    call_command("erase", "LEA@example.org")

    assert "erased: 4 × Your progress in each topic" in capsys.readouterr().out
    assert User.objects.exists()


def test_the_command_erases_when_told(lea, theme, capsys):
    call_command("erase", "lea@example.org", "--yes")

    assert not User.objects.exists()
    assert len(mail.outbox) == 1


def test_the_command_erases_an_address_without_an_account(tom, capsys):
    Invitation.objects.create(group=make_group(trainers=[tom]), email="noor@example.org")

    call_command("erase", "noor@example.org", "--yes")

    assert not Invitation.objects.exists()
    assert list(User.objects.all()) == [tom]


def test_the_command_knows_nobody_else(lea, tom, capsys):
    Invitation.objects.create(group=make_group(trainers=[tom]), email="noor@example.org")

    with pytest.raises(CommandError):
        call_command("erase", "oor@example.org", "--yes")

    assert User.objects.count() == 2
    assert Invitation.objects.exists()


def test_the_command_leaves_no_group_alone_unless_told(lea, tom, capsys):
    make_group(lea, trainers=[tom])

    with pytest.raises(CommandError, match="close-groups"):
        call_command("erase", tom.email, "--yes")
    call_command("erase", tom.email, "--yes", "--close-groups", "--silent")

    assert Group.objects.get().closed_at
    assert not mail.outbox
