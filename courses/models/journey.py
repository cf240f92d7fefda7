"""A theme as one learner finds it today: every step with its state, and how far they are."""

from functools import cached_property, partial

from django.db.models import FilteredRelation, Q
from django.utils import timezone

from courses.models.journey_steps import Attempt, JourneyStep, Mine, State, Why
from courses.models.outlines import outlines, published
from courses.models.participations import Participation
from courses.models.prepared import Prepared
from courses.models.progress import Progress
from courses.models.standing import Standing
from courses.models.themes import Theme


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
        for step, as_published in zip(self.every_step, outline, strict=True):
            step.published = as_published
        self.steps = [step for step in self.every_step if step.current]
        by_topic = {row.topic_id: row for row in mine}
        gate = None
        for step in self.every_step:
            step.theme, step.mine, step.first = theme, by_topic.get(step.topic_id), gate
            step.state = self.state_of(step)
            if gate is None and theme.in_order and step.counted and not step.completed:
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
        return [step for step in self.required if step.completed]

    @cached_property
    def standing(self):
        upcoming = [step for step in self.required if step.state == State.UPCOMING]
        return Standing(len(self.completed), len(self.required), len(upcoming))

    @cached_property
    def missing(self):
        """What of D is not completed (rule 31)."""
        return [step for step in self.required if not step.completed]

    @cached_property
    def extras(self):
        return [step for step in self.steps if not step.required]

    @cached_property
    def new(self):
        """What came since the theme was finished, or since they began, and was not opened (rule 16)."""
        return [step for step in self.required if step.state == State.NEW]

    @cached_property
    def updated(self):
        return [step for step in self.steps if step.updated]

    @cached_property
    def owed(self):
        """What the author asks of this learner, who had finished before (rule 17)."""
        finished_at = self.participation and self.participation.completed_at
        if not finished_at:
            return []
        asked = [step for step in self.steps if step.owed_at and step.owed_at > finished_at]
        return [step for step in asked if not step.completed]

    @property
    def new_and_free(self):
        """What is new and not asked."""
        return [step for step in self.new if step not in self.owed]

    @cached_property
    def no_longer_counted(self):
        """Completed, but taken out, withdrawn or made an extra since."""
        return [step for step in self.every_step if not step.counted and step.completed]

    @cached_property
    def added_since(self):
        return [step for step in self.required if self.joined_later(step)]

    @cached_property
    def removed_since(self):
        """Steps that were taken out or withdrawn while this learner was on the way."""
        return [step for step in self.every_step if not step.current and self.left_later(step)]

    @property
    def why(self):
        """Why they have this percentage."""
        return Why(
            self.standing.percentage,
            len(self.required),
            tuple(step.published for step in self.completed),
            tuple(step.look for step in self.missing),
            tuple(step.published for step in self.extras),
            tuple(step.published for step in self.no_longer_counted if not step.current),
            tuple(step.published for step in self.added_since),
            tuple(step.published for step in self.removed_since),
        )

    @cached_property
    def resume(self):
        """Where to go on (rule 30); with what is owed first."""
        return where_to_go_on(self.owed) or where_to_go_on([*self.required, *self.extras])

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
                step.number, step.here = index + 1, True
                step.previous = self.steps[index - 1] if index else None
                step.next = self.steps[index + 1] if index + 1 < len(self.steps) else None
                return step
        return None


def where_to_go_on(steps):
    """What was opened last and is not completed, else the first that is not completed and can be read."""
    under_way = [step for step in steps if step.state == State.UNDER_WAY]
    if under_way:
        return max(under_way, key=lambda step: step.mine.last_opened_at)
    return next((step for step in steps if step.readable and not step.completed), None)


ACTIVE = Attempt._fields[:-1]
"""Of an attempt that is neither finished nor a later one, nothing else is to be known."""


@partial(Prepared, arguments=2)
def taking_part(slug, learner):
    """What a learner did in the active attempt at the theme with this address, with the theme's revision."""
    active = Participation.objects.active().filter(theme__slug=slug, learner=learner)
    mine = [f"progress__{name}" for name in Mine._fields]
    return active.values_list("theme_id", "theme__revision", *ACTIVE, *mine)


@partial(Prepared, arguments=1)
def done_in(participation):
    return Progress.objects.filter(participation=participation).values_list(*Mine._fields)


def attempts_up_to(active, theme, user):
    """The attempts of ``user``, the active one last; none if they may not see the theme, which may ask no query."""
    if theme.for_everyone and active.attempt == 1 and active.completed_at is None:
        return [active]
    attempts = Participation.objects.filter(learner=user, attempt__lte=active.attempt).order_by("attempt")
    themes = [theme.pk] if theme.for_everyone else Theme.objects.visible_to(user).filter(pk=theme.pk)
    return [Attempt._make(row) for row in attempts.filter(theme__in=themes).values_list(*Attempt._fields)]


def journey_at(slug, user):
    """The journey of ``user``, signed in or not, through the theme with this address; None if they may see none there.

    One query, and one more where the theme is for groups only, or was finished or begun again; another two when it was
    not read since it last changed.
    """
    rows = taking_part(slug, user.pk) if user.is_authenticated else []
    if not rows:
        return journey_in(Theme.objects.visible_to(user).filter(slug=slug), user)
    theme, outline = published(*rows[0][:2])
    attempts = attempts_up_to(Attempt(*rows[0][2 : 2 + len(ACTIVE)]), theme, user)
    if not attempts:
        return None
    *earlier, active = attempts
    done = [Mine._make(row[2 + len(ACTIVE) :]) for row in rows]
    return Journey(theme, outline, active, [one for one in done if one.topic_id], earlier)


def journey_in(themes, user):
    """The journey of ``user``, signed in or not, through the one theme in ``themes``; None if it is empty.

    Two queries, and two more when the theme was not read since it last changed.
    """
    if not user.is_authenticated:
        found = themes.values_list("pk", "revision").first()
        return Journey(*published(*found)) if found else None
    mine = FilteredRelation("participations", condition=Q(participations__learner=user))
    columns = [f"mine__{name}" for name in Attempt._fields]
    rows = list(themes.annotate(mine=mine).order_by("mine__attempt").values_list("pk", "revision", *columns))
    if not rows:
        return None
    theme, outline = published(*rows[0][:2])
    attempts = [Attempt._make(row[2:]) for row in rows if row[2]]
    if not attempts:
        return Journey(theme, outline)
    *earlier, active = attempts
    return Journey(theme, outline, active, map(Mine._make, done_in(active.pk)), earlier)


def journey_of(user, theme):
    """The journey of ``user`` through ``theme``, whether or not they may see it."""
    return journey_in(Theme.objects.filter(pk=theme.pk), user)


def journeys_of(user, themes):
    """The journeys of ``user`` through those of ``themes`` they take part in; three queries for any number."""
    by_pk = {theme.pk: theme for theme in themes}
    participations = list(Participation.objects.active().filter(learner=user, theme__in=by_pk))
    outline_of, mine = outlines([p.theme_id for p in participations]), mine_in(participations)
    return [Journey(by_pk[p.theme_id], outline_of.get(p.theme_id, ()), p, mine.get(p.pk, ())) for p in participations]


def mine_in(participations):
    """Return {primary key of a participation: what was done in it}, in one query."""
    found: dict[int, list[Mine]] = {}
    rows = Progress.objects.filter(participation__in=[p.pk for p in participations])
    for participation, *row in rows.values_list("participation_id", *Mine._fields):
        found.setdefault(participation, []).append(Mine._make(row))
    return found
