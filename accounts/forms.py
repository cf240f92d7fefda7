from django import forms
from django.conf import settings
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from accounts import proving
from accounts.models import User


class SignupForm(forms.Form):
    """What allauth's sign-up asks besides address and password."""

    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        help_text=_("As your trainer knows you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    field_order = ["name", "email", "password1"]

    def signup(self, request, user):
        user.name = self.cleaned_data["name"]
        user.language = get_language() or ""
        user.save(update_fields=["name", "language"])


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "language"]
        labels = {"name": _("Name"), "language": _("Language")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["language"].choices = [("", _("The language of my browser")), *languages()]


class ProofCodeForm(forms.Form):
    """The code that was mailed to prove who somebody is."""

    code = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}))

    def __init__(self, *args, request, **kwargs):
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_code(self):
        if not proving.prove_by_code(self.request, self.cleaned_data["code"]):
            raise forms.ValidationError(_("This code is not right, or it is too old."))
        return self.cleaned_data["code"]


def languages():
    """Each language by the name it has for those who read it."""
    return [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]
