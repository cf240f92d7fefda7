"""A part is a block on its way: an element that is still being judged."""

import re
from dataclasses import dataclass
from functools import cached_property

from lxml import html as lxml_html

from courses.articles.outline import text_of

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS = ("ul", "ol", "dl")
LEFT_OUT = "data-left-out"
"""Set by a reader on what is no lesson: the reason."""

ENDS_A_SENTENCE = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")


@dataclass(eq=False)
class Part:
    element: lxml_html.HtmlElement
    left_out: str = ""

    @cached_property
    def text(self) -> str:
        return " ".join(text_of(self.element).split())

    @cached_property
    def word_count(self) -> int:
        return len(self.text.split())

    @property
    def tag(self) -> str:
        return self.element.tag

    @property
    def kept(self) -> bool:
        return not self.left_out

    @property
    def is_heading(self) -> bool:
        return self.tag in HEADINGS

    @property
    def is_words(self) -> bool:
        """Whether it is nothing but words in one paragraph, which may be taken apart."""
        return self.tag == "p" and len(self.element) == 0

    @cached_property
    def is_line(self) -> bool:
        """Whether it is a heading, or a paragraph of one line that is no sentence."""
        return self.is_heading or (
            self.tag == "p" and self.word_count <= 14 and len(self.text) <= 100 and self.element.find(".//br") is None
        )

    @cached_property
    def is_long(self) -> bool:
        """Whether it reads as a paragraph of a lesson."""
        return self.tag in ("p", "blockquote") and self.word_count >= 12 and bool(ENDS_A_SENTENCE.search(self.text))

    @cached_property
    def is_bold(self) -> bool:
        """Whether every word of it stands in bold."""
        return self.tag == "p" and bool(self.text) and not bare_text(self.element)


def bare_text(element):
    """The words directly in ``element`` or in what is not bold."""
    inner = "".join(("" if child.tag == "strong" else bare_text(child)) + (child.tail or "") for child in element)
    return ((element.text or "") + inner).strip()


def made(tag, text="", **attributes):
    element = lxml_html.Element(tag, **attributes)
    element.text = text
    return element


def words(text):
    """A part that is a paragraph of plain words."""
    return Part(made("p", text))


def fill(holder, blocks):
    """Put blocks into an item or a cell; a single paragraph, or the first before lists, without its tag."""
    paragraphs = [block for block in blocks if block.tag == "p"]
    if len(paragraphs) == 1 and blocks[0] is paragraphs[0]:
        first = blocks.pop(0)
        holder.text = first.text
        holder.extend(list(first))
    for block in blocks:
        if block.tag == "figure" and [inner.tag for inner in block] == ["img"]:
            block = block[0]
        holder.append(block)
