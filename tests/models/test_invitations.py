"""Invitations: who gets in by which, and why somebody does not."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.models import Invitation, Membership
from courses.models.invitations import Refusal, RefusedError
from courses.models.tokens import hashed
from tests.tracking.conftest import make_group, membership_of

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)


@pytest.fixture
def group(theme):
    return make_group(themes=[theme])


def make(group, **fields):
    return group.invitations.create(**fields)


def test_the_token_is_kept_nowhere_and_found_by_its_hash(group):
    invitation = make(group, place_count=1)

    kept = Invitation.objects.values().get()

    assert invitation.token not in map(str, kept.values())
    assert len(invitation.token) >= 43
    assert Invitation.objects.with_token(invitation.token).get() == invitation
    assert not Invitation.objects.with_token(hashed(invitation.token)).exists()


def test_with_another_key_of_the_site_new_links_work_once_the_tokens_were_renewed(group, settings):
    invitation = make(group, place_count=1)
    sent = invitation.token

    settings.SECRET_KEY = "another"
    shown = Invitation.objects.get().token
    before = [Invitation.objects.with_token(token).exists() for token in (sent, shown)]
    call_command("renew_tokens", verbosity=0, stdout=io.StringIO())
    after = [Invitation.objects.with_token(token).exists() for token in (sent, shown)]

    assert before == [True, False]
    assert after == [False, True]


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"revoked_at": timezone.now()}, Refusal.REVOKED),
        ({"expires_at": timezone.now() - A_DAY}, Refusal.EXPIRED),
        ({"place_count": 2, "used_count": 2}, Refusal.FULL),
        ({"email": "noor@example.org", "place_count": 1}, Refusal.FOREIGN),
    ],
)
def test_who_cannot_get_in_hears_why_and_takes_no_place(fields, refusal, group, lea):
    invitation = make(group, **fields)

    with pytest.raises(RefusedError) as error:
        invitation.accept(lea)

    assert error.value.refusal == refusal
    assert not Membership.objects.exists()
    assert Invitation.objects.get().used_count == fields.get("used_count", 0)


def test_a_closed_group_lets_nobody_in(group, lea):
    invitation = make(group)
    group.close()

    with pytest.raises(RefusedError) as error:
        invitation.accept(lea)

    assert error.value.refusal == Refusal.CLOSED


def test_a_personal_invitation_is_good_in_any_case(group, lea):
    assert make(group, email="LEA@Example.org", place_count=1).accept(lea)
    assert membership_of(lea, group).invitation.used_count == 1


def test_a_link_without_a_maximum_lets_everybody_in(group, lea, lars):
    link = make(group)

    assert [link.accept(lea), link.accept(lars), link.accept(lea)] == [True, True, False]
    link.refresh_from_db()
    assert link.used_count == 2


def test_a_member_needs_no_invitation_that_still_works(group, lea):
    Membership.objects.join(group, lea)

    assert make(group, revoked_at=timezone.now()).accept(lea) is False


def test_a_suspended_member_takes_no_place(group, lea):
    Membership.objects.join(group, lea)[0].suspend()
    link = make(group, place_count=1)

    with pytest.raises(RefusedError) as error:
        link.accept(lea)

    assert error.value.refusal == Refusal.SUSPENDED
    link.refresh_from_db()
    assert link.used_count == 0


def test_there_is_one_invitation_for_an_address_a_role_and_a_group(group):
    make(group, email="noor@example.org", place_count=1)
    make(group, email="noor@example.org", place_count=1, role="client")
    make(make_group(name="Andere"), email="noor@example.org", place_count=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        make(group, email="NOOR@example.org", place_count=1)


def test_no_more_people_come_in_than_there_are_places(group):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(group, place_count=1, used_count=2)


@pytest.mark.parametrize(
    ("fields", "renewed"),
    [
        ({}, False),
        ({"revoked_at": timezone.now()}, True),
        ({"expires_at": timezone.now() - A_DAY}, True),
        ({"used_count": 1}, True),
    ],
)
def test_what_is_offered_again_is_good_and_has_another_token_only_if_it_was_over(fields, renewed, group, lea):
    invitation = make(group, email=lea.email, place_count=1, **fields)
    former = invitation.token

    invitation.offer_again()
    invitation.save()

    assert Invitation.objects.open().get() == invitation
    assert (Invitation.objects.get().token != former) == renewed
    assert invitation.accept(lea)


def test_who_looked_before_the_last_place_was_taken_gets_none(group, lea, lars):
    invitation = make(group, place_count=1)
    looked_before = Invitation.objects.get(pk=invitation.pk)
    invitation.accept(lea)

    with pytest.raises(RefusedError) as refused:
        looked_before.accept(lars)

    assert refused.value.refusal == Refusal.FULL
    assert Invitation.objects.get(pk=invitation.pk).full


def test_of_two_presses_that_cross_one_takes_a_place(group, lea, monkeypatch):
    invitation = make(group, place_count=2)
    invitation.accept(lea)
    monkeypatch.setattr(Invitation, "lets_in_already", lambda self, user: False)  # as the other press found it

    assert not Invitation.objects.get(pk=invitation.pk).accept(lea)

    kept = Invitation.objects.get(pk=invitation.pk)
    assert (kept.used_count, kept.full) == (1, False)


def test_an_invitation_is_named_without_a_word_of_whom_it_is_for(group):
    invitation = make(group, email="noor@example.org", place_count=1)

    assert str(invitation) == f"{group.pk}/{invitation.public_id}"
