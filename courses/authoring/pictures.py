"""A picture that an author adds to a text, and what the editor hears of it."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.utils.translation import gettext as _

from courses.models import Picture

MOST_BYTES = 20_000_000


class PictureForm(forms.Form):
    file = forms.FileField()


def take_in(request, **owner):
    """Store what was sent for ``topic=`` or ``theme=``: 201 with its address, else a sentence on what is wrong."""
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"message": form.errors["file"][0]}, status=400)
    file = form.cleaned_data["file"]
    if file.size > MOST_BYTES:
        return JsonResponse({"message": _("This picture is larger than 20 MB. Make it smaller first.")}, status=413)
    try:
        picture = Picture.store(file.read(), name=file.name[-200:], **owner)
    except ValidationError as error:
        return JsonResponse({"message": " ".join(error.messages)}, status=400)
    facts = {name: getattr(picture, name) for name in ("address", "width", "height", "name")}
    return JsonResponse(facts, status=201)
