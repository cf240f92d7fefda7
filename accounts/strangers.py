"""No answer, and no time it takes, tells a stranger whether an address has an account.

allauth answers alike and mails alike; what it leaves is here: the work of hashing a new password, and the mail that it
saves itself when somebody without an account asks for another code.
"""

from allauth.account import views
from allauth.account.adapter import get_adapter
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.account.internal.flows.signup import send_unknown_account_mail

from accounts.models import User


class SignupForm(AllauthSignupForm):
    def try_save(self, request):
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])
        return super().try_save(request)


class ConfirmLoginCode(views.ConfirmLoginCodeView):
    def _resend_form_valid(self, form):
        answer = super()._resend_form_valid(form)
        if self._process.user is None:
            send_unknown_account_mail(self.request, self._process.state["email"])
        return answer


class ConfirmNewAddress(views.ConfirmEmailVerificationCodeView):
    def _resend_form_valid(self, form):
        answer = super()._resend_form_valid(form)
        if self._process.user is None:
            get_adapter().send_account_already_exists_mail(self._process.email)
        return answer
