"""The Dutch we put in place of theirs: used, complete, and indeed what readers get."""

import re
from pathlib import Path

import allauth
import django
import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
THEIRS = [Path(package.__file__).parent for package in (allauth, django)]


def read(path):
    with path.open("rb") as file:
        return [message for message in read_po(file, locale="nl") if message.id]


OURS = read(settings.BASE_DIR / "locale" / "overrides" / "nl" / "LC_MESSAGES" / "django.po")


def key(message):
    return (message.context, message.id if isinstance(message.id, str) else message.id[0])


@pytest.fixture(scope="module")
def stock():
    """Their own Dutch, and the texts of the password checks, which their catalogue misses."""
    catalogues = [path for root in THEIRS for path in root.rglob("nl/LC_MESSAGES/django.po")]
    return {key(message): message.string for path in catalogues for message in read(path)}


@pytest.mark.parametrize("message", OURS, ids=lambda message: key(message)[1])
class TestEachOverride:
    def test_is_of_a_text_they_have(self, message, stock):
        source = (THEIRS[1] / "contrib" / "auth" / "password_validation.py").read_text()

        assert key(message) in stock or key(message)[1] in source

    def test_differs_from_theirs(self, message, stock):
        assert stock.get(key(message)) != message.string

    def test_is_complete(self, message):
        strings = [message.string] if isinstance(message.string, str) else message.string

        assert not message.fuzzy
        assert all(strings)

    def test_keeps_the_placeholders(self, message):
        ids, strings = ([text] if isinstance(text, str) else text for text in (message.id, message.string))

        for original, dutch in zip(ids, strings, strict=True):
            assert sorted(PLACEHOLDER.findall(original)) == sorted(PLACEHOLDER.findall(dutch))

    def test_wins(self, message):
        with translation.override("nl"):
            if isinstance(message.id, str):
                assert translation.gettext(message.id) == message.string
            else:
                assert translation.ngettext(*message.id, 2) == message.string[1]


def test_nobody_is_addressed_formally():
    assert not [message.string for message in OURS if re.search(r"\b[uU]w?\b", str(message.string))]
