"""One's own data: what is kept, what others see of it, taking it along, and being forgotten."""

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from accounts.personal import registry, retention
from accounts.personal.erasing import ObstructedError, erase
from accounts.personal.exporting import download_for, parts_of, reasons_for_leaving_out
from accounts.personal.registry import Person
from accounts.views.profile import remember
from config.limits import limited

private = cache_control(private=True, no_store=True)


class EraseForm(forms.Form):
    understood = forms.BooleanField(
        label=_("Erase my account and my data. I know that this cannot be undone."),
        error_messages={"required": _("Tick this to erase your account. Nothing has been erased yet.")},
    )


@require_safe
@private
def data(request):
    return render(request, "account/data/data.html", {"periods": retention.periods()})


@require_safe
@private
def seen_by_others(request):
    """Parts that whoever keeps something of people entered."""
    return render(request, "account/data/seen.html", {"parts": registry.seen_of(request.user)})


@require_safe
@private
@reauthentication_required
def download(request):
    """What is in the download, and what is not."""
    context = {"parts": parts_of(request.user), "left_out": reasons_for_leaving_out()}
    return render(request, "account/data/download.html", context)


@require_safe
@private
@reauthentication_required
@limited("own_data")
def download_file(request):
    name = f"{timezone.localdate():%Y-%m-%d}.zip"
    return FileResponse(download_for(request.user), as_attachment=True, filename=name, content_type="application/zip")


@require_safe
@private
@reauthentication_required
def erase_account(request):
    """Ask, and say what goes, what stays and why."""
    return render_erasure(request, EraseForm())


@require_POST
@private
@reauthentication_required
@limited("erase")
def erase_account_now(request):
    """Erase, sign out everywhere, and say goodbye."""
    form = EraseForm(request.POST)
    if not form.is_valid():
        return render_erasure(request, form, status=400)
    language = request.user.language
    user = get_user_model().objects.filter(pk=request.user.pk).first()
    try:
        if user:  # else a second click came just behind the first
            erase(user)
    except ObstructedError:
        return render_erasure(request, form, status=400)
    request.session.flush()
    request.user = AnonymousUser()
    return remember(HttpResponseRedirect(reverse("accounts:goodbye"), status=303), language)


def render_erasure(request, form, status=200):
    person = Person.of(request.user)
    context = {
        "form": form,
        "obstacles": registry.obstacles(person),
        "going": registry.what_goes_of(person),
        "staying": registry.what_stays_of(person),
    }
    return render(request, "account/data/erase.html", context, status=status)


@login_not_required
@require_safe
@private
def goodbye(request):
    return render(request, "account/data/goodbye.html")
