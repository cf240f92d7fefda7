"""Light, dark, or as the reader's system has it: a cookie, no account needed."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.views.decorators.http import require_POST

from config.addresses import next_page

CHOICES = ("light", "dark")
YEAR = 365 * 24 * 3600


def appearance(request):
    """Context processor: the reader's choice, or nothing when the system decides; and whose site it is."""
    chosen = request.COOKIES.get(settings.APPEARANCE_COOKIE_NAME)
    return {"appearance": chosen if chosen in CHOICES else "", **whose_site()}


def whose_site():
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "site_logo": settings.SITE_LOGO,
        "house_style": settings.HOUSE_STYLE,
    }


@login_not_required
@require_POST
def choose_appearance(request):
    """Remember light or dark; anything else lets the system decide again."""
    response = HttpResponseRedirect(next_page(request))
    chosen = request.POST.get("appearance")
    if chosen in CHOICES:
        name, kept = settings.APPEARANCE_COOKIE_NAME, {"max_age": YEAR, "secure": settings.HTTPS}
        response.set_cookie(name, chosen, **kept, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(settings.APPEARANCE_COOKIE_NAME)
    return response
