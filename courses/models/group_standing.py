"""How a whole group stands in one theme: one query, for ten members or a hundred thousand."""

from collections import Counter
from datetime import timedelta
from functools import cached_property

from django.db.models import Case, Count, When
from django.db.models.functions import TruncWeek
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models.outlines import OutlineStep, published
from courses.models.progress import Progress
from courses.models.roster import RosterRow, State, not_started, stalled
from courses.models.standing import FEWEST_FOR_AN_AVERAGE, Standing, average
from courses.models.steps import Step

WEEKS_SHOWN = 12


def patterns_of(group_themes):
    """{primary key of a group theme: its ``patterns``}, in one query."""
    rows = RosterRow.objects.filter(group_theme__in=group_themes)
    found: dict[int, list] = {}
    for group_theme, *pattern in patterns_by(rows, "group_theme_id", "done"):
        found.setdefault(group_theme, []).append(pattern)
    return found


def patterns_by(rows, *columns):
    """(*columns, state, count): counted, not grouped, by state, so that an index alone answers in its own order.

    Who is in no other state is under way.
    """
    counted = (
        rows.order_by()
        .values_list(*columns)
        .annotate(
            waiting=Count(Case(When(not_started(), then=1))),
            stopped=Count(Case(When(stalled(), then=1))),
            finished=Count("finished_on"),
            everybody=Count("*"),
        )
    )
    for *values, waiting, stopped, finished, everybody in counted:
        under_way = everybody - waiting - stopped - finished
        found = zip(State, (waiting, under_way, stopped, finished), strict=True)
        yield from ((*values, state, count) for state, count in found if count)


def steps_ever_of(themes):
    """{primary key of a theme: those of all steps it ever had, oldest first}, in one query."""
    found: dict[int, list[int]] = {}
    for theme, step in Step.objects.filter(theme__in=themes).order_by("pk").values_list("theme_id", "pk"):
        found.setdefault(theme, []).append(step)
    return found


def standings_of(group_themes):
    """The ``GroupStanding`` of each, in two queries for any number, besides what is published of the themes."""
    group_themes = list(group_themes)
    patterns = patterns_of(group_themes) if group_themes else {}
    standings = [GroupStanding(one, patterns.get(one.pk, [])) for one in group_themes]
    steps_ever = steps_ever_of({one.theme_id for one in group_themes}) if group_themes else {}
    for standing in standings:
        standing.places = standing.places_among(steps_ever.get(standing.theme.pk, []))
    return standings


class GroupStanding:
    """The numbers of a group in a theme, of its active members; trainers are no learners (rule 27).

    ``steps``: what counts in the theme now, in order; ``outline``: every step that can be read or could be.
    ``patterns``: how many learners in which state completed just these steps: (done, state, count), of an index alone.
    ``by_state``: how many stand in each ``State``.
    """

    def __init__(self, group_theme, patterns=None):
        self.group_theme, self.theme = group_theme, group_theme.theme
        self.outline = published(self.theme.pk, self.theme.revision)[1]
        self.steps: list[OutlineStep] = [step for step in self.outline if step.counted]
        if patterns is None:
            patterns = list(patterns_by(RosterRow.objects.filter(group_theme=group_theme), "done"))
        self.patterns = patterns
        self.by_state = dict.fromkeys(State, 0)
        for _done, state, count in self.patterns:
            self.by_state[state] += count

    @cached_property
    def learner_count(self):
        return sum(self.by_state.values())

    @property
    def finished_count(self):
        return self.by_state[State.FINISHED]

    @property
    def enough(self):
        """Whether they are so many that a number points at nobody."""
        return self.learner_count >= FEWEST_FOR_AN_AVERAGE

    def of(self, row):
        """How far one learner is, by their row of the roster."""
        return Standing(min(row.completed_count, len(self.steps)), len(self.steps))

    @cached_property
    def average(self):
        """Rule 6; without a percentage below five, or where nothing counts."""
        standings: Counter[Standing] = Counter()
        for done, _state, count in self.patterns:
            completed = sum(done[place : place + 1] == "1" for place in self.places)
            standings[Standing(completed, len(self.steps))] += count
        return average(standings)

    @cached_property
    def completed_per_step(self):
        """How many completed each step that counts, in order: (step, count)."""
        counts: Counter[int] = Counter()
        for done, _state, count in self.patterns:
            for place in self.places:
                counts[place] += count * (done[place : place + 1] == "1")
        return [(step, counts[place]) for step, place in zip(self.steps, self.places, strict=True)]

    def places_among(self, steps_ever):
        place = {pk: index for index, pk in enumerate(steps_ever)}
        return [place[step.pk] for step in self.steps]

    @cached_property
    def places(self):
        """Which character of ``done`` stands for each of ``steps``."""
        return self.places_among(steps_ever_of([self.theme.pk]).get(self.theme.pk, []))

    @cached_property
    def completed_per_week(self):
        """How many topics were completed in each of the last weeks and are so still: (Monday, count).

        One query, which reads what every member did: not for a page of a group of a hundred thousand.
        """
        today = timezone.localdate()
        this_week = today - timedelta(days=today.weekday())
        weeks = [this_week - timedelta(weeks=ago) for ago in reversed(range(WEEKS_SHOWN))]
        learners = RosterRow.objects.filter(group_theme=self.group_theme).values("learner")
        done = Progress.objects.completed().filter(
            participation__theme=self.theme, participation__superseded_at=None, participation__learner__in=learners
        )
        recent = done.filter(completed_at__date__gte=weeks[0]).annotate(week=TruncWeek("completed_at")).order_by()
        counts = {week.date(): count for week, count in recent.values_list("week").annotate(Count("pk"))}
        return [(week, counts.get(week, 0)) for week in weeks]

    @property
    def sentence(self):
        """The sentence on top of the roster; with an average only from five people on (rule 6)."""
        sentence = ngettext(
            "%(finished)d of %(count)d learner completed this theme",
            "%(finished)d of %(count)d learners completed this theme",
            self.learner_count,
        ) % {"finished": self.finished_count, "count": self.learner_count}
        if self.average.percentage is None:
            return sentence
        return sentence + " · " + _("%(percentage)s%% on average") % {"percentage": self.average.percentage}
