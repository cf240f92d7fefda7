"""Bringing a backup back: the same site elsewhere, nothing written over by accident, and what a secret key is worth."""

import os
import stat
from io import StringIO
from threading import Event, Thread

import pytest
from django.conf import settings as current
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from accounts.personal import remembering
from accounts.personal.registry import Person
from courses.keeping import engines, media, sqlite
from courses.keeping.backing_up import make_backup, only_one_in
from courses.keeping.checks import restore_is_finished
from courses.models import Picture, ProgressEvent
from tests.conftest import make_user
from tests.keeping.conftest import files_of, said, tables_now, without_passing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]


# Bringing it back


def test_a_restored_site_has_the_same_rows_and_files(site, backup, elsewhere):
    here, files = without_passing(tables_now()), files_of(current.MEDIA_ROOT)

    with elsewhere():
        call_command("restore", backup, stdout=StringIO())

        assert without_passing(tables_now()) == here
        assert files_of(current.MEDIA_ROOT) == files
        assert ProgressEvent.objects.get(kind="completed").participation.learner.name == "Lea"


def test_looking_at_it_touches_nothing(site, backup, elsewhere):
    with elsewhere():
        told = said("restore", backup, check=True)

        assert "Whole:" in told
        assert files_of(current.MEDIA_ROOT) == {}
        assert "accounts_user" not in connection.introspection.table_names()


def test_a_site_with_people_is_not_replaced_by_accident(site, backup):
    make_user("Lars")

    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", backup)

    assert User.objects.filter(name="Lars").exists()


def test_a_site_that_is_replaced_is_kept_beside_the_new_one(site, backup, elsewhere):
    with elsewhere():
        call_command("restore", backup, stdout=StringIO())
        make_user("Noor")
        picture = Picture.objects.first().file.name
        (current.MEDIA_ROOT / picture).write_bytes(b"another")

        told = said("restore", backup, replace=True)
        kept = told.partition("kept as ")[2].partition(";")[0]

        assert not User.objects.filter(name="Noor").exists()
        assert (current.MEDIA_ROOT / picture).read_bytes() != b"another"
        assert b"another" in files_of(current.MEDIA_ROOT).values()
        engines.let_go()
        connection.settings_dict["NAME"] = kept
        assert User.objects.filter(name="Noor").exists()
        engines.let_go()


def test_while_somebody_has_the_database_open_nothing_is_touched(site, backup, monkeypatch):
    monkeypatch.setattr(sqlite, "PATIENCE", 0.1)
    make_user("Lars")
    entered, leave = Event(), Event()

    def stay():
        User.objects.count()
        entered.set()
        leave.wait(30)
        connection.close()

    server = Thread(target=stay)
    server.start()
    entered.wait(30)
    try:
        with pytest.raises(CommandError, match="Somebody has the database open"):
            call_command("restore", backup, replace=True, stdout=StringIO())
    finally:
        leave.set()
        server.join()

    assert User.objects.filter(name="Lars").exists()


def test_a_backup_of_a_newer_version_is_refused(site, monkeypatch, tmp_path):
    real = engines.facts

    def newer(engine, cursor):
        tables, migrations = real(engine, cursor)
        return tables, {**migrations, "courses": [*migrations.get("courses", []), "9999_from_the_future"]}

    monkeypatch.setattr(engines, "facts", newer)
    path, _manifest = make_backup(tmp_path / "backups")
    monkeypatch.setattr("courses.keeping.restoring.known_migrations", lambda: {("courses", "0001_themes")})

    with pytest.raises(CommandError, match="newer version"):
        call_command("restore", path, check=True)


def test_a_backup_of_a_version_that_knew_fewer_files_is_whole(backup, monkeypatch):
    monkeypatch.setattr(media, "fields", lambda: [("courses_picture", "thumbnail"), ("courses_film", "file")])

    assert "Whole:" in said("restore", backup, check=True)


# Cut short


def test_one_that_was_cut_short_is_told_and_ended_by_doing_it_again(site, backup, elsewhere, monkeypatch):
    with elsewhere():
        with monkeypatch.context() as crash:
            crash.setattr("courses.management.commands.restore.Command.bring_up_to_date", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                call_command("restore", backup, stdout=StringIO())

        told = [str(message) for message in restore_is_finished()]
        call_command("restore", backup, replace=True, stdout=StringIO())

        assert f"manage.py restore {backup} --replace" in told[0]
        assert list(restore_is_finished()) == []
        assert User.objects.filter(name="Lea").exists()


def test_one_that_changed_nothing_leaves_nothing_to_be_told(site, backup, monkeypatch):
    def opened_just_now(*arguments, **options):
        raise sqlite.InUseError

    monkeypatch.setattr(engines.of(connection), "replace", opened_just_now)

    with pytest.raises(CommandError, match="as it was"):
        call_command("restore", backup, replace=True, stdout=StringIO())

    assert list(restore_is_finished()) == []


def test_two_at_once_are_one_too_many(site, backup):
    with only_one_in(current.DATA_DIR), pytest.raises(CommandError, match="Another restore"):
        call_command("restore", backup, check=True)


def test_the_former_database_is_asked_who_was_erased_before_it_goes(site, backup, elsewhere):
    with elsewhere():
        call_command("restore", backup, stdout=StringIO())
        remembering.remember(Person.of(User.objects.get(name="Lea")))

        call_command("restore", backup, replace=True, stdout=StringIO())

        assert User.objects.filter(name="Lea").exists()
        assert not remembering.lines()


# The secret key


def keep_key(folder, key):
    (folder / "secret-key").write_text(key)
    return key


def test_restored_with_another_key_it_says_what_that_costs(site, backup, elsewhere, settings):
    settings.SECRET_KEY = "another"

    with elsewhere():
        told = said("restore", backup)

    assert "links that the site shows or mails from now on open nothing" in told


def test_a_key_in_the_backup_takes_the_place_of_the_one_made_by_itself(site, elsewhere, settings, tmp_path):
    path, _manifest = make_backup(tmp_path / "locked", with_key=True)
    former, settings.SECRET_KEY = settings.SECRET_KEY, keep_key(tmp_path, "made by itself")

    with elsewhere():
        told = said("restore", path)

    assert "void" not in told
    assert (tmp_path / "secret-key").read_text() == former
    assert stat.S_IMODE(os.stat(tmp_path / "secret-key").st_mode) == 0o600
