"""One learner's way through every theme of their group."""

from dataclasses import dataclass

from courses.models import GroupTheme, RosterRow
from courses.models.journey import Journey
from courses.models.journeys import every_journey_of
from courses.models.on_behalf import look_on_behalf


@dataclass
class Way:
    group_theme: GroupTheme
    journey: Journey
    row: RosterRow | None

    @property
    def theme(self):
        return self.group_theme.theme


def ways_of(membership, *, refused=None):
    """The ways of an active member; the same number of queries for any number of themes that were read before.

    ``refused``: (step, form) of a deed that was not done; the form then stands at its step.
    """
    group_themes = list(membership.group.group_themes.select_related("theme"))
    rows = {row.group_theme_id: row for row in RosterRow.objects.filter(membership=membership)}
    journeys = every_journey_of(membership.learner, [one.theme for one in group_themes])
    steps = [step for journey in journeys for step in journey.steps]
    look_on_behalf(steps)
    for step in steps:
        step.refused = refused[1] if refused and refused[0].pk == step.pk else None
    return [
        Way(group_theme, journey, rows.get(group_theme.pk))
        for group_theme, journey in zip(group_themes, journeys, strict=True)
    ]
