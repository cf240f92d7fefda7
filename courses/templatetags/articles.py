"""How an article reaches the page; the only place where HTML is trusted."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from courses.articles import presenting

register = template.Library()


@register.filter
def presentable(html):
    """A text that was not published, as a page may show it; goes before ``article``."""
    return presenting.presentable(html)


@register.filter
def in_language(words, language):
    """A title inside a sentence, marked where the sentence is in another language, so that it is read out well."""
    return words if language == get_language() else format_html('<span lang="{}">{}</span>', language, words)


@register.filter
def article(html):
    """Show ``html`` that went through ``courses.articles.sanitise`` on its way in, as all article HTML does."""
    return mark_safe(html)  # noqa: S308  sanitised on every way in; see tests/articles/test_sanitise.py
