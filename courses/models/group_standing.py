"""How a whole group stands in one theme: one query, for ten members or a hundred thousand."""

from collections import Counter
from functools import cached_property

from django.db.models import Case, Count, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models.outlines import OutlineStep, published
from courses.models.roster import STATES, RosterRow, State
from courses.models.standing import FEWEST_FOR_AN_AVERAGE, Standing, average
from courses.models.steps import Step


class GroupStanding:
    """The numbers of a group in a theme, of its active members; trainers are no learners (rule 27).

    ``steps``: what counts in the theme now, in order. ``by_state``: how many stand in each ``State``.
    """

    def __init__(self, group_theme):
        self.group_theme, self.theme = group_theme, group_theme.theme
        outline = published(self.theme.pk, self.theme.revision)[1]
        self.steps: list[OutlineStep] = [step for step in outline if step.counted]
        state = Case(*[When(condition(), then=Value(state.value)) for state, condition in STATES.items()])
        rows = RosterRow.objects.filter(group_theme=group_theme).annotate(stands=state).order_by()
        self.patterns = list(rows.values_list("done", "completed_count", "stands").annotate(Count("pk")))
        self.by_state = dict.fromkeys(State, 0)
        for _done, _completed, state, count in self.patterns:
            self.by_state[State(state)] += count

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

    @cached_property
    def average(self):
        """Rule 6; without a percentage below five, or where nothing counts."""
        standings: Counter[Standing] = Counter()
        for _done, completed, _state, count in self.patterns:
            standings[Standing(min(completed, len(self.steps)), len(self.steps))] += count
        return average(standings)

    @cached_property
    def completed_per_step(self):
        """How many completed each step that counts, in order: (step, count)."""
        place = {pk: index for index, pk in enumerate(self.steps_ever)}
        counts: Counter[int] = Counter()
        for done, _completed, _state, count in self.patterns:
            for index, mark in enumerate(done):
                counts[index] += count * (mark == "1")
        return [(step, counts[place[step.pk]]) for step in self.steps]

    @cached_property
    def steps_ever(self):
        return Step.objects.filter(theme=self.theme).order_by("pk").values_list("pk", flat=True)

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
