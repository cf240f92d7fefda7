"""The groups that somebody guides or is told about, the home of one, and its settings."""

from types import SimpleNamespace

from django.contrib.auth import get_user_model
from django.db.models import Count, Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.access import follower, guide
from courses.models import Group, GroupTheme, Invitation, Mail
from courses.models.group_standing import standings_of
from courses.models.roster import State
from courses.tracking.answers import to, told, warned
from courses.tracking.forms import AddressForm, AddThemeForm, DatesForm, DescribeForm, GroupForm
from courses.tracking.waiting import waiting_in

# Pages


@require_safe
@follower
def groups(request):
    return render_groups(request, GroupForm())


def render_groups(request, form, status=200):
    """The same number of queries for any number of groups."""
    active = Count("memberships", filter=Q(memberships__left_at=None, memberships__suspended_at=None))
    guided = list(Group.objects.guided_by(request.user).annotate(member_count=active))
    followed = GroupTheme.objects.filter(group__in=[one for one in guided if not one.closed_at])
    standings: dict[int, list] = {}
    for standing in standings_of(followed.select_related("theme")):
        standings.setdefault(standing.group_theme.group_id, []).append(standing)
    for group in guided:
        group.standings = standings.get(group.pk, [])
    context = {
        "current": [group for group in guided if not group.closed_at],
        "closed": [group for group in guided if group.closed_at],
        "reported": Group.objects.reported_to(request.user).exclude(pk__in=[group.pk for group in guided]),
        "form": form,
    }
    return render(request, "courses/tracking/groups.html", context, status=status)


@require_safe
@follower
def group(request, group):
    """The home of a group; a client is led to the page that is theirs."""
    if not Group.objects.guided_by(request.user).filter(pk=group.pk).exists():
        return redirect("tracking:client", group.public_id)
    standings = standings_of(group.group_themes.select_related("theme"))
    statuses = group.memberships.count_statuses()
    invited = group.invitations.filter(role=Invitation.Role.LEARNER)
    context = {
        "group": group,
        "standings": [SimpleNamespace(**numbers_of(standing)) for standing in standings],
        "member_count": statuses["active"],
        "invitations": {state.name.lower(): count for state, count in invited.count_states().items()},
        "lost_mail_count": lost_mails(group).count(),
        "unconfirmed_count": waiting_in(group).count(),
    }
    waiting = {name: count for name, count in context["invitations"].items() if name != "revoked"}
    context["attention"] = any([*waiting.values(), context["lost_mail_count"], context["unconfirmed_count"]])
    return render(request, "courses/tracking/group.html", context)


def numbers_of(standing):
    return {
        "dates": standing.group_theme,
        "theme": standing.theme,
        "sentence": standing.sentence,
        "percentage": standing.average.percentage,
        "learner_count": standing.learner_count,
        "stalled_count": standing.by_state[State.STALLED],
    }


def lost_mails(group):
    """Mails to members that could not be delivered; those who are invited stand among the people."""
    members = group.memberships.active().values("learner")
    return Mail.objects.given_up().concerning(group).filter(recipient__in=members)


@require_safe
@guide
def settings(request, group):
    return render_settings(request, group)


def render_settings(request, group, status=200, **forms):
    """The settings; ``forms`` are those that came back with something wrong, by what they are for."""
    described = {"name": group.name, "reminds": group.reminds}
    themes = list(group.group_themes.select_related("theme"))
    for one in themes:
        dates = {"starts_on": one.starts_on, "deadline": one.deadline}
        one.form = forms.get(f"dates {one.pk}") or DatesForm(initial=dates, auto_id=f"id_{one.theme.slug}_%s")
    clients = group.invitations.filter(role=Invitation.Role.CLIENT)
    context = {
        "group": group,
        "themes": themes,
        "form": forms.get("describe") or DescribeForm(initial=described),
        "theme_form": forms.get("theme") or AddThemeForm(group=group, auto_id="id_add_%s"),
        "trainers": group.trainers.order_by("name", "email"),
        "trainer_form": forms.get("trainer") or AddressForm(auto_id="id_trainer_%s"),
        "clients": group.clients.order_by("name", "email"),
        "client_invitations": clients.unanswered().with_delivery().filter(revoked_at=None),
        "duplicate_form": forms.get("duplicate") or GroupForm(initial=copied(group), auto_id="id_copy_%s"),
    }
    return render(request, "courses/tracking/settings.html", context, status=status)


def copied(group):
    return {"name": _("%(title)s (copy)") % {"title": group.name[:180]}}


# The group itself


@require_POST
@guide
def create(request):
    form = GroupForm(request.POST)
    if not form.is_valid():
        return render_groups(request, form, status=400)
    group = Group.objects.create(name=form.cleaned_data["name"])
    group.trainers.add(request.user)
    told(request, _("The group “%(name)s” is made.") % {"name": group.name})
    return to("group", group)


@require_POST
@guide
def describe(request, group):
    form = DescribeForm(request.POST)
    if not form.is_valid():
        return render_settings(request, group, status=400, describe=form)
    group.set(**form.cleaned_data)
    told(request, _("Saved."))
    return to("settings", group)


@require_POST
@guide
def duplicate(request, group):
    """The same themes and trainers, for other people."""
    form = GroupForm(request.POST if "name" in request.POST else copied(group), auto_id="id_copy_%s")
    if not form.is_valid():
        return render_settings(request, group, status=400, duplicate=form)
    copy = group.duplicate(form.cleaned_data["name"])
    told(request, _("This is a copy, with the same themes and trainers. Nobody is in it yet, and it has no dates."))
    return to("settings", copy)


@require_POST
@guide
def close(request, group):
    group.close()
    told(request, _("The group is closed. Everybody’s progress is kept."))
    return to("group", group)


@require_POST
@guide
def reopen(request, group):
    group.reopen()
    told(request, _("The group is open again, as it was."))
    return to("group", group)


# Its themes


@require_POST
@guide
def add_theme(request, group):
    form = AddThemeForm(request.POST, group=group, auto_id="id_add_%s")
    if not form.is_valid():
        return render_settings(request, group, status=400, theme=form)
    theme = form.cleaned_data.pop("theme")
    group.follow(theme, **form.cleaned_data)
    told(request, _("The group follows “%(title)s” now.") % {"title": theme.title})
    return to("settings", group, anchor="#themes")


@require_POST
@guide
def date_theme(request, group, theme):
    group_theme = find_theme(group, theme)
    form = DatesForm(request.POST, auto_id=f"id_{theme}_%s")
    if not form.is_valid():
        return render_settings(request, group, status=400, **{f"dates {group_theme.pk}": form})
    group.follow(group_theme.theme, **form.cleaned_data)
    told(request, _("The dates of “%(title)s” are saved.") % {"title": group_theme.theme.title})
    return to("settings", group, anchor="#themes")


@require_POST
@guide
def remove_theme(request, group, theme):
    """The group follows it no longer; what people did in it stays (rule 26)."""
    group_theme = find_theme(group, theme)
    group.unfollow(group_theme.theme)
    told(
        request,
        _("The group no longer follows “%(title)s”. Everybody’s progress is kept, and is back when you add it again.")
        % {"title": group_theme.theme.title},
    )
    return to("settings", group, anchor="#themes")


def find_theme(group, theme):
    return get_object_or_404(group.group_themes.select_related("theme"), theme__slug=theme)


# Its trainers and clients


@require_POST
@guide
def add_trainer(request, group):
    """A trainer of this site; the answer does not tell who else has an account."""
    form = AddressForm(request.POST, auto_id="id_trainer_%s")
    if form.is_valid():
        trainers = get_user_model().objects.filter(is_trainer=True, is_active=True)
        trainer = trainers.filter(email__iexact=form.cleaned_data["email"]).first()
        if trainer:
            group.trainers.add(trainer)
            told(request, _("%(name)s guides this group too.") % {"name": trainer.get_full_name()})
            return to("settings", group, anchor="#trainers")
        form.add_error("email", _("There is no trainer with this address. Ask the keeper of this site to appoint one."))
    return render_settings(request, group, status=400, trainer=form)


@require_POST
@guide
def remove_trainer(request, group):
    trainer = find_person(request, group.trainers)
    if trainer is None:
        return to("settings", group, anchor="#trainers")
    if not group.dismiss(trainer):
        warned(request, _("A group needs a trainer. Add another one before you take this one away."))
        return to("settings", group, anchor="#trainers")
    told(request, _("%(name)s no longer guides this group.") % {"name": trainer.get_full_name()})
    if trainer == request.user:
        return HttpResponseRedirect(reverse("tracking:groups"), status=303)
    return to("settings", group, anchor="#trainers")


@require_POST
@guide
def remove_client(request, group):
    client = find_person(request, group.clients)
    if client:
        group.clients.remove(client)
        told(request, _("%(name)s no longer sees this group.") % {"name": client.get_full_name()})
    return to("settings", group, anchor="#clients")


def find_person(request, people):
    """Whom the form names, by their address; None if they are not (any more) among ``people``."""
    form = AddressForm(request.POST)
    return people.filter(email=form.cleaned_data["email"]).first() if form.is_valid() else None
