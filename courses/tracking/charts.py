"""Pictures of numbers: bars to look at, the same in words, and a table behind them."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

BAR = 20
BETWEEN = 8
BESIDE = 14
TALLEST = 90
ABOVE = 18
BELOW = 20
"""In units of the picture; ABOVE stands the number, BELOW the label of an upright bar, BESIDE there is room for it."""


@dataclass
class Bar:
    """``label``: what it is of; ``highest``: what the longest bar stands for. ``labelled``: there is room for it."""

    label: str
    count: int
    highest: int
    index: int = 0
    labelled: bool = True

    @property
    def length(self):
        """In hundredths of the longest there can be."""
        return round(100 * self.count / self.highest, 2) if self.highest else 0

    @property
    def height(self):
        return round(TALLEST * self.count / self.highest, 2) if self.highest else 0

    @property
    def left(self):
        return BESIDE + self.index * (BAR + BETWEEN)

    @property
    def middle(self):
        return self.left + BAR // 2

    @property
    def top(self):
        return ABOVE + TALLEST - self.height

    @property
    def number_top(self):
        return self.top - 4


@dataclass
class Chart:
    """A picture of bars. ``name`` is its anchor; ``of_what`` and ``how_many`` head the table; ``told`` is it in words.

    ``language``: of the labels, where they are titles of topics.
    """

    name: str
    title: str
    of_what: str
    how_many: str
    told: str
    bars: list[Bar]
    language: str = ""
    bar_width = BAR
    ground = ABOVE + TALLEST
    height = ABOVE + TALLEST + BELOW

    @property
    def width(self):
        return 2 * BESIDE + len(self.bars) * (BAR + BETWEEN) - BETWEEN

    @cached_property
    def label_line(self):
        return self.height - 5


def chart_of_steps(standing):
    """Where people stop: how many of the group completed each step; lying bars, for titles are long."""
    counts = [(step.title, count) for step, count in standing.completed_per_step]
    return Chart(
        name=f"steps-{standing.theme.slug}",
        title=_("Where people stop"),
        of_what=_("Topic"),
        how_many=_("Completed by"),
        told=steps_in_words(counts, standing.learner_count),
        bars=[Bar(title, count, standing.learner_count) for title, count in counts],
        language=standing.theme.language,
    )


def steps_in_words(counts, total):
    if not counts:
        return _("No topics yet")
    most, fewest = most_and_fewest(counts)
    if most[1] == fewest[1]:
        return ngettext(
            "Each topic was completed by %(count)d of %(total)d learner.",
            "Each topic was completed by %(count)d of %(total)d learners.",
            total,
        ) % {"count": most[1], "total": total}
    told = _("Most completed “%(most)s”: %(high)d of %(total)d. Fewest completed “%(fewest)s”: %(low)d.") % {
        "most": short(most[0]),
        "high": most[1],
        "fewest": short(fewest[0]),
        "low": fewest[1],
        "total": total,
    }
    fall, title = steepest(counts)
    if fall <= 0:
        return told
    sentence = ngettext(
        "The largest step down is at “%(title)s”: %(fall)d fewer than the one before it.",
        "The largest step down is at “%(title)s”: %(fall)d fewer than the one before it.",
        fall,
    )
    return told + " " + sentence % {"title": short(title), "fall": fall}


def short(title):
    """Long enough to know which one it is; it stands whole beside its bar."""
    return Truncator(title).chars(60)


def steepest(counts):
    """(how many fewer, title) of the step that loses most people against the one before it."""
    falls = [(before - count, title) for (_title, before), (title, count) in pairwise(counts)]
    return max(falls, key=lambda fall: fall[0], default=(0, ""))


def chart_of_weeks(standing):
    """How many topics were completed in each of the last weeks; upright bars, each second one with its date."""
    weeks = [(date_format(monday, "j N"), count) for monday, count in standing.completed_per_week]
    highest = max((count for _label, count in weeks), default=0)
    return Chart(
        name=f"weeks-{standing.theme.slug}",
        title=_("Topics completed per week"),
        of_what=_("Week of"),
        how_many=_("Topics completed"),
        told=weeks_in_words(weeks, highest),
        bars=[Bar(label, count, highest, index, bool(index % 2)) for index, (label, count) in enumerate(weeks)],
    )


def weeks_in_words(weeks, highest):
    if not highest:
        return _("Nothing was completed in these %(count)d weeks.") % {"count": len(weeks)}
    most, fewest = most_and_fewest(weeks)
    return _("Most in the week of %(most)s: %(high)d. Fewest in the week of %(fewest)s: %(low)d.") % {
        "most": most[0],
        "high": most[1],
        "fewest": fewest[0],
        "low": fewest[1],
    }


def most_and_fewest(counts):
    """The first with the highest number, and the last with the lowest."""
    most = max(counts, key=lambda pair: pair[1])
    return most, min(reversed(counts), key=lambda pair: pair[1])
