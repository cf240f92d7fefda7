"""Everything in the database goes to another one, of whichever kind, or nothing does."""

import json
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from accounts.models import User
from config.database import broken_promises
from courses.keeping import moving, postgresql
from courses.models import Group, MailWishes, Picture, ProgressEvent
from tests.conftest import make_user, signed_in
from tests.keeping.conftest import drop
from tools.postgres import postgresql as throw_away

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]


@pytest.fixture(autouse=True)
def more_than_one_database(monkeypatch):
    """Django lets a test connect to none but its own."""

    def connect(self):
        if self.connection is None:
            self.connect()

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", connect)


@pytest.fixture
def to_sqlite(tmp_path):
    return f"sqlite:///{tmp_path / 'new.sqlite3'}"


@pytest.fixture
def to_postgresql():
    """A database beside that of the tests, or on a server of its own."""
    if connection.vendor == "sqlite":
        with throw_away() as url:
            yield url
        return
    here = connection.settings_dict
    name = f"{here['NAME']}_new"
    with postgresql.anywhere(connection) as maintenance:
        maintenance.execute(f"CREATE DATABASE {name}")
    yield f"postgres://{here['USER']}@/{name}?host={here['OPTIONS'].get('host', here['HOST'])}"
    drop(here["NAME"])


@pytest.fixture
def move_to(monkeypatch):
    """Runs the command, and gives it the address it asks for."""

    def move(url, told=None):
        monkeypatch.setattr("sys.stdin", StringIO(f"{url}\n"))
        call_command("move_database", stdout=told or StringIO())

    return move


@pytest.fixture
def lived_in(site):
    """What stands in many tables, some of it no ordinary text; the last person who came has gone again."""
    tom = make_user("Tom", is_trainer=True)
    group = Group.objects.create(name="Teamleiders ’26 — “één” 🌱\n\t;'--")
    group.trainers.add(tom)
    group.follow(site)
    MailWishes.objects.of(tom)
    signed_in(tom)
    make_user("Noor").delete()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # SQLite keeps what it finds in a table of its own
    return site


def rows(using):
    """Every row of every table, as the models have it; JSON says the same in whichever order."""
    return {
        model._meta.db_table: {
            json.dumps(row, default=repr, sort_keys=True) for row in moving.rows_of(model, using, pk__isnull=False)
        }
        for model in moving.models()
    }


@pytest.mark.parametrize("kind", ["to_sqlite", "to_postgresql"])
def test_every_row_arrives_as_it_was_and_keys_go_on(kind, lived_in, request, move_to):
    url, told = request.getfixturevalue(kind), StringIO()
    here = rows("default")

    move_to(url, told)

    assert ": 0 differing rows" in told.getvalue()
    with moving.destination(url):
        assert rows("moving") == here
        assert Session.objects.using("moving").count() == 1
        assert Group.objects.using("moving").get().trainers.get().name == "Tom"
        last = User.objects.order_by("pk").last().pk
        assert User.objects.using("moving").create(email="lars@example.org").pk == last + 2  # Noor’s is not given again
        with pytest.raises(connections["moving"].Database.DatabaseError, match="never rewritten"):
            connections["moving"].cursor().connection.execute("UPDATE courses_progressevent SET reason = 'x'")


@pytest.mark.parametrize("kind", ["to_sqlite", "to_postgresql"])
def test_a_row_that_comes_out_differently_undoes_everything(kind, lived_in, request, monkeypatch, move_to):
    url, real = request.getfixturevalue(kind), moving.adapted

    def careless(fields, row, there):
        values = real(fields, row, there)
        return [value.upper() if value == "Lea" else value for value in values]

    monkeypatch.setattr(moving, "adapted", careless)

    with pytest.raises(CommandError, match="1 rows came out differently"):
        move_to(url)

    with moving.destination(url):
        assert not User.objects.using("moving").exists()
        assert not ProgressEvent.objects.using("moving").exists()


def test_what_the_new_database_cannot_hold_is_told_and_undoes_everything(lived_in, to_postgresql, move_to):
    if connection.vendor == "postgresql":
        pytest.skip("no row of PostgreSQL is one that PostgreSQL refuses")
    Picture.objects.update(name="x" * 300)

    with pytest.raises(CommandError, match="does not take a row of “courses_picture”"):
        move_to(to_postgresql)

    with moving.destination(to_postgresql):
        assert not User.objects.using("moving").exists()


def test_a_database_with_people_is_not_written_over(lived_in, to_sqlite, move_to):
    move_to(to_sqlite)

    with pytest.raises(CommandError, match="people in the new database"):
        move_to(to_sqlite)


def test_a_table_that_nobody_knows_would_stay_behind_and_is_told(lived_in, to_sqlite, move_to):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE by_hand (id integer)")
    try:
        with pytest.raises(CommandError, match="“by_hand”"):
            move_to(to_sqlite)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE by_hand")


@pytest.mark.parametrize("nonsense", ["", "stapwijs", "http://127.0.0.1/stapwijs"])
def test_what_is_no_address_of_a_database_is_refused(nonsense, move_to):
    with pytest.raises(CommandError, match="begins with postgres://"):
        move_to(nonsense)


def test_the_address_with_its_password_does_not_go_on_the_command_line(to_sqlite):
    with pytest.raises(CommandError, match="unrecognized arguments"):
        call_command("move_database", to_sqlite)


def test_a_database_that_was_made_without_accents_is_refused(to_postgresql):
    with moving.destination(to_postgresql) as there:
        name = f"{there.settings_dict['NAME']}_ascii"
        with postgresql.anywhere(there) as maintenance:
            maintenance.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
        there.settings_dict["NAME"] = name

        assert "stapwijs.E003" in {promise.id for promise in broken_promises(there)}
