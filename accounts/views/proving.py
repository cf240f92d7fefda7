"""Proving who one is by a code by mail, for who has neither a password nor a second factor."""

from allauth.account.views import BaseReauthenticateView
from allauth.core.ratelimit import consume_or_429
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from accounts import proving
from accounts.forms import ProofCodeForm


class ReauthenticateByCode(BaseReauthenticateView):
    template_name = "account/reauthenticate_by_code.html"
    form_class = ProofCodeForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "request": self.request}

    def get_context_data(self, **kwargs):
        return super().get_context_data(code_is_awaited=proving.code_is_awaited(self.request), **kwargs)


@require_POST
def send_proof_code(request):
    """As often as codes to sign in are mailed to one address, and no oftener."""
    if too_often := consume_or_429(request, action="request_login_code", key=request.user.email.lower()):
        return too_often
    proving.mail_code(request)
    page = redirect("accounts:reauthenticate_by_code")
    page["Location"] += "?" + urlencode({"next": request.POST.get("next", "")})
    return page
