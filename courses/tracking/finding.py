"""What an address names within a group; what belongs to another group is not found in this one."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from courses.models.journeys import every_journey_of


def find_group_theme(group, slug):
    """The theme with this address as the group follows it, or 404."""
    return get_object_or_404(group.group_themes.select_related("theme", "group"), theme__slug=slug)


def find_member(group, public_id):
    """The membership with this address, of whatever status, or 404."""
    return get_object_or_404(group.memberships.select_related("learner", "group"), public_id=public_id)


def find_learner(group, public_id):
    """The active membership of a learner, whose progress the trainers of the group may see and change; or 404."""
    memberships = group.memberships.active().of_learners().select_related("learner", "group")
    return get_object_or_404(memberships, public_id=public_id)


def find_way(group, membership, theme, topic):
    """The journey of a member through a theme of the group, and its step with this address; or 404."""
    group_theme = find_group_theme(group, theme)
    [journey] = every_journey_of(membership.learner, [group_theme.theme])
    step = journey.step(topic)
    if step is None:
        raise Http404
    return journey, step
