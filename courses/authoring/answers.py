"""How the author's room answers a deed."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponseRedirect
from django.urls import reverse


def sent(form):
    """What the form carried; 400 if that cannot come from our page."""
    if not form.is_valid():
        raise BadRequest(f"No valid {type(form).__name__}")
    return form.cleaned_data


def to_outline(theme, *, step=None, anchor=""):
    """303 to the page of the theme, at the step."""
    anchor = f"#step-{step.slug}" if step else anchor
    return HttpResponseRedirect(reverse("authoring:theme", args=[theme.slug]) + anchor, status=303)


def told(request, sentence):
    messages.success(request, sentence)


def refused(request, errors):
    """Say what is wrong with what was sent; it stands in the message, so that nothing has to be guessed."""
    for field_errors in errors.values():
        for error in field_errors:
            messages.error(request, error)
