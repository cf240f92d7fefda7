"""Who must sign in, and in which language a person reads."""

from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect


class SignInFirst(LoginRequiredMiddleware):
    """Closed unless opened. Whoever pressed a button comes back to the page with the button."""

    def handle_no_permission(self, request, view_func):
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        sign_in = redirect_to_login(page_before(request))
        if request.headers.get("HX-Request"):
            return HttpResponseClientRedirect(sign_in.url)
        return sign_in


def page_before(request):
    """The page of ours that the button stood on; the front page if that is unknown."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return urlsplit(came_from).path or "/" if ours else "/"


def preferred_language(get_response):
    """The language a person chose goes before what the browser asks for."""

    def middleware(request):
        if request.user.is_authenticated and request.user.language:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return get_response(request)

    return middleware
