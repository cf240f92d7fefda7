"""What an address in the author's room names; trainers see all themes of the site."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from courses.models import Step, Theme


def find_theme(slug):
    """The theme, also when it is in the bin, or 404."""
    return get_object_or_404(Theme.objects.select_related("cover"), slug=slug)


def find_step(theme, slug):
    """The step of just this theme, also when it was taken out, with its theme and topic, or 404."""
    steps = Step.objects.with_authors_title().select_related("theme__cover", "topic__published_edition")
    return get_object_or_404(steps, theme__slug=theme, slug=slug)


def find_current_step(theme, slug):
    """The step of just this theme, if it was not taken out, or 404."""
    step = find_step(theme, slug)
    if step.archived_at:
        raise Http404
    return step
