"""Every model and every field of it: what becomes of it when a person takes their data along, or is erased.

``accounts`` enters its own models and those of the libraries; whoever stands on accounts enters theirs in
``AppConfig.ready``. A model or field that nobody entered fails a test.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Model, Q
from django.utils.functional import Promise

Words = str | Promise
"""Of a sentence: said in the language of whoever reads it."""


class Fate(StrEnum):
    EXPORTED = "exported"
    """In the download; gone after erasure, with its row."""
    ERASED = "erased"
    """Gone after erasure, with its row; not in the download, for a reason."""
    ANONYMOUS = "made anonymous"
    """The row stays, and no longer says whose it was; the download says where they stood."""
    KEPT = "kept"
    """Stays as it is, for a reason."""


@dataclass(frozen=True)
class Field:
    """``columns``: what the download shows of it in rows that are theirs, {path: title}; path "" is the field itself.

    ``made``: the same for rows that stay, in which it names them; ``title`` is what those rows are called. ``words``:
    how a value is called.
    """

    fate: Fate
    why: Words = ""
    title: Words = ""
    columns: dict[str, Words] = field(default_factory=dict)
    made: dict[str, Words] = field(default_factory=dict)
    words: dict[Any, Words] = field(default_factory=dict)


def exported(title, path="", *, words=None, **more):
    """``path`` leads to what is shown instead of a key; ``more``: further paths, for what the row stands on."""
    return Field(Fate.EXPORTED, columns={path: title, **more}, words=dict(words or {}))


def erased(why):
    return Field(Fate.ERASED, why)


def anonymous(why, title, *, made, columns=None):
    return Field(Fate.ANONYMOUS, why, title, columns=dict(columns or {}), made=dict(made))


def kept(why):
    return Field(Fate.KEPT, why)


def each(fate, names):
    """The same fate for all of these: ``**each(erased(SECRET), "seed token_hash")``."""
    return dict.fromkeys(names.split(), fate)


@dataclass(frozen=True, eq=False)
class Chapter:
    """Kinds of rows that people would call by one name, and what the page on privacy says of them."""

    title: Words
    text: Words


@dataclass(frozen=True)
class Entry:
    """What becomes of the rows of one model.

    ``theirs``: which rows are about a person, and go with them; none: rows only name who made them, if at all.
    ``personal`` False: it says nothing of anybody. ``address``: the field in which an address stands that need not be
    of an account, and the one that says since when. ``chapter``: where the page on privacy tells of it, if personal.
    """

    model: type[Model]
    title: Words
    fields: dict[str, Field]
    theirs: Callable[["Person"], Q] | None = None
    personal: bool = True
    address: tuple[str, str] | None = None
    chapter: Chapter | None = None

    @property
    def rows(self):
        return self.model._default_manager.order_by("pk")

    def fields_with(self, fate):
        return [name for name, one in self.fields.items() if one.fate == fate]

    @property
    def links(self):
        """The fields that name a person in rows that stay."""
        return self.fields_with(Fate.ANONYMOUS)

    def let_go_of(self, person):
        """Delete the rows about them, and empty what names them in rows that stay."""
        if self.theirs:
            self.rows.filter(self.theirs(person)).order_by().delete()
        for name in self.links if person.user else ():
            if self.model._meta.get_field(name).many_to_many:
                getattr(self.model, name).through.objects.filter(user=person.user).delete()
            else:
                self.rows.filter(**{name: person.user}).order_by().update(**{name: None})


@dataclass(frozen=True)
class Person:
    """Whom it is about: somebody with an account, or just an address that others wrote down."""

    user: Any
    addresses: frozenset[str]
    name: str = ""

    @classmethod
    def of(cls, user):
        """With every address that they proved to be theirs; one they only typed may be another's."""
        proven = [one.email for one in user.emailaddress_set.all() if one.verified]
        return cls(user, frozenset(address.lower() for address in [user.email, *proven]), user.name)

    def stands_in(self, path):
        """A condition: this field names them; nothing does, if they have no account."""
        return Q(**{path: self.user}) if self.user else Q(pk__in=[])

    def is_at(self, path):
        """A condition: the address in this field is one of theirs, in whatever case."""
        condition = Q(pk__in=[])
        for address in self.addresses:
            condition |= Q(**{f"{path}__iexact": address})
        return condition


@dataclass(frozen=True)
class Obstacle:
    """What they must see to before they can be erased: a sentence, and where it is done."""

    sentence: str
    address: str = ""


_entries: dict[type[Model], Entry] = {}
_holds: list[Callable[[Person], Any]] = []
_obstacles: list[tuple[Callable[[Person], Iterable[Obstacle]], Callable[[Person], Any]]] = []
_views: list[Callable[[Any], tuple[str, dict]]] = []


def register(*entries):
    _entries.update({entry.model: entry for entry in entries})


def entries():
    """In the order of the download: who they are first. Erasing goes the other way round."""
    return list(_entries.values())


def personal_entries():
    return [entry for entry in entries() if entry.personal]


def hold_with(lock):
    """``lock(person)`` keeps others out while the person is erased."""
    _holds.append(lock)


def hold(person):
    for lock in _holds:
        lock(person)


def ask_before(find, settle):
    """``find(person)`` yields each ``Obstacle``; ``settle(person)`` clears them away, for when they cannot be asked."""
    _obstacles.append((find, settle))


def obstacles(person):
    return [one for find, _settle in _obstacles for one in find(person)]


def settle_obstacles(person):
    for _find, settle in _obstacles:
        settle(person)


def seen_with(view):
    """``view(user)`` returns the template and the context of a part of "what others can see of you"."""
    _views.append(view)


def seen_of(user):
    return [view(user) for view in _views]


def chapters():
    """All that can be kept about somebody, as people would say it."""
    return list(dict.fromkeys(entry.chapter for entry in personal_entries() if entry.chapter))


def what_goes_of(person):
    """[(title, how many rows)] of what goes when they are erased, as far as there is any."""
    theirs = [(entry.title, entry.rows.filter(entry.theirs(person)).count()) for entry in entries() if entry.theirs]
    return [(title, count) for title, count in theirs if count]


def what_stays_of(person):
    """{reason: titles} of the rows that stay when they are erased, and name them until then."""
    found: dict[str, list[Words]] = {}
    for entry in personal_entries():
        for name in entry.links:
            rows = entry.rows.filter(**{name: person.user})
            if entry.theirs:
                rows = rows.exclude(entry.theirs(person))
            if rows.exists():
                found.setdefault(str(entry.fields[name].why), []).append(entry.fields[name].title)
    return found
