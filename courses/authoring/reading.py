"""What a trainer brings: a text that is pasted, and files. What is wrong is said at the field."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.articles.bounded_folder import read_bounded
from courses.articles.folder import BrokenFolderError
from courses.articles.importers import UnreadableError, is_theme_folder, read, read_pasted, unpack
from courses.articles.importers.bounded import LARGEST, SECONDS

ACCEPTED = ".docx,.md,.html,.htm,.txt,.zip,.xml"
MOST_FILES = 20
LARGEST_TOGETHER = 100 * 1024 * 1024
MOST_SECONDS = 60
"""For all files together."""


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, an empty one included: who reads it says what is wrong with it."""

    def __init__(self, **options):
        super().__init__(widget=FilesInput(attrs={"accept": ACCEPTED}), allow_empty_file=True, **options)

    def clean(self, data, initial=None):
        return [super(FilesField, self).clean(file, initial) for file in data or []]


class BringForm(forms.Form):
    """Texts to make topics of. ``html`` is what was pasted with its structure; without JavaScript it stays empty.

    ``found`` holds pairs of a file's name and an ``Article``; ``folder``, a ``ThemeText`` instead, with ``name``.
    """

    text = forms.CharField(
        label=gettext_lazy("Paste a text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "data-paste": ""}),
    )
    html = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    files = FilesField(
        label=gettext_lazy("Or choose files"),
        required=False,
        help_text=gettext_lazy(
            "Word (.docx), Markdown (.md), a web page (.html), plain text (.txt), an export of WordPress (.xml) "
            "or a theme as a zip. At most 25 MB each, and 100 MB together."
        ),
    )

    def __init__(self, data=None, files=None):
        super().__init__(data, files)
        self.found, self.folder, self.name = [], None, ""

    def clean_text(self):
        text = self.cleaned_data["text"]
        if text.strip():
            html, name = self.data.get("html", ""), _("Pasted text")
            self.found += [(name, article) for article in readable(read_pasted, text, html, name=name)]
        return text

    def clean_files(self):
        files = self.cleaned_data["files"]
        if len(files) > MOST_FILES:
            raise ValidationError(_("Bring at most %(count)d files at once.") % {"count": MOST_FILES})
        if sum(file.size for file in files) > LARGEST_TOGETHER:
            raise ValidationError(_("Together these files are larger than 100 MB. Bring fewer at once."))
        errors, until = [], time.monotonic() + MOST_SECONDS
        for file in files:
            try:
                self.read(file, alone=len(files) == 1 and not self.found, seconds=until - time.monotonic())
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return files

    def read(self, file, *, alone, seconds):
        if file.size > LARGEST:
            raise ValidationError(str(UnreadableError(file.name, "too-large")))
        content = file.read()
        if is_theme_folder(content):
            self.folder, self.name = readable(read_folder, file.name, content, alone=alone), file.name
            return
        within = max(1, min(SECONDS, int(seconds)))
        self.found += [(file.name, article) for article in readable(read, file.name, content, seconds=within)]

    def clean(self):
        if not self.errors and not self.found and self.folder is None:
            self.add_error("text", _("Paste a text, or choose a file."))
        return self.cleaned_data


def readable(read, *arguments, **options):
    """What ``read`` returns; what it cannot read is wrong with the field, in one sentence."""
    try:
        return read(*arguments, **options)
    except UnreadableError as error:
        raise ValidationError(str(error)) from error


def read_folder(name, content, *, alone):
    """The ``ThemeText`` in a zip of a theme's folder."""
    if not alone:
        raise ValidationError(_("“%(name)s” is a whole theme. Bring it by itself.") % {"name": name})
    with TemporaryDirectory() as place:
        folder = Path(place, slugify(Path(name).stem)[:80].strip("-_") or "thema")
        folder.mkdir()
        try:
            return read_bounded(unpack(content, folder, name=name), name=name)
        except BrokenFolderError as error:
            raise ValidationError(f"{name}: {error.told}") from error
