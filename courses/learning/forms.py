import uuid

from django import forms


class DeedForm(forms.Form):
    """What every completing and reopening form carries.

    ``deed`` makes the same form sent twice one deed (rule 9). ``happened_at`` is sent by a device
    that was offline (rule 11). ``onward``: the learner wants to go on to the next topic.
    """

    deed = forms.UUIDField()
    happened_at = forms.DateTimeField(required=False)
    onward = forms.BooleanField(required=False)

    @staticmethod
    def new_deed():
        return uuid.uuid4()
