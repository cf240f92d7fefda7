"""How made-up people go through themes: most finish within weeks, some never begin, some stop at a hard step."""

from dataclasses import dataclass
from functools import cached_property
from json import dumps

from courses.models import Participation, Progress, ProgressEvent
from courses.models.facts import Marks, steps_ever
from courses.models.steps import Step
from courses.population.moments import moment_after

NEVER = 0.10
"""Come, and never begin anything."""
STOPS, STOPS_AT_A_HARD_STEP = 0.03, 0.11
GOES_ON_ELSEWHERE = 0.6
"""Of those who stopped in one theme, who begin the next."""
LOOKS_AGAIN, SLIPS, REOPENS, RESTARTS = 0.3, 0.02, 0.03, 0.015
GAPS = (0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 7, 7, 8, 14, 21)
"""Days between two steps; themes follow each other after one more of these."""

Kind = ProgressEvent.Kind
COMPLETED, OPENED, REOPENED, THEME = (
    str(kind.value) for kind in (Kind.COMPLETED, Kind.OPENED, Kind.REOPENED, Kind.THEME_COMPLETED)
)
BY_DEED = str(Participation.Cause.DEED.value)


class Course:
    """A theme as it can be followed: its steps that count and can be read, of which one is hard."""

    def __init__(self, theme):
        self.theme = theme
        readable = Step.objects.counted().released().filter(theme=theme).order_by("position")
        self.steps = list(readable.values_list("topic", "topic__published_edition"))
        self.ever = steps_ever(theme)
        self.known = {}
        self.hard = len(self.steps) // 2

    @cached_property
    def complete(self):
        """Whether who does all of this has finished the theme."""
        return len(self.steps) == sum(counts for _topic, counts in self.ever)

    @cached_property
    def snapshot(self):
        return dumps([{"topic": topic, "edition": edition} for topic, edition in sorted(self.steps)])

    def marks(self, completed):
        """(done, completed_count) of a set of topics."""
        if completed not in self.known:
            marks = Marks(tuple((counts, topic in completed) for topic, counts in self.ever))
            self.known[completed] = marks.done, marks.completed_count
        return self.known[completed]


@dataclass
class Attempt:
    """One attempt as it stands, before it is written."""

    pk: int
    number: int
    started_at: int
    superseded_at: int | None = None
    completed_at: int | None = None


class Way:
    """One learner's way through one theme; rows go to the ``tables``, what the roster says stays here."""

    def __init__(self, scribe, course, learner, started_at):
        self.scribe, self.course, self.learner, self.dice = scribe, course, learner, scribe.dice
        self.active_at, self.finished_at, self.completed = started_at, None, frozenset()
        attempt = self.follow(1, started_at)
        self.ended_at = self.active_at
        if attempt.completed_at and self.dice.random() < RESTARTS:
            again = moment_after(self.dice, self.active_at, 1 + self.dice.choice(GAPS))
            if again < scribe.until:
                attempt.superseded_at = again
                self.active_at = again
                self.scribe.participation(self.learner, course, attempt)
                attempt = self.follow(2, again)
        self.scribe.participation(self.learner, course, attempt)

    @property
    def finished(self):
        return self.finished_at is not None

    def follow(self, number, started_at):
        """Go through the steps until the end, until they stop, or until today; each row is written when it is known."""
        attempt = Attempt(self.scribe.key(Participation), number, started_at)
        dice, course, scribe = self.dice, self.course, self.scribe
        moment, rows = started_at, []
        for place, (topic, edition) in enumerate(course.steps):
            if place:
                moment = moment_after(dice, moment, dice.choice(GAPS))
            if moment >= scribe.until:
                break
            row = self.read(attempt, topic, edition, moment)
            rows.append(row)
            if row[-1] is None or dice.random() < (STOPS_AT_A_HARD_STEP if place == course.hard else STOPS):
                break
            moment = self.active_at
        self.completed = frozenset(row[0] for row in rows if row[-1])
        if course.complete and len(self.completed) == len(course.steps):
            attempt.completed_at = max(row[-1] for row in rows)
            self.finished_at = self.finished_at or attempt.completed_at
            scribe.event(attempt.pk, None, None, THEME, attempt.completed_at, self.learner)
            self.look_back(attempt, rows)
        for row in rows:
            scribe.progress(attempt.pk, *row)
        return attempt

    def read(self, attempt, topic, edition, moment):
        """Open a topic and mostly complete it: (topic, edition, opened, opened last, completed first, completed)."""
        dice, scribe = self.dice, self.scribe
        scribe.event(attempt.pk, topic, edition, OPENED, moment, self.learner)
        opened_at = opened_last = self.active_at = moment
        if dice.random() < LOOKS_AGAIN:
            opened_last = moment_after(dice, moment, dice.choice(GAPS))
            if opened_last >= scribe.until:
                return topic, edition, opened_at, opened_at, None, None
            self.active_at = opened_last
        completed_at = opened_last + dice.randrange(40, 1_500)
        hard = self.course.steps[self.course.hard][0] == topic
        if completed_at >= scribe.until or dice.random() < (STOPS_AT_A_HARD_STEP if hard else STOPS):
            return topic, edition, opened_at, opened_last, None, None
        first = completed_at
        scribe.event(attempt.pk, topic, edition, COMPLETED, completed_at, self.learner)
        if dice.random() < SLIPS and completed_at + 60 < scribe.until:
            scribe.event(attempt.pk, topic, edition, REOPENED, completed_at + 20, self.learner)
            completed_at += 50
            scribe.event(attempt.pk, topic, edition, COMPLETED, completed_at, self.learner)
        self.active_at = completed_at
        return topic, edition, opened_at, opened_last, first, completed_at

    def look_back(self, attempt, rows):
        """Some reopen a topic of a theme they finished, which stays finished (rule 13)."""
        again = moment_after(self.dice, self.active_at, self.dice.choice(GAPS))
        if self.dice.random() < REOPENS and again < self.scribe.until:
            place = self.dice.randrange(len(rows))
            topic, edition, *rest = rows[place]
            self.scribe.event(attempt.pk, topic, edition, REOPENED, again, self.learner)
            rows[place] = topic, edition, *rest[:-1], None
            self.completed -= {topic}
            self.active_at = again


class Scribe:
    """Gives rows their keys and writes them down."""

    def __init__(self, tables, writing, dice, until, keys):
        self.tables, self.writing, self.dice, self.until, self.keys = tables, writing, dice, until, keys

    def key(self, model):
        self.keys[model] += 1
        return self.keys[model] - 1

    def participation(self, learner, course, attempt):
        moment, finished = self.writing.moment, attempt.completed_at is not None
        self.tables.rows[Participation].append(
            (
                attempt.pk,
                course.theme.pk,
                learner,
                attempt.number,
                moment(attempt.started_at),
                moment(attempt.superseded_at),
                moment(attempt.completed_at),
                BY_DEED if finished else "",
                course.snapshot if finished else "[]",
                None,
            )
        )

    def progress(self, participation, topic, edition, opened_at, opened_last, first, completed_at):
        moment = self.writing.moment
        self.tables.rows[Progress].append(
            (
                self.key(Progress),
                participation,
                topic,
                edition,
                None,
                moment(opened_at),
                moment(opened_last),
                moment(completed_at),
                moment(first),
                None,
                "[]",
                "",
            )
        )

    def event(self, participation, topic, edition, kind, at, actor):
        at, deed = self.writing.moment(at), f"{self.dice.getrandbits(128):032x}"
        self.tables.rows[ProgressEvent].append(
            (self.key(ProgressEvent), participation, topic, edition, kind, deed, at, at, actor, "", None)
        )
