"""A step of a theme as one learner finds it: its state, and what they did with it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models.elsewhere import Elsewhere
from courses.models.on_behalf import OnBehalf
from courses.models.outlines import OutlineStep, edition_numbers
from courses.models.themes import Theme


class State(models.TextChoices):
    """The state of a step for one learner; LOCKED and UPCOMING cannot be read yet."""

    NOT_STARTED = "not-started", gettext_lazy("Not started")
    UNDER_WAY = "under-way", gettext_lazy("In progress")
    COMPLETED = "completed", gettext_lazy("Completed")
    NEW = "new", gettext_lazy("New")
    UPCOMING = "upcoming", gettext_lazy("To come")
    LOCKED = "locked", gettext_lazy("First:")


class Attempt(NamedTuple):
    """The facts of a participation that pages show."""

    pk: int
    attempt: int
    started_at: datetime
    superseded_at: datetime | None
    completed_at: datetime | None
    completion_snapshot: Sequence = ()


class Mine(NamedTuple):
    """What one learner did with a topic; nothing: never opened. With the editions they read and saw.

    ``on_behalf_id``: the event of a trainer who completed or reopened it for them (rule 28). ``opened_at``: the first
    time.
    """

    topic_id: int
    completed_at: datetime | None
    last_opened_at: datetime
    edition_id: int
    seen_edition_id: int | None
    on_behalf_id: int | None
    opened_at: datetime


class Look(NamedTuple):
    """How a step looks to whoever is as far with it: it names nobody, so that pages may keep how it is drawn.

    ``first``: what must be completed before a locked one.
    """

    step: OutlineStep
    state: str
    label: str
    first: OutlineStep | None
    readable: bool
    completed_on: date | None
    updated: bool


class Why(NamedTuple):
    """Why somebody has this percentage: it names nobody either.

    ``gone``: completed, and no longer part of the theme. ``added`` and ``removed``: since they began.
    """

    percentage: int | None
    required_count: int
    completed: tuple[OutlineStep, ...]
    missing: tuple[Look, ...]
    extras: tuple[OutlineStep, ...]
    gone: tuple[OutlineStep, ...]
    added: tuple[OutlineStep, ...]
    removed: tuple[OutlineStep, ...]


class JourneyStep(OutlineStep):
    """A step as one learner finds it today.

    ``mine`` is what they did with it, or None; ``first`` the step that must be completed before a
    locked one; ``previous`` and ``next`` its neighbours, ``number`` its place from 1, ``here``: the one asked for.
    ``published`` is the same step without a learner. ``elsewhere`` is
    what they completed in another theme, and may take over, ``on_behalf`` what a trainer did for them (rule 28); only
    where that was asked for.
    """

    published: OutlineStep
    theme: Theme
    mine: Mine | None
    state: State
    first: "JourneyStep | None"
    previous: "JourneyStep | None" = None
    next: "JourneyStep | None" = None
    number: int = 0
    here: bool = False
    elsewhere: Elsewhere | None = None
    on_behalf: OnBehalf | None = None

    def get_absolute_url(self):
        return self.address

    @property
    def readable(self):
        return self.state not in (State.UPCOMING, State.LOCKED)

    @property
    def completed(self):
        return self.state == State.COMPLETED

    @property
    def read_number(self):
        """Of the edition that they read or saw last, 0 before (rule 21); one that came this very moment is later."""
        if self.mine is None:
            return 0
        numbers = edition_numbers(self.theme_id, self.theme.revision)
        read = numbers.get(self.mine.edition_id, self.edition_number)
        return max(read, numbers.get(self.mine.seen_edition_id, 0))

    @property
    def updated(self):
        """Rule 21: a major edition was published since the one that this learner read."""
        return self.mine is not None and self.major_number is not None and self.major_number > self.read_number

    @property
    def label(self):
        """The state in words; of a locked step, what stands before the title of ``first``."""
        if self.state == State.UPCOMING and self.release_date:
            this_year = self.release_date.year == timezone.localdate().year
            return _("Follows on %(date)s") % {"date": date_format(self.release_date, "j F" if this_year else "j F Y")}
        return self.state.label

    @property
    def look(self):
        completed_at = self.mine and self.mine.completed_at
        return Look(
            self.published,
            self.state.value,
            str(self.label),
            self.first and self.first.published,
            self.readable,
            completed_at and timezone.localdate(completed_at),
            self.updated,
        )

    @property
    def readable_before(self):
        return self.previous.published if self.previous and self.previous.readable else None

    @property
    def readable_after(self):
        return self.next.published if self.next and self.next.readable else None

    def released(self, today):
        return self.release_date is None or self.release_date <= today
