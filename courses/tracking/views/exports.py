"""What leaves the screen: a file, and a report to print."""

from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.limits import limited
from courses.access import guide
from courses.models import Look
from courses.models.group_standing import GroupStanding
from courses.models.roster import State
from courses.tracking.exporting import Table, as_csv, as_xlsx
from courses.tracking.finding import find_group_theme
from courses.tracking.rows import Selection
from courses.tracking.views.roster import pictures

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES_PRINTED = 1_000


@require_safe
@guide
@limited("export")
def export(request, group, theme):
    """The roster as it was selected; ``what=steps`` with a column for each step, ``format=xlsx`` as a workbook."""
    group_theme = find_group_theme(group, theme)
    Look.objects.note(request.user, group, Look.Kind.EXPORT)
    table = Table(Selection(request.GET), GroupStanding(group_theme), steps=request.GET.get("what") == "steps")
    if request.GET.get("format") == "xlsx":
        file = as_xlsx(table, _("Progress"))
        return FileResponse(file, as_attachment=True, filename=file_name(group_theme, "xlsx"), content_type=SPREADSHEET)
    response = StreamingHttpResponse(as_csv(table), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(group_theme, "csv")}"'
    return response


@require_safe
@guide
@limited("report")
def report(request, group, theme):
    """One theme of a group on paper."""
    group_theme = find_group_theme(group, theme)
    Look.objects.note(request.user, group, Look.Kind.REPORT)
    standing = GroupStanding(group_theme)
    names = Selection({}).rows(group_theme).select_related("learner").order_by("sorting_name", "pk")[:NAMES_PRINTED]
    context = {
        "group": group,
        "theme": group_theme.theme,
        "group_theme": group_theme,
        "standing": standing,
        "states": [(state, standing.by_state[state]) for state in State],
        "names": [(row, standing.of(row)) for row in names],
        "unprinted": max(standing.learner_count - NAMES_PRINTED, 0),
        "changes": changes_meanwhile(standing),
        "today": timezone.localdate(),
        **pictures(standing),
    }
    return render(request, "courses/tracking/report.html", context)


def file_name(group_theme, ending):
    name = f"{slugify(group_theme.group.name)[:60]}-{group_theme.theme.slug}-{timezone.localdate():%Y-%m-%d}"
    return f"{name.strip('-')}.{ending}"


def changes_meanwhile(standing):
    """What came into the theme, and what was taken out, since the group began with it."""
    group_theme = standing.group_theme
    began_on = group_theme.starts_on or timezone.localdate(group_theme.group.created_at)
    return {
        "began_on": began_on,
        "added": [step for step in standing.steps if timezone.localdate(step.since) > began_on],
        "removed": [step for step in standing.outline if step.left_at and timezone.localdate(step.left_at) > began_on],
    }
