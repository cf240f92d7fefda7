"""Having completed a theme: said once, on the next page."""

from django.contrib import messages
from django.utils.translation import gettext as _

ARRIVAL = "arrival"


def arrive(request, theme):
    sentence = _("You completed “%(title)s”. Well done.") % {"title": theme.title}
    messages.success(request, sentence, extra_tags=ARRIVAL)
