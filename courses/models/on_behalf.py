"""What a trainer completed or reopened for a learner, who sees by whom, when and why (rule 28)."""

from datetime import datetime
from typing import NamedTuple

from courses.models.progress import ProgressEvent


class OnBehalf(NamedTuple):
    """The deed of a trainer that holds now; ``by`` is empty if their name is not known (any more)."""

    kind: str
    happened_at: datetime
    reason: str
    by: str | None

    @property
    def completed(self):
        return self.kind != ProgressEvent.Kind.REOPENED


def look_on_behalf(steps):
    """Tell those of ``steps`` that a trainer completed or reopened; asks one query if there are any, else none."""
    acted_on = {step.mine.on_behalf_id: step for step in steps if step.mine and step.mine.on_behalf_id}
    if not acted_on:
        return
    events = ProgressEvent.objects.filter(pk__in=acted_on)
    for pk, *row in events.values_list("pk", "kind", "happened_at", "reason", "actor__name"):
        acted_on[pk].on_behalf = OnBehalf._make(row)
