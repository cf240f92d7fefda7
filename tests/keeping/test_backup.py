"""A backup is whole, consistent, and made while people go on working; restored elsewhere, it is the same site."""

import json
import stat
from datetime import timedelta
from threading import Event, Thread
from uuid import uuid4

import pytest
from django.conf import settings as current
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from config import caching
from courses.keeping import backing_up, media, postgresql
from courses.keeping.backing_up import last_backup_at, make_backup
from courses.models import Picture, ProgressEvent
from courses.models.emptying import erase_pictures
from tests.conftest import begin, make_theme, make_user
from tests.keeping.conftest import files_of, members, said, tables_now, without_passing
from tests.models.acts import steps_of
from tests.models.pictures import png, stored

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]

WRITERS = 8


# What is in it


def test_anybody_can_open_it_and_the_manifest_tells_what_is_in_it(backup):
    found = members(backup)

    manifest = json.loads(found["manifest.json"])
    assert set(found) == {*manifest["files"], "manifest.json", "seal.sha256"}
    assert sum(name.startswith("media/pictures/") for name in found) == 2
    assert manifest["engine"] == connection.vendor
    assert without_passing(manifest["tables"]) == without_passing(tables_now())
    assert manifest["missing"] == []


def test_nobody_but_its_owner_can_read_it(backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert stat.S_IMODE(backup.parent.stat().st_mode) == 0o700
    assert list(backup.parent.iterdir()) == [backup]


def test_the_secret_key_is_in_it_only_when_asked_for(site, backup, tmp_path):
    with_key, _manifest = make_backup(tmp_path / "locked", with_key=True)

    assert "secret-key" not in members(backup)
    assert members(with_key)["secret-key"].decode() == current.SECRET_KEY


def test_a_file_that_the_database_names_and_nobody_has_is_told(site, tmp_path):
    lost = Picture.objects.first().file
    lost.storage.delete(lost.name)

    told = said("backup", tmp_path / "backups")

    assert "1 files that the database names are not there" in told
    assert lost.name in told


# Making it


def test_old_ones_go_when_so_many_are_kept_and_other_files_stay(site, tmp_path, monkeypatch):
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "notes.tar").write_text("mine")
    for days in (3, 2, 1):
        monkeypatch.setattr(backing_up.timezone, "now", lambda days=days: NOW - timedelta(days=days))
        make_backup(folder, keep=2)

    assert sorted(path.name for path in folder.iterdir()) == [
        "notes.tar",
        f"stapwijs-{NOW - timedelta(days=2):%Y%m%dT%H%M%SZ}.tar",
        f"stapwijs-{NOW - timedelta(days=1):%Y%m%dT%H%M%SZ}.tar",
    ]


NOW = timezone.now()


def test_one_that_fails_half_way_leaves_nothing_and_deletes_nothing(site, backup, monkeypatch):
    monkeypatch.setattr(media, "named", lambda cursor, tables: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_backup(backup.parent, keep=1)

    assert list(backup.parent.iterdir()) == [backup]


def test_what_a_killed_one_left_is_swept_by_the_next(site, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / ".stapwijs-20260512T120000Z.tar.part").write_text("half")
    (folder / ".stapwijs-abc.draft").mkdir()
    (folder / ".stapwijs-abc.draft" / "database").write_text("half")

    path, _manifest = make_backup(folder)

    assert list(folder.iterdir()) == [path]


def test_two_at_once_into_one_folder_are_one_too_many(site, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    with backing_up.only_one_in(folder), pytest.raises(CommandError, match="Another backup is being made"):
        call_command("backup", folder)


def test_a_folder_that_cannot_be_written_is_told(site, tmp_path):
    (tmp_path / "file").write_text("no folder")

    with pytest.raises(CommandError, match="No backup was made"):
        call_command("backup", tmp_path / "file")


def test_the_last_one_is_known_by_its_moment(site, tmp_path):
    before = timezone.now().timestamp()

    make_backup(tmp_path / "backups")

    assert before - 1 <= last_backup_at() <= timezone.now().timestamp() + 1


def test_with_the_cache_away_a_backup_is_none_the_worse(site, tmp_path, settings):
    there = settings.CACHES
    settings.CACHES = {"default": caching.configuration("rediscache://127.0.0.1:1/0")}

    path, _manifest = make_backup(tmp_path)

    settings.CACHES = there
    assert path.exists()


def test_a_program_that_is_too_old_or_missing_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(postgresql, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(postgresql.ToolError, match="apt install postgresql-client-17"):
        postgresql.program("pg_dump", 17)

    for major, name in ((15, "pg_dump"), (18, "pg_dump")):
        program = tmp_path / str(major) / "bin" / name
        program.parent.mkdir(parents=True)
        program.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {major}.2'\n")
        program.chmod(0o755)

    assert postgresql.program("pg_dump", 15).endswith("15/bin/pg_dump")
    assert postgresql.program("pg_dump", 16).endswith("18/bin/pg_dump")
    with pytest.raises(postgresql.ToolError, match=r"older \(18\)"):
        postgresql.program("pg_dump", 19)


def test_a_picture_that_comes_before_the_database_is_copied_or_goes_after_it_is_in_the_backup(
    site, tmp_path, monkeypatch
):
    leaving, coming, real = Picture.objects.first(), [], backing_up.add_database

    def meanwhile(*arguments):
        coming.append(stored(png((40, 40)), theme=site))
        told = real(*arguments)
        erase_pictures(Picture.objects.filter(pk=leaving.pk))
        return told

    monkeypatch.setattr(backing_up, "add_database", meanwhile)
    _path, manifest = make_backup(tmp_path / "backups")

    assert {f"media/{picture.file.name}" for picture in (leaving, *coming)} <= set(manifest.files)
    assert manifest.missing == []
    assert not leaving.file.storage.exists(leaving.file.name)


# Under eight writers


class Crowd:
    """Eight who complete and reopen, one who brings pictures and throws them away; ``deeds``: what was acknowledged."""

    def __init__(self, theme):
        self.theme, self.steps, self.stopped, self.deeds, self.troubles = theme, steps_of(theme), Event(), [], []
        learners = [begin(make_user(f"Volger{number}"), theme) for number in range(WRITERS)]
        self.threads = [Thread(target=self.safely, args=(self.follow, one)) for one in learners]
        self.threads.append(Thread(target=self.safely, args=(self.illustrate,)))

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        while len(self.deeds) < WRITERS and not self.troubles:
            self.stopped.wait(0.01)
        return self

    def __exit__(self, *error):
        self.stopped.set()
        for thread in self.threads:
            thread.join()

    def safely(self, work, *arguments):
        try:
            while not self.stopped.is_set():
                work(*arguments)
        except Exception as error:
            self.troubles.append(error)
        finally:
            connection.close()

    def follow(self, participation):
        for step in self.steps:
            for act in (participation.complete, participation.reopen):
                deed = uuid4()
                act(step, deed=deed)
                self.deeds.append(deed)

    def illustrate(self):
        number = len(self.deeds)
        stored(png((8 + number % 90, 8 + number // 90 % 90)), theme=self.theme)
        older = list(Picture.objects.order_by("-pk").values_list("pk", flat=True)[3:])
        with transaction.atomic():
            erase_pictures(Picture.objects.filter(pk__in=older))


def waiting_for(crowd, ask):
    """While the database is being copied, each of the eight gets something done."""

    def asked(cursor, tables):
        until = len(crowd.deeds) + WRITERS
        while len(crowd.deeds) < until and not crowd.troubles:
            crowd.stopped.wait(0.01)
        return ask(cursor, tables)

    return asked


def test_made_under_eight_writers_and_restored_elsewhere_it_has_everything_acknowledged_before(
    site, elsewhere, tmp_path, monkeypatch
):
    with Crowd(make_theme(5)) as crowd, monkeypatch.context() as patched:
        patched.setattr(media, "named", waiting_for(crowd, media.named))
        before = list(crowd.deeds)
        path, manifest = make_backup(tmp_path / "backups")

    with elsewhere():
        told = said("restore", path)
        deeds = set(ProgressEvent.objects.values_list("deed", flat=True))
        files, tables = files_of(current.MEDIA_ROOT), without_passing(tables_now())
        named = set(Picture.objects.values_list("file", flat=True))
        with pytest.raises(DatabaseError), transaction.atomic():
            ProgressEvent.objects.update(reason="rewritten")
        connection.check_constraints()

    assert crowd.troubles == []
    assert len(before) >= WRITERS
    assert set(before) <= deeds
    assert named - set(manifest.missing) <= set(files)
    assert {f"media/{name}" for name in files} == {name for name in manifest.files if name.startswith("media/")}
    assert tables == without_passing(manifest.tables)
    assert "0 wrong" in told
