"""A site with people, progress and pictures; and another place to bring it to."""

import tarfile
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from courses.keeping import engines, postgresql
from courses.keeping.backing_up import make_backup
from tests.conftest import begin, make_theme, make_user
from tests.models.acts import complete, steps_of
from tests.models.pictures import png, stored


@pytest.fixture
def site(settings, tmp_path, transactional_db):
    """Lea completed one of three topics; there are two pictures. All of it really in the database."""
    settings.DATA_DIR = tmp_path
    settings.BACKUP_DIR = tmp_path / "backups"
    theme = make_theme(3, slug="vertrouwen")
    stored(png((12, 8)), theme=theme)
    stored(png((16, 8)), theme=theme)
    complete(begin(make_user("Lea"), theme), steps_of(theme)[0])
    return theme


@pytest.fixture
def backup(site, tmp_path):
    path, _manifest = make_backup(tmp_path / "backups")
    return path


@pytest.fixture
def elsewhere(tmp_path):
    """A context manager: within it, the project stands on another machine, with an empty database and no files."""

    @contextmanager
    def there():
        here = connection.settings_dict["NAME"]
        engines.let_go()
        connection.settings_dict["NAME"] = empty_database(here, tmp_path)
        try:
            with override_settings(MEDIA_ROOT=tmp_path / "media-elsewhere"):
                yield
        finally:
            engines.let_go()
            drop(here)
            connection.settings_dict["NAME"] = here

    return there


def empty_database(here, folder):
    if connection.vendor == "sqlite":
        return str(folder / "elsewhere.sqlite3")
    name = f"{here}_elsewhere"
    with postgresql.anywhere(connection) as maintenance:
        maintenance.execute(f"CREATE DATABASE {name}")
    return name


def drop(here):
    """What stands beside the database of the tests; on SQLite it goes with its folder."""
    if connection.vendor == "postgresql":
        with postgresql.anywhere(connection) as maintenance:
            names = maintenance.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{here}\\_%"])
            for (name,) in names.fetchall():
                maintenance.execute(f"DROP DATABASE {name} WITH (FORCE)")


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


def said(command, *arguments, **options):
    """What the command told, on both streams."""
    told = StringIO()
    call_command(command, *arguments, stdout=told, stderr=told, **options)
    return told.getvalue()


def tables_now():
    with connection.cursor() as cursor:
        return engines.facts(engines.of(connection), cursor)[0]


def without_passing(tables):
    """The cache changes by itself: the moment of the last backup stands there."""
    return {name: count for name, count in tables.items() if name != "cache_entries"}


def members(path):
    with tarfile.open(path) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}
