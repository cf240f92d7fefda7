"""Who stalled in a theme, and where."""

from dataclasses import dataclass

from django.db.models import F, Max, OuterRef, Q, Subquery
from django.utils import timezone

from courses.models import Message, RosterRow
from courses.models.journey import Journey, JourneyStep
from courses.models.journeys import journeys_through
from courses.models.roster import STALLED_AFTER, not_started, stalled


@dataclass
class Stalled:
    """Somebody who stalled, or never began. ``step``: where they are; None if there is nothing to go on with."""

    row: RosterRow
    journey: Journey
    step: JourneyStep | None
    days: int


def stalled_in(group_theme):
    """Rows of those who did nothing for so long, and of those who never began although they could, so long.

    Who stalled longest comes first, who never began last. With ``written_at``: when a trainer wrote to them last.
    """
    long_ago = timezone.localdate() - STALLED_AFTER
    could_begin = Q(membership__joined_at__date__lte=long_ago)
    if group_theme.starts_on and group_theme.starts_on > long_ago:
        could_begin = Q(pk__in=[])
    last = Message.objects.filter(membership=OuterRef("membership")).order_by().values("membership")
    rows = RosterRow.objects.filter(group_theme=group_theme).filter(stalled() | (not_started() & could_begin))
    return (
        rows.annotate(written_at=Subquery(last.annotate(last=Max("sent_at")).values("last")))
        .select_related("membership", "learner")
        .order_by(F("active_on").asc(nulls_last=True), "sorting_name", "pk")
    )


def where_they_are(group_theme, rows):
    """For each of these rows, where they are on their way, and for how many days; two queries."""
    journeys = journeys_through(group_theme.theme, [row.learner_id for row in rows])
    return [stalled_at(group_theme, row, journeys[row.learner_id]) for row in rows]


def stalled_at(group_theme, row, journey):
    could_begin_on = [day for day in (timezone.localdate(row.membership.joined_at), group_theme.starts_on) if day]
    since = row.active_on or max(could_begin_on)
    row.standing = journey.standing
    return Stalled(row, journey, step_of(journey), (timezone.localdate() - since).days)


def step_of(journey):
    return journey.resume or next(iter(journey.missing), None)
