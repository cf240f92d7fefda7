"""The history of a theme's structure, and the way back; nobody's progress is touched."""

from datetime import date

import pytest

from courses.models.changes import changes_by
from courses.models.journey import journey_of
from tests.conftest import begin, make_step, make_theme, make_topic
from tests.models.acts import complete, steps_of

pytestmark = pytest.mark.django_db


def titles(structure):
    return [entry["title"] for entry in structure.snapshot["steps"]]


@pytest.fixture
def theme():
    theme = make_theme(0, title="Vertrouwen")
    with theme.changing():
        for title in ("Luisteren", "Vragen", "Loslaten"):
            make_step(theme, title)
    return theme


def now(theme):
    return theme.structures.first()


def test_every_change_is_remembered_with_who_made_it(theme, tom):
    with changes_by(tom):
        theme.move(steps_of(theme)[2], 1)

    assert titles(now(theme)) == ["Loslaten", "Luisteren", "Vragen"]
    assert now(theme).author == tom


def test_a_change_within_a_change_is_one_entry(theme):
    count = theme.structures.count()

    with theme.changing():
        make_step(theme)
        make_step(theme)

    assert theme.structures.count() == count + 1


def test_a_change_that_changes_nothing_is_no_entry(theme):
    count = theme.structures.count()

    theme.reorder(theme.step_order())

    assert theme.structures.count() == count


def test_restoring_puts_back_order_what_counts_dates_and_titles(theme):
    first, second, third = steps_of(theme)
    theme.reschedule(second, date(2027, 6, 3))
    then = now(theme)
    theme.describe(title="Anders", in_order=True)
    theme.reorder([third.pk, first.pk, second.pk])
    theme.require(first, required=False)
    theme.reschedule(second, None)
    third.topic.refresh_from_db()
    third.topic.retitle("Weggaan")

    then.restore()

    assert now(theme).snapshot == then.snapshot
    theme.refresh_from_db()
    assert (theme.title, theme.in_order) == ("Vertrouwen", False)


def test_restoring_takes_out_what_came_later_and_puts_back_what_was_taken_out(theme):
    then = now(theme)
    theme.take_out(steps_of(theme)[1])
    make_step(theme, "Later")

    then.restore()

    assert titles(now(theme)) == ["Luisteren", "Vragen", "Loslaten"]
    assert [step.position for step in steps_of(theme)] == [1, 2, 3]


def test_restoring_touches_no_progress(theme, lea):
    then = now(theme)
    participation = begin(lea, theme)
    complete(participation, *steps_of(theme)[:2])
    theme.take_out(steps_of(theme)[0])
    before = list(participation.progress.order_by("pk").values())

    then.restore()

    assert list(participation.progress.order_by("pk").values()) == before
    standing = journey_of(lea, theme).standing
    assert (standing.completed_count, standing.required_count) == (2, 3)


def test_rule_18_restoring_finishes_who_has_then_done_everything(theme, lea):
    then = now(theme)
    participation = begin(lea, theme)
    make_step(theme, "Extra werk")
    complete(participation, *steps_of(theme)[:3])

    then.restore()

    participation.refresh_from_db()
    assert participation.completion_cause == "structure"


def test_restoring_keeps_texts_publication_and_access(theme):
    then = now(theme)
    topic = steps_of(theme)[0].topic
    topic.write(title="Luisteren", html="<p>Nieuwe tekst.</p>")
    topic.publish()
    theme.describe(access="signed-in", introduction="<p>Welkom.</p>")

    then.restore()

    theme.refresh_from_db()
    topic.refresh_from_db()
    assert (theme.access, theme.introduction) == ("signed-in", "<p>Welkom.</p>")
    assert topic.published_edition.source == "<p>Nieuwe tekst.</p>"


def test_what_happens_to_a_topic_stands_in_the_history_of_its_themes(theme):
    other = make_theme(0)
    topic = make_topic(published=False)
    other.add(topic, slug="klad")

    topic.publish()

    assert now(other).snapshot["steps"][0]["published"]
