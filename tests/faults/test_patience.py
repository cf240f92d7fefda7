"""How long we wait for a PostgreSQL that says nothing."""

import socket
import time

import psycopg
import pytest
from django.db import connection

from config import database
from config.patience import PatientConnection

pytestmark = pytest.mark.engines


@pytest.fixture
def patient():
    before = PatientConnection.patience, PatientConnection.BRIEFLY
    PatientConnection.patience, PatientConnection.BRIEFLY = 0.4, 0.1
    yield
    PatientConnection.patience, PatientConnection.BRIEFLY = before
    PatientConnection.silent_since = None


@pytest.fixture
def connected(patient):
    """A function that makes connections of ours to the database of these tests."""
    if connection.vendor != "postgresql":
        pytest.skip("about PostgreSQL")
    made = []

    def connect():
        one = {**connection.get_connection_params(), "autocommit": True}
        made.append(
            PatientConnection.connect(**{name: one[name] for name in one if name not in ("context", "cursor_factory")})
        )
        return made[-1]

    yield connect
    for one in made:
        one.close()


@pytest.mark.engines
@pytest.mark.django_db
def test_a_connection_that_hears_nothing_gives_up_and_closes_itself(connected):
    one = connected()
    began = time.monotonic()

    with pytest.raises(psycopg.OperationalError):
        one.execute("SELECT pg_sleep(5)")

    assert time.monotonic() - began < 2
    assert one.closed


@pytest.mark.engines
@pytest.mark.django_db
def test_after_one_gave_up_the_others_wait_briefly_until_one_hears_something(connected):
    first, second = connected(), connected()
    with pytest.raises(psycopg.OperationalError):
        first.execute("SELECT pg_sleep(5)")
    assert PatientConnection.seconds() == 0.1

    assert second.execute("SELECT 1").fetchone() == (1,)

    assert PatientConnection.seconds() == 0.4


@pytest.mark.engines
@pytest.mark.django_db
def test_an_error_that_is_an_answer_closes_nothing(connected):
    one = connected()

    with pytest.raises(psycopg.ProgrammingError):
        one.execute("SELECT nothing")

    assert one.execute("SELECT 1").fetchone() == (1,)
    assert PatientConnection.seconds() == 0.4


def test_a_server_that_accepts_and_says_nothing_is_given_up_too():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        options = database.configuration(f"postgres://x@127.0.0.1:{silent.getsockname()[1]}/x", pool_size=0)["OPTIONS"]
        began = time.monotonic()

        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(
                host="127.0.0.1", port=silent.getsockname()[1], user="x", connect_timeout=options["connect_timeout"]
            )

    assert time.monotonic() - began < 10


def test_every_pool_is_of_patient_connections():
    pool = database.configuration("postgres://x@127.0.0.1/x", pool_size=4)["OPTIONS"]["pool"]

    assert pool["connection_class"] is PatientConnection
    assert PatientConnection.patience > 30  # statement_timeout ends what is merely slow
    assert "statement_timeout=30s" in database.POSTGRESQL_SETTINGS


def test_the_address_of_the_database_may_say_otherwise():
    options = database.configuration("postgres://x@127.0.0.1/x?connect_timeout=9", pool_size=0)["OPTIONS"]

    assert options["connect_timeout"] == 9


def test_a_redis_is_not_waited_for_long():
    options = database.cache("rediscache://127.0.0.1:1/0")["OPTIONS"]

    assert options["socket_timeout"] <= 2
    assert options["retry"]._retries == 1
