"""Which rows of a roster somebody asked to see, and in which order."""

from functools import cached_property

from django.core.paginator import Paginator

from courses.models import RosterRow
from courses.models.roster import State

PER_PAGE = 50
BY_NAME = ("sorting_name", "pk")
SORTS = {
    "name": BY_NAME,
    "-name": ("-sorting_name", "-pk"),
    "progress": ("completed_count", "pk"),
    "-progress": ("-completed_count", "-pk"),
    "active": ("active_on", "pk"),
    "-active": ("-active_on", "-pk"),
}
PEOPLE = ("group_theme", "completed_count", "active_on", "finished_on", "learner__name", "learner__email")


class Selection:
    """What the address of a page asks of a roster; what cannot be understood is as if it was not asked."""

    def __init__(self, query):
        self.words = " ".join(query.get("q", "").replace("\0", " ").split())[:200]
        self.state = State(query["state"]) if query.get("state") in State.values else None
        self.sort = query["sort"] if query.get("sort") in SORTS else "name"

    def __bool__(self):
        """Whether anybody is left out."""
        return bool(self.words or self.state)

    def rows(self, group_theme):
        rows = RosterRow.objects.filter(group_theme=group_theme)
        rows = rows.in_state(self.state) if self.state else rows
        return rows.searched(self.words) if self.words else rows

    def page(self, standing, number):
        return Paginator(Rows(self, standing), PER_PAGE).get_page(number)


class Rows:
    """The rows that were asked for, in order, of which a ``Paginator`` reads one page.

    They come in runs, one after the other, each in the order of an index: where databases do not agree on the place of
    those who never did anything, these are a run of their own, by name. The keys of a page are read first, from the
    nearer end, and only then what stands in its rows. Without search they are counted by the ``GroupStanding`` alone.
    """

    def __init__(self, selection, standing):
        self.selection, self.standing = selection, standing
        self.rows = selection.rows(standing.group_theme)
        self.known_counts = standing.by_state if not selection.words else None

    def count(self):
        return sum(count for _run, count in self.runs)

    def __getitem__(self, page):
        keys = []
        start, stop = page.start, page.stop
        for run, count in self.runs:
            if start < count and stop > 0:
                keys += keys_between(run, max(start, 0), min(stop, count), count)
            start, stop = start - count, stop - count
        return self.read(keys)

    @cached_property
    def runs(self):
        """(queryset, how many they are), one after the other."""
        rows, order = self.rows, SORTS[self.selection.sort]
        if self.selection.sort not in ("active", "-active"):
            return [(rows.order_by(*order), self.counted(rows, State))]
        active, never = rows.filter(active_on__isnull=False), rows.filter(active_on=None)
        runs = [
            (active.order_by(*order), self.counted(active, set(State) - {State.NOT_STARTED})),
            (never.order_by(*BY_NAME), self.counted(never, {State.NOT_STARTED})),
        ]
        return runs if self.selection.sort == "-active" else runs[::-1]

    def counted(self, rows, states):
        if self.known_counts is None:
            return rows.count()
        return sum(self.known_counts[state] for state in states if self.selection.state in (None, state))

    def read(self, keys):
        found = RosterRow.objects.filter(pk__in=keys).select_related("membership", "learner")
        by_key = {row.pk: row for row in found.only(*PEOPLE, "membership__public_id")}
        rows = [by_key[key] for key in keys if key in by_key]
        for row in rows:
            row.standing = self.standing.of(row)
        return rows


def keys_between(run, start, stop, count):
    """The primary keys from ``start`` to ``stop``, read from whichever end is nearer."""
    keys = run.values_list("pk", flat=True)
    if start <= count - stop:
        return list(keys[start:stop])
    return list(keys.reverse()[count - stop : count - start])[::-1]
