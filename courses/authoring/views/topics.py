"""One topic: the page on which it is written. Nothing that somebody typed is overwritten or thrown away."""

from csp.constants import NONCE
from csp.decorators import csp_update
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from courses.access import author
from courses.articles.sanitise import sanitise
from courses.authoring.answers import told
from courses.authoring.conflicts import Conflict
from courses.authoring.editor import TextForm, import_map, words
from courses.authoring.finding import find_step
from courses.authoring.pictures import take_in
from courses.models import Presence, Step
from courses.models.topics import StaleTextError

with_import_map = csp_update({"script-src": [NONCE]})


# Pages


@require_safe
@with_import_map
@author
def topic(request, theme, topic):
    step = find_step(theme, topic)
    return render_topic(request, step, TextForm.of(step.topic))


def render_topic(request, step, form, status=200):
    for name in ("title", "summary", "html"):
        form.fields[name].widget.attrs["lang"] = step.theme.language
    elsewhere = Step.objects.current_or_draft().filter(topic=step.topic).exclude(pk=step.pk)
    context = {
        "step": step,
        "theme": step.theme,
        "form": form,
        "elsewhere": elsewhere.select_related("theme"),
        "others": writing_too(Presence.objects.others(step.topic, request.user)),
        "words": words(),
        "import_map": import_map(str(request.csp_nonce)),
    }
    return render(request, "courses/authoring/topic.html", context, status=status)


def render_conflict(request, step, mine):
    """Both texts, paragraph by paragraph; nothing was stored, and what was typed goes along in the form."""
    conflict = Conflict(step.topic, mine)
    sentence = changed_by(conflict.author, request.user)
    context = {"step": step, "theme": step.theme, "conflict": conflict, "sentence": sentence}
    return render(request, "courses/authoring/conflict.html", context, status=409)


# Deeds


@require_POST
@with_import_map
@author
def save_topic(request, theme, topic):
    """Put what was typed into the draft; the page itself sends this every few seconds, and reads JSON."""
    step = find_step(theme, topic)
    quiet = request.headers.get("Accept") == "application/json"
    form = TextForm(request.POST)
    if not form.is_valid():
        return refused(form) if quiet else render_topic(request, step, form, status=400)
    try:
        write(step.topic, form.text, author=request.user, base=form.cleaned_data["base"])
    except StaleTextError:
        return outdated(request, step.topic) if quiet else render_conflict(request, step, form.text)
    return saved(step.topic) if quiet else back_to(request, step)


@require_POST
@with_import_map
@author
def merge_topic(request, theme, topic):
    """Store what was chosen from both texts, unless yet another one stands there by now."""
    step = find_step(theme, topic)
    form = TextForm(request.POST)
    if not form.is_valid():
        return render_topic(request, step, form, status=400)
    try:
        text = Conflict(step.topic, form.text).chosen(request.POST)
        step.topic.write(**text, author=request.user, base=form.cleaned_data["base"])
    except (StaleTextError, ValidationError):
        step.topic.refresh_from_db(fields=["text_version"])
        return render_conflict(request, step, form.text)
    return back_to(request, step, anchor="#merged")


@require_POST
@author
def add_picture(request, theme, topic):
    return take_in(request, topic=find_step(theme, topic).topic)


@require_POST
@author
def presence(request, theme, topic):
    """Say that the topic is open here, and hear who else has it open and what version stands there by now."""
    topic = find_step(theme, topic).topic
    Presence.objects.announce(topic, request.user)
    others = Presence.objects.others(topic, request.user)
    text = topic.text
    message = changed_by(text and text.author, request.user)
    answer = {"others": others, "notice": writing_too(others), "version": topic.text_version, "message": message}
    return JsonResponse(answer)


# What they share


def write(topic, text, *, author, base):
    """As ``Topic.write``; but what stands there already, because it was sent twice, is no conflict."""
    try:
        topic.write(**text, author=author, base=base)
    except StaleTextError:
        topic.refresh_from_db(fields=["text_version"])
        if stored(topic.text) != {**text, "html": sanitise(text["html"])}:
            raise


def stored(text):
    return {"title": text.title, "summary": text.summary, "html": text.source}


def writing_too(others):
    """A sentence on who else has the topic open; empty if nobody has."""
    if not others:
        return ""
    sentence = ngettext(
        "%(names)s is writing in this topic too.", "%(names)s are writing in this topic too.", len(others)
    )
    return sentence % {"names": ", ".join(others)}


def changed_by(author, reader):
    """A sentence on whose text stands there now; None is somebody who is no longer here."""
    if author == reader:
        return _("You changed this topic elsewhere in the meantime. Choose what stays.")
    name = author.get_short_name() if author else _("Somebody")
    return _("%(name)s changed this topic in the meantime too. Choose what stays.") % {"name": name}


def saved(topic):
    at = f"{timezone.localtime():%H:%M}"
    return JsonResponse(
        {"version": topic.text_version, "saved_at": at, "message": _("Saved at %(time)s") % {"time": at}}
    )


def outdated(request, topic):
    text = topic.text
    name = text.author.get_short_name() if text.author else ""
    answer = {"version": topic.text_version, "by": name, "message": changed_by(text.author, request.user)}
    return JsonResponse({**answer, "stored": stored(text)}, status=409)


def refused(form):
    errors = {name: list(messages) for name, messages in form.errors.items()}
    message = " ".join(message for messages in errors.values() for message in messages)
    return JsonResponse({"errors": errors, "message": message}, status=400)


def back_to(request, step, anchor=""):
    told(request, _("Saved at %(time)s") % {"time": f"{timezone.localtime():%H:%M}"})
    address = reverse("authoring:topic", args=[step.theme.slug, step.slug])
    return HttpResponseRedirect(address + anchor, status=303)
