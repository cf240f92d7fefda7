"""What may be told to a client: how the group is doing, and no more than that about anybody.

What was decided, for whoever can subtract:

- Below five learners there is no number at all (rule 6), neither of the group nor of a step.
- Names stand beside numbers only where everybody agreed to be named, or at least five did not: of fewer, the numbers
  less those who are named would tell how the others stand. Else nobody is named. Nobody's address is shown.
- Who stalled is not told apart from who is in progress: fewer small numbers, and the client needs neither.
- Numbers are of today. Who comes stands among those who did not begin, which everybody knows of them; of who leaves, a
  client who looked the day before and knows of it can tell how far they were. That remains, and is why nothing here is
  finer than a count per step.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from courses.models import GroupTheme, RosterRow
from courses.models.group_standing import GroupStanding
from courses.models.roster import State
from courses.models.standing import FEWEST_FOR_AN_AVERAGE
from courses.tracking.charts import Chart, chart_of_steps

NAMES_AT_ONCE = 200


@dataclass
class Part:
    """One theme of the group as a client sees it; without ``steps`` and ``states`` below five learners."""

    group_theme: GroupTheme
    standing: GroupStanding
    steps: Chart | None
    states: list


def parts_of(group):
    return [part_of(group_theme) for group_theme in group.group_themes.select_related("theme", "group")]


def part_of(group_theme):
    standing = GroupStanding(group_theme)
    if not standing.enough:
        return Part(group_theme, standing, None, [])
    return Part(group_theme, standing, chart_of_steps(standing), states_for_clients(standing.by_state))


def states_for_clients(by_state):
    """(state, words, count); who stalled is in progress here."""
    return [
        ("not-started", State.NOT_STARTED.label, by_state[State.NOT_STARTED]),
        ("under-way", State.UNDER_WAY.label, by_state[State.UNDER_WAY] + by_state[State.STALLED]),
        ("finished", _("Completed"), by_state[State.FINISHED]),
    ]


def who_may_be_named(group, parts):
    """Return (the memberships that may be named, whether some agreed and are not)."""
    learners = group.memberships.active().of_learners()
    named = learners.filter(named_at__isnull=False).exclude(learner__name="")
    named = named.select_related("learner").order_by("learner__name", "pk")
    counts = {part.standing.learner_count for part in parts}
    agreed = named.count() if parts else 0
    if agreed and all(count >= FEWEST_FOR_AN_AVERAGE and safe(count - agreed) for count in counts):
        return named, False
    return named.none(), bool(agreed)


def safe(unnamed_count):
    """Whether numbers of the group tell nothing of those in it who are not named."""
    return unnamed_count <= 0 or unnamed_count >= FEWEST_FOR_AN_AVERAGE


def names_in(page, parts):
    """(learner, [(theme, how far)]) of those on this page of memberships, in one query."""
    rows = {(row.membership_id, row.group_theme_id): row for row in RosterRow.objects.filter(membership__in=list(page))}
    return [
        (
            membership.learner,
            [
                (part.group_theme.theme, part.standing.of(row))
                for part in parts
                if (row := rows.get((membership.pk, part.group_theme.pk)))
            ],
        )
        for membership in page
    ]
