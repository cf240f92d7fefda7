"""One theme: what it says of itself, and the row of its steps. Each deed is saved by itself."""

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.limits import limited
from courses.access import author
from courses.authoring.answers import refused, sent, to_outline, told
from courses.authoring.confirming import ask_first, reason_in
from courses.authoring.finding import find_current_step, find_step, find_theme
from courses.authoring.forms import (
    AddressForm,
    CoverForm,
    ExistingTopicForm,
    PositionForm,
    ReleaseForm,
    RequiredForm,
    ThemeForm,
    TitleForm,
)
from courses.authoring.slugs import free_step_slug
from courses.models import Picture, Step, Topic
from courses.models.effects import counted_topics, effect_of_access, effect_on
from courses.models.themes import followers

TOPICS_LISTED = 50


@require_safe
@author
def theme(request, theme):
    theme = find_theme(theme)
    return render_outline(request, theme, ThemeForm(theme=theme))


def render_outline(request, theme, form, status=200):
    elsewhere = Step.objects.current_or_draft().exclude(theme=theme).select_related("theme").order_by("theme__title")
    steps = theme.steps.with_authors_title().select_related("topic__published_edition")
    steps = steps.prefetch_related(Prefetch("topic__steps", queryset=elsewhere, to_attr="elsewhere"))
    current = [step for step in steps if step.archived_at is None]
    context = {
        "theme": theme,
        "form": form,
        "cover_form": CoverForm(initial={"cover_alt": theme.cover_alt}),
        "topic_form": TitleForm(prefix="new"),
        "steps": current,
        "taken_out": [step for step in steps if step.archived_at],
        "unpublished": [step for step in current if step.has_draft],
        "follower_count": followers(theme.pk).count(),
    }
    return render(request, "courses/authoring/theme.html", context, status=status)


# What the theme says of itself


@require_POST
@author
def describe_theme(request, theme):
    theme = find_theme(theme)
    form = ThemeForm(request.POST, theme=theme)
    if not form.is_valid():
        return render_outline(request, theme, form, status=400)
    fields = dict(form.cleaned_data)
    if page := ask_before_closing(request, theme, fields.get("access", theme.access)):
        return page
    if "slug" in fields:
        theme.rename(fields.pop("slug"))
    if fields:
        theme.describe(**fields)
    told(request, _("Saved."))
    return to_outline(theme, anchor="#about")


def ask_before_closing(request, theme, access):
    """The page that says how many learners no longer see the theme with this access; None if nobody does."""
    effect = effect_of_access(theme, access)
    return ask_first(
        request,
        title=_("Change who may follow “%(title)s”?") % {"title": theme.title},
        effects=[effect] if effect.losing_count and theme.published_at else [],
        button=_("Change it"),
        back=reverse("authoring:theme", args=[theme.slug]),
    )


@require_POST
@author
def change_cover(request, theme):
    theme = find_theme(theme)
    form = sent(CoverForm(request.POST, request.FILES))
    try:
        file = form["picture"]
        cover = Picture.store(file.read(), name=file.name[-200:], theme=theme) if file else theme.cover
    except ValidationError as error:
        refused(request, {"picture": error.messages})
        return to_outline(theme, anchor="#about")
    theme.describe(cover=cover, cover_alt=form["cover_alt"])
    told(request, _("Saved."))
    return to_outline(theme, anchor="#about")


@require_POST
@author
def remove_cover(request, theme):
    theme = find_theme(theme)
    theme.describe(cover=None, cover_alt="")
    told(request, _("The cover picture is gone."))
    return to_outline(theme, anchor="#about")


# Its steps


@require_POST
@author
def add_topic(request, theme):
    """A new topic, a draft, at the end; and on to writing it."""
    theme = find_theme(theme)
    form = TitleForm(request.POST, prefix="new")
    if not form.is_valid():
        refused(request, form.errors)
        return to_outline(theme, anchor="#add")
    title = form.cleaned_data["title"]
    with theme.changing():
        topic = Topic.objects.create()
        topic.write(title=title, html="", author=request.user)
        step = theme.add(topic, slug=free_step_slug(theme, title))
    return HttpResponseRedirect(reverse("authoring:topic", args=[theme.slug, step.slug]), status=303)


@require_safe
@author
@limited("search", asked="q")
def existing_topics(request, theme):
    """Topics of other themes that can be put into this one too (rule 20)."""
    theme = find_theme(theme)
    search = request.GET.get("q", "").strip()[:100]
    steps = (
        Step.objects.current_or_draft().with_authors_title().exclude(topic__steps__in=theme.steps.current_or_draft())
    )
    steps = steps.filter(theme__binned_at=None).exclude(theme=theme)
    if search:
        steps = steps.filter(Q(authors_title__icontains=search) | Q(theme__title__icontains=search))
    steps = steps.select_related("theme", "topic").order_by("theme__title", "position")
    context = {"theme": theme, "search": search, "found": steps[:TOPICS_LISTED], "found_count": steps.count()}
    return render(request, "courses/authoring/existing_topics.html", context)


@require_POST
@author
def add_existing_topic(request, theme):
    theme = find_theme(theme)
    named = sent(ExistingTopicForm(request.POST))
    source = find_current_step(named["theme"], named["topic"])
    if source.theme.binned_at:
        raise Http404
    counted = counted_topics(theme) | ({source.topic_id} if source.topic.published else set())
    page = ask_first(
        request,
        title=_("Add “%(title)s”?") % {"title": source.called},
        effects=[effect_on(theme, counted=counted)],
        button=_("Add"),
        back=reverse("authoring:existing_topics", args=[theme.slug]),
    )
    if page:
        return page
    try:
        with theme.changing([source.topic]):
            step = theme.add(source.topic, slug=slug_for(theme, source))
            theme.ask(step, reason=reason_in(request))
    except ValidationError as error:
        refused(request, {"topic": error.messages})
        return to_outline(theme)
    told(request, _("“%(title)s” is added, at the end.") % {"title": source.called})
    return to_outline(theme, step=step)


def slug_for(theme, source):
    """The address that the topic had here before, or has there, or one like it."""
    before = theme.steps.filter(topic=source.topic).first()
    return before.slug if before else free_step_slug(theme, source.slug)


@require_POST
@author
def move_topic(request, theme, topic):
    step = find_current_step(theme, topic)
    step.theme.move(step, sent(PositionForm(request.POST))["position"])
    count = step.theme.steps.current_or_draft().count()
    place = {"title": step.called, "position": step.position, "count": count}
    told(request, _("“%(title)s” now is number %(position)d of %(count)d.") % place)
    return to_outline(step.theme, step=step)


@require_POST
@author
def require_topic(request, theme, topic):
    """Let the topic count, or make it an extra (rule 22)."""
    step = find_current_step(theme, topic)
    required = sent(RequiredForm(request.POST))["required"]
    counted = counted_topics(step.theme) - {step.topic_id} | ({step.topic_id} if required and step.current else set())
    title = _("Let “%(title)s” count?") if required else _("Make “%(title)s” an extra?")
    page = ask_first(
        request,
        title=title % {"title": step.called},
        effects=[effect_on(step.theme, counted=counted)],
        button=_("Let it count") if required else _("Make it an extra"),
        back=outline_of(step),
    )
    if page:
        return page
    with step.theme.changing():
        step.theme.require(step, required=required)
        step.theme.ask(step, reason=reason_in(request) if required else "")
    sentence = _("“%(title)s” counts now.") if required else _("“%(title)s” now is an extra; it does not count.")
    told(request, sentence % {"title": step.called})
    return to_outline(step.theme, step=step)


@require_POST
@author
def reschedule_topic(request, theme, topic):
    """From which day the topic can be read; it counts before it (rule 3)."""
    step = find_current_step(theme, topic)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        refused(request, form.errors)
        return to_outline(step.theme, step=step)
    release_date = form.cleaned_data["release_date"]
    page = ask_first(
        request,
        title=_("Change from when “%(title)s” can be read?") % {"title": step.called},
        effects=[effect_on(step.theme, counted=counted_topics(step.theme))] if step.current else [],
        button=_("Change the date"),
        back=outline_of(step),
    )
    if page:
        return page
    step.theme.reschedule(step, release_date)
    told(request, _("The release date of “%(title)s” is saved.") % {"title": step.called})
    return to_outline(step.theme, step=step)


@require_POST
@author
def readdress_topic(request, theme, topic):
    step = find_current_step(theme, topic)
    form = AddressForm(request.POST, step=step)
    if not form.is_valid():
        refused(request, form.errors)
        return to_outline(step.theme, step=step)
    step.theme.rename_step(step, form.cleaned_data["slug"])
    told(request, _("The address is changed; the old one keeps leading here."))
    return to_outline(step.theme, step=step)


@require_POST
@author
def take_out_topic(request, theme, topic):
    """Out of this theme; the topic, and what people did with it, stay (rule 18)."""
    step = find_current_step(theme, topic)
    alternative = None
    if step.counted:
        address = reverse("authoring:require_topic", args=[theme, topic])
        alternative = (address, {"required": "no"}, _("Make it an extra instead"))
    page = ask_first(
        request,
        title=_("Take “%(title)s” out of this theme?") % {"title": step.called},
        effects=[effect_on(step.theme, counted=counted_topics(step.theme) - {step.topic_id})],
        button=_("Take out"),
        back=outline_of(step),
        alternative=alternative,
    )
    if page:
        return page
    step.theme.take_out(step)
    told(request, _("“%(title)s” is taken out. You find it below, and can put it back.") % {"title": step.called})
    return to_outline(step.theme, anchor="#taken-out")


@require_POST
@author
def put_back_topic(request, theme, topic):
    """Back into the theme, at the end, with all progress on it."""
    step = find_step(theme, topic)
    if step.archived_at is None:
        return to_outline(step.theme, step=step)
    counts = step.required and step.topic.published
    page = ask_first(
        request,
        title=_("Put “%(title)s” back?") % {"title": step.called},
        effects=[effect_on(step.theme, counted=counted_topics(step.theme) | ({step.topic_id} if counts else set()))],
        button=_("Put back"),
        back=outline_of(step),
    )
    if page:
        return page
    with step.theme.changing([step.topic]):
        facts = {"slug": step.slug, "required": step.required, "release_date": step.release_date}
        step = step.theme.add(step.topic, **facts)
        step.theme.ask(step, reason=reason_in(request))
    told(request, _("“%(title)s” is back, at the end.") % {"title": step.title})
    return to_outline(step.theme, step=step)


def outline_of(step):
    return reverse("authoring:theme", args=[step.theme.slug])
