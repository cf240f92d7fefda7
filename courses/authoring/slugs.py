"""Addresses made from titles."""

from django.utils.text import slugify

from courses.models import Theme

LONGEST = 80


def free_slug(title, taken, *, otherwise):
    """Return an address for ``title`` that is not in ``taken``, ending in -2, -3 … if need be.

    ``otherwise`` serves where nothing of the title can stand in an address.
    """
    wanted = slugify(title)[:LONGEST].strip("-_") or otherwise
    slug, number = wanted, 2
    while slug in taken:
        ending = f"-{number}"
        slug, number = wanted[: LONGEST - len(ending)] + ending, number + 1
    return slug


def free_theme_slug(title):
    return free_slug(title, set(Theme.objects.values_list("slug", flat=True)), otherwise="thema")


def free_step_slug(theme, title):
    """Also those of steps that were taken out are taken: they may come back."""
    return free_slug(title, set(theme.steps.values_list("slug", flat=True)), otherwise="onderwerp")
