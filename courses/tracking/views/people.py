"""Who is in a group, who is invited, and what a trainer does about it. Progress is never touched (rule 26)."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.limits import limited
from courses.access import guide
from courses.models import Invitation, Membership
from courses.tracking.answers import to, told

PER_PAGE = 50


@require_safe
@guide
@limited("search", asked="q")
def people(request, group):
    """One list for each status, of members or of invitations; six queries for any number of people."""
    search = request.GET.get("q", "").replace("\x00", " ").strip()[:100]
    members, invitations = searched(group, search)
    counts = {**members.count_statuses(), **invitations.count_states()}
    status = chosen(request.GET.get("status"))
    if isinstance(status, Membership.Status):
        rows = members.in_status(status).select_related("learner").order_by("learner__name", "learner__email", "pk")
    else:
        rows = invitations.in_state(status).order_by("name", "email", "pk")
    context = {
        "group": group,
        "search": search,
        "status": status,
        "of_members": isinstance(status, Membership.Status),
        "choices": [(one, counts[one]) for one in [*Membership.Status, *Invitation.State]],
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "courses/tracking/people.html", context)


def chosen(status):
    """The status that is asked for; active members, if that is none."""
    known = {str(one.value): one for one in [*Membership.Status, *Invitation.State]}
    return known.get(status, Membership.Status.ACTIVE)


def searched(group, search):
    """The members and the invitations of learners whose name or address has all of these words."""
    members, invitations = group.memberships.all(), group.invitations.filter(role=Invitation.Role.LEARNER)
    for word in search.split()[:8]:
        members = members.filter(Q(learner__name__icontains=word) | Q(learner__email__icontains=word))
        invitations = invitations.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return members, invitations


@require_POST
@guide
def suspend(request, group, membership):
    membership = find_membership(group, membership)
    if membership.active:
        membership.suspend()
    told(
        request,
        _("%(name)s is suspended, and does not see this group for now. What they did is kept.") % called(membership),
    )
    return to("people", group, query="?status=suspended")


@require_POST
@guide
def readmit(request, group, membership):
    """End a suspension, or take back who left or was taken out."""
    membership = find_membership(group, membership)
    if not membership.active:
        membership.readmit()
    told(request, _("%(name)s is an active member again, with everything they did.") % called(membership))
    return to("people", group)


@require_POST
@guide
def remove(request, group, membership):
    """Out of the group; “Take back” undoes it."""
    membership = find_membership(group, membership)
    if membership.left_at is None:
        membership.leave()
    told(
        request,
        _("%(name)s is no longer in this group. What they did is kept; you can take them back here.")
        % called(membership),
    )
    return to("people", group, query=f"?status={membership.status.value}")


def find_membership(group, membership):
    return get_object_or_404(group.memberships.select_related("learner", "group"), public_id=membership)


def called(membership):
    return {"name": membership.learner.get_full_name()}
