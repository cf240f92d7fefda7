"""docs/security-model.md says what the software does: neither changes alone."""

import re
from pathlib import Path

import pytest

from config.settings import LIMITS
from tests.doors import ACCOUNTS, DOORS, NOBODY, OPENS_FOR, PEOPLE, SEES

DOCUMENT = Path("docs/security-model.md").read_text()
FOUND_BY = {
    "everyone": PEOPLE,
    "everyone with an account": ACCOUNTS,
    "its active members and its trainers": ("member", "trainer"),
    "nobody": NOBODY,
}


def table(first):
    """The rows below the head that begins with this word, as lists of cells."""
    rows = re.search(rf"^\| {first} \|.*\n\|[ -|]+\n((?:\|.*\n)+)", DOCUMENT, re.MULTILINE)[1]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows.splitlines()]


def beginning(route):
    """The part of an address up to its first slash, as the document writes it."""
    first, slash, _rest = route.partition("/")
    return f"`/{first}{slash}`"


def test_every_door_stands_in_it_and_no_other():
    written = [(address, who) for address, who, _what in table("Addresses")]

    assert sorted(written) == sorted({(beginning(route), door.opens_for) for route, door in DOORS.items()})


def test_it_says_who_finds_a_theme():
    kinds = dict(table("A theme that is"))

    assert kinds.keys() == SEES.keys() - {"of another group"}
    assert {kind: FOUND_BY[words] for kind, words in kinds.items()} == {kind: SEES[kind] for kind in kinds}


def test_it_gives_every_limit():
    assert {name: figure for name, figure, _why in table("Limit")} == LIMITS


@pytest.mark.parametrize("who", OPENS_FOR)
def test_it_names_everybody_for_whom_a_door_opens(who):
    assert re.search(rf"\b{who.rstrip('s')}", DOCUMENT, re.IGNORECASE)
