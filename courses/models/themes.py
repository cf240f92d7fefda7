"""A theme, and the deeds of its author. Rules are those of docs/progress.md."""

import secrets
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.articles.outline import derive
from courses.articles.sanitise import sanitise
from courses.models.addresses import FormerAddress
from courses.models.groups import GroupTheme
from courses.models.pictures import Picture
from courses.models.steps import Step
from courses.models.topics import Edition, Topic

OUT_OF_THE_WAY = 1_000_000
"""Added to positions while steps change places, so that no two ever share one."""

KEPT_IN_BIN = timedelta(days=30)
"""How long a theme can be taken back (rule 24)."""


def new_revision():
    return secrets.randbits(63)


class ThemeQuerySet(models.QuerySet):
    def published(self):
        return self.filter(published_at__isnull=False, binned_at=None)

    def open(self):
        """Themes that anyone may read."""
        return self.published().filter(access=Theme.Access.OPEN)

    def visible_to(self, user):
        """Themes that ``user``, signed in or not, may follow. Anything else does not exist."""
        if not user.is_authenticated:
            return self.open()
        in_a_group = Q(access=Theme.Access.GROUP, pk__in=GroupTheme.objects.open_to(user).values("theme"))
        return self.published().filter(Q(access__in=[Theme.Access.OPEN, Theme.Access.SIGNED_IN]) | in_a_group)

    def ever_at(self, slug):
        """The theme with this address, else the one that had it."""
        had_it = FormerAddress.objects.filter(step=None, slug=slug)
        return self.filter(Q(slug=slug) | Q(pk__in=had_it.values("theme")))

    def with_topic_count(self):
        """Add ``topic_count``: the topics that can be read now or later, extras included."""
        current = Q(
            steps__archived_at=None, steps__topic__published_edition__isnull=False, steps__topic__withdrawn_at=None
        )
        return self.annotate(topic_count=models.Count("steps", filter=current))

    def with_authors_counts(self):
        """Add what authors look for: ``step_count``, ``draft_count`` and ``follower_count``.

        Drafts are topics with a text that learners do not read yet; followers, learners under way or finished.
        """
        steps = Step.objects.current_or_draft().filter(theme=OuterRef("pk"))
        drafts = steps.filter(Exists(Edition.objects.filter(topic=OuterRef("topic"), published_at=None)))
        return self.annotate(
            step_count=counted(steps), draft_count=counted(drafts), follower_count=counted(followers(OuterRef("pk")))
        )


def counted(rows):
    """A subquery that counts ``rows``, which are rows of one theme."""
    return Coalesce(Subquery(rows.order_by().values("theme").annotate(n=Count("pk")).values("n")), 0)


def followers(theme):
    """The participations that count now: of learners, in ``theme``."""
    from courses.models.participations import Participation

    return Participation.objects.active().of_learners().filter(theme=theme)


class Theme(models.Model):
    """What a learner follows: an introduction and an ordered row of steps.

    ``in_order``: a topic opens when every required one before it is completed (rule 19).
    ``cover`` is decorative when ``cover_alt`` is empty.
    ``revision`` is another random number after every change of the theme, its steps or their
    topics: what is kept under it is never out of date, also after a change that was rolled back.
    """

    class Access(models.TextChoices):
        OPEN = "open"
        SIGNED_IN = "signed-in"
        GROUP = "group"

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    summary = models.CharField(max_length=500, blank=True)
    introduction = models.TextField(blank=True)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="nl")
    access = models.CharField(max_length=10, choices=Access, default=Access.OPEN)
    in_order = models.BooleanField(default=False)
    cover = models.ForeignKey("Picture", null=True, on_delete=models.PROTECT, related_name="+")
    cover_alt = models.CharField(max_length=300, blank=True)
    revision = models.BigIntegerField(default=new_revision, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True)
    binned_at = models.DateTimeField(null=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["title"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("learning:theme", args=[self.slug])

    @property
    def for_everyone(self):
        """Whether whoever is signed in may follow it; else, who may is asked of ``visible_to``."""
        return self.published_at is not None and self.binned_at is None and self.access != self.Access.GROUP

    @property
    def leaves_bin_at(self):
        """Until when it can be taken back, or None."""
        return self.binned_at and self.binned_at + KEPT_IN_BIN

    @property
    def introduction_source(self):
        """The introduction as it was written."""
        return sanitise(self.introduction)

    def published_topics(self):
        """The topics, of all its steps ever, that learners can read now."""
        return Topic.objects.published().filter(steps__theme=self)

    def describe(self, **fields):
        """Change title, summary, introduction, language, access, cover or order of following."""
        with self.changing():
            if "introduction" in fields:
                html = Picture.adopted(fields["introduction"], theme=self)
                sizes = {picture.address: (picture.width, picture.height) for picture in self.pictures.all()}
                fields["introduction"] = derive(html, sizes).html
            self.set(**fields)

    def rename(self, slug):
        """Give the theme another address; the former one leads here from now on."""
        with self.changing():
            FormerAddress.objects.leave(self.slug, for_slug=slug, theme=self)
            self.set(slug=slug)

    def rename_step(self, step, slug):
        """Give a step another address; the former one leads here from now on."""
        with self.changing():
            FormerAddress.objects.leave(step.slug, for_slug=slug, theme=self, step=step)
            self.steps.filter(pk=step.pk).update(slug=slug)
        step.refresh_from_db(fields=["slug"])

    def publish(self):
        with self.changing():
            self.set(published_at=timezone.now())

    def unpublish(self):
        with self.changing():
            self.set(published_at=None)

    def bin(self):
        """Take the theme away; it can be restored, with everyone's progress (rule 24)."""
        with self.changing():
            self.set(binned_at=timezone.now())

    def restore(self):
        with self.changing():
            self.set(binned_at=None)

    def add(self, topic, *, slug, required=True, release_date=None, position=None):
        """Make ``topic`` a step, at the end or at ``position`` (from 1), and return the step (rule 17).

        A topic that was a step before returns with all progress on it. The other themes that it stands in learn
        that they share it now (rule 20).
        """
        with self.changing([topic]):
            Topic.objects.select_for_update(no_key=True).get(pk=topic.pk)
            step = self.steps.filter(topic=topic).first() or Step(theme=self, topic=topic)
            if step.pk and step.archived_at is None:
                raise ValidationError(_("This topic already is a step of this theme."))
            step.slug, step.required, step.release_date = slug, required, release_date
            step.archived_at, step.added_at = None, timezone.now()
            step.position = OUT_OF_THE_WAY + self.steps.current_or_draft().count()
            step.save()
            others = [pk for pk in self.step_order() if pk != step.pk]
            others.insert(len(others) if position is None else max(0, position - 1), step.pk)
            self.put_in_order(others)
            step.refresh_from_db(fields=["position"])
        return step

    def take_out(self, step):
        """Archive a step: it counts for nobody, and completions stay (rule 18)."""
        with self.changing():
            self.steps.filter(pk=step.pk, archived_at=None).update(archived_at=timezone.now(), position=None)
            self.put_in_order(self.step_order())
        step.refresh_from_db()

    def reorder(self, order):
        """Put the steps in the order of these primary keys: all of them, each once (rule 19)."""
        with self.changing():
            if sorted(order) != sorted(self.step_order()):
                raise ValidationError(_("The order must name every step of this theme once."))
            self.put_in_order(order)

    def move(self, step, position):
        """Put one step at ``position`` (from 1; too far is the end), the others keep their order (rule 19)."""
        with self.changing():
            order = self.step_order()
            if step.pk in order:
                order.remove(step.pk)
                order.insert(max(0, position - 1), step.pk)
                self.put_in_order(order)
        step.refresh_from_db()

    def ask(self, step, *, reason):
        """Ask this step, too, of people who had finished the theme before it came (rule 17); no reason: no longer."""
        with self.changing():
            self.steps.filter(pk=step.pk).update(owed_at=timezone.now() if reason else None, owed_reason=reason)
        step.refresh_from_db()

    def require(self, step, *, required):
        """Let a step count, or make it an extra (rule 22); counting anew is as being added."""
        with self.changing():
            changed = {"required": required, **({"added_at": timezone.now()} if required else {})}
            self.steps.filter(pk=step.pk).exclude(required=required).update(**changed)
        step.refresh_from_db()

    def reschedule(self, step, release_date):
        with self.changing():
            self.steps.filter(pk=step.pk).update(release_date=release_date)
        step.refresh_from_db()

    def duplicate(self, *, slug, title):
        """Return a draft with new topics that say the same, and nobody's progress (rule 23)."""
        from courses.models.duplicates import duplicate

        return duplicate(self, slug=slug, title=title)

    @contextmanager
    def changing(self, topics=()):
        """Change the theme. ``topics``, if some come in or change: other themes that they stand in are locked at once
        with this one, so that two authors do not wait for each other.
        """
        with changing_themes(Q(pk=self.pk) | Q(steps__topic__in=topics)):
            yield
        self.refresh_from_db(fields=["revision"])

    def set(self, **fields):
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))

    def step_order(self):
        return list(self.steps.current_or_draft().order_by("position").values_list("pk", flat=True))

    def put_in_order(self, order):
        """Write positions 1, 2, 3 …; by way of far away, for no two may ever be equal."""
        self.steps.filter(pk__in=order).update(position=F("position") + 2 * OUT_OF_THE_WAY)
        places = [When(pk=pk, then=Value(position)) for position, pk in enumerate(order, 1)]
        if places:
            self.steps.filter(pk__in=order).update(position=Case(*places, output_field=models.IntegerField()))


_under_change: ContextVar[set[int] | None] = ContextVar("themes under change", default=None)


def is_changing():
    """Whether a change is under way here, whose outcome is not certain yet."""
    return _under_change.get() is not None


@contextmanager
def changing_themes(*conditions, **which):
    """Change themes, their steps or topics; afterwards nobody is left finished but uncounted.

    The locks keep authors apart, and keep new participations and deeds out until the change is committed.
    A change within a change belongs to the outer one: only its outcome counts, and stands in the history.
    """
    from courses.models.participations import Participation
    from courses.models.roster import RosterRow
    from courses.models.structure import Structure

    with transaction.atomic():
        chosen = Theme.objects.filter(*conditions, **which).values("pk")
        locked = Theme.objects.select_for_update().filter(pk__in=chosen).order_by("pk")
        primary_keys = set(locked.values_list("pk", flat=True))
        Participation.objects.hold(primary_keys)
        outer = _under_change.get()
        if outer is not None:
            outer |= primary_keys
            yield
            return
        Structure.objects.begin(Theme.objects.filter(pk__in=primary_keys))
        token = _under_change.set(primary_keys)
        try:
            yield
        finally:
            _under_change.reset(token)
        Theme.objects.filter(pk__in=primary_keys).update(revision=new_revision())
        for theme in Theme.objects.filter(pk__in=primary_keys).order_by("pk"):
            Structure.objects.remember(theme)
            Participation.objects.settle(theme)
            RosterRow.objects.recount(theme)
