"""Completions caused by a change of a theme, which wait until a trainer says that they may be told (rule 18)."""

from bisect import bisect_right

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _

from courses.models import Participation, RosterRow, Structure, Theme


def waiting_for(trainer):
    """Of active members of groups that ``trainer`` guides, in the themes of those groups."""
    return waiting().filter(Exists(rows_in_groups().filter(group_theme__group__in=groups_of(trainer))))


def waiting_in(group):
    return waiting().filter(Exists(rows_in_groups().filter(group_theme__group=group)))


def waiting_alone():
    """Of learners whom no trainer guides in that theme; any trainer may confirm them, and sees how many they are."""
    return waiting().exclude(Exists(rows_in_groups()))


def counted_alone():
    """The themes in which somebody whom nobody guides waits, with ``waiting_count``."""
    counts = waiting_alone().order_by().values_list("theme").annotate(Count("pk"))
    themes = Theme.objects.in_bulk([theme for theme, _count in counts])
    return sorted([(themes[theme], count) for theme, count in counts], key=lambda row: row[0].title)


def waiting():
    return Participation.objects.unconfirmed().of_learners()


def rows_in_groups():
    """The roster rows for a completion in current groups that have a trainer."""
    rows = RosterRow.objects.filter(learner=OuterRef("learner"), group_theme__theme=OuterRef("theme"))
    return rows.filter(group_theme__group__closed_at=None, group_theme__group__trainers__is_trainer=True)


def groups_of(trainer):
    return trainer.guided_groups.filter(closed_at=None).values("pk")


def reasons(participations):
    """Return {primary key: why it was completed, in words}; two queries, and two for each change there was."""
    histories: dict[int, list] = {}
    themes = {participation.theme_id for participation in participations}
    for row in Structure.objects.filter(theme__in=themes).order_by("pk").values_list("theme", "made_at", "pk"):
        histories.setdefault(row[0], []).append(row[1:])
    words: dict[tuple, str] = {}
    found = {}
    for participation in participations:
        history = histories.get(participation.theme_id, [])
        place = bisect_right([made_at for made_at, _pk in history], participation.completed_at)
        pair = tuple(pk for _made_at, pk in history[max(place - 2, 0) : place])
        if pair not in words:
            words[pair] = reason(*pair)
        found[participation.pk] = words[pair]
    return found


def reason(before=None, after=None):
    """What of the change between two structures let a step cease to count, if it was one step alone."""
    general = _("by a change of the theme")
    if after is None:
        return general
    snapshots = dict(Structure.objects.filter(pk__in=[before, after]).values_list("pk", "snapshot"))
    was, now = steps_in(snapshots[before]), steps_in(snapshots[after])
    gone = [step for step, entry in was.items() if counts(entry) and not counts(now.get(step))]
    if len(gone) != 1:
        return general
    title, entry = was[gone[0]]["title"], now.get(gone[0])
    if entry is None:
        return _("because “%(title)s” was taken out") % {"title": title}
    if entry["published"]:
        return _("because “%(title)s” became an extra") % {"title": title}
    return _("because “%(title)s” was taken away from learners") % {"title": title}


def steps_in(snapshot):
    return {entry["step"]: entry for entry in snapshot["steps"]}


def counts(entry):
    return entry is not None and entry["published"] and entry["required"]
