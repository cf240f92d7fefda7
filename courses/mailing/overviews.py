"""What a trainer reads on Monday: who began, who stalled where, who completed, and what changed, last week."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from courses.mailing.weeks import WEEK, at_hour, monday_of
from courses.models import Edition, Group, Participation, RosterRow, Step, Structure
from courses.models.outlines import published
from courses.models.roster import STALLED_AFTER

NAMED = 10
"""So many people are named; of more, how many they are."""

DAY = timedelta(days=1)


class Week(NamedTuple):
    """From a Monday until the next, as moments."""

    since: datetime
    until: datetime

    @classmethod
    def before(cls, moment):
        monday = monday_of(moment)
        return cls(at_hour(monday - WEEK, 0), at_hour(monday, 0))

    def days(self, *, back=timedelta(0)):
        """The first and the last day, or so much earlier, for a date's ``__range``."""
        monday = monday_of(self.since)
        return monday - back, monday + WEEK - DAY - back


@dataclass(frozen=True)
class People:
    """The first few by name, each with the step where they are or nothing, and how many more there are."""

    named: list[tuple[str, str]]
    more: int

    def __bool__(self):
        return bool(self.named)


@dataclass(frozen=True)
class News:
    """What happened in one theme of a group."""

    title: str
    language: str
    url: str
    began: People
    stalled: People
    completed: People
    changes: list[str]

    def __bool__(self):
        return bool(self.began or self.stalled or self.completed or self.changes)


def overview_for(trainer, *, monday):
    """[(group, [News])] of the week before that Monday (a moment in its week), only where something happened."""
    week, found = Week.before(monday), []
    for group in Group.objects.current().guided_by(trainer).order_by("name", "pk"):
        group_themes = group.group_themes.select_related("theme", "group").order_by("theme__title", "pk")
        news = [news for one in group_themes if (news := news_of(one, week))]
        found += [(group, news)] if news else []
    return found


def news_of(group_theme, week):
    theme = group_theme.theme
    rows = RosterRow.objects.filter(group_theme=group_theme).order_by("sorting_name", "pk")
    started = Participation.objects.filter(
        theme=theme, attempt=1, started_at__gte=week.since, started_at__lt=week.until
    )
    stalled = rows.filter(finished_on=None, active_on__range=week.days(back=STALLED_AFTER + DAY))
    return News(
        title=theme.title,
        language=theme.language,
        url=f"{settings.SITE_URL}{group_theme.group.get_absolute_url()}themes/{theme.slug}/",
        began=people(rows.filter(learner__in=started.values("learner"))),
        stalled=people(stalled, at=next_steps(theme)),
        completed=people(rows.filter(finished_on__range=week.days())),
        changes=changes_in(theme, week),
    )


def people(rows, *, at=None):
    named = [(row.learner.get_full_name(), at(row) if at else "") for row in rows.select_related("learner")[:NAMED]]
    return People(named, rows.count() - NAMED if len(named) == NAMED else 0)


def next_steps(theme):
    """Return a function that tells the title of the first step that a row of the roster has not completed."""
    counted = [step for step in published(theme.pk, theme.revision)[1] if step.counted]
    every = Step.objects.filter(theme=theme).order_by("pk").values_list("pk", flat=True)
    place = {pk: index for index, pk in enumerate(every)}

    def next_step(row):
        return next((step.title for step in counted if row.done[place[step.pk] :][:1] != "1"), "")

    return next_step


def changes_in(theme, week):
    """What came, went and was written anew in the theme that week, in sentences."""
    history = Structure.objects.filter(theme=theme).order_by("-pk")
    before = history.filter(made_at__lt=week.since).first() or history.order_by("pk").first()
    after = history.filter(made_at__lt=week.until).first()
    was, is_now = titles_in(before), titles_in(after)
    came = [title for step, title in is_now.items() if step not in was]
    went = [title for step, title in was.items() if after and step not in is_now]
    told = [_("New: “%(title)s”") % {"title": title} for title in came]
    told += [_("No longer in it: “%(title)s”") % {"title": title} for title in went]
    return told + [_("Changed: “%(title)s”") % {"title": title} for title in rewritten(theme, week)]


def titles_in(structure):
    """{step: title} of what learners could read then."""
    steps = structure.snapshot["steps"] if structure else []
    return {step["step"]: step["title"] for step in steps if step["published"]}


def rewritten(theme, week):
    """Titles of topics that got another edition, not their first, that week."""
    editions = Edition.objects.filter(published_at__gte=week.since, published_at__lt=week.until, number__gt=1)
    mine = editions.filter(topic__in=Step.objects.current().filter(theme=theme).values("topic"))
    latest = {edition.topic_id: edition.title for edition in mine.order_by("number")}
    return sorted(latest.values())


def trainers_who_want_it():
    return User.objects.filter(is_active=True, is_trainer=True, mail_wishes__overview=True)
