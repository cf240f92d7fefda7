"""What the page on which a topic is written knows beyond its text."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from js_asset import ImportMap

MODULES = (
    "addresses announce article commands copies dialogs figures paste places presence recovery saving schema sending "
    "sense toolbar uploads words written"
).split()
MOST_CHARACTERS = 1_000_000
"""Of one article, as HTML: a thick book."""


class HtmlField(forms.CharField):
    """What no article may hold is left out by the sanitiser; it is no reason to refuse the rest."""

    def to_python(self, value):
        return super().to_python(value).replace("\0", "")

    def widget_attrs(self, widget):
        """No ``maxlength``: with it a browser cuts off what is pasted, and says nothing."""
        return {}


class TextForm(forms.Form):
    """What an author wrote, and the version of the text that it was written over.

    Everything may be empty, for a text that is being written is saved as it is; but nothing may be
    missing, for that would wipe it out.
    """

    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 1})
    )
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One or two sentences for lists and search engines."),
    )
    html = HtmlField(
        label=gettext_lazy("Text"),
        max_length=MOST_CHARACTERS,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24}),
    )
    base = forms.IntegerField(min_value=0, max_value=2_147_483_647, widget=forms.HiddenInput)

    @classmethod
    def of(cls, topic):
        """The form as an author finds it; ``saved_at`` is when the draft was written last, if one stands open."""
        text = topic.text
        written = {"title": text.title, "summary": text.summary, "html": text.source} if text else {}
        form = cls(initial={**written, "base": topic.text_version})
        form.saved_at = text.written_at if text and text.published_at is None else None
        return form

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def clean_summary(self):
        return " ".join(self.cleaned_data["summary"].split())

    def clean(self):
        for name in {"title", "summary", "html"} - set(self.data):
            self.add_error(name, ValidationError(_("This was not sent.")))

    @property
    def text(self):
        return {name: self.cleaned_data[name] for name in ("title", "summary", "html")}


def words():
    """What the scripts of the page say, in the language of its reader; %s stands for what they fill in."""
    return {
        "placeholder": _("Write, or paste what you have."),
        "caption": _("Caption, if it needs one"),
        "videoTitle": _("What the video is about"),
        "youtube": _("Video on YouTube (%s)"),
        "vimeo": _("Video on Vimeo (%s)"),
        "picturesLeftOut": _("Pictures of another page are not taken along (%s). Save them and add them here."),
        "uploaded": _("%s is in the text. Say what is to be seen on it."),
        "tooLarge": _("This picture is larger than 20 MB. Make it smaller first."),
        "noAddress": _("This is not the address of a page, an email address or a telephone number."),
        "noVideo": _("This is not the address of a video on YouTube or Vimeo."),
        "left": _("%s characters left"),
        "changed": _("Not saved yet"),
        "offline": _("Not saved: no connection, your text is safe on this device"),
        "signed-out": _("Not saved: you are signed out, your text is safe on this device"),
        "refused": _("Not saved: the server does not take this. Your text is safe on this device."),
        "kept": _("Your text is safe on this device."),
        "unsafe": _("Not saved, and this device keeps no copy. Leave this page open, or copy your text."),
        "somebodyElse": _("Not saved: somebody else is signed in here now. Your text is safe on this device."),
    }


def import_map(nonce):
    """Where the scripts find each other: imports inside JavaScript are not rewritten to hashed names."""
    ours = {f"authoring/{name}": f"js/authoring/{name}.js" for name in MODULES}
    return ImportMap({"django-prose-editor/editor": "django_prose_editor/editor.js", **ours}, nonce=nonce)
