"""Rules 21, 22 and 24: what else an author does to a theme that people follow."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from courses.models import Participation
from tests.conftest import begin, make_step, make_topic
from tests.models.acts import complete, fraction, progress_on, sentence, states, steps_of


@pytest.fixture
def participation(lea, theme):
    return begin(lea, theme)


# Rule 22: required or extra, and the release date


def test_rule_22_making_an_extra_is_removing(lea, participation, theme):
    *most, last = steps_of(theme)
    complete(participation, *most)

    theme.require(last, required=False)

    assert Participation.objects.finished().get().completion_cause == "structure"
    assert sentence(lea, theme) == "All 3 steps completed"


def test_rule_22_requiring_is_adding(lea, participation, theme):
    extra = make_step(theme, required=False)
    complete(participation, *steps_of(theme)[:4])
    then = Participation.objects.values().get()

    theme.require(extra, required=True)

    assert fraction(lea, theme) == (4, 5)
    assert states(lea, theme)[-1] == "new"
    assert Participation.objects.values().get() == then


def test_rule_22_an_extra_that_was_completed_counts_as_soon_as_it_is_required(lea, participation, theme):
    extra = make_step(theme, required=False)
    complete(participation, extra)

    theme.require(extra, required=True)

    assert fraction(lea, theme) == (1, 5)


def test_rule_22_requiring_what_is_required_makes_nothing_new(lea, participation, theme):
    theme.require(steps_of(theme)[0], required=True)

    assert states(lea, theme) == ["not-started"] * 4


def test_rule_22_a_release_date_takes_nothing_away_from_who_was_there(lea, participation, theme):
    first, second, *_others = steps_of(theme)
    complete(participation, first)
    participation.open(second)

    for step in steps_of(theme)[:3]:
        theme.reschedule(step, timezone.localdate() + timedelta(days=3))

    assert states(lea, theme) == ["completed", "under-way", "upcoming", "not-started"]
    assert sentence(lea, theme) == "1 of 4 steps completed · 1 still to come"


def test_rule_22_without_a_release_date_it_can_be_read_at_once(lea, participation, theme):
    step = make_step(theme, release_date=timezone.localdate() + timedelta(days=3))

    theme.reschedule(step, None)

    assert states(lea, theme)[-1] == "new"


# Rules 21, 23, 24


@pytest.mark.parametrize("major", [False, True])
def test_rule_21_a_new_edition_changes_no_progress(lea, participation, theme, major):
    step = steps_of(theme)[0]
    complete(participation, step)
    then = progress_on(step, participation)

    step.topic.write(title="Nieuw", html="<p>Anders.</p>")
    step.topic.publish(major=major, note="Een ander voorbeeld")

    now = progress_on(step, participation)
    assert fraction(lea, theme) == (1, 4)
    assert states(lea, theme)[0] == "completed"
    assert (now.completed_at, now.edition) == (then.completed_at, then.edition)
    assert step.topic.published_edition.major == major


def test_rule_21_who_completes_it_again_has_read_the_new_edition(participation, theme):
    step = steps_of(theme)[0]
    complete(participation, step)
    step.topic.write(title="Nieuw", html="<p>Anders.</p>")
    step.topic.publish(major=True)

    participation.reopen(step, deed="6f5902ac-2374-4b2e-9a3c-3c7d36d4a9f1")
    complete(participation, step)

    assert progress_on(step, participation).edition == step.topic.published_edition


def test_rule_24_a_theme_in_the_bin_comes_back_with_everyones_progress(lea, participation, theme):
    complete(participation, *steps_of(theme)[:2])
    then = list(participation.progress.values())

    theme.bin()
    theme.restore()

    assert list(participation.progress.values()) == then
    assert fraction(lea, theme) == (2, 4)


@pytest.mark.parametrize(("away", "back"), [("bin", "restore"), ("unpublish", "publish")])
def test_nobody_is_finished_in_a_theme_that_is_away_but_as_soon_as_it_returns(participation, theme, away, back):
    *most, last = steps_of(theme)
    complete(participation, *most)

    getattr(theme, away)()
    theme.take_out(last)
    assert not Participation.objects.finished().exists()

    getattr(theme, back)()
    assert Participation.objects.finished().get().completion_cause == "structure"


def test_a_change_within_a_change_counts_only_in_its_outcome(participation, theme):
    *most, last = steps_of(theme)
    complete(participation, *most)

    with theme.changing():
        theme.take_out(last)
        theme.add(make_topic(), slug="in-plaats-daarvan")

    assert not Participation.objects.finished().exists()


def test_a_change_that_fails_changes_nothing(participation, theme):
    complete(participation, *steps_of(theme)[:3])

    def half_a_change():
        with theme.changing():
            theme.take_out(steps_of(theme)[3])
            theme.reorder([])

    with pytest.raises(ValidationError):
        half_a_change()

    assert [step.position for step in steps_of(theme)] == [1, 2, 3, 4]
    assert not Participation.objects.finished().exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda theme: theme.describe(title="Anders"),
        lambda theme: theme.reorder(list(reversed(theme.step_order()))),
        lambda theme: theme.take_out(steps_of(theme)[0]),
        lambda theme: theme.require(steps_of(theme)[0], required=False),
        lambda theme: theme.reschedule(steps_of(theme)[0], date(2030, 1, 1)),
        lambda theme: theme.bin(),
        lambda theme: theme.unpublish(),
        lambda theme: steps_of(theme)[0].topic.withdraw(),
        lambda theme: make_step(theme),
    ],
)
def test_the_revision_is_another_one_after_every_change(theme, change):
    then = theme.revision

    change(theme)

    theme.refresh_from_db()
    assert theme.revision != then
