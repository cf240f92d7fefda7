"""Read, complete, resume. Whatever cannot be seen by this user is not found."""

from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from courses.articles.outline import contents
from courses.articles.players import players_in
from courses.learning import pending
from courses.learning.arrival import arrive
from courses.learning.changes import changed_since, notes_since
from courses.learning.finding import journey_through, journey_to, participation_in
from courses.learning.former import lead_on
from courses.learning.forms import DeedForm, RestartForm, SeenForm
from courses.learning.plans import plans_of
from courses.models import Participation, Picture, Theme
from courses.models.elsewhere import look_elsewhere
from courses.models.journey import journeys_of
from courses.models.on_behalf import look_on_behalf
from courses.models.outlines import article, edition_shown

private = cache_control(private=True, no_store=True)  # rule 32


# Pages


@login_not_required
@require_safe
@private
def home(request):
    themes = list(Theme.objects.visible_to(request.user).select_related("cover").with_topic_count())
    if not request.user.is_authenticated:
        return render(request, "courses/learning/welcome.html", {"themes": themes})
    journeys = sorted(journeys_of(request.user, themes), key=lambda journey: journey.last_active_at, reverse=True)
    plans = plans_of(request.user)
    for theme in themes:
        theme.dates = plans.dates.get(theme.pk)
    known = {journey.theme.pk for journey in journeys} | {plan.theme_id for plan in plans.later}
    context = {
        "journeys": journeys,
        "plans": plans,
        "resume": next(
            (one for one in journeys if one.resume and (one.owed or not one.participation.completed_at)), None
        ),
        "others": [theme for theme in themes if theme.pk not in known],
    }
    return render(request, "courses/learning/home.html", context)


@login_not_required
@require_safe
@private
@lead_on
def theme(request, theme):
    journey = journey_through(request, theme)
    look_elsewhere(journey.steps, request.user)
    look_on_behalf(journey.steps)
    context = {"journey": journey, "theme": journey.theme, "deed": DeedForm.new_deed()}
    return render(request, "courses/learning/theme.html", context)


@login_not_required
@require_safe
@private
@lead_on
def topic(request, theme, topic):
    journey, step = journey_to(request, theme, topic)
    if not step.readable:
        return not_yet(request, journey, step)
    return render_topic(request, journey, step, "courses/learning/topic.html")


@require_safe
@private
@lead_on
def changes(request, theme, topic):
    """What changed since the very edition that this learner read or saw last (rule 21)."""
    journey, step = journey_to(request, theme, topic)
    if step.mine is None:
        return redirect(step.address)
    context = {
        "journey": journey,
        "theme": journey.theme,
        "step": step,
        "notes": notes_since(step, step.read_number),
        "changed": changed_since(step, step.read_number),
    }
    return render(request, "courses/learning/changes.html", context)


@login_not_required
@require_safe
def picture(request, public_id):
    picture = get_object_or_404(Picture.objects.visible_to(request.user).distinct(), public_id=public_id)
    try:
        with picture.file.open() as file:
            response = HttpResponse(file.read(), content_type=picture.content_type)
    except FileNotFoundError as error:
        raise Http404 from error
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
@private
def open_topic(request, theme, topic):
    """Begin, or go on: the topic is opened. ``quiet`` is how the page itself says so, once it is seen."""
    journey, step = journey_to(request, theme, topic)
    if step.readable:
        participation_in(journey, request.user).open(step)
    return HttpResponse(status=204) if request.POST.get("quiet") else see_other(request, step.address)


@login_not_required
@require_POST
@private
def complete_topic(request, theme, topic):
    """Complete a topic; a visitor signs in first, and then it is done."""
    form = sent(DeedForm, request)
    journey, step = journey_to(request, theme, topic)
    if not step.readable:
        return see_other(request, step.address)
    if not request.user.is_authenticated:
        return sign_in_and_complete(request, step, form)
    participation = participation_in(journey, request.user)
    read = edition_shown(step, form["edition"])
    participation.complete(step, deed=form["deed"], happened_at=form["happened_at"], edition_id=read)
    if finished_just_now(journey, participation):
        return arrived(request, journey.theme)
    return go_on(request, theme, topic) if form["onward"] else stay(request, theme, topic)


@require_POST
@private
def reopen_topic(request, theme, topic):
    form = sent(DeedForm, request)
    journey, step = journey_to(request, theme, topic)
    if step.mine:
        participation_in(journey, request.user).reopen(step, deed=form["deed"], happened_at=form["happened_at"])
    return stay(request, theme, topic)


@require_POST
@private
def take_over_topic(request, theme, topic):
    """Copy the completion that was made in another theme (rule 20)."""
    form = sent(DeedForm, request)
    journey, step = journey_to(request, theme, topic)
    look_elsewhere([step], request.user)
    if step.elsewhere:
        participation = participation_in(journey, request.user)
        taken_over = participation.take_over(step, deed=form["deed"])
        if finished_just_now(journey, participation):
            return arrived(request, journey.theme)
        if taken_over:
            messages.success(request, _("“%(title)s” is completed here too.") % {"title": step.title})
    overview = f"{journey.theme.get_absolute_url()}#topic-{step.slug}"
    return see_other(request, overview if form["overview"] else step.address)


@require_POST
@private
def see_changes(request, theme, topic):
    """The learner has seen what changed (rule 21)."""
    number = sent(SeenForm, request)["edition"]
    journey, step = journey_to(request, theme, topic)
    if step.mine:
        participation_in(journey, request.user).see(step, number=number)
    if step.updated:
        messages.success(request, _("Noted: you have seen what changed."))
    return see_other(request, step.address)


@require_POST
@private
def restart_theme(request, theme):
    """Begin attempt n+1, empty (rule 14); the form says which finished one ends."""
    journey = journey_through(request, theme)
    attempt = sent(RestartForm, request)["attempt"]
    attempts = Participation.objects.finished().filter(theme=journey.theme, learner=request.user)
    get_object_or_404(attempts, attempt=attempt).restart()
    messages.success(request, _("You start again. What you did before stays readable below."))
    return see_other(request, journey.theme.get_absolute_url())


# What they share


def finished_just_now(journey, participation):
    """Whether a deed after ``journey`` was asked for finished the theme."""
    return bool(participation.completed_at) and not (journey.participation and journey.participation.completed_at)


def arrived(request, theme):
    arrive(request, theme)
    return see_other(request, theme.get_absolute_url())


def sent(form_class, request):
    """What the form carried; 400 if that cannot be, for then nothing could be done only once."""
    form = form_class(request.POST)
    if not form.is_valid():
        raise BadRequest(f"No valid {form_class.__name__}")
    return form.cleaned_data


def render_topic(request, journey, step, template):
    look_elsewhere([step], request.user)
    look_on_behalf([step])
    text = article(step.edition_id, journey.theme.revision)
    players = players_in(text.html)
    context = {
        "journey": journey,
        "theme": journey.theme,
        "step": step,
        "edition": text,
        "contents": contents(text.outline),
        "deed": DeedForm.new_deed(),
        "notes": notes_since(step, step.read_number) if step.updated else [],
        "players": players,
    }
    return with_players(players)(request, template, context)


def with_players(players):
    """``render``, for a page that may show these players once its reader asks for them; no other page may."""
    if not players:
        return render
    return csp_update({"frame-src": [player.origin for player in players.values()]})(render)


def not_yet(request, journey, step):
    """The topic exists, but opens later: say when, or after what."""
    context = {"journey": journey, "theme": journey.theme, "step": step}
    return render(request, "courses/learning/not_yet.html", context, status=403)


def sign_in_and_complete(request, step, form):
    pending.keep(request, step, deed=form["deed"], edition=form["edition"])
    told = _("Sign in or create an account to keep your progress. Then “%(title)s” is completed.")
    messages.info(request, told % {"title": step.title})
    return see_other(request, redirect_to_login(step.address).url)


def go_on(request, theme, topic):
    """To the next topic, if it can be read now; else to the theme, which names what is open."""
    journey, step = journey_to(request, theme, topic)
    if step.next is None or not step.next.readable:
        return see_other(request, journey.theme.get_absolute_url())
    participation_in(journey, request.user).open(step.next)
    return see_other(request, step.next.address)


def stay(request, theme, topic):
    """Back to the same place on the same topic; htmx gets only what changed."""
    if not request.htmx:
        return see_other(request, reverse("learning:topic", args=[theme, topic]) + "#completion")
    journey, step = journey_to(request, theme, topic)
    return render_topic(request, journey, step, "courses/learning/topic.html#reading")


def see_other(request, address):
    """303: the deed is done, look there; also when htmx asked."""
    if request.htmx:
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address, status=303)
