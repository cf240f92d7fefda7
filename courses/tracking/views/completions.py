"""Completions by a change of the theme: a trainer looks at them, and confirms which may be told (rule 18)."""

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from courses.access import guide
from courses.models import MailWishes
from courses.tracking.waiting import counted_alone, reasons, waiting_alone, waiting_for

SHOWN = 100


class ConfirmForm(forms.Form):
    """``participation``: those that were ticked. ``theme``: instead, everyone there whom nobody guides."""

    participation = forms.TypedMultipleChoiceField(coerce=int, required=False)
    theme = forms.SlugField(required=False)

    def __init__(self, posted):
        super().__init__(posted)
        ticked = posted.getlist("participation")
        self.fields["participation"].choices = [(key, key) for key in ticked if key.isdecimal() and len(key) < 19]


@require_safe
@guide
def completions(request):
    """The first ``SHOWN``; when they are confirmed, the next come."""
    waiting = waiting_for(request.user).select_related("learner", "theme").order_by("completed_at", "pk")
    shown = list(waiting[:SHOWN])
    why = reasons(shown)
    context = {
        "completions": [(participation, why[participation.pk]) for participation in shown],
        "more": waiting.count() - len(shown) if len(shown) == SHOWN else 0,
        "alone": counted_alone(),
    }
    return render(request, "courses/tracking/completions.html", context)


@require_POST
@guide
def confirm(request):
    """Who is not on this trainer's list is left alone, whatever was sent."""
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        raise BadRequest("No completions of ours")
    if theme := form.cleaned_data["theme"]:
        confirmed = waiting_alone().filter(theme__slug=theme).confirm()
    else:
        confirmed = waiting_for(request.user).filter(pk__in=form.cleaned_data["participation"]).confirm()
    messages.success(request, told(confirmed))
    return HttpResponseRedirect(reverse("tracking:completions"), status=303)


def told(confirmed):
    if not confirmed:
        return _("Nothing was ticked: nothing is confirmed.")
    count = mail_count(confirmed)
    sentence = ngettext(
        "%(count)d completion is confirmed.", "%(count)d completions are confirmed.", len(confirmed)
    ) % {"count": len(confirmed)}
    return sentence + " " + ngettext("%(count)d mail goes out.", "%(count)d mails go out.", count) % {"count": count}


def mail_count(confirmed):
    """How many of them want mail."""
    deaf = MailWishes.objects.filter(frequency=MailWishes.Frequency.NEVER).values("user")
    learners = [participation.learner_id for participation in confirmed]
    active = User.objects.filter(is_active=True).exclude(pk__in=deaf)
    return sum(active.filter(pk__in=learners[at : at + 1000]).count() for at in range(0, len(learners), 1000))
