"""Who is in a group, who is invited, and what a trainer does about it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import Invitation, Mail, Membership, ProgressEvent, RosterRow
from tests.conftest import make_user, signed_in
from tests.knocking import everything_kept
from tests.tracking.conftest import membership_of, words

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def address(group):
    return f"/track/groups/{group.public_id}/people/"


@pytest.fixture
def do(trainer, group):
    """A deed of Tom's on a member."""

    def do(deed, learner):
        membership = membership_of(learner, group)
        response = trainer.post(f"/track/groups/{group.public_id}/learners/{membership.public_id}/{deed}/")
        assert response.status_code == 303
        return words(trainer.get(response.url))

    return do


@pytest.fixture
def invited(group):
    """An invitation in each state, named for it."""
    now = timezone.now()
    make = group.invitations.create
    make(email="invited@example.org", place_count=1)
    lost = make(email="undelivered@example.org", place_count=1)
    Mail.objects.create(kind=Mail.Kind.INVITATION, cause="1", invitation=lost, given_up_at=now)
    make(email="expired@example.org", place_count=1, expires_at=now - timedelta(days=1))
    make(email="revoked@example.org", place_count=1, revoked_at=now)
    make(email="accepted@example.org", place_count=1, used_count=1)
    make(place_count=10)


def test_active_members_come_first(trainer, address):
    page = words(trainer.get(address))

    assert all(name in page for name in ("Lea", "Lars", "Noor"))
    assert 'aria-current="page">Active <span class="count">3</span>' in page


@pytest.mark.parametrize("state", ["invited", "undelivered", "expired", "revoked"])
def test_each_invitation_stands_under_its_state_alone(state, trainer, address, invited):
    page = words(trainer.get(address, {"status": state}))

    assert page.count("@example.org</span>") + page.count(f"<span>{state}@example.org") == 1
    assert f"{state}@example.org" in page
    assert "accepted@example.org" not in page


def test_an_address_counts_as_reached_when_a_later_mail_is_on_its_way(group, invited):
    lost = group.invitations.get(email="undelivered@example.org")

    Mail.objects.create(kind=Mail.Kind.INVITATION, cause="2", invitation=lost)

    assert group.invitations.count_states()[Invitation.State.UNDELIVERED] == 0
    assert group.invitations.count_states()[Invitation.State.INVITED] == 2


def test_a_search_finds_names_and_addresses_and_counts_in_every_status(trainer, group, address, invited):
    group.invitations.create(email="x@example.org", name="Lea van Dijk", place_count=1)

    page = words(trainer.get(address, {"q": "LEA"}))

    assert "lea@example.org" in page
    assert "lars@example.org" not in page
    assert 'Invited <span class="count">1</span>' in page


def test_nothing_found_says_so(trainer, address):
    assert "Nobody with this status has these words" in words(trainer.get(address, {"q": "Zoë"}))


@pytest.mark.parametrize("query", ["status=nonsense", "page=99", "page=x", "status=active&page=-1", "q=%00"])
def test_odd_questions_get_a_page(query, trainer, address):
    assert trainer.get(f"{address}?{query}").status_code == 200


@pytest.mark.parametrize("count", [60, 160])
def test_the_page_costs_the_same_for_any_number_of_people(trainer, group, address, count, django_assert_num_queries):
    people = [make_user(f"Lid{number:03}") for number in range(count)]
    Membership.objects.bulk_create(Membership(group=group, learner=one) for one in people)
    trainer.get(address)

    with django_assert_num_queries(7):
        page = words(trainer.get(address))

    assert page.count('class="deeds"') == 50
    assert "Page 1 of" in page


@pytest.mark.parametrize(
    ("deed", "told", "status"),
    [("suspend", "is suspended", "suspended"), ("remove", "is no longer in this group", "left")],
)
def test_rule_26_a_member_goes_and_comes_back_and_progress_is_not_touched(deed, told, status, do, group, lea):
    before = events_and_progress()

    assert told in do(deed, lea)
    assert membership_of(lea, group).status == status
    assert not RosterRow.objects.filter(learner=lea).exists()

    assert "is an active member again" in do("readmit", lea)
    assert membership_of(lea, group).active
    assert RosterRow.objects.get(learner=lea).completed_count == 4
    assert events_and_progress() == before


def events_and_progress():
    rows = everything_kept()
    return {name: rows[name] for name in rows if "progress" in name or "participation" in name}


@pytest.mark.parametrize("deed", ["suspend", "remove", "readmit"])
def test_a_deed_done_twice_is_done_once(deed, do, group, lea):
    do("suspend", lea) if deed == "readmit" else None
    do(deed, lea)
    before = everything_kept()["courses_membership"]

    do(deed, lea)

    assert everything_kept()["courses_membership"] == before


def test_who_was_taken_out_and_suspended_comes_back_at_once(do, group, lea):
    do("suspend", lea)
    do("remove", lea)

    do("readmit", lea)

    assert membership_of(lea, group).active


def test_an_invitation_is_sent_again_with_the_same_token_and_a_new_mail(trainer, group, invited):
    invitation = group.invitations.get(email="invited@example.org")
    address = f"/track/groups/{group.public_id}/invitations/{invitation.public_id}/resend/"

    for _time in range(2):
        response = trainer.post(address)

    assert "is on its way once more" in words(trainer.get(response.url))
    assert invitation.mails.count() == 2
    assert group.invitations.get(pk=invitation.pk).token == invitation.token


@pytest.mark.parametrize("state", ["expired", "revoked"])
def test_an_invitation_that_was_over_gets_another_token(state, trainer, group, invited):
    invitation = group.invitations.get(email=f"{state}@example.org")

    trainer.post(f"/track/groups/{group.public_id}/invitations/{invitation.public_id}/resend/")

    again = Invitation.objects.open().get(pk=invitation.pk)
    assert again.token != invitation.token
    assert not Invitation.objects.with_token(invitation.token).exists()
    assert again.mails.count() == 1


def test_an_invitation_is_withdrawn(trainer, group, invited, lars):
    invitation = group.invitations.get(email="invited@example.org")

    response = trainer.post(f"/track/groups/{group.public_id}/invitations/{invitation.public_id}/revoke/")

    assert "is withdrawn" in words(trainer.get(response.url))
    assert not Invitation.objects.open().filter(pk=invitation.pk).exists()


@pytest.mark.parametrize("deed", ["resend", "revoke"])
def test_what_was_accepted_is_left_alone(deed, trainer, group, invited):
    invitation = group.invitations.get(email="accepted@example.org")

    response = trainer.post(f"/track/groups/{group.public_id}/invitations/{invitation.public_id}/{deed}/")

    assert "was accepted already" in words(trainer.get(response.url))
    assert not invitation.mails.exists()
    assert group.invitations.get(pk=invitation.pk).revoked_at is None


def test_a_closed_group_mails_nobody(trainer, group, invited):
    group.close()
    invitation = group.invitations.get(email="invited@example.org")

    trainer.post(f"/track/groups/{group.public_id}/invitations/{invitation.public_id}/resend/")

    assert not invitation.mails.exists()


@pytest.mark.parametrize("deed", ["suspend", "readmit", "remove"])
def test_another_trainer_does_nothing_to_members(deed, charlie, group, lea):
    membership = membership_of(lea, group)

    response = signed_in(charlie).post(f"/track/groups/{group.public_id}/learners/{membership.public_id}/{deed}/")

    assert response.status_code == 404
    assert membership_of(lea, group).active


def test_no_deed_makes_an_event(do, lea):
    before = ProgressEvent.objects.count()

    for deed in ("suspend", "readmit", "remove", "readmit"):
        do(deed, lea)

    assert ProgressEvent.objects.count() == before
