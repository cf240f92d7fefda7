"""Rules 26–28: people who come and go, and people who look around."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from courses.models import Participation, Progress, ProgressEvent, Theme
from courses.models.journey import journey_of
from courses.models.standing import Average, average
from tests.conftest import begin, make_theme, make_user
from tests.models.acts import complete, fraction, progress_on, reopen, steps_of


@pytest.fixture
def followers(theme):
    """Five learners, each with half of it done."""
    people = [make_user(f"Volger{number}") for number in range(5)]
    for person in people:
        complete(begin(person, theme), *steps_of(theme)[:2])
    return people


def average_of(theme):
    participations = Participation.objects.active().of_learners().filter(theme=theme).select_related("learner")
    return average(journey_of(participation.learner, theme).standing for participation in participations)


@pytest.mark.parametrize(("leave", "come_back"), [("unpublish", "publish"), ("bin", "restore")])
def test_rule_26_leaving_and_coming_back_never_touches_progress(lea, theme, leave, come_back):
    participation = begin(lea, theme)
    complete(participation, *steps_of(theme)[:3])
    then = list(participation.progress.values())

    getattr(theme, leave)()
    assert list(participation.progress.values()) == then
    getattr(theme, come_back)()

    assert begin(lea, theme) == participation
    assert fraction(lea, theme) == (3, 4)


def test_rule_26_another_door_to_the_theme_never_touches_progress(lea, theme):
    complete(begin(lea, theme), *steps_of(theme)[:3])

    theme.describe(access=Theme.Access.GROUP)

    assert not Theme.objects.visible_to(lea).exists()
    assert fraction(lea, theme) == (3, 4)


def test_rule_27_a_trainer_who_looks_around_never_counts(tom, theme, followers):
    assert average_of(theme) == Average(50, 5)

    complete(begin(tom, theme), *steps_of(theme))

    assert average_of(theme) == Average(50, 5)
    assert tom not in [one.learner for one in Participation.objects.of_learners()]


def test_rule_27_a_learner_does_count(lea, theme, followers):
    complete(begin(lea, theme), *steps_of(theme))

    assert average_of(theme) == Average(58, 6)


def test_case_a_trainer_previews_to_the_end(tom, theme, followers):
    then = average_of(theme)

    participation = begin(tom, theme)
    for step in steps_of(theme):
        participation.open(step)
        complete(participation, step)

    assert average_of(theme) == then


def test_case_a_learner_is_erased(theme, followers):
    complete(begin(followers[0], theme), *steps_of(theme))

    followers[0].delete()

    assert average_of(theme) == Average(None, 4)
    assert Participation.objects.count() == 4
    assert Progress.objects.count() == 8
    assert ProgressEvent.objects.count() == 8


def test_rule_28_a_trainer_completes_for_a_learner_and_it_is_kept_who_why_and_when(lea, tom, theme):
    participation = begin(lea, theme)
    before = timezone.now()

    complete(participation, steps_of(theme)[0], actor=tom, reason="Deed het op papier")

    event = participation.events.get()
    assert (event.actor, event.reason) == (tom, "Deed het op papier")
    assert before <= event.happened_at <= timezone.now()
    assert fraction(lea, theme) == (1, 4)


def test_rule_28_a_trainer_reopens_for_a_learner(lea, tom, theme):
    participation = begin(lea, theme)
    complete(participation, steps_of(theme)[0])

    reopen(participation, steps_of(theme)[0], actor=tom, reason="Verkeerde knop")

    event = participation.events.last()
    assert (event.kind, event.actor, event.reason) == ("reopened", tom, "Verkeerde knop")
    assert progress_on(steps_of(theme)[0], participation).completed_at is None


def test_rule_28_what_a_learner_does_is_their_own(lea, theme):
    complete(begin(lea, theme), steps_of(theme)[0])

    event = ProgressEvent.objects.get()
    assert (event.actor, event.reason) == (lea, "")


def test_when_a_trainer_is_erased_what_they_did_for_others_stays(lea, tom, theme):
    participation = begin(lea, theme)
    complete(participation, steps_of(theme)[0], actor=tom, reason="Deed het op papier")

    tom.delete()

    event = participation.events.get()
    assert (event.actor, event.reason) == (None, "Deed het op papier")
    assert fraction(lea, theme) == (1, 4)


# Who sees which theme


VISIBLE = {
    ("open", "visitor"): True,
    ("open", "learner"): True,
    ("signed-in", "visitor"): False,
    ("signed-in", "learner"): True,
    ("group", "visitor"): False,
    ("group", "learner"): False,
}


@pytest.mark.parametrize(("access", "who"), VISIBLE)
def test_a_published_theme_is_visible_to_whom_it_is_for(lea, access, who):
    theme = make_theme(1, access=access)
    user = lea if who == "learner" else AnonymousUser()

    assert (theme in Theme.objects.visible_to(user)) == VISIBLE[access, who]
    assert (steps_of(theme)[0] in theme.steps.visible_to(user)) == VISIBLE[access, who]


@pytest.mark.parametrize("who", ["visitor", "learner", "trainer"])
@pytest.mark.parametrize("state", ["draft", "binned"])
def test_a_draft_or_binned_theme_is_visible_to_nobody(lea, tom, state, who):
    theme = make_theme(1, published=state == "binned")
    if state == "binned":
        theme.bin()
    user = {"visitor": AnonymousUser(), "learner": lea, "trainer": tom}[who]

    assert not Theme.objects.visible_to(user).exists()
    assert not theme.steps.visible_to(user).exists()
