"""How far somebody is, and how far a group is: numbers, percentage, sentence."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Standing:
    """How far somebody is: |N|, |D|, and how many of D are still to come (rules 1–5)."""

    completed_count: int
    required_count: int
    upcoming_count: int = 0

    def __post_init__(self):
        if not 0 <= self.completed_count <= self.required_count:
            raise ValueError("More completed than there is")

    @property
    def finished(self):
        return self.completed_count == self.required_count > 0

    @cached_property
    def percentage(self):
        """An integer for display, or None where there is nothing to count (rules 4 and 5)."""
        if not self.required_count:
            return None
        if self.finished:
            return 100
        if not self.completed_count:
            return 0
        return min(99, max(1, 100 * self.completed_count // self.required_count))

    @property
    def percentage_in_words(self):
        return _("%(percentage)s%%") % {"percentage": self.percentage}

    @cached_property
    def sentence(self):
        """The progress sentence; the percentage is never part of it (rule 5)."""
        if not self.required_count:
            return _("No topics yet")
        if self.finished and self.required_count > 1:
            sentence = _("All %(required)d steps completed") % {"required": self.required_count}
        else:
            sentence = ngettext(
                "%(completed)d of %(required)d step completed",
                "%(completed)d of %(required)d steps completed",
                self.required_count,
            ) % {"completed": self.completed_count, "required": self.required_count}
        if self.upcoming_count:
            sentence += " · " + ngettext("%(count)d still to come", "%(count)d still to come", self.upcoming_count) % {
                "count": self.upcoming_count
            }
        return sentence


FEWEST_FOR_AN_AVERAGE = 5


@dataclass(frozen=True)
class Average:
    """How far a group is, in whole percents; None if they are too few to tell without pointing at one."""

    percentage: int | None
    learner_count: int


def average(standings):
    """The mean of exact fractions, rounded once; who has nothing to do is left out (rule 6).

    ``standings``: each once, or a mapping of standings to how many people stand so.
    """
    counts = standings if isinstance(standings, Mapping) else Counter(standings)
    shares = {one: n for one, n in counts.items() if one.required_count}
    learner_count = sum(shares.values())
    if learner_count < FEWEST_FOR_AN_AVERAGE:
        return Average(None, learner_count)
    mean = sum(Fraction(n * one.completed_count, one.required_count) for one, n in shares.items()) / learner_count
    return Average(floor(100 * mean + Fraction(1, 2)), learner_count)
