"""The journeys of one learner through many themes, and of many learners through one."""

from courses.models.journey import Attempt, Journey, mine_in
from courses.models.outlines import published
from courses.models.participations import Participation


def every_journey_of(user, themes):
    """The journey of ``user`` through each of ``themes``, begun or not, with their earlier attempts; two queries.

    And two for each theme that was not read since it last changed.
    """
    attempts: dict[int, list[Attempt | None]] = {}
    rows = Participation.objects.filter(learner=user, theme__in=themes).order_by("attempt")
    for theme, *row in rows.values_list("theme_id", *Attempt._fields):
        attempts.setdefault(theme, []).append(Attempt._make(row))
    mine = mine_in([all_of_one[-1] for all_of_one in attempts.values()])
    journeys = []
    for theme in themes:
        theme, outline = published(theme.pk, theme.revision)
        *earlier, active = attempts.get(theme.pk) or [None]
        journeys.append(Journey(theme, outline, active, mine.get(active.pk, ()) if active else (), earlier))
    return journeys


def journeys_through(theme, learners):
    """Return {primary key of a learner: their journey through ``theme``}, for all of ``learners``; two queries."""
    theme, outline = published(theme.pk, theme.revision)
    active = Participation.objects.active().filter(theme=theme.pk, learner__in=learners)
    participation_of = {participation.learner_id: participation for participation in active}
    mine = mine_in(participation_of.values())
    found = {}
    for learner in learners:
        participation = participation_of.get(learner)
        found[learner] = Journey(theme, outline, participation, mine.get(participation.pk, ()) if participation else ())
    return found
