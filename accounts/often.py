"""Guessing too often: allauth says so beside the field, and here with the status and the header that it deserves."""

from http import HTTPStatus

from allauth.account import views
from allauth.account.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.totp.views import ActivateTOTPView

from config.limits import seconds_to_wait

TOO_OFTEN = ("too_many_login_attempts", "rate_limited")


class SaidWithStatus:
    """The form comes back filled, as it does for every other error; ``limit`` is what may have been met."""

    limit: str

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if any(form.has_error(field, code) for field in form.errors for code in TOO_OFTEN):
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            key = self.counted_as(form)
            response.headers["Retry-After"] = str(seconds_to_wait(self.request, [self.limit], key=key))
        return response


class SignIn(SaidWithStatus, views.LoginView):
    limit = "login_failed"

    def counted_as(self, form):
        return get_adapter()._get_login_attempts_cache_key(self.request, email=form.data.get("login", "").strip())


class RequestCode(SaidWithStatus, views.RequestLoginCodeView):
    limit = "request_login_code"

    def counted_as(self, form):
        return form.data.get("email", "").strip().lower()


class SaidOfSecondFactor(SaidWithStatus):
    """Wherever a code of an app or a passkey is tried, it counts for the same person."""

    limit = "login_failed"

    def counted_as(self, form):
        return f"mfa-auth-user-{form.user.pk}"


class SignInFurther(SaidOfSecondFactor, AuthenticateView):
    pass


class ProveByApp(SaidOfSecondFactor, ReauthenticateView):
    pass


class SetUpApp(SaidOfSecondFactor, ActivateTOTPView):
    pass
