"""What an import found: passages in a row, of which some begin a topic. Leaving one out is a mark: none is lost."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.articles.importers import REASONS, Lost
from courses.articles.outline import text_of
from courses.articles.sanitise import parsed, printable

LONGEST_TITLE = 300
DROPPED = "dropped"
REASONS_AND_OURS = {**REASONS, DROPPED: _("You left this out")}
WORDLESS = {"figure": _("A picture"), "rule": _("A line"), "table": _("An empty table"), "other": _("Something empty")}
"""What to call a passage without words."""


@dataclass
class Passage:
    """One block of a text, and what becomes of it.

    ``reason``: why it was left out, a key of ``REASONS_AND_OURS``, also after it was put back.
    ``begins``: it is a heading, and a topic begins here that is called so; ``taken`` says whether that topic is made.
    """

    kind: str
    html: str
    level: int = 0
    reason: str = ""
    kept: bool = True
    begins: bool = False
    taken: bool = True

    @cached_property
    def text(self):
        return " ".join(text_of(parsed(self.html)).split())

    @property
    def called(self):
        """Its first words, to tell it from others."""
        return Truncator(self.text).words(20) if self.text else str(WORDLESS.get(self.kind, WORDLESS["other"]))

    @property
    def why(self):
        return REASONS_AND_OURS.get(self.reason, "")


@dataclass
class Source:
    """One text that was found, its title as its first passage; ``name`` is that of its file."""

    name: str
    passages: list[Passage]
    lost: list[Lost] = field(default_factory=list)
    chosen: bool = True

    @property
    def title(self):
        return self.passages[0].text

    @property
    def seams(self):
        """The headings at which it can be split: those of the highest level that occurs at least twice."""
        headings = [passage for passage in self.passages[1:] if passage.kind == "heading" and passage.kept]
        levels = Counter(heading.level for heading in headings)
        highest = min((level for level, count in levels.items() if count > 1), default=0)
        return [heading for heading in headings if heading.level == highest]

    @property
    def introduction(self):
        """What stands before the first topic but the title's own."""
        first = next((n for n, passage in enumerate(self.passages[1:], 1) if passage.begins), len(self.passages))
        return self.passages[1:first]

    @property
    def contents(self):
        return contents([passage for passage in self.passages[1:] if passage.kept])

    @property
    def whole(self):
        return not any(passage.begins for passage in self.passages[1:])

    @property
    def split(self):
        """Whether it is split at its seams, and nowhere else."""
        return self.seams == [passage for passage in self.passages[1:] if passage.begins]


@dataclass
class ProposedTopic:
    """A topic as it would be made: a beginning, and the passages up to the next one.

    ``number`` is that of its beginning, ``source`` where it begins, ``place`` its place among those made, from 1.
    ``joinable``: there is a topic before that it can be part of.
    """

    number: int
    source: Source
    numbered: list[tuple[int, Passage]] = field(default_factory=list)
    place: int = 0
    joinable: bool = False

    @property
    def beginning(self):
        return self.numbered[0][1]

    @property
    def taken(self):
        return self.beginning.taken

    @property
    def title(self):
        return shortened(self.beginning.text)

    @property
    def body(self):
        """Its passages, with their numbers, those that are left out at their place."""
        return self.numbered[1:]

    @property
    def kept(self):
        return [passage for _number, passage in self.body if passage.kept]

    @property
    def left_out(self):
        """What an importer or the trainer left out, also what was put back since."""
        return [(number, passage) for number, passage in self.body if passage.reason]

    @property
    def headings(self):
        """Number, level from 2 and passage of each heading that is kept."""
        kept = [(number, passage) for number, passage in self.body if passage.kept and passage.kind == "heading"]
        return [(number, passage.level - self.too_deep, passage) for number, passage in kept]

    @property
    def too_deep(self):
        """How many levels its headings must rise, so that the highest stands right below the title."""
        levels = [passage.level for passage in self.kept if passage.kind == "heading"]
        return min(levels, default=2) - 2

    @property
    def long(self):
        """Whether the title was cut; then the whole of it begins the text."""
        return self.beginning.text != self.title

    @property
    def html(self):
        whole_title = f"<p>{escape(self.beginning.text)}</p>\n" if self.long else ""
        return whole_title + "\n".join(raised(passage, self.too_deep) for passage in self.kept)

    @property
    def contents(self):
        return contents(self.kept)


def contents(passages):
    """What they are, as in "3 paragraphs, a list"."""
    counts = Counter(passage.kind for passage in passages)
    return ", ".join(words(counts[kind]) % {"count": counts[kind]} for kind, words in CONTENTS.items() if counts[kind])


CONTENTS = {
    "paragraph": lambda n: ngettext("a paragraph", "%(count)s paragraphs", n),
    "list": lambda n: ngettext("a list", "%(count)s lists", n),
    "quotation": lambda n: ngettext("a quotation", "%(count)s quotations", n),
    "figure": lambda n: ngettext("a picture", "%(count)s pictures", n),
    "table": lambda n: ngettext("a table", "%(count)s tables", n),
    "listing": lambda n: ngettext("a listing", "%(count)s listings", n),
    "other": lambda n: ngettext("another part", "%(count)s other parts", n),
}


def source_of(article, *, name):
    """An article as it was found: one topic, without what is no lesson."""
    title = one_line(article.title) or shortened(name)
    beginning = Passage("heading", f"<h2>{escape(title)}</h2>", 2, begins=True)
    blocks = [Passage(b.kind, b.html, b.level, b.left_out, kept=not b.left_out) for b in article.blocks]
    return Source(name, [beginning, *blocks], [Lost(lost.what, one_line(lost.name)) for lost in article.lost])


def one_line(text):
    return " ".join(printable(text).split())


def shortened(title):
    """A title that fits, cut at a word; whoever cuts it keeps the whole as text."""
    if len(title) <= LONGEST_TITLE:
        return title
    cut = title[: LONGEST_TITLE - 1]
    at_a_word = cut.rpartition(" ")[0]
    return (at_a_word if len(at_a_word) > LONGEST_TITLE / 2 else cut).rstrip() + "…"


def raised(passage, levels):
    """Its HTML, a heading so many levels higher."""
    if passage.kind != "heading" or not levels:
        return passage.html
    return re.sub(r"^<h\d|(?<=</h)\d(?=>\s*$)", lambda tag: f"{tag[0][:-1]}{passage.level - levels}", passage.html)
