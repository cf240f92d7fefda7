"""What a roster says of a learner in a theme, worked out from their participations, progress and events."""

import unicodedata
from datetime import date
from functools import lru_cache, partial
from typing import NamedTuple

from django.db.models import Max
from django.utils import timezone

from courses.models.prepared import Prepared
from courses.models.progress import Progress, ProgressEvent
from courses.models.steps import Step
from courses.models.themes import Theme, is_changing

THEMES_KEPT = 64
"""By each process; the least recently read makes room."""


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


@lru_cache(maxsize=THEMES_KEPT)
def steps_kept(theme, revision):
    """``steps_ever`` from memory; never out of date, for every change of a theme gives it another revision."""
    return tuple(steps_ever(theme))


@partial(Prepared, arguments=1)
def revision_of(theme):
    return Theme.objects.filter(pk=theme).order_by().values_list("revision")


def marks_in(theme, completed):
    """Which of all steps the theme ever had count now, and which of them are among these completed topics."""
    if is_changing():
        steps = steps_ever(theme)
    else:
        [(revision,)] = revision_of(theme)
        steps = steps_kept(theme, revision)
    return Marks(tuple((counts, topic in completed) for topic, counts in steps))


def marks_of(participation):
    """The same of what this participation completed."""
    completed = participation.progress.completed().values_list("topic", flat=True)
    return marks_in(participation.theme_id, set(completed))


def facts_of(theme, learners):
    """Return {primary key of a learner: Facts} for those of ``learners`` who ever began ``theme``; six queries.

    They were active when they began an attempt, opened a topic, or did something to it themselves (rule 28).
    """
    from courses.models.participations import Participation

    began = Participation.objects.filter(theme=theme, learner__in=learners)
    attempts = list(began.values_list("pk", "learner", "started_at", "completed_at", "superseded_at"))
    learner_of = {pk: learner for pk, learner, *_dates in attempts}
    active_at: dict[int, list] = {learner: [] for learner in learner_of.values()}
    finished_at: dict[int, list] = {learner: [] for learner in learner_of.values()}
    completed: dict[int, set[int]] = {learner: set() for learner in learner_of.values()}
    for _pk, learner, started_at, completed_at, _superseded_at in attempts:
        active_at[learner].append(started_at)
        finished_at[learner].extend([completed_at] if completed_at else [])
    # By keys, not by a query within the query: of tables that grew just now, a database plans that for hours of work.
    rows = Progress.objects.filter(participation__in=list(learner_of)).order_by()
    for attempt, opened_at in rows.values_list("participation").annotate(Max("last_opened_at")):
        active_at[learner_of[attempt]].append(opened_at)
    deeds = ProgressEvent.objects.filter(participation__in=list(learner_of), topic__isnull=False).order_by()
    for attempt, actor, happened_at in deeds.values_list("participation", "actor").annotate(Max("happened_at")):
        if actor == learner_of[attempt]:
            active_at[actor].append(happened_at)
    of_now = rows.completed().filter(participation__in=[pk for pk, *_dates, over in attempts if over is None])
    for attempt, topic in of_now.values_list("participation", "topic"):
        completed[learner_of[attempt]].add(topic)
    steps = steps_ever(theme)
    return {one: facts(steps, completed[one], active_at[one], finished_at[one]) for one in active_at}


def facts(steps, completed, active_at, finished_at):
    """The same for one learner, of ``steps_ever``, the topics completed now, and moments."""
    marks = Marks(tuple((counts, topic in completed) for topic, counts in steps))
    finished = timezone.localdate(min(finished_at)) if finished_at else None
    return Facts(marks.done, marks.completed_count, timezone.localdate(max(active_at)), finished)
