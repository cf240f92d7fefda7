"""What an import finds: articles as blocks, each with the reason why it is no lesson, or none.

Nothing that arrives is deleted here. Who looks at the proposal sees every block, and decides.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from courses.articles.outline import text_of
from courses.articles.sanitise import parsed

REASONS = {
    "menu": _("Menu"),
    "slug": _("Web address"),
    "breadcrumb": _("Path of the page"),
    "contents": _("Table of contents"),
    "date-author": _("Date or author"),
    "share": _("Share buttons"),
    "comments": _("Comments"),
    "newsletter": _("Newsletter"),
    "privacy": _("Privacy and terms"),
    "contact": _("Invitation to get in touch"),
    "related": _("Other articles"),
    "top": _("Back to top"),
    "picture": _("Words of a picture that did not come along"),
    "twice": _("Occurs twice"),
}

LOST = {
    "picture-elsewhere": _("A picture that is on another site: %(name)s"),
    "picture-missing": _("A picture that is not in the file: %(name)s"),
    "picture-type": _("A picture that is neither PNG nor JPEG: %(name)s"),
    "picture-broken": _("A picture that is damaged: %(name)s"),
    "picture-large": _("A picture of more than 25 megapixels: %(name)s"),
    "gallery": _("A gallery of pictures"),
    "video": _("A video or sound that is not on YouTube or Vimeo: %(name)s"),
    "embedded": _("Something of another site: %(name)s"),
    "drawing": _("A drawing, diagram or chart"),
    "formula": _("The layout of a formula: only its characters came along"),
    "macro": _("Macros"),
    "comment": _("Comments in the margin"),
    "embedded-file": _("A file inside the document"),
    "link": _("A link to another place on its old site: %(name)s"),
    "shortcode": _("A shortcode: %(name)s"),
    "file": _("A file that is no text: %(name)s"),
    "file-unreadable": _("A file that could not be read: %(name)s"),
}

PROBLEMS = {
    "empty": _("“%(name)s” is empty. Choose the file that holds your text."),
    "nothing": _("There is no text in “%(name)s”. If it is a scan, the letters are a picture: type the text over."),
    "too-large": _("“%(name)s” is larger than 25 MB. Make its pictures smaller, or split it into several files."),
    "too-much": _("“%(name)s” is too complicated to read. Copy its text and paste that here."),
    "too-many-posts": _(
        "“%(name)s” has too many posts to read at once. Export them from WordPress one year at a time."
    ),
    "too-long": _("“%(name)s” has more than 20,000 paragraphs. Split it into several files."),
    "too-deep": _("In “%(name)s” too many tables or lists lie inside each other. Copy its text and paste that here."),
    "pdf": _("“%(name)s” is a PDF. Open it in Word and save it as .docx, or copy its text and paste that here."),
    "old-word": _("“%(name)s” is from an older Word, or has a password. Open it in Word and save it as .docx."),
    "odt": _("“%(name)s” is from LibreOffice or OpenOffice. Open it there and save it as .docx."),
    "rtf": _("“%(name)s” is Rich Text. Open it in Word and save it as .docx."),
    "pages": _("“%(name)s” is from Pages. Open it there and export it as Word (.docx)."),
    "sheet": _("“%(name)s” is a spreadsheet. Copy the cells that you want and paste them here."),
    "slides": _("“%(name)s” is a presentation. Copy its text and paste that here."),
    "epub": _("“%(name)s” is an e-book. Copy its text and paste that here."),
    "picture": _("“%(name)s” is a picture. Add it to a topic when you write."),
    "program": _("“%(name)s” is a program. Bring a text: .docx, .md, .html, .txt or .zip."),
    "packed": _("“%(name)s” is packed in a way that is not read here. Pack it as .zip."),
    "binary": _("“%(name)s” holds no text that can be read here. Save it as .docx, .html or .txt."),
    "unknown-xml": _("“%(name)s” is XML, but no export of WordPress. Save the text as .docx, .html or .txt."),
    "entities": _("“%(name)s” has definitions in it that are not safe to read. Save it again as .docx or .txt."),
    "broken-xml": _("“%(name)s” is damaged: line %(line)s cannot be read. Export it once more."),
    "no-posts": _("There is no post and no page in “%(name)s”. Choose “All content” when you export from WordPress."),
    "docx-broken": _("“%(name)s” is damaged, or no Word file. Open it in Word and save it as .docx once more."),
    "zip-broken": _("“%(name)s” is damaged or not complete. Make the .zip once more."),
    "zip-password": _("“%(name)s” has a password. Make the .zip without one."),
    "zip-members": _("“%(name)s” holds more than 2,000 files. Split it."),
    "zip-size": _("“%(name)s” is larger than 100 MB once unpacked. Split it."),
    "zip-paths": _("“%(name)s” would write files outside its own folder. Make the .zip once more."),
    "zip-names": _("A file in “%(name)s” has a name of more than 255 characters. Give it a shorter one."),
    "zip-nested": _("There is a .zip inside “%(name)s”. Unpack it first."),
    "zip-nothing": _("There is no .docx, .md, .html, .txt or WordPress export in “%(name)s”."),
}


class UnreadableError(Exception):
    """A file cannot be read; as text it is a sentence that says why, and what to do."""

    def __init__(self, name: str, problem: str, **values: Any):
        super().__init__(name, problem)
        self.name, self.problem, self.values = name, problem, values

    def __str__(self):
        return PROBLEMS[self.problem] % {**self.values, "name": short(self.name)}


def short(name):
    return name if len(name) <= 60 else f"{name[:40]}…{name[-15:]}"


@dataclass(frozen=True)
class Lost:
    """What could not be taken along; as text a sentence in the language of the moment."""

    what: str
    name: str = ""

    def __str__(self):
        return LOST[self.what] % {"name": short(self.name)}


@dataclass(frozen=True)
class Block:
    kind: str
    """heading, paragraph, list, quotation, table, figure, listing, rule or other"""
    html: str
    """One block, sanitised; a picture has an address such as ``/pictures/import-1/``."""
    level: int = 0
    """Of a heading: 2, 3 or 4."""
    left_out: str = ""
    """Why it is no lesson: a key of ``REASONS``; empty when it is kept."""

    @cached_property
    def text(self) -> str:
        return " ".join(text_of(parsed(self.html)).split())


@dataclass(frozen=True)
class Article:
    title: str
    blocks: tuple[Block, ...]
    """In the order found, those that are left out at their place."""
    pictures: dict[str, bytes] = field(default_factory=dict)
    """The address that the blocks use → the bytes of a PNG or JPEG."""
    lost: tuple[Lost, ...] = ()
    """What could not be taken along, as sentences."""

    def as_json(self):
        """All of it but the bytes of the pictures, in plain lists and strings."""
        return {
            "title": self.title,
            "blocks": [[block.kind, block.html, block.level, block.left_out] for block in self.blocks],
            "lost": [[lost.what, lost.name] for lost in self.lost],
        }

    @classmethod
    def from_json(cls, data, pictures=None):
        return cls(
            title=data["title"],
            blocks=tuple(Block(*block) for block in data["blocks"]),
            pictures=dict(pictures or {}),
            lost=tuple(Lost(*lost) for lost in data["lost"]),
        )
