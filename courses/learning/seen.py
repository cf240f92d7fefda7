"""What others can see of a learner in each of their groups, as a part of the page with everything that others see."""

from django.db.models import Count

from accounts.personal import registry
from courses.learning.groups import looks_at
from courses.models import Group


def seen(user):
    """Groups in which trainers see them now, and those where only a trace is left."""
    memberships = user.memberships.select_related("group").annotate(note_count=Count("notes"))
    memberships = list(memberships.order_by("group__closed_at", "group__name"))
    for membership in memberships:
        membership.looks = looks_at(membership) if membership.active else []
    context = {
        "active": [one for one in memberships if one.active and not one.group.closed_at],
        "others": [one for one in memberships if not one.active or one.group.closed_at],
        "guided": Group.objects.guided_by(user),
        "reported": Group.objects.reported_to(user),
        "user": user,
    }
    return "courses/learning/seen.html", context


def enter():
    registry.seen_with(seen)
