"""After erasure nothing says that there ever was such a person; and nobody else loses anything."""

import logging
from functools import partial
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import IntegrityError, connection
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from accounts.personal import erasing, registry, remembering
from accounts.personal.erasing import ObstructedError, erase
from accounts.personal.registry import Person
from courses.models import (
    Edition,
    Group,
    Import,
    Invitation,
    Look,
    Message,
    Note,
    Participation,
    ProgressEvent,
    RosterRow,
)
from courses.models.drift import roster_drift
from courses.models.replaying import contradictions
from tests.accounts.personal.everything import (
    SURNAME,
    dump,
    files_in,
    learner_with_everything,
    mail_to_files,
    make_person,
    sha256,
    traces_of,
    trainer_with_everything,
    work,
)
from tests.conftest import begin, make_theme, make_user
from tests.models.acts import complete, steps_of
from tests.tracking.conftest import make_group


def wrong():
    everybody = list(User.objects.values_list("pk", flat=True))
    return [*roster_drift(everybody), *contradictions(everybody)]


MAKERS = {"Lea": (learner_with_everything, "Tom"), "Tom": (trainer_with_everything, "Lea")}


@pytest.mark.parametrize("name", MAKERS)
def test_nothing_of_a_person_is_left_in_tables_files_cache_or_logs(name, db, settings, tmp_path, caplog):
    make, other = MAKERS[name]
    person = make(make_user(other, is_trainer=other == "Tom"))
    traces = traces_of(person)
    folder = tmp_path / "mail"
    mail_to_files(settings, str(folder), person)
    before = dump()
    assert all(trace in before for trace in [SURNAME.lower(), person.email.lower(), sha256(person.email.lower())])

    with caplog.at_level(logging.DEBUG):
        erase(person, settle=True)

    left = {"tables": dump(), "mail": files_in(folder), "media": files_in(settings.MEDIA_ROOT), "logs": caplog.text}
    for where, text in left.items():
        assert [trace for trace in traces if trace in text.lower()] == [], where
    assert "voor cleo" in left["mail"]
    assert not Session.objects.exists()
    assert wrong() == []


@pytest.mark.django_db(transaction=True)
def test_the_file_of_the_database_has_no_letter_of_them(settings):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL takes rows away by VACUUM, in its own time (docs/privacy.md)")
    person = learner_with_everything(make_user("Tom", is_trainer=True))

    erase(person, settle=True)

    for ending in ("", "-wal"):
        assert SURNAME.lower() not in str(Path(connection.settings_dict["NAME"] + ending).read_bytes()).lower()


def test_what_a_trainer_wrote_stays_and_nobody_is_named_as_its_author(lea):
    tom = trainer_with_everything(lea)

    erase(tom, settle=True)

    assert not Edition.objects.filter(author__isnull=False).exists()
    assert Edition.objects.filter(title="Van Tom", html__contains="Een tekst.").exists()
    assert Import.objects.get().author is None
    assert Message.objects.get().sender is None
    assert Note.objects.get().author is None
    assert Look.objects.get().viewer is None
    assert Invitation.objects.get().created_by is None
    assert ProgressEvent.objects.get(reason="Op papier gedaan").actor is None


def test_others_keep_everything(lea, lars, tom, theme):
    complete(begin(lars, theme), *steps_of(theme))
    make_group(lea, lars, themes=[theme], trainers=[tom])
    kept = list(ProgressEvent.objects.values())
    complete(begin(lea, theme), *steps_of(theme)[:2])

    erase(lea)

    assert list(ProgressEvent.objects.values()) == kept
    assert Participation.objects.get().learner == lars
    assert RosterRow.objects.get().learner == lars
    assert wrong() == []


def test_an_address_that_somebody_only_typed_stays_with_others(lea, tom):
    group = make_group(trainers=[tom])
    EmailAddress.objects.create(user=lea, email="noor@example.org", verified=False)
    Invitation.objects.create(group=group, email="noor@example.org")

    erase(lea)

    assert Invitation.objects.get().email == "noor@example.org"


def test_work_that_waits_for_others_stays(lea):
    work(args_kwargs={"args": ["noor@example.org"], "kwargs": {}})

    erase(lea)

    assert DBTaskResult.objects.count() == 1


# What must be seen to first


def test_who_guides_a_group_alone_hands_it_over_or_closes_it_first(lea, tom):
    group = make_group(lea, trainers=[tom])

    with pytest.raises(ObstructedError) as refused:
        erase(tom)

    assert group.name in str(refused.value)
    assert User.objects.filter(pk=tom.pk).exists()
    assert not remembering.lines()


@pytest.mark.parametrize("way", ["a co-trainer", "closed"])
def test_a_group_with_another_trainer_or_closed_stands_in_nobodys_way(way, lea, tom):
    charlie = make_user("Charlie", is_trainer=True)
    group = make_group(lea, trainers=[tom, *([charlie] if way == "a co-trainer" else [])])
    if way == "closed":
        group.close()

    erase(tom)

    assert list(Group.objects.get().trainers.all()) == ([charlie] if way == "a co-trainer" else [])


# All or nothing


def test_what_fails_halfway_erases_nothing_and_is_not_remembered(lea, theme, monkeypatch):
    complete(begin(lea, theme), *steps_of(theme))
    before = dump()
    account = next(entry for entry in registry.entries() if entry.model is User)
    monkeypatch.setattr(type(account), "let_go_of", partial_failure(type(account).let_go_of))

    with pytest.raises(RuntimeError):
        erase(lea)

    assert dump() == before
    assert not remembering.lines()
    assert not mail.outbox


def partial_failure(let_go_of):
    def fail(entry, person):
        if entry.model is User:
            raise RuntimeError
        let_go_of(entry, person)

    return fail


# The last mail


@pytest.mark.parametrize(("language", "subject"), [("nl", "Je account bij Stapwijs is gewist"), ("en", "Your account")])
def test_one_last_mail_says_that_it_is_done_in_their_language(language, subject, lea):
    lea.language = language
    lea.save()

    erase(lea)

    [message] = mail.outbox
    assert message.to == ["lea@example.org"]
    assert message.subject.startswith(subject)


def test_where_mail_is_written_to_files_no_last_one_keeps_the_address(lea, settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", str(tmp_path)

    erase(lea)

    assert "lea" not in files_in(tmp_path)


def test_a_mail_server_that_is_away_keeps_nobody_here(lea, settings, caplog):
    settings.EMAIL_BACKEND = "tests.accounts.personal.test_erasing.NobodyHome"

    erase(lea)

    assert not User.objects.exists()
    assert "ConnectionRefusedError" in caplog.text
    assert "@" not in caplog.text


class NobodyHome:
    def __init__(self, **kwargs):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError("lea@example.org")


# With everybody at it


@pytest.mark.django_db(transaction=True)
@pytest.mark.engines
def test_erasing_while_others_learn_and_trainers_change_the_theme_leaves_everything_true(crowd):
    theme = make_theme(3)
    tom = make_user("Tom", is_trainer=True)
    people = [make_person(name) for name in ("Lea", "Lars", "Noor")]
    group = make_group(*people, themes=[theme], trainers=[tom])
    for person in people:
        begin(person, theme)

    learning = [partial(learn, person.pk, theme.pk) for person in people[1:]]
    looking = [partial(look_at, group, people[0], tom, number) for number in range(4)]
    crowd([partial(erase, people[0]), *looking, *learning, partial(group.unfollow, theme), partial(take_out, theme)])

    assert not User.objects.filter(name__startswith="Lea").exists()
    assert not Look.objects.exists()
    assert wrong() == []


def look_at(group, learner, viewer, number):
    """Again and again, until she is gone."""
    for day in range(20):
        try:
            Look.objects.create(
                viewer=viewer, group=group, learner=learner, kind=str(number), day=f"2026-01-{day + 1:02}"
            )
        except IntegrityError:
            return


def test_a_row_about_them_that_comes_at_the_last_moment_goes_too(lea, tom, monkeypatch):
    group, let_go_of = make_group(lea, trainers=[tom]), registry.Entry.let_go_of
    late = iter([IntegrityError("a look"), None])

    def disturbed(entry, person):
        if entry.model is User and (error := next(late)):
            raise error
        let_go_of(entry, person)

    monkeypatch.setattr(registry.Entry, "let_go_of", disturbed)

    erase(lea)

    assert not User.objects.filter(name="Lea").exists()
    assert len(remembering.lines()) == 1
    assert not group.memberships.exists()


def learn(learner, theme):
    participation = Participation.objects.active().get(learner=learner, theme=theme)
    complete(participation, *steps_of(participation.theme))


def take_out(theme):
    theme.take_out(theme.steps.last())


def test_an_address_without_an_account_matches_no_row_that_names_nobody(db, tom):
    nobody = Person(None, frozenset(["noor@example.org"]))
    Invitation.objects.create(group=make_group(trainers=[tom]), email="lars@example.org")

    erasing.let_go_of(nobody)

    assert Invitation.objects.exists()
