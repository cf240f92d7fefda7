"""What the client of a group sees."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.access import follower
from courses.models import Look
from courses.tracking.reporting import NAMES_AT_ONCE, names_in, parts_of, who_may_be_named


@require_safe
@follower
def client(request, group):
    """The numbers of the group from five people on, and who agreed to be named; for its trainers the very same."""
    Look.objects.note(request.user, group, Look.Kind.REPORT)
    parts = parts_of(group)
    named, withheld = who_may_be_named(group, parts)
    page = Paginator(named, NAMES_AT_ONCE).get_page(request.GET.get("page"))
    context = {
        "group": group,
        "parts": parts,
        "enough": any(part.standing.enough for part in parts),
        "page": page,
        "names": names_in(page, parts),
        "withheld": withheld,
        "trainer_looks": group.trainers.filter(pk=request.user.pk).exists(),
        "today": timezone.localdate(),
    }
    return render(request, "courses/tracking/client.html", context)
