from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from accounts.forms import languages
from courses.authoring.slugs import LONGEST
from courses.models import Theme

ACCESS = {
    Theme.Access.OPEN: _("Everyone may read; keeping progress asks for an account"),
    Theme.Access.SIGNED_IN: _("Only people with an account"),
    Theme.Access.GROUP: _("Only members of a group"),
}


class NewThemeForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=300)
    language = forms.ChoiceField(label=_("Language"), choices=languages)


class TitleForm(forms.Form):
    """The title of something new."""

    title = forms.CharField(label=_("Title"), max_length=300)


class ThemeForm(forms.Form):
    """What a theme says of itself. Only the fields that were sent are looked at: each is saved by itself."""

    title = forms.CharField(label=_("Title"), max_length=300)
    summary = forms.CharField(
        label=_("Summary"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences for lists and search engines."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=languages)
    access = forms.ChoiceField(label=_("Who may follow it"), widget=forms.RadioSelect)
    in_order = forms.TypedChoiceField(
        label=_("Order of following"),
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        choices=[
            ("no", _("Free: every topic can be read at any time")),
            ("yes", _("In order: one topic opens the next")),
        ],
    )
    slug = forms.CharField(
        label=_("Address"),
        max_length=LONGEST,
        help_text=_("Lower-case letters, digits and hyphens. The old address keeps leading here."),
    )

    def __init__(self, data=None, *, theme):
        self.theme = theme
        initial = {name: getattr(theme, name) for name in ("title", "summary", "language", "access", "slug")}
        super().__init__(data, initial={**initial, "in_order": "yes" if theme.in_order else "no"})
        self.fields["access"].choices = [(str(choice.value), words) for choice, words in ACCESS.items()]
        if data is not None:
            self.fields = {name: field for name, field in self.fields.items() if name in data}

    def clean_summary(self):
        return " ".join(self.cleaned_data["summary"].split())

    def clean_slug(self):
        return free_address(self.cleaned_data["slug"], Theme.objects.exclude(pk=self.theme.pk))


class AddressForm(forms.Form):
    """The address of a topic in its theme."""

    slug = forms.CharField(max_length=LONGEST)

    def __init__(self, data, *, step):
        super().__init__(data)
        self.step = step

    def clean_slug(self):
        return free_address(self.cleaned_data["slug"], self.step.theme.steps.exclude(pk=self.step.pk))


def free_address(slug, others):
    slug = slug.strip().lower()
    validate_slug(slug)
    if others.filter(slug=slug).exists():
        raise ValidationError(_("Another one already has this address."))
    return slug


class PositionForm(forms.Form):
    position = forms.IntegerField(min_value=1, max_value=1_000_000)


class RequiredForm(forms.Form):
    """Whether a step counts, or is an extra."""

    required = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")], coerce=lambda value: value == "yes", empty_value=None
    )


class ReleaseForm(forms.Form):
    """The day from which a topic can be read; none: at once."""

    release_date = forms.DateField(required=False)


class CoverForm(forms.Form):
    """A picture, or another text for the one that stands; no text: decorative."""

    picture = forms.FileField(label=_("Picture (PNG or JPEG)"), required=False)
    cover_alt = forms.CharField(
        label=_("What is to be seen"),
        max_length=300,
        required=False,
        help_text=_("For people who do not see the picture. Leave it empty if the picture is only decoration."),
    )


class ExistingTopicForm(forms.Form):
    """A topic of another theme, named by its address there."""

    theme = forms.SlugField(max_length=LONGEST)
    topic = forms.SlugField(max_length=LONGEST)
