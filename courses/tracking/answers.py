"""How the room of groups answers a deed."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse


def to(name, group, *, anchor="", query=""):
    """303 to a page of the group."""
    address = reverse(f"tracking:{name}", args=[group.public_id])
    return HttpResponseRedirect(address + query + anchor, status=303)


def told(request, sentence):
    messages.success(request, sentence)


def warned(request, sentence):
    messages.warning(request, sentence)
