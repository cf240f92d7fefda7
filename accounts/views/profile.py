from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import ProfileForm
from config.addresses import next_page


@require_http_methods(["GET", "POST"])
def profile(request):
    """Name and language, and the way to everything else about one's account."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        if request.user.language:
            translation.activate(request.user.language)
        messages.success(request, _("Saved."))
        return remember(redirect("accounts:profile"), request.user.language)
    return render(request, "account/profile.html", {"form": form})


@login_not_required
@require_POST
def choose_language(request):
    """Switch the language and stay on the page; remembered with the account, or in a cookie."""
    response = HttpResponseRedirect(next_page(request))
    chosen = request.POST.get("language")
    if chosen not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        request.user.language = chosen
        request.user.save(update_fields=["language"])
    return remember(response, chosen)


def remember(response, language):
    """Keep the language in this browser too, for after signing out; none: as the browser asks."""
    if not language:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite=settings.LANGUAGE_COOKIE_SAMESITE)
        return response
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response
