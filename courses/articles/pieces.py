"""An article taken apart as far as two versions of it are compared: blocks, the blocks in those, words."""

import re
from collections import Counter
from copy import deepcopy
from functools import cached_property
from html import escape
from typing import NamedTuple

from django.utils.translation import gettext
from lxml import html as lxml_html

from courses.articles.sanitise import INLINE, written

WORD = re.compile(r"\w+\s*|[^\w\s]+\s*|\s+")
ONLY_ONE = {"thead", "tbody", "tfoot", "caption", "summary", "figcaption"}
SLIGHT = 0.01


class Token(NamedTuple):
    """A word; or a picture; or a remark, about what stands before it and shows only when it changed.

    ``key`` is what makes two the same, ``html`` how it looks, ``said`` how it is told when it came or went (the
    same for a word), ``around`` the opening tags in which it stands.
    """

    key: tuple
    html: str
    said: str
    around: tuple = ()

    @property
    def is_word(self):
        return self.html == self.said

    @property
    def is_remark(self):
        return not self.html


class Piece:
    """A block, or loose words between two blocks, for which ``tag`` is empty."""

    def __init__(self, tag, element):
        self.tag = tag
        self.element = element

    @cached_property
    def html(self):
        if self.tag:
            return lxml_html.tostring(self.element, encoding="unicode", with_tail=False)
        return written(self.element)

    @cached_property
    def features(self):
        """What makes it resemble another: its words, and what its attributes say, as the address of a picture."""
        found = Counter(re.findall(r"\w+", " ".join(self.element.itertext()).casefold()))
        found.update(value for part in self.element.iter() for value in part.attrib.values())
        return found

    @cached_property
    def of_words(self):
        """Nothing in it is a block."""
        return all(is_inline(child) for child in self.element)

    @cached_property
    def tokens(self):
        return list(tokens_of(self.element, exact=self.tag == "pre"))

    @cached_property
    def pieces(self):
        return [piece for piece in pieces_of(self.element) if piece.tag or piece.tokens]

    def __eq__(self, other):
        return self.tag == other.tag and self.html == other.html

    def __hash__(self):
        return hash(self.html)


def likeness(one, other):
    """How much two pieces resemble each other, from 0 (they can be no pair) to 1."""
    if one.tag != other.tag:
        return 0.0
    if one == other or one.tag in ONLY_ONE:
        return 1.0
    total = one.features.total() + other.features.total()
    return max(SLIGHT, 2 * common(one.features, other.features) / total) if total else 1.0


def common(one, other):
    few, many = sorted((one, other), key=len)
    return sum(min(times, many[word]) for word, times in few.items() if word in many)


def is_inline(element):
    return all(part.tag in INLINE for part in element.iter())


def pieces_of(element):
    """The blocks in ``element`` and what stands loose between them."""
    loose = loose_words(element, element.text)
    for child in element:
        if is_inline(child):
            loose.append(deepcopy(child))
        else:
            yield Piece("", loose)
            yield Piece(child.tag, child)
            loose = loose_words(element, child.tail)
    yield Piece("", loose)


def loose_words(element, text):
    words = element.makeelement("span")
    words.text = (text or "").strip("\n")
    return words


def tokens_of(element, *, exact, around=()):
    """The words and pictures in ``element``; spaces make a word another one only if they are to be kept ``exact``."""
    yield from words_in(element.text, exact, around)
    for child in element:
        if child.tag == "br":
            yield Token(("<br>",), "<br>", "", around)
        elif child.tag == "img":
            yield Token(("<img>", child.get("src")), opening(child), told(child), around)
            yield Token(("alt", child.get("alt")), "", f" ({told(child)})", around)
        else:
            yield from tokens_of(child, exact=exact, around=(*around, (child.tag, opening(child))))
            yield Token(("to", child.get("href")), "", f" ({escape(child.get('href') or '')})", around)
        yield from words_in(child.tail, exact, around)


def words_in(text, exact, around):
    tags = tuple(tag for tag, _opening in around)
    for word in WORD.findall(text or ""):
        shown = escape(word, quote=False)
        yield Token((word if exact else word.strip(), *tags), shown, shown, around)


def told(image):
    """What those hear who cannot see the picture, in words."""
    text = image.get("alt")
    if text is None:
        return gettext("picture without text")
    return escape(gettext("picture: %(text)s") % {"text": text}) if text else gettext("decorative picture")


def opening(element):
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.attrib.items())
    return f"<{element.tag}{attributes}>"
