"""Who must sign in, for how long, with what; and in which language a person reads."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.utils import translation
from django_htmx.http import HttpResponseClientRedirect

from accounts import second_factor, sessions
from config.addresses import is_ours


class SignInFirst(LoginRequiredMiddleware):
    """Closed unless opened. Whoever pressed a button comes back to the page with the button."""

    def handle_no_permission(self, request, view_func):
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        return led_to(request, redirect_to_login(page_before(request)))


def led_to(request, response):
    """The same redirect for the page and for a part of it that htmx asks for."""
    return HttpResponseClientRedirect(response.url) if request.headers.get("HX-Request") else response


def session_ends(get_response):
    """Sign out whoever has been signed in for as long as the role allows."""

    def middleware(request):
        if request.user.is_authenticated and sessions.is_over(request):
            logout(request)
        return get_response(request)

    return middleware


def second_factor_first(get_response):
    """Shut the rooms of those who must have a second factor until they have one; whatever else is here stays open."""

    def middleware(request):
        enters = request.user.is_authenticated and request.path_info.startswith(settings.SECOND_FACTOR_ROOMS)
        if enters and second_factor.is_missing(request.user):
            return led_to(request, redirect("mfa_index"))
        return get_response(request)

    return middleware


def page_before(request):
    """The page of ours that the button stood on; the front page if that is unknown."""
    came_from = request.headers.get("Referer", "")
    return urlsplit(came_from).path or "/" if is_ours(request, came_from) else "/"


def preferred_language(get_response):
    """The language a person chose goes before what the browser asks for."""

    def middleware(request):
        if request.user.is_authenticated and request.user.language:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return get_response(request)

    return middleware
