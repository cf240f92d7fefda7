"""Who must sign in, and in which language a person reads."""

from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.utils import translation


class SignInFirst(LoginRequiredMiddleware):
    """Closed unless opened. Whoever pressed a button comes back to the page with the button."""

    def handle_no_permission(self, request, view_func):
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        came_from = urlsplit(request.headers.get("Referer", ""))
        return redirect_to_login(came_from.path if came_from.netloc == request.get_host() else "/")


def preferred_language(get_response):
    """The language a person chose goes before what the browser asks for."""

    def middleware(request):
        if request.user.is_authenticated and request.user.language:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return get_response(request)

    return middleware
