"""Many who accept at once: just as many get in as there are places, on both engines."""

from functools import partial

import pytest

from courses.models import Group, Invitation, Membership
from courses.models.invitations import Refusal, RefusedError
from courses.tracking.addresses import Person
from courses.tracking.inviting import invite
from tests.conftest import make_theme, make_user
from tests.tracking.conftest import make_group

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]


def accept(invitation, learner):
    """As every request does it: with an object of its own."""
    try:
        return Invitation.objects.select_related("group").get(pk=invitation.pk).accept(learner)
    except RefusedError as error:
        return error.refusal


def test_sixty_people_on_the_last_ten_places_of_a_link(crowd):
    group = make_group(themes=[make_theme(1)])
    link = group.invitations.create(place_count=25, used_count=15)
    learners = [make_user(f"Deelnemer{number}") for number in range(60)]

    answers = crowd([partial(accept, link, learner) for learner in learners])

    assert answers.count(True) == 10
    assert answers.count(Refusal.FULL) == 50
    assert Membership.objects.active().count() == group.group_themes.get().roster.count() == 10
    assert Invitation.objects.get().used_count == 25


def test_one_person_who_presses_thirty_times_takes_one_place(crowd):
    link = make_group().invitations.create(place_count=10)
    learner = make_user("Lea")

    answers = crowd([partial(accept, link, learner)] * 30)

    assert answers.count(True) == 1
    assert set(answers) == {True, False}
    assert Invitation.objects.get().used_count == Membership.objects.count() == 1


def test_two_trainers_who_invite_the_same_people_at_once_invite_each_once(crowd):
    group = make_group()
    people = [Person(number, "", f"deelnemer{number}@example.org") for number in range(20)]

    answers = crowd([lambda: invite(Group.objects.get(pk=group.pk), people, role="learner", by=None)] * 4)

    assert sorted(answers) == [0, 0, 0, 20]
    assert Invitation.objects.count() == 20
