"""What people mean by the names and addresses they paste: a pure reader that never fails and knows no models.

It takes what mail programs copy ("Jan Jansen <jan@example.org>; Piet"), columns of a spreadsheet with or without a
heading, CSV, and plain lists.
"""

import re
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

LONGEST_ADDRESS, LONGEST_NAME = 254, 150

LINE_ENDS = re.compile(r"\r\n|\r|\n")
CELLS = re.compile(r'((?:"(?:[^"]|"")*"|<[^<>]*>|[^\t;,])*)([\t;,]|$)')
AROUND_ADDRESSES = "()[]{}<>\"'“”‘’:,;"

HEADINGS_OF_NAMES = set("naam name voornaam tussenvoegsel achternaam first last full volledige roepnaam".split())
HEADINGS = HEADINGS_OF_NAMES | set(
    "e mail email emailadres mailadres adres address addresses deelnemer deelnemers learner learners functie afdeling "
    "telefoon phone team department".split()
)

MISSPELT = {
    "gmial.com": "gmail.com",
    "gmai.com": "gmail.com",
    "gmal.com": "gmail.com",
    "gamil.com": "gmail.com",
    "gnail.com": "gmail.com",
    "gmail.con": "gmail.com",
    "hotmial.com": "hotmail.com",
    "hotmal.com": "hotmail.com",
    "hotmai.com": "hotmail.com",
    "hotmail.con": "hotmail.com",
    "hotmial.nl": "hotmail.nl",
    "outlok.com": "outlook.com",
    "outloo.com": "outlook.com",
    "outlook.con": "outlook.com",
    "yaho.com": "yahoo.com",
    "yahoo.con": "yahoo.com",
    "zigo.nl": "ziggo.nl",
    "iclod.com": "icloud.com",
    "icloud.con": "icloud.com",
}
"""Domains that are hardly ever meant, and what is."""


class Why(TextChoices):
    """What is wrong with what somebody wrote."""

    NO_ADDRESS = "no-address", _("There is no email address here.")
    TWO_ATS = "two-ats", _("There is more than one @ in this address.")
    SPACES = "spaces", _("There is a space in this address.")
    DOTS = "dots", _("There is a dot too many in this address.")
    NO_DOMAIN = "no-domain", _("What comes after the @ is not complete.")
    MISSPELT = "misspelt", _("This looks like a typing error.")
    TOO_LONG = "too-long", _("This address is too long.")
    NOT_VALID = "not-valid", _("This is not a valid email address.")


class Person(NamedTuple):
    """Somebody as they were written on line ``line``, counted from 1; ``name`` may be empty."""

    line: int
    name: str
    address: str

    @property
    def key(self):
        """By which the same address in other capitals is known."""
        return self.address.casefold()


class Wrong(NamedTuple):
    """What was not understood, and why; ``suggestion`` is what may be meant, or empty."""

    line: int
    text: str
    why: Why
    suggestion: str = ""


class Double(NamedTuple):
    """The same address again; it stood on line ``first`` before."""

    line: int
    address: str
    first: int


@dataclass
class Reading:
    """Everything that a text says: whom, whom twice, and what is wrong; in the order of the text."""

    people: list[Person] = field(default_factory=list)
    doubles: list[Double] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


def read(text):
    """Return the ``Reading`` of what somebody pasted; one pass, whatever it is."""
    reading, seen = Reading(), {}
    heading = None
    for number, line in enumerate(LINE_ENDS.split(text.replace("\x00", " ")), 1):
        cells = split(line)
        if not any(cell for cell, _end in cells):
            continue
        if heading is None:
            heading = columns_of_names(cells)
            if heading is not None:
                continue
            heading = False
        for found in entries(number, cells, heading):
            if isinstance(found, Wrong):
                reading.wrong.append(found)
            elif found.key in seen:
                reading.doubles.append(Double(number, found.address, seen[found.key]))
            else:
                seen[found.key] = number
                reading.people.append(found)
    return reading


def split(line):
    """Return [(cell, what ended it)], with quotes and angle brackets kept together."""
    cells = []
    for cell, end in CELLS.findall(line):
        cells.append((" ".join(cell.split()), end))
        if not end:
            break
    return cells


def columns_of_names(cells):
    """The columns that hold names, if this line is the heading of a table; else None."""
    words = [set(re.findall(r"[a-z]+", unquoted(cell).lower())) for cell, _end in cells]
    if any("@" in cell for cell, _end in cells) or not all(one <= HEADINGS for one in words) or not any(words):
        return None
    return [index for index, one in enumerate(words) if one & HEADINGS_OF_NAMES and "mail" not in one]


def entries(number, cells, heading):
    """What one line says: ``Person`` and ``Wrong``."""
    with_ats = [index for index, (cell, _end) in enumerate(cells) if "@" in cell]
    if not with_ats:
        return [Wrong(number, shown("".join(cell + end for cell, end in cells)), Why.NO_ADDRESS)]
    if len(with_ats) == 1 and "<" not in cells[with_ats[0]][0]:
        row = row_of_table(number, cells, with_ats[0], heading)
        if row:
            return row
    return list_of_addresses(number, cells)


def row_of_table(number, cells, place, heading):
    """One address with its name in other columns; None if the cell with the address holds more than that."""
    if len(cells[place][0].split()) > 1:
        return None
    if heading:
        named = [cells[index][0] for index in heading if index < len(cells)]
    else:
        named = [cell for cell, _end in cells[:place]] or [cell for cell, _end in cells[place + 1 : place + 2]]
        named = [cell for cell in named if not any(letter.isdigit() for letter in cell)]
    return [understood(number, " ".join(filter(None, map(unquoted, named))), cells[place][0])]


def list_of_addresses(number, cells):
    found, before = [], []
    for cell, end in cells:
        if "@" not in cell:
            before += [(cell, end)] if cell else []
            continue
        surname = before.pop()[0] if before and before[-1][1] == "," and "<" in cell else ""
        found += [Wrong(number, shown(text), Why.NO_ADDRESS) for text, _end in before]
        found += people_in(number, cell, surname)
        before = []
    return found + [Wrong(number, shown(text), Why.NO_ADDRESS) for text, _end in before]


def people_in(number, cell, surname=""):
    """The people in one cell: "Jan <jan@…>", "Jan jan@…", "jan@… piet@…"; ``surname`` stood before a comma."""
    if "<" in cell:
        name, address = named_address(cell)
        return [understood(number, " ".join(filter(None, [name, unquoted(surname)])), address)]
    words = cell.split()
    if any(
        word.strip(AROUND_ADDRESSES).startswith("@") or word.strip(AROUND_ADDRESSES).endswith("@") for word in words
    ):
        return [with_a_space(number, cell)]
    found, name = [], []
    for word in words:
        if "@" in word:
            found.append(understood(number, unquoted(" ".join(name)), word))
            name = []
        else:
            name.append(word)
    return found


def named_address(cell):
    """("Jan", "jan@…") of "Jan <jan@…>", as the standard library reads it, or as it stands there."""
    name, address = parseaddr(cell)
    if "@" in address and f"<{address}>" in cell:
        return unquoted(name), address
    before, _bracket, rest = cell.partition("<")
    return unquoted(before), rest.partition(">")[0]


def with_a_space(number, cell):
    joined = "".join(cell.split())
    return Wrong(number, shown(cell), Why.SPACES, joined if what_is_wrong(joined) is None else "")


def understood(number, name, address):
    """A ``Person``, or what is wrong with the address."""
    address = address.strip(AROUND_ADDRESSES + " ")
    address = address[7:] if address.lower().startswith("mailto:") else address
    why = what_is_wrong(address)
    if why is None:
        return Person(number, name[:LONGEST_NAME].strip(), address)
    return Wrong(number, shown(address), why, suggestion_for(address))


def what_is_wrong(address):
    """Why this is no address to write to; None if it is one."""
    local, _at, domain = address.rpartition("@")
    if not local and not domain:
        return Why.NO_ADDRESS
    if any(character.isspace() for character in address):
        return Why.SPACES
    if "@" in local:
        return Why.TWO_ATS
    if len(address) > LONGEST_ADDRESS:
        return Why.TOO_LONG
    if ".." in address or address.endswith(".") or local.startswith(".") or local.endswith(".") or domain[:1] == ".":
        return Why.DOTS
    if domain.lower() in MISSPELT:
        return Why.MISSPELT
    try:
        validate_email(address)
    except ValidationError:
        return Why.NOT_VALID if "." in domain else Why.NO_DOMAIN
    return None


def suggestion_for(address):
    """What may be meant: without spaces, doubled signs and dots too many, at the domain that everybody knows."""
    meant = re.sub(r"\.{2,}", ".", re.sub(r"@{2,}", "@", "".join(address.split())))
    local, _at, domain = meant.rpartition("@")
    domain = domain.strip(".").lower()
    meant = f"{local.strip('.')}@{MISSPELT.get(domain, domain)}"
    return meant if meant != address and what_is_wrong(meant) is None else ""


def unquoted(cell):
    return " ".join(cell.replace('""', '"').strip(" \"'“”‘’").split())


def shown(text):
    """What was written, so short that it can be shown."""
    text = text.strip()
    return text if len(text) <= 80 else text[:79] + "…"
