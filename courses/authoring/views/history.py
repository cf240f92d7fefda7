"""What was changed, by whom and when; and the way back."""

from itertools import zip_longest

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.access import author
from courses.articles.differences import differences
from courses.authoring.answers import sent, to_outline, told
from courses.authoring.entries import entries_of, find_entry
from courses.authoring.finding import find_step, find_theme
from courses.authoring.telling import changes_between
from courses.models import Step
from courses.models.effects import effect_on
from courses.models.structure import snapshot_of

PAGE = 50


class NameForm(forms.Form):
    name = forms.CharField(max_length=100, required=False)


# Of the outline


@require_safe
@author
def theme_history(request, theme):
    theme = find_theme(theme)
    page = Paginator(theme.structures.select_related("author"), PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    before = theme.structures.filter(pk__lt=rows[-1].pk).first() if rows else None
    told_rows = [
        (later, changes_between(earlier and earlier.snapshot, later.snapshot))
        for later, earlier in zip_longest(rows, [*rows[1:], before])
        if later
    ]
    context = {"theme": theme, "rows": told_rows, "page": page, "latest": theme.structures.first()}
    return render(request, "courses/authoring/theme_history.html", context)


@require_safe
@author
def structure(request, theme, entry):
    """How the outline stood then, and what going back to it would do (rule 25)."""
    theme = find_theme(theme)
    then = get_object_or_404(theme.structures.select_related("author"), public_id=entry)
    steps = [step["step"] for step in then.snapshot["steps"] if step["required"]]
    counted = Step.objects.filter(theme=theme, pk__in=steps, topic__in=theme.published_topics())
    context = {
        "theme": theme,
        "then": then,
        "changes": changes_between(snapshot_of(theme), then.snapshot),
        "effects": [effect_on(theme, counted=frozenset(counted.values_list("topic", flat=True)))],
    }
    return render(request, "courses/authoring/structure.html", context)


@require_POST
@author
def restore_structure(request, theme, entry):
    theme = find_theme(theme)
    then = get_object_or_404(theme.structures, public_id=entry)
    then.restore()
    theme.refresh_from_db()
    when = date_format(localtime(then.made_at), "j F Y H:i")
    told(request, _("The outline is as it was on %(when)s. Nobody's progress was touched.") % {"when": when})
    return to_outline(theme)


# Of a text


@require_safe
@author
def topic_history(request, theme, topic):
    step = find_step(theme, topic)
    entries = entries_of(step.topic)
    return render(request, "courses/authoring/topic_history.html", {**about(step), "entries": entries})


@require_safe
@author
def entry(request, theme, topic, entry):
    step = find_step(theme, topic)
    return render(request, "courses/authoring/entry.html", {**about(step), "entry": find_entry(step.topic, entry)})


@require_safe
@author
def compare(request, theme, topic):
    """Any two texts of one topic, paragraph by paragraph; the earlier one first."""
    step = find_step(theme, topic)
    chosen = [find_entry(step.topic, request.GET.get(name, "")) for name in ("before", "after")]
    before, after = sorted(chosen, key=lambda entry: entry.at)
    context = {
        **about(step),
        "before": before,
        "after": after,
        "headings": [
            (_("Title"), compared(before.text.title, after.text.title)),
            (_("Summary"), compared(before.text.summary, after.text.summary)),
        ],
        "differences": differences(before.text.source, after.text.source),
    }
    return render(request, "courses/authoring/compare.html", context)


def compared(before, after):
    """What changed in one line of text; nothing if it is the same."""
    return differences(format_html("<p>{}</p>", before), format_html("<p>{}</p>", after)) if before != after else []


@require_POST
@author
def restore_entry(request, theme, topic, entry):
    """Begin a new draft with what it said then; the draft that stood stays in the history."""
    step = find_step(theme, topic)
    text = find_entry(step.topic, entry).text
    step.topic.write(title=text.title, summary=text.summary, html=text.source, author=request.user)
    told(request, _("What it said then is the draft now. Learners see it when you publish it."))
    return HttpResponseRedirect(reverse("authoring:topic", args=[theme, topic]), status=303)


@require_POST
@author
def name_entry(request, theme, topic, entry):
    """Give what a draft said a name, so that it can be found again; an empty one takes it off."""
    step = find_step(theme, topic)
    found = find_entry(step.topic, entry)
    versions = step.topic.versions.filter(edition=None)
    named = (
        versions.last_of(step.topic_id) if found.is_draft else versions.filter(pk=found.version and found.version.pk)
    )
    named.update(name=sent(NameForm(request.POST))["name"])
    told(request, _("Saved."))
    return HttpResponseRedirect(reverse("authoring:topic_history", args=[theme, topic]), status=303)


@require_POST
@author
def discard_draft(request, theme, topic):
    """Go on with what learners read; what the draft said stays in the history."""
    step = find_step(theme, topic)
    step.topic.discard()
    told(request, _("The draft is gone from your desk. What it said stands in the history."))
    return HttpResponseRedirect(reverse("authoring:topic_history", args=[theme, topic]), status=303)


def about(step):
    return {"theme": step.theme, "step": step, "topic": step.topic}
