import datetime
import uuid

from django import forms
from django.core.exceptions import ValidationError


class DeedForm(forms.Form):
    """What every completing and reopening form carries.

    ``deed`` makes the same form sent twice one deed (rule 9). ``happened_at`` is sent by a device
    that was offline (rule 11). ``onward``: the learner wants to go on to the next topic.
    """

    deed = forms.UUIDField()
    happened_at = forms.DateTimeField(required=False)
    onward = forms.BooleanField(required=False)

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


class RestartForm(forms.Form):
    """``attempt``: the one that ends, so that pressing twice starts one new attempt."""

    attempt = forms.IntegerField(min_value=1, max_value=32_767)
