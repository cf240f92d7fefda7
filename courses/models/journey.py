"""A theme as one learner finds it today: every step with its state, and how far they are."""

from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.models.participations import Participation
from courses.models.progress import Progress
from courses.models.steps import Step


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


class Journey:
    """One learner's way through a theme as it is today; without ``participation``, a visitor's.

    ``steps`` are all steps of the theme, archived ones too, in order, with their published
    editions; ``progress`` are the rows of the participation. Sets ``state``, ``mine`` (the
    progress row or None), ``readable`` and ``first`` (the step that must be completed before a
    locked one) on every step. ``earlier`` are the learner's former attempts. Asks the database nothing.
    """

    def __init__(self, theme, steps, participation=None, progress=(), earlier=()):
        self.theme, self.participation, self.earlier = theme, participation, earlier
        self.today = timezone.localdate()
        mine = {row.topic_id: row for row in progress}
        self.every_step = steps
        self.steps = [step for step in steps if step.current]
        gate = None
        for step in steps:
            step.theme, step.mine, step.first = theme, mine.get(step.topic_id), gate
            step.state = self.state_of(step)
            step.readable = step.state not in (State.UPCOMING, State.LOCKED)
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
        return bool(self.participation and step.topic.published_at and step.since > self.participation.started_at)

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

    def left_later(self, step):
        return bool(self.participation and step.left_at and step.left_at > self.participation.started_at)

    @property
    def resume(self):
        """Where to go on: opened last and not completed, else the first uncompleted (rule 30)."""
        open_steps = [step for step in self.steps if step.state == State.UNDER_WAY]
        if open_steps:
            return max(open_steps, key=lambda step: step.mine.last_opened_at)
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


def outline(theme):
    """Every step of ``theme`` with its published edition's title and reading time, in one query."""
    steps = Step.objects.filter(theme=theme).select_related("topic__published_edition")
    return list(steps.defer("topic__published_edition__html", "topic__published_edition__text", "topic__published_edition__outline"))


def journey_of(user, theme):
    """The journey of ``user``, signed in or not, through ``theme``: three queries."""
    steps = outline(theme)
    if not user.is_authenticated:
        return Journey(theme, steps)
    attempts = list(Participation.objects.filter(theme=theme, learner=user).order_by("attempt"))
    if not attempts:
        return Journey(theme, steps)
    *earlier, active = attempts
    return Journey(theme, steps, active, active.progress.all(), earlier)


def journeys_of(user, themes):
    """The journeys of ``user`` through those of ``themes`` they take part in; three queries for any number."""
    by_theme = {theme.pk: theme for theme in themes}
    participations = list(Participation.objects.active().filter(learner=user, theme__in=by_theme))
    steps, progress = {}, {}
    for step in Step.objects.filter(theme__in=[p.theme_id for p in participations]).select_related("topic__published_edition"):
        steps.setdefault(step.theme_id, []).append(step)
    for row in Progress.objects.filter(participation__in=participations):
        progress.setdefault(row.participation_id, []).append(row)
    return [
        Journey(by_theme[p.theme_id], steps.get(p.theme_id, []), p, progress.get(p.pk, ())) for p in participations
    ]
