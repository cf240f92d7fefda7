"""The demo says what is in its way."""

import socket

import pytest
from django.core.management import CommandError, call_command

from courses.management.commands.demo import refuse_taken
from courses.models import Theme


@pytest.fixture
def taken():
    """A port on which something answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_port_that_is_taken_is_said_before_anything_is_made(db, taken):
    with pytest.raises(CommandError, match=f"port {taken} already. Take another: PORT={taken + 1}"):
        call_command("demo", port=taken)

    assert not Theme.objects.exists()


def test_a_port_where_nothing_answers_is_good():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    refuse_taken(port)
