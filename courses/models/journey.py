"""A theme as one learner finds it today: every step with its state, and how far they are."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property
from math import floor
from typing import NamedTuple

from django.db import models
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.models.participations import Participation
from courses.models.progress import Progress
from courses.models.steps import Step
from courses.models.themes import Theme


class State(models.TextChoices):
    """The state of a step for one learner; LOCKED and UPCOMING cannot be read yet."""

    NOT_STARTED = "not-started", gettext_lazy("Not started")
    UNDER_WAY = "under-way", gettext_lazy("In progress")
    COMPLETED = "completed", gettext_lazy("Completed")
    NEW = "new", gettext_lazy("New")
    UPCOMING = "upcoming", gettext_lazy("To come")
    LOCKED = "locked", gettext_lazy("Locked")


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

    @property
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
    """The mean of exact fractions, rounded once; who has nothing to do is left out (rule 6)."""
    shares = [Fraction(one.completed_count, one.required_count) for one in standings if one.required_count]
    if len(shares) < FEWEST_FOR_AN_AVERAGE:
        return Average(None, len(shares))
    return Average(floor(100 * sum(shares) / len(shares) + Fraction(1, 2)), len(shares))


class OutlineStep(NamedTuple):
    """A step as it is published: the same for every learner, so that it can be kept.

    ``since``: when learners found it here first. ``left_at``: when it was taken out or its topic
    withdrawn; then it is no longer ``current``.
    """

    pk: int
    theme_id: int
    topic_id: int
    edition_id: int
    slug: str
    title: str
    summary: str
    reading_minutes: int
    required: bool
    release_date: date | None
    since: datetime
    left_at: datetime | None

    @property
    def current(self):
        return self.left_at is None

    @property
    def counted(self):
        return self.current and self.required


class Mine(NamedTuple):
    """What one learner did with a topic; nothing: never opened."""

    topic_id: int
    completed_at: datetime | None
    last_opened_at: datetime


class JourneyStep(OutlineStep):
    """A step as one learner finds it today.

    ``mine`` is what they did with it, or None; ``first`` the step that must be completed before a
    locked one; ``previous`` and ``next`` its neighbours, ``number`` its place from 1.
    """

    theme: Theme
    mine: Mine | None
    state: State
    first: "JourneyStep | None"
    previous: "JourneyStep | None" = None
    next: "JourneyStep | None" = None
    number: int = 0

    def get_absolute_url(self):
        return reverse("learning:topic", args=[self.theme.slug, self.slug])

    @property
    def readable(self):
        return self.state not in (State.UPCOMING, State.LOCKED)

    def released(self, today):
        return self.release_date is None or self.release_date <= today


class Journey:
    """One learner's way through a theme as it is today; without ``participation``, a visitor's.

    ``outline`` are all steps of the theme in order, those that left it too, and ``mine`` what the
    learner did in this participation. ``earlier`` are their former attempts. Asks the database
    nothing.
    """

    def __init__(self, theme, outline, participation=None, mine=(), earlier=()):
        self.theme, self.participation, self.earlier = theme, participation, earlier
        self.today = timezone.localdate()
        self.every_step = [JourneyStep._make(step) for step in outline]
        self.steps = [step for step in self.every_step if step.current]
        by_topic = {row.topic_id: row for row in mine}
        gate = None
        for step in self.every_step:
            step.theme, step.mine, step.first = theme, by_topic.get(step.topic_id), gate
            step.state = self.state_of(step)
            if gate is None and theme.in_order and step.counted and step.state != State.COMPLETED:
                gate = step

    def state_of(self, step):
        if step.mine:
            return State.COMPLETED if step.mine.completed_at else State.UNDER_WAY
        if not step.released(self.today):
            return State.UPCOMING
        if step.first:
            return State.LOCKED
        return State.NEW if self.joined_later(step) else State.NOT_STARTED

    def joined_later(self, step):
        """Rule 17: it came when this learner was already on the way."""
        return self.participation is not None and step.since > self.participation.started_at

    def left_later(self, step):
        return self.participation is not None and step.left_at and step.left_at > self.participation.started_at

    @cached_property
    def required(self):
        """D of rule 1."""
        return [step for step in self.steps if step.required]

    @cached_property
    def completed(self):
        """N of rule 2."""
        return [step for step in self.required if step.state == State.COMPLETED]

    @cached_property
    def standing(self):
        upcoming = [step for step in self.required if step.state == State.UPCOMING]
        return Standing(len(self.completed), len(self.required), len(upcoming))

    @property
    def missing(self):
        """What of D is not completed (rule 31)."""
        return [step for step in self.required if step.state != State.COMPLETED]

    @property
    def extras(self):
        return [step for step in self.steps if not step.required]

    @property
    def new(self):
        """What came since the theme was finished, or since they began, and was not opened (rule 16)."""
        return [step for step in self.required if step.state == State.NEW]

    @property
    def no_longer_counted(self):
        """Completed, but taken out, withdrawn or made an extra since."""
        return [step for step in self.every_step if not step.counted and step.state == State.COMPLETED]

    @property
    def added_since(self):
        return [step for step in self.required if self.joined_later(step)]

    @property
    def removed_since(self):
        """Steps that were taken out or withdrawn while this learner was on the way."""
        return [step for step in self.every_step if not step.current and self.left_later(step)]

    @property
    def resume(self):
        """Where to go on: opened last and not completed, else the first uncompleted (rule 30)."""
        under_way = [(step.mine.last_opened_at, step) for step in self.steps if step.mine and not step.mine.completed_at]
        if under_way:
            return max(under_way)[1]
        return next((step for step in self.required if step.readable and step.state != State.COMPLETED), None)

    @property
    def started(self):
        return any(step.mine for step in self.steps)

    @property
    def last_active_at(self):
        opened = [step.mine.last_opened_at for step in self.steps if step.mine]
        return max([self.participation.started_at, *opened])

    def step(self, slug):
        """The step with this address, its number, and its neighbours; None if there is none."""
        for index, step in enumerate(self.steps):
            if step.slug == slug:
                step.number = index + 1
                step.previous = self.steps[index - 1] if index else None
                step.next = self.steps[index + 1] if index + 1 < len(self.steps) else None
                return step
        return None


OUTLINE_COLUMNS = (
    "pk",
    "theme_id",
    "topic_id",
    "topic__published_edition_id",
    "slug",
    "topic__published_edition__title",
    "topic__published_edition__summary",
    "topic__published_edition__reading_minutes",
    "required",
    "release_date",
)


def outlines(themes):
    """Return {primary key of a theme: its outline}, in one query for any number of themes."""
    steps = Step.objects.filter(theme__in=themes, topic__published_edition__isnull=False).annotate(
        since=Greatest("added_at", "topic__published_at"), left_at=Coalesce("archived_at", "topic__withdrawn_at")
    )
    found: dict[int, list[OutlineStep]] = {}
    for row in steps.values_list(*OUTLINE_COLUMNS, "since", "left_at"):
        step = OutlineStep._make(row)
        found.setdefault(step.theme_id, []).append(step)
    return found


def journey_of(user, theme):
    """The journey of ``user``, signed in or not, through ``theme``: three queries."""
    outline = outlines([theme.pk]).get(theme.pk, [])
    if not user.is_authenticated:
        return Journey(theme, outline)
    attempts = list(Participation.objects.filter(theme=theme, learner=user).order_by("attempt"))
    if not attempts:
        return Journey(theme, outline)
    *earlier, active = attempts
    return Journey(theme, outline, active, mine_in([active]).get(active.pk, ()), earlier)


def journeys_of(user, themes):
    """The journeys of ``user`` through those of ``themes`` they take part in; three queries for any number."""
    by_pk = {theme.pk: theme for theme in themes}
    participations = list(Participation.objects.active().filter(learner=user, theme__in=by_pk))
    outline_of, mine = outlines([p.theme_id for p in participations]), mine_in(participations)
    return [Journey(by_pk[p.theme_id], outline_of.get(p.theme_id, []), p, mine.get(p.pk, ())) for p in participations]


def mine_in(participations):
    """Return {primary key of a participation: what was done in it}, in one query."""
    found: dict[int, list[Mine]] = {}
    rows = Progress.objects.filter(participation__in=[p.pk for p in participations])
    for participation, *row in rows.values_list("participation_id", "topic_id", "completed_at", "last_opened_at"):
        found.setdefault(participation, []).append(Mine._make(row))
    return found
