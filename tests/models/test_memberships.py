"""Being in a group: it opens themes, and never touches progress."""

import pytest

from courses.models import Membership, RosterRow
from tests.conftest import begin, make_theme, make_user
from tests.models.acts import complete, steps_of
from tests.tracking.conftest import make_group, membership_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(theme):
    return make_group(themes=[theme])


def test_joining_makes_a_member_who_stands_on_the_roster(group, lea):
    membership, new = Membership.objects.join(group, lea)

    assert new
    assert membership.active
    assert RosterRow.objects.get().learner == lea


def test_joining_twice_is_joining_once(group, lea):
    Membership.objects.join(group, lea)

    _membership, new = Membership.objects.join(group, lea)

    assert not new
    assert Membership.objects.count() == RosterRow.objects.count() == 1


@pytest.mark.parametrize(
    ("deed", "status"), [(None, "active"), (Membership.leave, "left"), (Membership.suspend, "suspended")]
)
def test_everybody_has_one_status_and_is_found_by_it(deed, status, group, lea):
    membership, _new = Membership.objects.join(group, lea)
    if deed:
        deed(membership)

    found = [one for one in Membership.Status if group.memberships.in_status(one).exists()]

    assert found == [membership.status] == [status]
    assert group.memberships.count_statuses() == {one: int(one == status) for one in Membership.Status}


def test_who_left_while_suspended_is_suspended(group, lea):
    membership, _new = Membership.objects.join(group, lea)

    membership.suspend()
    membership.leave()

    assert membership.status == "suspended"
    assert Membership.objects.join(group, lea)[0].suspended_at
    assert not group.memberships.active().exists()


def test_rule_26_nothing_of_this_touches_progress(group, lea, theme):
    participation = begin(lea, theme)
    complete(participation, *steps_of(theme)[:2])
    membership, _new = Membership.objects.join(group, lea)
    before = list(participation.progress.values()), list(participation.events.values())

    for deed in (membership.suspend, membership.readmit, membership.leave, membership.readmit):
        deed()

    assert (list(participation.progress.values()), list(participation.events.values())) == before
    assert RosterRow.objects.get().completed_count == 2


def test_leaving_takes_back_what_was_agreed(group, lea):
    membership, _new = Membership.objects.join(group, lea)
    membership.share_name(agreed=True)

    membership.leave()

    membership.readmit()
    membership.refresh_from_db()
    assert membership.named_at is None


def test_rule_27_a_trainer_is_a_member_who_does_not_count(group):
    charlie = make_user("Charlie", is_trainer=True)

    Membership.objects.join(group, charlie)

    assert membership_of(charlie, group).active
    assert not group.memberships.of_learners().exists()
    assert not RosterRow.objects.exists()


def test_two_groups_with_the_same_theme_know_nothing_of_each_other(group, lea, theme):
    other = make_group(lea, name="Andere", themes=[theme])
    Membership.objects.join(group, lea)

    membership_of(lea, other).leave()

    assert membership_of(lea, group).active
    assert RosterRow.objects.get().group_theme.group == group
    assert make_theme(1).groups.count() == 0
