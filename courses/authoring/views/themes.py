"""All themes of the site: begin one, copy one, throw one away, take it back."""

from datetime import timedelta

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.access import author
from courses.authoring.answers import to_outline, told
from courses.authoring.confirming import ask_first
from courses.authoring.finding import find_theme
from courses.authoring.forms import NewThemeForm
from courses.authoring.slugs import free_theme_slug
from courses.models import Theme
from courses.models.effects import counted_topics, effect_on
from courses.models.themes import KEPT_IN_BIN


@require_safe
@author
def themes(request):
    return render_themes(request, NewThemeForm(initial={"language": request.LANGUAGE_CODE}))


@require_POST
@author
def create_theme(request):
    form = NewThemeForm(request.POST)
    if not form.is_valid():
        return render_themes(request, form, status=400)
    title = form.cleaned_data["title"]
    theme = Theme.objects.create(slug=free_theme_slug(title), **form.cleaned_data)
    return to_outline(theme)


@require_POST
@author
def duplicate_theme(request, theme):
    """A copy with its own topics, a draft, followed by nobody (rule 23)."""
    theme = find_theme(theme)
    title = _("%(title)s (copy)") % {"title": theme.title[:280]}
    copy = theme.duplicate(slug=free_theme_slug(title), title=title)
    told(request, _("This is a copy of “%(title)s”: a draft, with topics of its own.") % {"title": theme.title})
    return to_outline(copy)


@require_POST
@author
def bin_theme(request, theme):
    theme = find_theme(theme)
    page = ask_first(
        request,
        title=_("Throw “%(title)s” away?") % {"title": theme.title},
        effects=[effect_on(theme, counted=counted_topics(theme), followed=False)] if theme.published_at else [],
        button=_("Throw away"),
        back=reverse("authoring:theme", args=[theme.slug]),
    )
    if page:
        return page
    theme.bin()
    told(request, _("“%(title)s” is in the bin. You can take it back for 30 days.") % {"title": theme.title})
    return HttpResponseRedirect(reverse("authoring:themes"), status=303)


@require_POST
@author
def restore_theme(request, theme):
    """Out of the bin, with everyone's progress (rule 24)."""
    theme = find_theme(theme)
    theme.restore()
    told(request, _("“%(title)s” is back.") % {"title": theme.title})
    return to_outline(theme)


def render_themes(request, form, status=200):
    themes = Theme.objects.with_authors_counts().order_by("title")
    context = {
        "themes": [theme for theme in themes if theme.binned_at is None],
        "binned": [theme for theme in themes if theme.binned_at],
        "kept_days": KEPT_IN_BIN // timedelta(days=1),
        "form": form,
    }
    return render(request, "courses/authoring/themes.html", context, status=status)
