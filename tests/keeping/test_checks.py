"""What keepers get wrong is said when something starts, with what to do; a site in order hears nothing."""

import logging
import time

import pytest
from django.core.cache import cache
from django.core.checks import run_checks
from django.db import connections

from courses.keeping import backing_up, checks


@pytest.fixture
def kept_well(settings, tmp_path):
    """A site on https with everything in order."""
    tmp_path.chmod(0o700)
    settings.HTTPS, settings.SECRET_KEY_GIVEN, settings.DATA_DIR = True, True, tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "Stapwijs <leren@example.org>"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    return settings


def said():
    return [message.id for check in checks.AT_START for message in check()]


def test_a_site_in_order_hears_nothing(kept_well):
    assert said() == []


def test_a_trial_on_this_machine_hears_nothing_of_what_it_does_not_need(settings, tmp_path):
    settings.HTTPS, settings.DATA_DIR = False, tmp_path
    tmp_path.chmod(0o755)

    assert said() == []


def test_a_site_whose_mail_goes_into_files_hears_so(kept_well):
    kept_well.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"

    assert said() == ["stapwijs.W020"]


def test_mail_in_the_name_of_localhost_is_told(kept_well):
    kept_well.DEFAULT_FROM_EMAIL = "Stapwijs <noreply@localhost>"

    assert said() == ["stapwijs.W021"]


def test_a_site_with_no_proxy_in_front_is_told(kept_well):
    kept_well.ALLAUTH_TRUSTED_PROXY_COUNT = 0

    assert said() == ["stapwijs.W025"]


def test_a_folder_that_cannot_be_written_is_an_error(kept_well, monkeypatch):
    monkeypatch.setattr(checks.os, "access", lambda path, mode: False)

    assert said() == ["stapwijs.E020"]
    with pytest.raises(SystemExit, match="Nothing can be written to DATA_DIR"):
        checks.tell_keeper()


def test_a_folder_that_everybody_can_look_into_is_told(kept_well):
    kept_well.DATA_DIR.chmod(0o755)

    assert said() == ["stapwijs.W022"]


@pytest.mark.parametrize(("host", "told"), [("db.example.org", ["stapwijs.W023"]), ("", []), ("127.0.0.1", [])])
def test_a_key_of_one_machine_alone_is_told_where_the_database_is_elsewhere(kept_well, monkeypatch, host, told):
    kept_well.SECRET_KEY_GIVEN = False
    monkeypatch.setattr(connections["default"].__class__, "vendor", "postgresql")
    monkeypatch.setitem(connections["default"].settings_dict, "HOST", host)

    assert said() == told


@pytest.mark.parametrize(
    ("mounts", "share"),
    [
        ("/dev/vda / ext4 rw\nserver:/x /srv nfs4 rw", "nfs4"),
        ("/dev/vda / ext4 rw\nserver:/x /srv nfs4 rw\n/dev/vdb /srv/site ext4 rw", None),
        ("server:/x / nfs4 rw\n/dev/vdb /srv/site ext4 rw", None),
        ("/dev/vda / ext4 rw\n//x /home cifs rw", None),
    ],
)
def test_sqlite_on_a_network_share_is_an_error(kept_well, monkeypatch, tmp_path, mounts, share):
    monkeypatch.setattr(checks, "MOUNTS", tmp_path / "mounts")
    (tmp_path / "mounts").write_text(mounts)
    monkeypatch.setattr(connections["default"].__class__, "vendor", "sqlite")
    monkeypatch.setitem(connections["default"].settings_dict, "NAME", "/srv/site/stapwijs.sqlite3")

    assert said() == (["stapwijs.E021"] if share else [])


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "told"), [(None, True), (1, False), (8, True)])
def test_a_site_without_a_backup_of_this_week_hears_so(kept_well, tmp_path, days, told):
    kept_well.BACKUP_DIR = tmp_path / "none"
    cache.clear()
    if days:
        cache.set(backing_up.LAST, time.time() - days * 86_400, None)

    found = run_checks(tags=["database"], databases=["default"])

    assert ("stapwijs.W024" in [message.id for message in found]) == told


def test_a_server_that_starts_says_it_in_its_log(kept_well, caplog):
    kept_well.DEFAULT_FROM_EMAIL = "Stapwijs <noreply@localhost>"

    with caplog.at_level(logging.WARNING, "stapwijs.start"):
        checks.tell_keeper()

    assert "Set EMAIL_FROM to a sender of your own domain" in caplog.text
