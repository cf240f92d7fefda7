"""Who may enter which room, and which groups they find there."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control

from courses.models import Group
from courses.models.changes import changes_by

private = cache_control(private=True, no_store=True)


def author(view):
    """Let trainers in, and write down whose changes these are; nobody else learns whether a theme exists."""

    @wraps(view)
    @private
    def entered(request, *args, **kwargs):
        if not request.user.is_trainer:
            raise PermissionDenied
        with changes_by(request.user):
            return view(request, *args, **kwargs)

    return entered


def guide(view):
    """Let trainers in; where the address names a group, only its own, and the view gets that ``Group``."""

    @wraps(view)
    @private
    def entered(request, *args, group=None, **kwargs):
        if not request.user.is_trainer:
            raise PermissionDenied
        if group is not None:
            kwargs["group"] = get_object_or_404(Group.objects.guided_by(request.user), public_id=group)
        return view(request, *args, **kwargs)

    return entered


def follower(view):
    """Let trainers and clients in; where the address names a group, only theirs, and the view gets that ``Group``."""

    @wraps(view)
    @private
    def entered(request, *args, group=None, **kwargs):
        groups = Group.objects.filter(Q(pk__in=guided(request.user)) | Q(pk__in=reported(request.user)))
        if group is not None:
            kwargs["group"] = get_object_or_404(groups, public_id=group)
        elif not request.user.is_trainer and not groups.exists():
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return entered


def guided(user):
    return Group.objects.guided_by(user).values("pk")


def reported(user):
    return Group.objects.reported_to(user).values("pk")
