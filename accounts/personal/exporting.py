"""What a person takes along: everything the registry calls theirs, to read and for other programs."""

import json
import tempfile
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from accounts.personal import registry
from accounts.personal.registry import Fate, Person, Words

IN_MEMORY = 2_000_000
"""Bytes of a download that are kept in memory before a file on the disk takes over."""


@dataclass(frozen=True)
class Column:
    """``key`` names it in JSON, ``path`` finds it, ``title`` and ``words`` are for people."""

    key: str
    path: str
    title: Words
    words: dict[Any, Words]

    def told(self, value):
        """The value as people read it."""
        if value in (None, ""):
            return "–"
        if self.words:
            return self.words.get(value, value)
        if isinstance(value, datetime):
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        if isinstance(value, date):
            return date_format(value)
        return json.dumps(value, ensure_ascii=False, indent=1) if isinstance(value, dict | list) else value


@dataclass(frozen=True)
class Part:
    """One kind of thing that is kept of them: a page of its own, and a list in the JSON."""

    key: str
    title: Words
    columns: list[Column]
    rows: list[tuple]

    @property
    def file(self):
        return f"{self.key}.html"

    @property
    def told(self):
        return [[column.told(value) for column, value in zip(self.columns, row, strict=True)] for row in self.rows]

    @property
    def for_programs(self):
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]


def parts_of(user):
    """Every part of the download that has something in it."""
    person = Person.of(user)
    parts = [part for entry in registry.personal_entries() for part in (theirs(entry, person), *made(entry, person))]
    return [part for part in parts if part and part.rows]


def theirs(entry, person):
    """The rows about them; None if the model has none, or nothing of them is shown."""
    columns = [
        column_of(entry, path or name, title)
        for name, field in entry.fields.items()
        for path, title in field.columns.items()
    ]
    if entry.theirs is None or not columns:
        return None
    rows = entry.rows.filter(entry.theirs(person)).values_list(*[column.path for column in columns])
    return Part(entry.model._meta.label_lower, entry.title, columns, list(rows))


def made(entry, person):
    """The rows that stay with others, in which they are named: where, and no more of it than that."""
    for name in entry.links:
        columns = [column_of(entry, path, title) for path, title in entry.fields[name].made.items()]
        rows = entry.rows.filter(**{name: person.user})
        if entry.theirs:
            rows = rows.exclude(entry.theirs(person))
        found = list(rows.values_list(*[column.path for column in columns]))
        yield Part(f"{entry.model._meta.label_lower}.{name}", entry.fields[name].title, columns, found)


def column_of(entry, path, title):
    field = entry.fields.get(path)
    return Column(path.replace("__", "."), path, title, field.words if field else {})


def reasons_for_leaving_out():
    """What goes with a person and is not in the download: each reason once."""
    fields = [field for entry in registry.personal_entries() for field in entry.fields.values()]
    return list(dict.fromkeys(str(field.why) for field in fields if field.fate == Fate.ERASED))


def download_for(user):
    """Return an open file, at its beginning: the zip with everything."""
    parts, moment = parts_of(user), timezone.now()
    context = {
        "parts": parts,
        "name": user.get_full_name(),
        "moment": date_format(timezone.localtime(moment), "DATETIME_FORMAT"),
        "left_out": reasons_for_leaving_out(),
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "language": get_language(),
    }
    told = {"site": settings.SITE_URL, "made_at": moment, "parts": {part.key: part.for_programs for part in parts}}
    out = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  whoever sends it closes it
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", render_to_string("account/data/download_index.html", context))
        archive.writestr("style.css", render_to_string("account/data/download.css"))
        archive.writestr("data.json", json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        for part in parts:
            page = render_to_string("account/data/download_part.html", {**context, "part": part})
            archive.writestr(part.file, page)
    out.seek(0)
    return out
