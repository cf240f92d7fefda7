"""What the database itself refuses, whoever asks."""

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.db.models import ProtectedError

from courses.models import Edition, Participation, Progress, ProgressEvent, Step, Theme, Topic
from courses.models.guards import REFUSALS, install
from tests.conftest import begin, make_theme, make_topic
from tests.models.acts import complete, steps_of

CHANGES = {
    "title": "'Anders'",
    "summary": "'Anders'",
    "html": "'<p>Anders</p>'",
    "outline": "'[]'",
    "text": "'Anders'",
    "number": "7",
    "reading_minutes": "7",
    "major": "TRUE",
    "note": "'Anders'",
    "published_at": "NULL",
}


@pytest.fixture
def edition(db):
    return make_topic("Vertrouwen").published_edition


@pytest.fixture
def event(lea, theme):
    complete(begin(lea, theme), steps_of(theme)[0])
    return ProgressEvent.objects.get()


def refused(deed):
    """Whether the database refuses, and everything is then as it was."""
    try:
        with transaction.atomic():
            deed()
    except DatabaseError as error:
        return "never" in str(error)
    return False


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


# Editions


def test_a_published_edition_cannot_be_saved_differently(edition):
    edition.title = "Anders"

    assert refused(edition.save)

    assert Edition.objects.get().title == "Vertrouwen"


def test_a_published_edition_cannot_be_updated_in_bulk(edition):
    assert refused(lambda: Edition.objects.update(html="<p>Anders</p>"))


@pytest.mark.parametrize("column", CHANGES)
def test_a_published_edition_cannot_be_changed_by_hand(edition, column):
    assert refused(lambda: sql(f"UPDATE courses_edition SET {column} = {CHANGES[column]}"))  # noqa: S608  our own columns


def test_a_published_edition_cannot_move_to_another_topic(edition):
    other = Topic.objects.create()

    assert refused(lambda: sql("UPDATE courses_edition SET topic_id = %s", other.pk))


@pytest.mark.parametrize("column", CHANGES)
def test_a_draft_can_be_changed(db, column):
    make_topic("Vertrouwen", published=False)

    assert not refused(lambda: sql(f"UPDATE courses_edition SET {column} = {CHANGES[column]}"))  # noqa: S608  our own columns


def test_every_column_of_an_edition_that_readers_see_is_guarded():
    """Who wrote it may be erased; the others say how it was written."""
    columns = {field.column for field in Edition._meta.local_fields}

    assert columns - set(REFUSALS["courses_edition"][1]) == {
        "id",
        "author_id",
        "policy_version",
        "written_at",
    }


def test_the_author_of_a_published_edition_can_be_erased(tom):
    topic = make_topic("Vertrouwen", author=tom)

    tom.delete()

    assert topic.editions.get().author is None


# Events


@pytest.mark.parametrize("column", ["kind", "deed", "happened_at", "received_at", "reason"])
def test_an_event_cannot_be_rewritten(event, column):
    value = {"kind": "reopened", "reason": "Toch niet"}.get(column) or getattr(event, column)

    assert refused(lambda: ProgressEvent.objects.update(**{column: value}))


def test_an_event_cannot_be_saved_differently(event):
    event.kind = ProgressEvent.Kind.REOPENED

    assert refused(event.save)

    assert ProgressEvent.objects.get().kind == "completed"


def test_an_event_cannot_be_rewritten_by_hand(event):
    assert refused(lambda: sql("UPDATE courses_progressevent SET reason = 'Toch niet'"))


@pytest.mark.parametrize("column", ["participation_id", "topic_id", "edition_id"])
def test_an_event_cannot_be_said_of_something_else(event, column):
    assert refused(lambda: sql(f"UPDATE courses_progressevent SET {column} = {column}"))  # noqa: S608  our own columns


def test_every_column_of_an_event_is_guarded_but_those_that_name_people():
    columns = {field.column for field in ProgressEvent._meta.local_fields}

    assert columns - set(REFUSALS["courses_progressevent"][1]) == {"id", "actor_id", "source_id"}


def test_who_did_it_can_be_forgotten(event):
    assert not refused(lambda: ProgressEvent.objects.update(actor=None))


def test_events_go_with_the_person_they_are_about(lea, event):
    lea.delete()

    assert not ProgressEvent.objects.exists()
    assert not Progress.objects.exists()
    assert not Participation.objects.exists()


def test_guards_can_be_installed_again_and_again(edition):
    install()
    install()

    assert refused(lambda: Edition.objects.update(title="Anders"))


# Rule 24: deleting


def test_rule_24_a_theme_with_progress_cannot_be_deleted(event, theme):
    with pytest.raises(ProtectedError):
        theme.delete()

    assert Theme.objects.get().steps.count() == 4


def test_rule_24_a_theme_that_nobody_follows_can_be_deleted(theme):
    theme.delete()

    assert not Theme.objects.exists()
    assert not Step.objects.exists()
    assert Topic.objects.count() == 4


@pytest.mark.parametrize("model", [Topic, Edition])
def test_rule_24_what_was_read_cannot_be_deleted(event, model):
    with pytest.raises(ProtectedError):
        model.objects.all().delete()


# Constraints


def test_a_step_has_a_position_if_and_only_if_it_was_not_taken_out(theme):
    with pytest.raises(DatabaseError), transaction.atomic():
        theme.steps.filter(position=1).update(position=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        theme.steps.filter(position=1).update(archived_at=models.F("added_at"))


def test_two_steps_never_share_a_position(theme):
    with pytest.raises(DatabaseError), transaction.atomic():
        theme.steps.filter(position=1).update(position=2)


def test_a_completed_participation_needs_a_cause(lea, theme):
    begin(lea, theme)

    with pytest.raises(DatabaseError), transaction.atomic():
        Participation.objects.update(completed_at=models.F("started_at"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Participation.objects.update(completion_cause="deed")


def test_a_learner_has_one_active_attempt_at_a_theme(lea, theme):
    begin(lea, theme)

    with pytest.raises(DatabaseError), transaction.atomic():
        Participation.objects.create(theme=theme, learner=lea, attempt=2)

    Participation.objects.create(theme=make_theme(), learner=lea, attempt=1)


def test_what_is_completed_was_once_completed_first(event):
    with pytest.raises(DatabaseError), transaction.atomic():
        Progress.objects.update(first_completed_at=None)
