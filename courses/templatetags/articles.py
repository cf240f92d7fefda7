"""How an article reaches the page; the only place where HTML is trusted."""

from django import template
from django.utils.safestring import mark_safe

from courses.articles import presenting

register = template.Library()


@register.filter
def presentable(html):
    """A text that was not published, as a page may show it; goes before ``article``."""
    return presenting.presentable(html)


@register.filter
def article(html):
    """Show ``html`` that went through ``courses.articles.sanitise`` on its way in, as all article HTML does."""
    return mark_safe(html)  # noqa: S308  sanitised on every way in; see tests/articles/test_sanitise.py
