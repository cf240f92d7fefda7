"""Signing in too often: allauth says so beside the field, and here with the status and the header that it deserves."""

from http import HTTPStatus

from allauth.account import views
from allauth.account.adapter import get_adapter

from config.limits import seconds_to_wait

TOO_OFTEN = "too_many_login_attempts"


class SaidWithStatus:
    """The form comes back filled, as it does for every other error; ``limit`` is what may have been met."""

    limit: str

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if any(form.has_error(field, TOO_OFTEN) for field in form.errors):
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            key = self.counted_as(form.data)
            response.headers["Retry-After"] = str(seconds_to_wait(self.request, [self.limit], key=key))
        return response


class SignIn(SaidWithStatus, views.LoginView):
    limit = "login_failed"

    def counted_as(self, typed):
        return get_adapter()._get_login_attempts_cache_key(self.request, email=typed.get("login", "").strip())


class RequestCode(SaidWithStatus, views.RequestLoginCodeView):
    limit = "request_login_code"

    def counted_as(self, typed):
        return typed.get("email", "").strip().lower()
