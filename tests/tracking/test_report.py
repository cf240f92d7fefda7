"""A report to print."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import Group, Look
from tests.conftest import make_step, make_user
from tests.models.acts import steps_of
from tests.tracking.conftest import make_group, membership_of, words
from tests.tracking.crowds import crowd

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def address(group, theme):
    return f"/track/groups/{group.public_id}/themes/{theme.slug}/report/"


def test_it_has_title_sentence_states_pictures_with_tables_and_names(trainer, group, address):
    crowd(group, 2)

    page = words(trainer.get(address))

    assert "1 of 5 learners completed this theme · 35% on average" in page
    assert page.count('role="img"') == 2
    assert page.count('<details class="chart-table" open>') == 2
    assert "In progress</span> <strong>2</strong>" in page
    for name in ("Lea", "Lars", "Noor", "Deelnemer 00001"):
        assert f'<th scope="row">{name}</th>' in page


def test_below_five_there_are_no_pictures(trainer, address):
    page = words(trainer.get(address))

    assert "Too few learners to show an average" in page
    assert 'role="img"' not in page


def test_it_says_what_changed_in_the_theme_since_the_group_began(trainer, group, theme, address):
    Group.objects.update(created_at=timezone.now() - timedelta(days=3))
    before = words(trainer.get(address))
    group.follow(theme, starts_on=timezone.localdate() - timedelta(days=1))
    make_step(theme, "Erbij")
    theme.take_out(steps_of(theme)[0])

    after = words(trainer.get(address))

    assert '“<span lang="nl">Luisteren</span>” was taken out on' not in before
    assert '“<span lang="nl">Erbij</span>” was added on' in after
    assert '“<span lang="nl">Luisteren</span>” was taken out on' in after


def test_it_names_the_active_learners_of_this_group_alone(trainer, group, theme, charlie, tom, address):
    make_group(make_user("Tess"), themes=[theme], trainers=[charlie])
    sus = make_user("Sus")
    group.memberships.join(group, sus)
    membership_of(sus, group).suspend()
    group.memberships.join(group, tom)

    page = words(trainer.get(address)).split("<main")[1]

    for name in ("Tess", "Sus", "Tom"):
        assert f">{name}</th>" not in page


def test_of_a_large_group_it_names_a_thousand(trainer, group, address):
    crowd(group, 1_010)

    page = words(trainer.get(address))

    assert page.count('<th scope="row">Deelnemer') == 1_000
    assert "And 13 more learners: take the roster along as a file." in page


def test_looking_is_written_down(trainer, group, address):
    trainer.get(address)

    assert Look.objects.get().kind == Look.Kind.REPORT


def test_it_is_not_for_the_client(client_browser, address):
    assert client_browser.get(address).status_code == 403
