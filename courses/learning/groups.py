"""The learner's own page about their groups: what is asked, who sees what, who looked, and how to leave."""

from itertools import groupby

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from courses.learning.forms import ShareNameForm
from courses.models import GroupTheme, Look, Message, Theme

private = cache_control(private=True, no_store=True)

LOOKS_SHOWN = 50


@require_safe
@private
def groups(request):
    """The groups they are or were in; who is not an active member sees no more than that."""
    published = GroupTheme.objects.filter(theme__in=Theme.objects.published()).select_related("theme")
    mine = request.user.memberships.select_related("group").order_by("group__closed_at", "-joined_at")
    mine = list(
        mine.prefetch_related(
            Prefetch("group__group_themes", queryset=published, to_attr="followed"),
            Prefetch("messages", queryset=Message.objects.select_related("sender")),
            "group__trainers",
        )
    )
    for membership in mine:
        membership.looks = looks_at(membership) if membership.active else []
    context = {
        "active": [one for one in mine if one.active and not one.group.closed_at],
        "others": [one for one in mine if not one.active or one.group.closed_at],
        "visible": set(Theme.objects.visible_to(request.user).values_list("pk", flat=True)),
        "looks_shown": LOOKS_SHOWN,
    }
    return render(request, "courses/learning/groups.html", context)


def looks_at(membership):
    """[(day, [look, …])]: who looked at their progress, the last ones first."""
    looks = Look.objects.concerning(membership)[:LOOKS_SHOWN]
    return [(day, list(found)) for day, found in groupby(looks, key=lambda look: look.day)]


@require_POST
@private
def leave(request, membership):
    """Out of the group; what they did stays theirs (rule 26)."""
    membership = find_membership(request, membership)
    if membership.left_at is None:
        membership.leave()
    messages.success(request, _("You left “%(group)s”. Your progress is kept.") % {"group": membership.group.name})
    return to_groups()


@require_POST
@private
def share_name(request, membership):
    """Let the clients of the group see their name with their progress, or no longer."""
    membership = find_membership(request, membership)
    form = ShareNameForm(request.POST)
    if membership.active and form.is_valid():
        agreed = form.cleaned_data["agreed"]
        membership.share_name(agreed=agreed)
        messages.success(
            request,
            _("The client can now see your name with your progress.")
            if agreed
            else _("The client does not see your name."),
        )
    return to_groups(anchor=f"#group-{membership.public_id}")


def find_membership(request, membership):
    return get_object_or_404(request.user.memberships.select_related("group"), public_id=membership)


def to_groups(anchor=""):
    return HttpResponseRedirect(reverse("learning:groups") + anchor, status=303)
