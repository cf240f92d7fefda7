"""As a learner sees it, unpublished changes included; nothing done here is stored or counted (rule 27)."""

from functools import partial
from uuid import uuid4

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from courses.access import author
from courses.articles.outline import contents
from courses.authoring.finding import find_current_step, find_theme
from courses.models.previews import preview, previewed_article

WIDTHS = ("wide", "phone")

holds_a_frame = csp_update({"frame-src": [SELF]})
in_a_frame = csp_replace({"frame-ancestors": [SELF], "sandbox": ["allow-same-origin"]})
"""In this sandbox no form can be sent and no script runs: what is pressed in a preview does nothing."""


# The frame, and what surrounds it


@require_safe
@holds_a_frame
@author
def preview_theme(request, theme):
    theme = find_theme(theme)
    return render_frame(request, theme, page=reverse("authoring:previewed_theme", args=[theme.slug]))


@require_safe
@holds_a_frame
@author
def preview_topic(request, theme, topic):
    step = find_current_step(theme, topic)
    page = reverse("authoring:previewed_topic", args=[theme, topic])
    return render_frame(request, step.theme, page=page, step=step)


def render_frame(request, theme, *, page, step=None):
    width = request.GET.get("width")
    context = {
        "theme": theme,
        "step": step,
        "steps": theme.steps.current_or_draft().with_authors_title(),
        "page": page,
        "width": width if width in WIDTHS else "wide",
    }
    return render(request, "courses/authoring/preview.html", context)


# What stands in the frame


@require_safe
@in_a_frame
@xframe_options_sameorigin
@author
def previewed_theme(request, theme):
    journey = previewed(find_theme(theme))
    return render(request, "courses/learning/theme.html", {"journey": journey, "theme": journey.theme, "preview": True})


@require_safe
@in_a_frame
@xframe_options_sameorigin
@author
def previewed_topic(request, theme, topic):
    current = find_current_step(theme, topic)
    journey = previewed(current.theme)
    step = journey.step(topic)
    if step is None:
        raise Http404
    text = previewed_article(current)
    context = {
        "journey": journey,
        "theme": journey.theme,
        "step": step,
        "edition": text,
        "contents": contents(text.outline),
        "deed": uuid4(),
        "preview": True,
    }
    return render(request, "courses/learning/topic.html", context)


def previewed(theme):
    topic_address = partial(page_of_topic, theme.slug)
    return preview(
        theme, theme_address=reverse("authoring:previewed_theme", args=[theme.slug]), topic_address=topic_address
    )


def page_of_topic(theme, topic):
    return reverse("authoring:previewed_topic", args=[theme, topic])
