"""Read, complete, resume. Whatever cannot be seen by this user is not found."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from courses.learning import pending
from courses.learning.forms import DeedForm, RestartForm
from courses.models import Participation, Picture, Theme
from courses.models.journey import journey_in, journeys_of
from courses.models.outlines import article

private = cache_control(private=True, no_store=True)  # rule 32
CONTENTS_FROM = 3
"""So many headings make a table of contents worth its place."""


# Pages


@login_not_required
@require_safe
@private
def home(request):
    themes = list(Theme.objects.visible_to(request.user).with_topic_count())
    if not request.user.is_authenticated:
        return render(request, "courses/learning/welcome.html", {"themes": themes})
    journeys = sorted(journeys_of(request.user, themes), key=lambda journey: journey.last_active_at, reverse=True)
    followed = {journey.theme.pk for journey in journeys}
    context = {
        "journeys": journeys,
        "resume": next(
            (journey for journey in journeys if journey.resume and not journey.participation.completed_at), None
        ),
        "others": [theme for theme in themes if theme.pk not in followed],
    }
    return render(request, "courses/learning/home.html", context)


@login_not_required
@require_safe
@private
def theme(request, theme):
    journey = journey_through(request, theme)
    return render(request, "courses/learning/theme.html", {"journey": journey, "theme": journey.theme})


@login_not_required
@require_safe
@private
def topic(request, theme, topic):
    journey, step = journey_to(request, theme, topic)
    if not step.readable:
        return not_yet(request, journey, step)
    return render_topic(request, journey, step, "courses/learning/topic.html")


@login_not_required
@require_safe
def picture(request, public_id):
    picture = get_object_or_404(Picture.objects.visible_to(request.user).distinct(), public_id=public_id)
    with picture.file.open() as file:
        response = HttpResponse(file.read(), content_type=picture.content_type)
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@login_not_required
@require_safe
def robots(request):
    address = request.build_absolute_uri(reverse("learning:sitemap"))
    lines = ["User-agent: *", "Disallow: /account/", "Disallow: /admin/", f"Sitemap: {address}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


# Deeds


@require_POST
def open_topic(request, theme, topic):
    """Begin, or go on: the topic is opened. ``quiet`` is how the page itself says so, once it is read."""
    journey, step = journey_to(request, theme, topic)
    if not step.readable:
        return not_yet(request, journey, step)
    participation_in(journey, request.user).open(step)
    return HttpResponse(status=204) if request.POST.get("quiet") else redirect(step)


@login_not_required
@require_POST
def complete_topic(request, theme, topic):
    """Complete a topic; a visitor signs in first, and then it is done."""
    deed = sent_deed(request)
    journey, step = journey_to(request, theme, topic)
    if not step.readable:
        return not_yet(request, journey, step)
    if not request.user.is_authenticated:
        pending.keep(request, step, deed["deed"])
        messages.info(
            request,
            _("Sign in or create an account to keep your progress. Then “%(title)s” is completed.")
            % {"title": step.title},
        )
        return redirect_to_login(step.get_absolute_url())
    participation = participation_in(journey, request.user)
    finished_before = participation.completed_at
    participation.complete(step, deed=deed["deed"], happened_at=deed["happened_at"])
    if participation.completed_at and not finished_before:
        messages.success(request, _("You made it."), extra_tags="arrival")
        return go(request, journey.theme)
    if deed["onward"] and step.next and readable_after(step):
        participation.open(step.next)
        return go(request, step.next)
    if deed["onward"]:
        return go(request, journey.theme)
    return after_deed(request, step)


@require_POST
def reopen_topic(request, theme, topic):
    deed = sent_deed(request)
    journey, step = journey_to(request, theme, topic)
    if journey.participation:
        participation_in(journey, request.user).reopen(step, deed=deed["deed"], happened_at=deed["happened_at"])
    return after_deed(request, step)


@require_POST
def restart_theme(request, theme):
    """Begin attempt n+1, empty (rule 14)."""
    journey = journey_through(request, theme)
    form = RestartForm(request.POST)
    if not form.is_valid():
        raise BadRequest("No attempt to start again from")
    attempts = Participation.objects.filter(theme=journey.theme, learner=request.user)
    get_object_or_404(attempts, attempt=form.cleaned_data["attempt"]).restart()
    messages.success(request, _("You start again. What you did before stays readable below."))
    return redirect(journey.theme)


# What they share


def journey_through(request, theme):
    """The journey of whoever asks through the theme with this address, or 404."""
    journey = journey_in(Theme.objects.visible_to(request.user).filter(slug=theme), request.user)
    if journey is None:
        raise Http404
    return journey


def journey_to(request, theme, topic):
    """The journey through the theme and the step in it that the address names, or 404."""
    journey = journey_through(request, theme)
    step = journey.step(topic)
    if step is None:
        raise Http404
    return journey, step


def participation_in(journey, learner):
    return Participation.objects.begin(journey.theme, learner)


def sent_deed(request):
    """What the form carried; 400 without a valid UUID, for then nothing could be done only once."""
    form = DeedForm(request.POST)
    if not form.is_valid():
        raise BadRequest("A deed without a UUID or with a time that is none")
    return form.cleaned_data


def render_topic(request, journey, step, template):
    text = article(step.edition_id, journey.theme.revision)
    contents = [heading for heading in text.outline if heading["level"] == 2]
    context = {
        "journey": journey,
        "theme": journey.theme,
        "step": step,
        "edition": text,
        "contents": contents if len(contents) >= CONTENTS_FROM else [],
        "deed": DeedForm.new_deed(),
    }
    return render(request, template, context)


def not_yet(request, journey, step):
    """The topic exists, but opens later: say when, or after what."""
    return render(
        request, "courses/learning/not_yet.html", {"journey": journey, "theme": journey.theme, "step": step}, status=403
    )


def readable_after(step):
    """Whether the next topic opens now that ``step`` is completed."""
    return step.next.readable or step.next.first == step


def go(request, target):
    """To another page, also when htmx asked."""
    return HttpResponseClientRedirect(target.get_absolute_url()) if request.htmx else redirect(target)


def after_deed(request, step):
    """Back to the same place on the same topic; htmx gets only what changed."""
    if not request.htmx:
        return redirect(f"{step.get_absolute_url()}#completion")
    journey, step = journey_to(request, step.theme.slug, step.slug)
    return render_topic(request, journey, step, "courses/learning/topic.html#reading")
