"""What a roster says of a learner in a theme, worked out from their participations, progress and events."""

import unicodedata
from datetime import date
from typing import NamedTuple

from django.db.models import Case, F, FilteredRelation, Max, Q, When
from django.utils import timezone

from courses.models.progress import Progress, ProgressEvent
from courses.models.steps import Step


class Marks(NamedTuple):
    """Which of all steps a theme ever had, oldest first, count now, and which of them are completed: (counts, done)."""

    steps: tuple[tuple[bool, bool], ...]

    @property
    def done(self):
        return "".join("1" if done else "0" for _counts, done in self.steps).rstrip("0")

    @property
    def completed_count(self):
        return sum(counts and done for counts, done in self.steps)

    @property
    def everything_done(self):
        """N = D, and D is not empty (rules 1, 2 and 4)."""
        counted = [done for counts, done in self.steps if counts]
        return bool(counted) and all(counted)


NO_MARKS = Marks(())
"""Of an attempt that begins."""


class Facts(NamedTuple):
    """What a roster row says of one learner in one theme."""

    done: str
    completed_count: int
    active_on: date | None
    finished_on: date | None


NOTHING = Facts("", 0, None, None)
"""Of a learner who never began."""


def plain(text):
    """Without accents or capitals, as rosters are sorted and searched."""
    text = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in text if not unicodedata.combining(character))


def sorting_name(user):
    """By which rosters are sorted and searched: name and address."""
    return plain(f"{user.get_full_name()} {user.email}")[:400]


def steps_ever(theme):
    """(topic, counts) of every step the theme ever had, oldest first: the order in which ``done`` marks them."""
    counted = set(Step.objects.counted().filter(theme=theme).values_list("pk", flat=True))
    steps = Step.objects.filter(theme=theme).order_by("pk").values_list("pk", "topic")
    return [(topic, pk in counted) for pk, topic in steps]


def marks_of(participation):
    """What this participation completed of all steps the theme ever had, in one query."""
    mine = FilteredRelation("topic__progress", condition=Q(topic__progress__participation=participation.pk))
    counts = Q(archived_at=None, topic__published_edition__isnull=False, topic__withdrawn_at=None, required=True)
    steps = Step.objects.filter(theme=participation.theme_id).annotate(
        mine=mine, counts=Case(When(counts, then=True), default=False)
    )
    rows = steps.order_by("pk").values_list("counts", "mine__completed_at")
    return Marks(tuple((bool(counts), completed_at is not None) for counts, completed_at in rows))


def facts_of(theme, learners):
    """Return {primary key of a learner: Facts} for those of ``learners`` who ever began ``theme``; six queries.

    They were active when they began an attempt, opened a topic, or did something to it themselves (rule 28).
    """
    from courses.models.participations import Participation

    began = Participation.objects.filter(theme=theme, learner__in=learners)
    attempts = began.values_list("learner", "started_at", "completed_at")
    active_at: dict[int, list] = {}
    finished_at: dict[int, list] = {}
    for learner, started_at, completed_at in attempts:
        active_at.setdefault(learner, []).append(started_at)
        finished_at.setdefault(learner, []).extend([completed_at] if completed_at else [])
    rows = Progress.objects.filter(participation__in=began)
    own = ProgressEvent.objects.filter(
        participation__in=began, actor=F("participation__learner"), topic__isnull=False
    ).order_by()
    for latest in (
        rows.values_list("participation__learner").annotate(Max("last_opened_at")),
        own.values_list("participation__learner").annotate(Max("happened_at")),
    ):
        for learner, moment in latest:
            active_at[learner].append(moment)
    completed: dict[int, set[int]] = {}
    of_now = rows.completed().filter(participation__superseded_at=None)
    for learner, topic in of_now.values_list("participation__learner", "topic"):
        completed.setdefault(learner, set()).add(topic)
    steps = steps_ever(theme)
    return {one: facts(steps, completed.get(one, ()), active_at[one], finished_at[one]) for one in active_at}


def facts(steps, completed, active_at, finished_at):
    """The same for one learner, of ``steps_ever``, the topics completed now, and moments."""
    marks = Marks(tuple((counts, topic in completed) for topic, counts in steps))
    finished = timezone.localdate(min(finished_at)) if finished_at else None
    return Facts(marks.done, marks.completed_count, timezone.localdate(max(active_at)), finished)
