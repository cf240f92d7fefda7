"""The introduction of a theme: saved by itself, and read by learners at once."""

import hashlib

from django import forms
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from courses.access import author
from courses.articles.sanitise import sanitise
from courses.authoring.answers import to_outline, told
from courses.authoring.editor import MOST_CHARACTERS, import_map, words
from courses.authoring.finding import find_theme
from courses.authoring.pictures import take_in
from courses.authoring.views.topics import with_import_map


class IntroductionForm(forms.Form):
    """``base`` names the text that was changed, so that nobody's work is written over."""

    html = forms.CharField(
        label=gettext_lazy("Introduction"),
        max_length=MOST_CHARACTERS,
        required=False,
        strip=False,
        widget=forms.Textarea,
    )
    base = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        if "html" not in self.data:
            self.add_error("html", _("This was not sent."))


def fingerprint(html):
    return hashlib.sha256(html.encode()).hexdigest()[:16]


@require_safe
@with_import_map
@author
def introduction(request, theme):
    theme = find_theme(theme)
    source = theme.introduction_source
    return render_introduction(request, theme, IntroductionForm(initial={"html": source, "base": fingerprint(source)}))


@require_POST
@with_import_map
@author
def save_introduction(request, theme):
    """Store it, unless somebody else changed it meanwhile: then both texts are on the page, to choose from."""
    theme = find_theme(theme)
    form = IntroductionForm(request.POST)
    if not form.is_valid():
        return render_introduction(request, theme, form, status=400)
    stands, mine = theme.introduction_source, sanitise(form.cleaned_data["html"])
    if form.cleaned_data["base"] != fingerprint(stands) and mine != stands:
        again = IntroductionForm(initial={"html": mine, "base": fingerprint(stands)})
        return render_introduction(request, theme, again, stands=stands, status=409)
    theme.describe(introduction=mine)
    told(request, _("The introduction is saved."))
    return to_outline(theme, anchor="#about")


@require_POST
@author
def add_introduction_picture(request, theme):
    return take_in(request, theme=find_theme(theme))


def render_introduction(request, theme, form, *, stands=None, status=200):
    form.fields["html"].widget.attrs["lang"] = theme.language
    context = {
        "theme": theme,
        "form": form,
        "stands": stands,
        "words": words(),
        "import_map": import_map(str(request.csp_nonce)),
    }
    return render(request, "courses/authoring/introduction.html", context, status=status)
