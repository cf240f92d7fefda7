"""Both languages are complete: nothing missing, nothing fuzzy, nothing that no page uses."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

CATALOGUE = Path("locale/nl/LC_MESSAGES/django.po")
SOURCES = ["accounts", "config", "courses", "templates", "manage.py"]


def read(path):
    with path.open("rb") as file:
        return [message for message in read_po(file, locale="nl") if message.id]


def identity(message):
    return message.id if isinstance(message.id, str) else message.id[0]


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The messages that the sources have today, collected anew."""
    root = tmp_path_factory.mktemp("sources")
    for source in SOURCES:
        if Path(source).is_dir():
            shutil.copytree(source, root / source, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, root / source)
    (root / "locale").mkdir()
    (root / "static").mkdir()
    command = [sys.executable, "manage.py", "makemessages", "--locale", "nl", "--verbosity", "0"]
    subprocess.run(command, cwd=root, check=True, env={"PATH": "/usr/bin:/bin", "DATA_DIR": str(root / "var")})
    return {identity(message) for message in read(root / "locale/nl/LC_MESSAGES/django.po")}


def test_every_message_of_the_sources_is_in_the_dutch_catalogue(collected):
    assert collected - {identity(message) for message in read(CATALOGUE)} == set()


def test_the_dutch_catalogue_has_no_message_that_nothing_uses(collected):
    assert {identity(message) for message in read(CATALOGUE)} - collected == set()


@pytest.mark.parametrize("message", read(CATALOGUE), ids=identity)
def test_a_message_has_dutch_that_nobody_doubts(message):
    texts = [message.string] if isinstance(message.string, str) else list(message.string)

    assert all(texts)
    assert not message.fuzzy
    assert [str(error) for error in message.check()] == []


@pytest.mark.parametrize("word", ["voltooi\\w*", "vooruitgang", "cursist", "koers", "uw", "u", "klaar"])
def test_one_word_per_concept(word):
    dutch = " ".join(str(message.string).lower() for message in read(CATALOGUE))

    assert re.search(rf"\b{word}\b", dutch) is None
