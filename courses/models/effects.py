"""What a change of a theme will do to the people who follow it, said before it is done (rule 25)."""

from dataclasses import dataclass, replace

from django.db.models import Count, Q
from django.utils import timezone

from courses.models.groups import GroupTheme
from courses.models.memberships import Membership
from courses.models.steps import Step
from courses.models.themes import Theme, followers


@dataclass(frozen=True)
class Effect:
    """Real numbers about one theme: nothing of it is done yet.

    ``follower_count`` learners follow it, ``finished_count`` of them finished it before. ``finishing_count`` of the
    others would be finished by the change alone (rule 18). ``added`` and ``removed`` are the primary keys of topics
    that begin and cease to count, ``done_count`` the learners who completed one of the removed (rule 17).
    ``losing_count`` followers no longer see the theme.
    """

    theme: Theme
    follower_count: int
    finished_count: int
    finishing_count: int
    done_count: int
    added: frozenset[int]
    removed: frozenset[int]
    losing_count: int = 0

    @property
    def changes_what_counts(self):
        return bool(self.added or self.removed)

    @property
    def concerns_finished(self):
        """Whether there is something to ask of people who had finished."""
        return bool(self.added and self.finished_count)


def effect_on(theme, *, counted, followed=None):
    """Return the ``Effect`` if from now on just the topics in ``counted`` (primary keys) count in ``theme``.

    ``followed``: whether learners can follow it then; as now, if not given. A few queries for any number of learners.
    """
    if followed is None:
        followed = theme.published_at is not None and theme.binned_at is None
    before = counted_topics(theme)
    following = followers(theme)
    under_way = following.unfinished()
    completed_all = Count(
        "progress", filter=Q(progress__completed_at__isnull=False, progress__topic__in=counted), distinct=True
    )
    finishing = under_way.annotate(n=completed_all).filter(n=len(counted)) if counted else under_way.none()
    removed = before - counted
    done = following.filter(progress__topic__in=removed, progress__completed_at__isnull=False)
    return Effect(
        theme=theme,
        follower_count=following.count(),
        finished_count=following.finished().count(),
        finishing_count=finishing.count() if followed else 0,
        done_count=done.distinct().count() if removed else 0,
        added=frozenset(counted - before),
        removed=frozenset(removed),
    )


def effect_of_access(theme, access):
    """The effect of giving ``theme`` another access; only a group leaves anybody out who follows it."""
    effect = effect_on(theme, counted=counted_topics(theme))
    if access != Theme.Access.GROUP or access == theme.access:
        return effect
    let_in = GroupTheme.objects.current().filter(Q(starts_on=None) | Q(starts_on__lte=timezone.localdate()))
    members = Membership.objects.active().filter(group__in=let_in.filter(theme=theme).values("group"))
    outside = followers(theme).exclude(learner__in=members.values("learner"))
    return replace(effect, losing_count=outside.count())


def counted_topics(theme):
    """D of rule 1, as primary keys of topics."""
    return set(Step.objects.counted().filter(theme=theme).values_list("topic", flat=True))


def effects_of_publishing(topics, *, opening=None):
    """The effects of publishing ``topics`` on every theme that learners follow, by title.

    ``opening``: a theme that is published with them.
    """
    steps = Step.objects.current_or_draft().filter(topic__in=topics)
    themes = set(Theme.objects.published().filter(pk__in=steps.values("theme")))
    effects = []
    for theme in sorted(themes | ({opening} if opening else set()), key=lambda theme: theme.title):
        new = steps.filter(theme=theme, required=True).values_list("topic", flat=True)
        followed = True if theme == opening else None
        effects.append(effect_on(theme, counted=counted_topics(theme) | set(new), followed=followed))
    return effects


def effects_of_withdrawing(topic):
    """The effects of taking ``topic`` away from the learners of every theme, by title."""
    steps = Step.objects.current_or_draft().filter(topic=topic)
    themes = Theme.objects.published().filter(pk__in=steps.values("theme")).order_by("title")
    return [effect_on(theme, counted=counted_topics(theme) - {topic.pk}) for theme in themes]
