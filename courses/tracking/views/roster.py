"""How a group stands in one of its themes: everybody, and who stalled."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.limits import limited
from courses.access import guide
from courses.models import Look
from courses.models.group_standing import GroupStanding
from courses.models.roster import State
from courses.tracking.charts import chart_of_steps, chart_of_weeks
from courses.tracking.finding import find_group_theme
from courses.tracking.rows import PER_PAGE, Selection
from courses.tracking.stalling import stalled_in, where_they_are

WEEKS_DRAWN_UP_TO = 2_000
"""Learners: of a larger group the weeks stand in the report, for they take longer to count than a page may."""


@require_safe
@guide
@limited("search", asked="q")
def roster(request, group, theme):
    group_theme = find_group_theme(group, theme)
    Look.objects.note(request.user, group, Look.Kind.ROSTER)
    standing, selection = GroupStanding(group_theme), Selection(request.GET)
    context = {
        "group": group,
        "theme": group_theme.theme,
        "group_theme": group_theme,
        "standing": standing,
        "selection": selection,
        "states": [(state, standing.by_state[state]) for state in State],
        "page": selection.page(standing, request.GET.get("page")),
        "today": timezone.localdate(),
        **pictures(standing, weeks=standing.learner_count <= WEEKS_DRAWN_UP_TO),
    }
    return render(request, "courses/tracking/roster.html", context)


@require_safe
@guide
def stalled(request, group, theme):
    """Who stalled or never began, at which step; to be written to one by one, by a trainer."""
    group_theme = find_group_theme(group, theme)
    Look.objects.note(request.user, group, Look.Kind.ROSTER)
    page = Paginator(stalled_in(group_theme), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "group": group,
        "theme": group_theme.theme,
        "group_theme": group_theme,
        "page": page,
        "learners": where_they_are(group_theme, page.object_list),
    }
    return render(request, "courses/tracking/stalled.html", context)


def pictures(standing, *, weeks=True):
    """The charts of a group in a theme; none below five people, where a bar points at somebody."""
    if not standing.enough:
        return {}
    return {"steps": chart_of_steps(standing), "weeks": chart_of_weeks(standing) if weeks else None}
