"""What a client sees: that it works, and nobody in particular."""

import pytest

from courses.models import Look, Membership
from tests.conftest import begin, make_user
from tests.models.acts import complete, steps_of
from tests.tracking.conftest import make_group, membership_of, words
from tests.tracking.crowds import crowd

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def address(group):
    return f"/track/groups/{group.public_id}/client/"


def agree(*people):
    for learner in people:
        Membership.objects.get(learner=learner).share_name(agreed=True)


def test_below_five_there_is_no_number(client_browser, group, lea, address):
    agree(lea)
    crowd(group, 1)

    page = words(client_browser.get(address))

    assert "There is nothing to show here yet: fewer than five learners" in page
    assert "learners completed" not in page
    assert 'role="img"' not in page
    assert "Lea" not in page
    assert "counts" not in page


def test_from_five_on_there_are_sentence_average_states_and_picture(client_browser, group, address):
    crowd(group, 2)

    page = words(client_browser.get(address))

    assert "1 of 5 learners completed this theme · 35% on average" in page
    assert page.count('role="img"') == 1
    assert "Not started</span> <strong>2</strong>" in page
    assert "In progress</span> <strong>2</strong>" in page
    assert "Stalled" not in page


def test_nobody_is_named_who_did_not_agree(client_browser, group, address):
    crowd(group, 9)

    page = words(client_browser.get(address))

    for name in ("Lea", "Lars", "Noor", "Deelnemer", "@example.org"):
        assert name not in page


def test_who_agreed_is_named_with_how_far_they_are(client_browser, group, lea, lars, address):
    crowd(group, 4)
    agree(lea, lars)

    page = words(client_browser.get(address))

    assert "Lea" in page
    assert "All 4 steps completed" in page
    assert "2 of 4 steps completed" in page
    assert "Noor" not in page
    assert "lea@example.org" not in page


@pytest.mark.parametrize(("others", "shown"), [(3, False), (4, True)])
def test_names_are_withheld_where_they_would_tell_how_the_others_stand(
    client_browser, group, lea, lars, address, others, shown
):
    crowd(group, others)
    agree(lea, lars)

    page = words(client_browser.get(address))

    assert ("Lea" in page) == shown
    assert ("They are not named now" in page) != shown


def test_everybody_who_agreed_is_named_where_nobody_else_is_left(client_browser, group, address):
    crowd(group, 2)
    for membership in group.memberships.all():
        membership.share_name(agreed=True)

    assert "Noor" in words(client_browser.get(address))


def test_whoever_takes_it_back_or_leaves_is_named_no_more(client_browser, group, lea, lars, address):
    crowd(group, 7)
    agree(lea, lars)
    membership_of(lea, group).share_name(agreed=False)
    membership_of(lars, group).leave()

    page = words(client_browser.get(address))

    assert "Lea" not in page
    assert "Lars" not in page


def test_somebody_without_a_name_is_not_shown_by_address(client_browser, group, lea, address):
    crowd(group, 8)
    agree(lea)
    lea.name = ""
    lea.save()

    assert "lea@example.org" not in words(client_browser.get(address))


def test_only_learners_of_this_group_count(client_browser, group, theme, lea, tom, charlie, address):
    crowd(group, 1)
    make_group(make_user("Tess"), lea, themes=[theme], trainers=[charlie])
    sus = make_user("Sus")
    group.memberships.join(group, sus)
    complete(begin(sus, theme), *steps_of(theme))
    membership_of(sus, group).suspend()
    group.memberships.join(group, tom)

    assert "fewer than five learners" in words(client_browser.get(address))


def test_it_says_what_it_does_not_show(client_browser, address):
    page = words(client_browser.get(address))

    assert "What this page does not show" in page
    assert "This is what the client sees" not in page


def test_a_trainer_sees_exactly_the_same_and_that_it_is_so(client_browser, trainer, group, lea, address):
    crowd(group, 8)
    agree(lea)

    clients, trainers = words(client_browser.get(address)), words(trainer.get(address))

    assert "This is what the client sees: exactly this page" in trainers
    assert clients.split("<h1>")[1].split("</main>")[0] == trainers.split("<h1>")[1].split("</main>")[0]


def test_looking_is_written_down(client_browser, cleo, group, address):
    client_browser.get(address)

    look = Look.objects.get()

    assert (look.viewer, look.kind, look.learner) == (cleo, Look.Kind.REPORT, None)


def test_the_page_costs_the_same_for_12_and_for_1200_members(
    client_browser, group, address, django_assert_max_num_queries
):
    def queries():
        client_browser.get(address)
        with django_assert_max_num_queries(30) as captured:
            client_browser.get(address)
        return len(captured)

    crowd(group, 12)
    group.memberships.filter(learner__name="Deelnemer 00001").update(named_at=group.created_at)
    few = queries()
    crowd(group, 1_188, prefix="Meer")
    group.memberships.filter(learner__name__lt="Meer 00600", learner__name__gt="Meer").update(named_at=group.created_at)

    assert queries() == few


def test_a_group_without_themes_says_so(client_browser, cleo, tom):
    group = make_group(trainers=[tom], clients=[cleo])

    assert "This group follows no theme yet." in words(client_browser.get(f"/track/groups/{group.public_id}/client/"))
