"""Inviting people to a group: by mail, after a look at what was understood, or by a link."""

from datetime import timedelta

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from config.limits import limited
from courses.access import guide
from courses.models import Invitation
from courses.tracking.answers import to, told, warned
from courses.tracking.forms import InviteForm, LinkForm
from courses.tracking.inviting import invite as invite_people
from courses.tracking.inviting import propose
from courses.tracking.inviting import resend as mail_again

SHOWN = 200
"""Lines of each kind that a preview shows; of the others it says how many there are."""


@require_safe
@guide
def invite(request, group):
    role = request.GET.get("role")
    role = role if role in Invitation.Role.values else Invitation.Role.LEARNER
    return render_invite(request, group, form=InviteForm(initial={"role": role}))


def render_invite(request, group, *, form=None, link_form=None, status=200):
    links = group.invitations.links().filter(revoked_at=None).order_by("-pk")
    for link in links:
        link.group = group
        link.address = settings.SITE_URL + reverse("learning:join", args=[link.token])
    context = {
        "group": group,
        "form": form or InviteForm(initial={"role": Invitation.Role.LEARNER}),
        "link_form": link_form or LinkForm(),
        "links": links,
    }
    return render(request, "courses/tracking/invite.html", context, status=status)


@require_POST
@guide
@limited("invite")
def preview(request, group):
    """What was understood, what is double, what is wrong; nothing is sent yet."""
    form = InviteForm(request.POST, request.FILES)
    if not form.is_valid():
        return render_invite(request, group, form=form, status=400)
    return render_preview(request, group, form)


@require_POST
@guide
@limited("invite")
def send(request, group):
    """Invite those who were shown; a text that was changed since is shown first."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return render_invite(request, group, form=form, status=400)
    if group.closed_at:
        warned(request, _("This group is closed: nobody can be invited to it."))
        return to("group", group)
    if request.POST.get("seen") != form.fingerprint:
        return render_preview(request, group, form, changed=True)
    text, role = form.cleaned_data["text"], form.cleaned_data["role"]
    count = invite_people(group, propose(group, text, role=role).people, role=role, by=request.user)
    sentence = ngettext("One invitation is on its way.", "%(count)d invitations are on their way.", count)
    told(request, sentence % {"count": count} if count else _("Everybody was invited already."))
    if role == Invitation.Role.CLIENT:
        return to("settings", group, anchor="#clients")
    return to("people", group, query="?status=invited")


def render_preview(request, group, form, *, changed=False):
    proposal = propose(group, form.cleaned_data["text"], role=form.cleaned_data["role"])
    again = InviteForm(initial={"text": form.cleaned_data["text"], "role": form.cleaned_data["role"]})
    context = {
        "group": group,
        "proposal": proposal,
        "form": again,
        "role": Invitation.Role(form.cleaned_data["role"]),
        "seen": form.fingerprint,
        "changed": changed,
        "shown": SHOWN,
        "some": f":{SHOWN}",
    }
    return render(request, "courses/tracking/preview_invitations.html", context)


@require_POST
@guide
@limited("invite")
def create_link(request, group):
    form = LinkForm(request.POST)
    if not form.is_valid():
        return render_invite(request, group, link_form=form, status=400)
    group.invitations.create(
        place_count=form.cleaned_data["place_count"],
        expires_at=timezone.now() + timedelta(days=form.cleaned_data["days"]),
        created_by=request.user,
    )
    told(request, _("The link is made. Whoever has it can join this group, so give it only to the people you mean."))
    return to("invite", group, anchor="#links")


@require_POST
@guide
@limited("invite")
def resend(request, group, invitation):
    """Mail it once more, good for another month; also after it expired or was withdrawn."""
    invitation = find_invitation(group, invitation)
    if group.closed_at:
        warned(request, _("This group is closed: nobody can be invited to it."))
    elif invitation.used_count:
        warned(request, _("This invitation was accepted already."))
    else:
        mail_again(invitation)
        told(request, _("The invitation of %(email)s is on its way once more.") % {"email": invitation.email})
    return back_to(group, invitation, "invited")


@require_POST
@guide
def revoke(request, group, invitation):
    invitation = get_object_or_404(group.invitations, public_id=invitation)
    if invitation.email and invitation.used_count:
        warned(request, _("This invitation was accepted already."))
        return back_to(group, invitation, "invited")
    invitation.revoke()
    if not invitation.email:
        told(request, _("The link is withdrawn: nobody can join by it any more. Who joined stays in the group."))
        return to("invite", group, anchor="#links")
    told(request, _("The invitation of %(email)s is withdrawn.") % {"email": invitation.email})
    return back_to(group, invitation, "revoked")


def find_invitation(group, invitation):
    return get_object_or_404(group.invitations.personal(), public_id=invitation)


def back_to(group, invitation, status):
    """To the page on which this invitation stands."""
    if invitation.role == Invitation.Role.CLIENT:
        return to("settings", group, anchor="#clients")
    return to("people", group, query=f"?status={status}")
