"""Themes that only members of a group see."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import Theme
from tests.conftest import begin, make_theme, make_user, signed_in
from tests.models.acts import complete, steps_of
from tests.tracking.conftest import make_group, membership_of

TOMORROW = timedelta(days=1)


@pytest.fixture
def theme(db):
    return make_theme(2, title="Alleen voor ons", access="group")


@pytest.fixture
def group(theme, tom, lea):
    return make_group(lea, themes=[theme], trainers=[tom])


def pages(theme):
    return [theme.get_absolute_url(), steps_of(theme)[0].get_absolute_url()]


def answers(browser, theme):
    return {browser.get(page).status_code for page in pages(theme)}


def test_a_member_sees_and_follows_the_theme(learner, lea, group, theme):
    assert answers(learner, theme) == {200}
    assert "Alleen voor ons" in learner.get("/").content.decode()

    learner.post(f"/themes/{theme.slug}/{steps_of(theme)[0].slug}/open/")
    assert lea.participations.get().theme == theme


def test_pages_of_a_member_ask_no_more_than_those_of_a_theme_for_everyone(
    learner, lea, group, theme, django_assert_num_queries
):
    complete(begin(lea, theme), steps_of(theme)[0])
    answers(learner, theme)

    for page in pages(theme):
        with django_assert_num_queries(4):
            assert learner.get(page).status_code == 200


@pytest.mark.parametrize("began", [True, False])
@pytest.mark.parametrize("binned_at", [None, timezone.now()])
@pytest.mark.parametrize("published_at", [None, timezone.now()])
@pytest.mark.parametrize("access", Theme.Access)
def test_who_is_in_no_group_finds_what_is_visible_to_them(lars, access, published_at, binned_at, began):
    theme = make_theme(1, access=access)
    if began:
        begin(lars, theme)
    with theme.changing():
        theme.set(published_at=published_at, binned_at=binned_at)

    found = signed_in(lars).get(theme.get_absolute_url()).status_code == 200

    assert found == Theme.objects.visible_to(lars).exists() == theme.for_everyone


@pytest.mark.parametrize("who", ["visitor", "learner outside", "other trainer"])
def test_for_others_it_does_not_exist(who, client, lars, group, theme):
    browsers = {
        "visitor": client,
        "learner outside": signed_in(lars),
        "other trainer": signed_in(make_user("Charlie", is_trainer=True)),
    }

    assert answers(browsers[who], theme) == {404}
    assert "Alleen voor ons" not in browsers[who].get("/").content.decode()


def test_before_the_start_only_trainers_of_the_group_look(learner, trainer, group, theme):
    group.follow(theme, starts_on=timezone.localdate() + TOMORROW)
    assert answers(learner, theme) == {404}
    assert answers(trainer, theme) == {200}

    group.follow(theme, starts_on=timezone.localdate())
    assert answers(learner, theme) == {200}


ENDS = {
    "leaving": (lambda mine: mine.leave(), lambda mine: mine.readmit()),
    "suspension": (lambda mine: mine.suspend(), lambda mine: mine.readmit()),
    "closing": (lambda mine: mine.group.close(), lambda mine: mine.group.reopen()),
    "another theme": (
        lambda mine: mine.group.group_themes.all().delete(),
        lambda mine: mine.group.follow(Theme.objects.get()),
    ),
}


@pytest.mark.parametrize("end", ENDS)
def test_rule_26_after_the_end_it_is_gone_and_progress_is_back_on_return(end, learner, lea, group, theme):
    complete(begin(lea, theme), *steps_of(theme))
    finished_at = lea.participations.get().completed_at
    leave, come_back = ENDS[end]

    leave(membership_of(lea, group))
    assert answers(learner, theme) == {404}
    assert lea.participations.get().completed_at == finished_at

    come_back(membership_of(lea, group))
    assert answers(learner, theme) == {200}
    assert lea.participations.get().progress.completed().count() == 2
