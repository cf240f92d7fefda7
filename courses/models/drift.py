"""Where rosters differ from the truth, and how they are put right."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db import models, transaction

from courses.models.facts import NOTHING, Facts, facts_of, sorting_name
from courses.models.groups import GroupTheme
from courses.models.holding import hold, hold_learners
from courses.models.memberships import Membership
from courses.models.roster import RosterRow
from courses.models.themes import Theme


class Kind(models.TextChoices):
    MISSING = "missing"
    SURPLUS = "surplus"
    WRONG = "wrong"


class Said(NamedTuple):
    """What a row says."""

    membership_id: int
    sorting_name: str
    done: str
    completed_count: int
    active_on: date | None
    finished_on: date | None


@dataclass(frozen=True)
class Drift:
    """One row of a roster that is not as it should be, and is not there if it is missing.

    ``fields``: those that are wrong, with what they ought to be; of a missing one all.
    """

    kind: Kind
    group_theme: int
    learner: int
    fields: dict = field(default_factory=dict)

    def __str__(self):
        wrong = f" ({', '.join(self.fields)})" if self.kind == Kind.WRONG else ""
        return f"{self.kind} roster row: group theme {self.group_theme}, learner {self.learner}{wrong}"


def rows_due(learners, group_themes):
    """Yield who ought to stand on the rosters of ``group_themes``, (group theme, learner), and what is ``Said``."""
    memberships = Membership.objects.active().of_learners().filter(learner__in=learners)
    by_group: dict[int, list[tuple]] = {}
    for membership in memberships.select_related("learner"):
        mine = membership.pk, membership.learner_id, sorting_name(membership.learner)
        by_group.setdefault(membership.group_id, []).append(mine)
    known: dict[int, dict[int, Facts]] = {}
    for group_theme in group_themes.filter(group__in=by_group):
        theme = group_theme.theme_id
        if theme not in known:
            known[theme] = facts_of(theme, learners)
        for membership, learner, name in by_group[group_theme.group_id]:
            yield (group_theme.pk, learner), Said(membership, name, *known[theme].get(learner, NOTHING))


def roster_drift(learners, group_themes=None) -> Iterator[Drift]:
    """What is not as it should be on these rosters, all if none are given, of ``learners``: keys or a query."""
    group_themes = GroupTheme.objects.all() if group_themes is None else group_themes
    standing = RosterRow.objects.filter(learner__in=learners, group_theme__in=group_themes)
    rows = standing.values_list("group_theme", "learner", *Said._fields)
    said = {(group_theme, learner): Said(*row) for group_theme, learner, *row in rows}
    for (group_theme, learner), due in rows_due(learners, group_themes):
        row = said.pop((group_theme, learner), None)
        if row is None:
            yield Drift(Kind.MISSING, group_theme, learner, due._asdict())
        elif row != due:
            wrong = {name: value for name, value in due._asdict().items() if value != getattr(row, name)}
            yield Drift(Kind.WRONG, group_theme, learner, wrong)
    for group_theme, learner in said:
        yield Drift(Kind.SURPLUS, group_theme, learner)


@transaction.atomic
def mend(learners, group_themes=None):
    """Put right what the rosters say of these learners, who can do nothing meanwhile; return how many rows were not."""
    group_themes = GroupTheme.objects.all() if group_themes is None else group_themes
    hold_learners(learners, hold(Theme.objects.filter(pk__in=group_themes.values("theme"))))
    found = list(roster_drift(learners, group_themes))
    for one in found:
        row = {"group_theme_id": one.group_theme, "learner_id": one.learner}
        if one.kind == Kind.MISSING:
            RosterRow.objects.create(**row, **one.fields)
        elif one.kind == Kind.WRONG:
            RosterRow.objects.filter(**row).update(**one.fields)
        else:
            RosterRow.objects.filter(**row).delete()
    return len(found)
