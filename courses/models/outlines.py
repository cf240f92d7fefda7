"""What is published of a theme: the same for every learner, and kept in memory.

What makes it stale: nothing. It is kept under the theme's revision, which every change replaces by
a new random one in the same transaction, and each page asks the database for the revision.
Progress is never kept.
"""

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse

from courses.models.steps import Step
from courses.models.themes import Theme, is_changing
from courses.models.topics import Edition

THEMES_KEPT = 64
ARTICLES_KEPT = 256
"""By each process; the least recently read make room."""


class OutlineStep(NamedTuple):
    """A step as it is published: the same for every learner, so that it can be kept.

    ``since``: when learners found it here first. ``left_at``: when it was taken out or its topic
    withdrawn; then it is no longer ``current``. ``major_number``: that of the last edition that its
    author called a major one, or None (rule 21). ``shared``: its topic is a step of other themes too, or
    was (rule 20). ``owed_at`` and ``owed_reason``: the author asks it of who had finished (rule 17).
    ``address``: where it is read.
    """

    pk: int
    theme_id: int
    topic_id: int
    edition_id: int
    edition_number: int
    major_number: int | None
    slug: str
    title: str
    summary: str
    reading_minutes: int
    required: bool
    release_date: date | None
    since: datetime
    left_at: datetime | None
    shared: bool
    owed_at: datetime | None
    owed_reason: str
    address: str

    @property
    def current(self):
        return self.left_at is None

    @property
    def counted(self):
        return self.current and self.required


OUTLINE_COLUMNS = (
    "pk",
    "theme_id",
    "topic_id",
    "topic__published_edition_id",
    "topic__published_edition__number",
    "major_number",
    "slug",
    "topic__published_edition__title",
    "topic__published_edition__summary",
    "topic__published_edition__reading_minutes",
    "required",
    "release_date",
    "since",
    "left_at",
    "shared",
    "owed_at",
    "owed_reason",
)


def outlines(themes):
    """Return {primary key of a theme: its outline}, in one query for any number of themes."""
    same_topic = {"topic": OuterRef("topic")}
    majors = Edition.objects.published().filter(**same_topic, major=True).order_by("-number")
    steps = Step.objects.filter(theme__in=themes, topic__published_edition__isnull=False).annotate(
        since=Greatest("added_at", "topic__published_at"),
        left_at=Coalesce("archived_at", "topic__withdrawn_at"),
        major_number=Subquery(majors.values("number")[:1]),
        shared=Exists(Step.objects.filter(**same_topic).exclude(theme=OuterRef("theme"))),
    )
    found: dict[int, list[OutlineStep]] = {}
    for theme, *row in steps.values_list("theme__slug", *OUTLINE_COLUMNS):
        address = reverse("learning:topic", args=[theme, row[OUTLINE_COLUMNS.index("slug")]])
        step = OutlineStep._make([*row, address])
        found.setdefault(step.theme_id, []).append(step)
    return found


def published(theme_pk, revision):
    """Return the theme and its outline as they are at ``revision``, from memory if it was read before.

    In the middle of a change nothing is kept, for it may yet be rolled back.
    """
    return read(theme_pk) if is_changing() else kept(theme_pk, revision)


def read(theme_pk):
    return Theme.objects.select_related("cover").get(pk=theme_pk), tuple(outlines([theme_pk]).get(theme_pk, ()))


@lru_cache(maxsize=THEMES_KEPT)
def kept(theme_pk, revision):
    return read(theme_pk)


def edition_shown(step, number):
    """Return the primary key of the edition that a page of ``step`` showed, if its number is of one that was published.

    Else, and without a number, that of the one published now.
    """
    if number is None or number == step.edition_number:
        return step.edition_id
    shown = Edition.objects.published().filter(topic=step.topic_id, number=number)
    return shown.values_list("pk", flat=True).first() or step.edition_id


@lru_cache(maxsize=ARTICLES_KEPT)
def article(edition_pk, revision):
    """Return the text of a published edition, with its contents.

    ``revision`` is the theme's: a rolled-back edition and a later one may bear the same key.
    """
    return Edition.objects.published().only("html", "outline").get(pk=edition_pk)


@lru_cache(maxsize=THEMES_KEPT)
def edition_numbers(theme_pk, revision):
    """Return {primary key of a published edition: its number} of all topics of a theme."""
    editions = Edition.objects.published().filter(topic__steps__theme=theme_pk).order_by()
    return dict(editions.values_list("pk", "number"))


@lru_cache(maxsize=ARTICLES_KEPT)
def major_editions(topic_pk, revision):
    """Return what the author says of the major editions of a topic, the last first (rule 21)."""
    majors = Edition.objects.published().filter(topic=topic_pk, major=True)
    return tuple(majors.only("number", "note", "published_at").order_by("-number"))
