"""What a trainer writes about, to and for one learner."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 5_000


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("New note"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write something first.")},
    )


class MessageForm(forms.Form):
    text = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": _("Write something first.")},
    )


class OnBehalfForm(forms.Form):
    """Completing or reopening for a learner (rule 28); ``deed`` makes the same form sent twice one deed (rule 9)."""

    deed = forms.UUIDField()
    reason = forms.CharField(
        max_length=300, error_messages={"required": _("Say why: the learner reads it with your name.")}
    )
