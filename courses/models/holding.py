"""Keeping others out while rosters change: locks, always taken in one order, so that nobody waits for each other.

The order is group, themes, learners, participations, each by primary key. A deed locks its participation alone, a
beginning its learner alone, a change of themes the themes and their active participations. So who holds the theme, the
learner and their participations in it can read what is true of them, write it on a roster, and miss nothing.
"""

from django.contrib.auth import get_user_model

AT_ONCE = 2_000
"""Rows that are named one by one in a query."""


def hold(rows):
    """Lock these rows until the transaction ends; rows that refer to them can still be added."""
    return list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def hold_group(group, *themes):
    """Before who is in a group changes, or which themes it follows: these, or those it follows now."""
    from courses.models.groups import Group
    from courses.models.themes import Theme

    hold(Group.objects.filter(pk=group.pk))
    hold(Theme.objects.filter(pk__in=themes or group.group_themes.values("theme")))


def hold_learner(learner):
    """Let them begin nothing, and come into or leave no group, meanwhile."""
    hold(get_user_model().objects.filter(pk=learner))


def hold_learners(learners, themes):
    """Let these learners, by their keys, begin nothing and do nothing in these themes, which are held already."""
    from courses.models.participations import Participation

    pages = paged(sorted(learners))
    for page in pages:
        hold(get_user_model().objects.filter(pk__in=page))
    for page in pages:
        hold(Participation.objects.filter(theme__in=themes, learner__in=page))


def paged(keys):
    return [keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE)]
