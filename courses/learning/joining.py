"""Accepting an invitation to a group: look who asks what, say who you are, press the button. GET never accepts."""

from functools import wraps
from http import HTTPStatus

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from config.limits import limited
from courses.learning.forms import IdentifyForm
from courses.learning.newcomers import account_for
from courses.models import Invitation
from courses.models.invitations import Refusal, RefusedError

STATUS = {Refusal.FOREIGN: HTTPStatus.FORBIDDEN, Refusal.SUSPENDED: HTTPStatus.FORBIDDEN}
"""Of a refusal; of the others, 410: what was here is no longer."""


def invited(view):
    """Give the view the ``Invitation`` with this token; its address goes to no other site, cache or search engine.

    The referrer may be the site's own name: without any, browsers hide where a form comes from (``Origin: null``), and
    every button on the page would be refused.
    """

    @wraps(view)
    @cache_control(private=True, no_store=True)
    def entered(request, token, **kwargs):
        invitation = Invitation.objects.with_token(token).select_related("group").first()
        if invitation is None:
            response = render(request, "courses/learning/no_invitation.html", status=HTTPStatus.NOT_FOUND)
        else:
            response = view(request, invitation, **kwargs)
        response.headers["Referrer-Policy"] = "strict-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return entered


@login_not_required
@require_safe
@invited
def join(request, invitation):
    if request.user.is_authenticated and invitation.lets_in_already(request.user):
        return render_join(request, invitation, inside=True)
    if refusal := invitation.refusal_for(request.user):
        return refused(request, invitation, refusal)
    return render_join(request, invitation)


@login_not_required
@require_POST
@invited
def identify(request, invitation):
    """Mail one code, to whoever this is; the answer is the same for those we know and those we do not."""
    if request.user.is_authenticated:
        return back_to(invitation)
    if refusal := invitation.refusal_for(request.user):
        return refused(request, invitation, refusal)
    form = IdentifyForm(request.POST, invitation=invitation)
    if not form.is_valid():
        return render_join(request, invitation, form=form, status=HTTPStatus.BAD_REQUEST)
    email = form.cleaned_data["email"]
    if not ratelimit.consume(request, action="request_login_code", key=email.lower()):
        return ratelimit.respond_429(request)
    user = account_for(email, name=form.cleaned_data["name"])
    LoginCodeVerificationProcess.initiate(request=request, user=user, email=email)
    there = urlencode({"next": address_of(invitation)})
    return HttpResponseRedirect(f"{reverse('account_confirm_login_code')}?{there}", status=303)


@require_POST
@invited
@limited("accept")
def accept(request, invitation):
    try:
        new = invitation.accept(request.user)
    except RefusedError as error:
        return refused(request, invitation, error.refusal)
    if invitation.role == Invitation.Role.CLIENT:
        messages.success(request, _("You can now see how “%(group)s” is doing.") % {"group": invitation.group.name})
        return HttpResponseRedirect(reverse("tracking:groups"), status=303)
    told = _("You are in “%(group)s” now.") if new else _("You are in “%(group)s” already.")
    messages.success(request, told % {"group": invitation.group.name})
    if request.user.is_trainer:
        messages.info(request, _("You are a trainer: you can look around, but you do not count as a learner."))
    return HttpResponseRedirect(reverse("learning:groups"), status=303)


def render_join(request, invitation, *, form=None, inside=False, status=200):
    group = invitation.group
    context = {
        "invitation": invitation,
        "group": group,
        "for_client": invitation.role == Invitation.Role.CLIENT,
        "trainers": [trainer.get_full_name() for trainer in group.trainers.order_by("name")],
        "themes": [one.theme for one in group.group_themes.select_related("theme") if one.theme.published_at],
        "form": form or IdentifyForm(invitation=invitation),
        "inside": inside,
    }
    return render(request, "courses/learning/join.html", context, status=status)


def refused(request, invitation, refusal):
    """The page that says why the invitation lets nobody in, or not this person, and what to do."""
    context = {"refusal": refusal, "foreign": refusal == Refusal.FOREIGN, "back": address_of(invitation)}
    status = STATUS.get(refusal, HTTPStatus.GONE)
    return render(request, "courses/learning/refused.html", context, status=status)


def address_of(invitation):
    return reverse("learning:join", args=[invitation.token])


def back_to(invitation):
    return HttpResponseRedirect(address_of(invitation), status=303)
