import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.models import Invitation, Theme
from courses.tracking.intake import text_of

LONGEST_TEXT = 2_000_000
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class GroupForm(forms.Form):
    name = forms.CharField(label=_("Name of the group"), max_length=200)


class DescribeForm(GroupForm):
    reminds = forms.BooleanField(label=_("Remind learners by mail a week and a day before a deadline"), required=False)


class DatesForm(forms.Form):
    """From when a group may follow a theme, and by when it is asked to have completed it."""

    starts_on = forms.DateField(label=_("Opens on"), required=False, widget=DAY)
    deadline = forms.DateField(label=_("To be completed by"), required=False, widget=DAY)

    def clean(self):
        starts_on, deadline = self.cleaned_data.get("starts_on"), self.cleaned_data.get("deadline")
        if starts_on and deadline and deadline < starts_on:
            self.add_error("deadline", _("This date is before the day on which the theme opens."))


class AddThemeForm(DatesForm):
    """A theme that learners can follow, and that the group does not follow yet."""

    theme = forms.ModelChoiceField(
        label=_("Theme"),
        queryset=Theme.objects.none(),
        to_field_name="slug",
        empty_label=_("Choose a theme"),
        error_messages={
            "invalid_choice": _("This theme cannot be chosen: it is not published, or in the group already.")
        },
    )
    field_order = ["theme", "starts_on", "deadline"]

    def __init__(self, *args, group, **kwargs):
        super().__init__(*args, **kwargs)
        followed = group.group_themes.values("theme")
        self.fields["theme"].queryset = Theme.objects.published().exclude(pk__in=followed).order_by("title")


class AddressForm(forms.Form):
    email = forms.EmailField(label=_("Email address"), max_length=254)


class InviteForm(forms.Form):
    """Addresses as people paste them, or a file with them; the file goes first. ``clean`` gives the text."""

    text = forms.CharField(
        label=_("Names and email addresses"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("As you have them: from an email, from Excel, one below the other, or separated by commas."),
        error_messages={"max_length": _("This is too much at once. Invite people in parts.")},
    )
    file = forms.FileField(
        label=_("Or a file (CSV or text)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv,text/plain"}),
        error_messages={"empty": _("This file is empty.")},
    )
    role = forms.ChoiceField(
        label=_("Invite them as"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (Invitation.Role.LEARNER, _("Learner: follows the themes of this group")),
            (Invitation.Role.CLIENT, _("Client: sees how the group is doing, without names")),
        ],
    )

    def clean_role(self):
        return self.cleaned_data["role"] or Invitation.Role.LEARNER

    def clean_file(self):
        file = self.cleaned_data["file"]
        return text_of(file, at_most=LONGEST_TEXT) if file else ""

    def clean(self):
        if self.errors:
            return
        text = self.cleaned_data["file"] or self.cleaned_data["text"]
        if not text.strip():
            raise ValidationError(_("Paste or type at least one email address, or choose a file."))
        self.cleaned_data["text"] = "\n".join(text.splitlines())

    @property
    def fingerprint(self):
        """Of what was looked at, so that nothing is sent that was not."""
        seen = f"{self.cleaned_data['role']}\n{self.cleaned_data['text']}"
        return hashlib.sha256(seen.encode(errors="replace")).hexdigest()[:32]


class LinkForm(forms.Form):
    """A link for many: how many, and for how long."""

    place_count = forms.IntegerField(
        label=_("For how many people at most"),
        min_value=1,
        max_value=1_000_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    days = forms.TypedChoiceField(
        label=_("Valid for"),
        coerce=int,
        choices=[(7, _("a week")), (30, _("a month")), (90, _("three months")), (365, _("a year"))],
        initial=30,
    )
