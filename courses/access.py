"""Who may enter which room."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.views.decorators.cache import cache_control

from courses.models.changes import changes_by


def author(view):
    """Let trainers in, and write down whose changes these are; nobody else learns whether a theme exists."""

    @wraps(view)
    @cache_control(private=True, no_store=True)
    def entered(request, *args, **kwargs):
        if not request.user.is_trainer:
            raise PermissionDenied
        with changes_by(request.user):
            return view(request, *args, **kwargs)

    return entered
