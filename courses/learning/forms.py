import datetime
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

HIGHEST = 2_147_483_647
"""Of the numbers of editions, in every database."""


class DeedForm(forms.Form):
    """What every completing and reopening form carries, and that by which progress is taken over.

    ``deed`` makes the same form sent twice one deed (rule 9). ``happened_at`` is sent by a device
    that was offline (rule 11). ``edition`` is the number of the edition that the page showed; without it,
    the one that is published. Where to go then: with ``onward`` to the next topic, with ``overview`` to the theme.
    """

    deed = forms.UUIDField()
    happened_at = forms.DateTimeField(required=False)
    edition = forms.IntegerField(required=False, min_value=1, max_value=HIGHEST)
    onward = forms.BooleanField(required=False)
    overview = forms.BooleanField(required=False)

    def clean_happened_at(self):
        """In UTC; the first and the last day of the calendar have no time there."""
        happened_at = self.cleaned_data["happened_at"]
        try:
            return happened_at and happened_at.astimezone(datetime.UTC)
        except OverflowError as error:
            raise ValidationError("Outside the calendar") from error

    @staticmethod
    def new_deed():
        return uuid.uuid4()


class SeenForm(forms.Form):
    """``edition``: the number of the one that was published when the learner said to have seen what changed."""

    edition = forms.IntegerField(min_value=1, max_value=HIGHEST)


class RestartForm(forms.Form):
    """``attempt``: the one that ends, so that pressing twice starts one new attempt."""

    attempt = forms.IntegerField(min_value=1, max_value=32_767)


class IdentifyForm(forms.Form):
    """Who accepts an invitation; whoever was invited personally has the address already."""

    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        help_text=_("As your trainer knows you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Email address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def __init__(self, data=None, *, invitation):
        super().__init__(data, initial={"name": invitation.name})
        self.invitation = invitation
        if invitation.email:
            del self.fields["email"]

    def clean(self):
        if self.invitation.email:
            self.cleaned_data["email"] = self.invitation.email


class ShareNameForm(forms.Form):
    """Whether clients of the group may see who this is."""

    agreed = forms.TypedChoiceField(choices=[("yes", "yes"), ("no", "no")], coerce=lambda value: value == "yes")
