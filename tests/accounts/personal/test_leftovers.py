"""What stands outside the tables: the cache and mail that is a file."""

import shutil
import socket
import subprocess
import time

import pytest
from django.core.cache import cache, caches

from accounts.personal.leftovers import forget_in_cache, forget_in_mail_files
from accounts.personal.registry import Person
from tests.accounts.personal.everything import mail_to_files, sha256
from tests.conftest import make_user

LEA = Person(None, frozenset(["lea@example.org"]), "Lea")


@pytest.fixture
def redis(settings):
    """A Redis of our own as the cache."""
    if not shutil.which("redis-server"):
        pytest.skip("Without redis-server, what it keeps was not tried")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", ""],  # noqa: S607  Debian's own
        stdout=subprocess.DEVNULL,
    )
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": f"redis://127.0.0.1:{port}/0",
        }
    }
    wait_for(port)
    yield
    caches["default"].close()
    server.terminate()
    server.wait(10)


def wait_for(port):
    for _try in range(100):
        with socket.socket() as line:
            if not line.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.05)


def counted(address):
    return f"allauth:rl:login_failed:{sha256(address)}"


@pytest.mark.parametrize("where", ["the database", "redis"])
def test_what_is_counted_under_an_address_goes_and_what_else_is_counted_stays(where, db, request):
    if where == "redis":
        request.getfixturevalue("redis")
    for address in ("lea@example.org", "noor@example.org"):
        cache.set(counted(address), [1.0])

    forget_in_cache(LEA)

    assert cache.get(counted("lea@example.org")) is None
    assert cache.get(counted("noor@example.org")) == [1.0]
    cache.clear()


def test_a_file_with_mail_to_others_keeps_it(db, settings, tmp_path):
    mail_to_files(settings, str(tmp_path), make_user("Lea"))

    forget_in_mail_files(LEA)

    [file] = tmp_path.iterdir()
    assert "Voor Cleo." in file.read_text()
    assert "lea" not in file.read_text().lower()


def test_a_name_within_another_word_takes_nobodys_mail_away(db, settings, tmp_path):
    mail_to_files(settings, str(tmp_path))

    forget_in_mail_files(Person(None, frozenset(["x@example.org"]), "Cle"))

    assert "Voor Cleo." in next(tmp_path.iterdir()).read_text()
