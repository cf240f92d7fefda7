"""Publishing, and taking back. What it does to people is on the page before the button (rule 25)."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.access import author
from courses.articles.differences import differences
from courses.authoring.answers import to_outline, told
from courses.authoring.confirming import ask_first, reason_in
from courses.authoring.finding import find_current_step, find_theme
from courses.authoring.publishing import candidates, publish
from courses.models.effects import (
    counted_topics,
    effect_on,
    effects_of_publishing,
    effects_of_withdrawing,
)
from courses.models.topics import StaleTextError


@require_http_methods(["GET", "POST"])
@author
def publish_topic(request, theme, topic):
    step = find_current_step(theme, topic)
    if not step.has_draft and not step.topic.withdrawn_at:
        told(request, _("There is nothing new to publish in “%(title)s”.") % {"title": step.called})
        return to_outline(step.theme, step=step)
    [candidate] = candidates([step], request.POST or None)
    if request.method == "POST" and not candidate.blocked and candidate.form.is_valid():
        if publish_all(request, step.theme, [candidate]):
            told(request, _("“%(title)s” is published.") % {"title": step.called})
            return to_outline(step.theme, step=step)
        return HttpResponseRedirect(request.path, status=303)
    effects = [effect for effect in effects_of_publishing([step.topic_id]) if effect.follower_count]
    context = {
        "theme": step.theme,
        "step": step,
        "candidate": candidate,
        "effects": effects,
        "asks": any(effect.concerns_finished for effect in effects),
        "differences": changes_of(candidate),
    }
    status = 200 if request.method == "GET" else 400
    return render(request, "courses/authoring/publish_topic.html", context, status=status)


def changes_of(candidate):
    """What learners will find changed; nothing for a first edition."""
    before = candidate.step.topic.published_edition
    return differences(before.source, candidate.draft.html) if before and candidate.draft else []


@require_http_methods(["GET", "POST"])
@author
def publish_theme(request, theme):
    """Open the theme, if it is not yet, and publish the topics that were chosen, all at once."""
    theme = find_theme(theme)
    steps = theme.steps.current_or_draft().with_authors_title().select_related("topic__published_edition")
    ready = candidates([step for step in steps if step.has_draft], request.POST or None)
    if request.method == "POST" and all(candidate.form.is_valid() for candidate in ready):
        chosen = [candidate for candidate in ready if candidate.form.cleaned_data["chosen"]]
        if not any(candidate.blocked for candidate in chosen):
            if publish_all(request, theme, chosen, opening=True):
                told(request, _("“%(title)s” is published.") % {"title": theme.title})
                return to_outline(theme)
            return HttpResponseRedirect(request.path, status=303)
    opening = theme if theme.published_at is None else None
    effects = effects_of_publishing([candidate.step.topic_id for candidate in ready], opening=opening)
    effects = [effect for effect in effects if effect.follower_count]
    context = {
        "theme": theme,
        "candidates": ready,
        "effects": effects,
        "asks": any(effect.concerns_finished for effect in effects),
        "step_count": len(steps),
    }
    status = 200 if request.method == "GET" else 400
    return render(request, "courses/authoring/publish_theme.html", context, status=status)


def publish_all(request, theme, chosen, *, opening=False):
    """Publish them together, or nothing at all when one was changed meanwhile; say so then."""
    new = [candidate.step.topic_id for candidate in chosen]
    reason = reason_in(request)
    asked = [effect for effect in effects_of_publishing(new) if effect.concerns_finished] if reason else []
    try:
        with transaction.atomic(), theme.changing(new):
            for candidate in chosen:
                publish(candidate)
            if opening and theme.published_at is None:
                theme.publish()
            for effect in asked:
                for step in effect.theme.steps.current_or_draft().filter(topic__in=effect.added):
                    effect.theme.ask(step, reason=reason)
    except StaleTextError:
        messages.warning(
            request, _("Somebody changed the text while you looked. Nothing is published yet: look again.")
        )
        return False
    return True


@require_POST
@author
def unpublish_theme(request, theme):
    theme = find_theme(theme)
    page = ask_first(
        request,
        title=_("Take “%(title)s” away from learners?") % {"title": theme.title},
        effects=[effect_on(theme, counted=counted_topics(theme), followed=False)],
        button=_("Take away"),
        back=reverse("authoring:theme", args=[theme.slug]),
    )
    if page:
        return page
    theme.unpublish()
    told(request, _("“%(title)s” is a draft again: learners no longer see it.") % {"title": theme.title})
    return to_outline(theme)


@require_POST
@author
def withdraw_topic(request, theme, topic):
    """Away from learners, in every theme it stands in; completions stay and return with it (rule 18)."""
    step = find_current_step(theme, topic)
    page = ask_first(
        request,
        title=_("Take “%(title)s” away from learners?") % {"title": step.called},
        effects=effects_of_withdrawing(step.topic),
        button=_("Take away"),
        back=reverse("authoring:theme", args=[theme]),
    )
    if page:
        return page
    step.topic.withdraw()
    told(request, _("Learners no longer see “%(title)s”. Publishing brings it back.") % {"title": step.called})
    return to_outline(step.theme, step=step)
