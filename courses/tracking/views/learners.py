"""One learner: their way through the themes of the group, and what a trainer does for them."""

import uuid

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.access import guide
from courses.models import Look, MailWishes, Message, Participation
from courses.models.journeys import every_journey_of
from courses.tracking.answers import told, warned
from courses.tracking.drafting import draft
from courses.tracking.finding import find_group_theme, find_learner, find_member, find_way
from courses.tracking.learner_forms import MessageForm, NoteForm, OnBehalfForm
from courses.tracking.ways import ways_of

# Pages


@require_safe
@guide
def learner(request, group, membership):
    return render_learner(request, find_member(group, membership))


@require_http_methods(["GET", "HEAD", "POST"])
@guide
def message(request, group, membership):
    """A message to one learner, with words to begin with. ``theme``: which theme it is about."""
    membership = find_learner(group, membership)
    about = request.POST.get("theme") or request.GET.get("theme")
    group_theme = find_group_theme(group, about) if about else None
    form = MessageForm(request.POST) if request.method == "POST" else drafted(request, membership, group_theme)
    if form.is_valid():
        return send(request, membership, group_theme, form.cleaned_data["text"])
    Look.objects.note(request.user, group, Look.Kind.LEARNER, membership.learner)
    wishes = MailWishes.objects.filter(user=membership.learner).first()
    context = {
        "group": group,
        "membership": membership,
        "group_theme": group_theme,
        "form": form,
        "frequency": wishes.frequency if wishes else MailWishes.Frequency.AT_ONCE,
        "sent": membership.messages.select_related("sender")[:5],
    }
    return render(request, "courses/tracking/message.html", context, status=400 if form.is_bound else 200)


# Deeds


@require_POST
@guide
def add_note(request, group, membership):
    membership = find_member(group, membership)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return render_learner(request, membership, note_form=form, status=400)
    membership.notes.create(author=request.user, text=form.cleaned_data["text"])
    return to_learner(membership, anchor="#notes")


@require_POST
@guide
def remove_note(request, group, membership, note):
    """Trainers remove what they wrote themselves."""
    membership = find_member(group, membership)
    get_object_or_404(membership.notes.filter(author=request.user), pk=note).delete()
    return to_learner(membership, anchor="#notes")


@require_POST
@guide
def complete_topic(request, group, membership, theme, topic):
    """Complete a topic for the learner, who sees by whom and why (rule 28)."""
    membership = find_learner(group, membership)
    journey, step = find_way(group, membership, theme, topic)
    form = sent(request)
    if form.errors:
        return render_learner(request, membership, refused=(step, form), status=400)
    if not step.readable:
        warned(request, _("“%(title)s” cannot be completed yet.") % {"title": step.title})
    elif act(Participation.complete, journey, step, membership, actor=request.user, **form.cleaned_data):
        words = {"title": step.title, "name": membership.learner}
        told(request, _("“%(title)s” is completed for %(name)s, who reads your reason.") % words)
    return to_learner(membership, anchor=f"#{theme}-{topic}")


@require_POST
@guide
def reopen_topic(request, group, membership, theme, topic):
    membership = find_learner(group, membership)
    journey, step = find_way(group, membership, theme, topic)
    form = sent(request)
    if form.errors:
        return render_learner(request, membership, refused=(step, form), status=400)
    if step.completed and act(Participation.reopen, journey, step, membership, actor=request.user, **form.cleaned_data):
        words = {"title": step.title, "name": membership.learner}
        told(request, _("“%(title)s” is open again for %(name)s, who reads your reason.") % words)
    return to_learner(membership, anchor=f"#{theme}-{topic}")


# What they share


@transaction.atomic
def act(do, journey, step, membership, **circumstances):
    """Do it in the attempt that counts now, a first one if there is none, and say whether this very call did it."""
    participation = Participation.objects.begin(journey.theme, membership.learner)
    return do(participation, step, **circumstances)


def sent(request):
    """The form of a deed; 400 without its UUID, for then nothing could be done only once."""
    form = OnBehalfForm(request.POST)
    if "deed" in form.errors:
        raise BadRequest("No valid deed")
    return form


def drafted(request, membership, group_theme):
    themes = [group_theme.theme] if group_theme else []
    journey = next(iter(every_journey_of(membership.learner, themes)), None)
    words = draft(journey, learner=membership.learner, trainer=request.user, absolute=request.build_absolute_uri)
    return MessageForm(initial={"text": words})


def send(request, membership, group_theme, text):
    Message.objects.send(membership, sender=request.user, text=text)
    told(request, _("Your message to %(name)s stands on their own page.") % {"name": membership.learner})
    if group_theme is None:
        return to_learner(membership, anchor="#messages")
    address = reverse("tracking:stalled", args=[membership.group.public_id, group_theme.theme.slug])
    return HttpResponseRedirect(address, status=303)


def to_learner(membership, *, anchor=""):
    address = reverse("tracking:learner", args=[membership.group.public_id, membership.public_id])
    return HttpResponseRedirect(address + anchor, status=303)


def render_learner(request, membership, *, note_form=None, refused=None, status=200):
    """The page of a member; of one who is not active, or no learner, without progress.

    ``refused``: (step, form) of a deed that could not be done as it was sent.
    """
    shown = membership.active and not membership.learner.is_trainer
    if shown:
        Look.objects.note(request.user, membership.group, Look.Kind.LEARNER, membership.learner)
    context = {
        "group": membership.group,
        "membership": membership,
        "shown": shown,
        "ways": ways_of(membership, refused=refused) if shown else [],
        "notes": membership.notes.select_related("author"),
        "note_form": note_form or NoteForm(),
        "sent": membership.messages.select_related("sender"),
        "deed": uuid.uuid4(),
    }
    return render(request, "courses/tracking/learner.html", context, status=status)
