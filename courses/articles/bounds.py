"""What keeps a text from taking the machine down before it can be read.

HTML's own rules make a parser slow, or its memory endless, on a text of the wrong shape: the cost of
a tag grows with the elements that stand open, and formatting that was never closed is written anew in
every paragraph (5,000 times ``<p><font size=…>`` cost 3 GB). Here such a text loses tags, never words;
what a person or a word processor writes goes through untouched. What is safe is decided elsewhere.
"""

import re
from html import unescape
from typing import NamedTuple

MOST_OPEN = 300
MOST_RUNNING = 16
MOST_REPEATED = 1_000_000  # characters of formatting that may be written anew
MOST_OUTSIDE_CELLS = 1_000
MOST_ATTRIBUTES = 1_000
MOST_AMPERSANDS = 100_000
SHORT = 20_000
GONE = "<!---->"
"""Stands where a tag was left out, so that what was before and behind it cannot become a new one."""

FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
VOID = frozenset("area base br col embed frame hr image img input keygen link meta param source track wbr".split())
CELLS = frozenset({"td", "th"})
ROW_GROUPS = frozenset({"thead", "tbody", "tfoot"})
OUTSIDE_CELLS = ROW_GROUPS | {"table", "tr"}
TABLE_PARTS = OUTSIDE_CELLS | CELLS | {"caption", "colgroup", "col"}
ENDED_BY_PARENT = FORMATTING | CELLS | ROW_GROUPS | {"tr", "p", "li", "dd", "dt", "option"}
ENDED_BY_NEXT = {
    "p": {"p"},
    "li": {"li", "p"},
    "dt": {"dt", "dd", "p"},
    "dd": {"dt", "dd", "p"},
    "tr": CELLS | {"tr", "p"},
    **dict.fromkeys(CELLS, CELLS | {"p"}),
    **dict.fromkeys(ROW_GROUPS, ROW_GROUPS | CELLS | {"tr", "p"}),
}

REFERENCE = re.compile(r"&(?:#?\w{1,32};?)?")
TOKEN = re.compile(
    r"""<!--(?:-?>|.*?(?:--!?>|\Z))
      | <(?:[!?]|/(?![a-zA-Z]))[^>]*>?
      | <(?P<slash>/?)(?P<name>[a-zA-Z][^\s/>]*)(?:[^>=]|=\s*(?:"[^"]*"|'[^']*')?)*+(?:>|\Z)""",
    re.DOTALL | re.VERBOSE,
)


class Opened(NamedTuple):
    name: str
    size: int


def bounded(html, unread):
    """Return ``html`` with so much nesting, unfinished formatting and attributes as can be parsed in time.

    In a long text the elements ``unread``, whose content nobody will see, are left out right away.
    """
    ampersand = "&amp;" if html.count("&") <= MOST_AMPERSANDS else ""
    html = REFERENCE.sub(lambda found: known_or_literal(found[0], ampersand), html)
    if len(html) <= SHORT and html.count("<") <= MOST_OPEN:
        return html
    return "".join(Bounds(html, unread).parts())


def known_or_literal(reference, ampersand):
    """An ampersand that begins no known reference is an ampersand; a parser takes long to find out."""
    return reference if unescape(reference) != reference else ampersand + reference[1:]


class Bounds:
    """One walk along the tags of a text.

    ``open`` are the elements that stand open, as a browser would have it or more; ``running`` is the
    formatting that was not closed where it should, which a browser opens again in each next block.
    """

    def __init__(self, html, unread):
        self.html = html
        self.unread = unread
        self.endless: set[str] = set()
        self.open: list[Opened] = []
        self.running: list[Opened] = []
        self.repeated = 0
        self.outside_cells = 0

    def parts(self):
        position = 0
        while token := TOKEN.search(self.html, position):
            words, position = self.html[position : token.start()], token.end()
            name = (token["name"] or "").lower()
            yield words
            if self.too_much_outside_cells(name, words):
                yield self.end_of_table()
            if not name:
                yield token[0]
            elif name == "table" and self.outside_cells > MOST_OUTSIDE_CELLS:
                yield GONE
            elif token["slash"]:
                yield from self.closing(name, token[0])
            elif name in self.unread and (end := self.end_of(name, position)):
                position = end
                yield GONE
            else:
                yield from self.opening(name, sensible(name, token[0]))
        yield self.html[position:]

    def end_of(self, name, position):
        """Where the element ends that was opened just before ``position``; None if nowhere."""
        if name in self.endless:
            return None
        end = re.compile(rf"</{name}(?=[\s/>]|\Z)[^>]*(?:>|\Z)", re.IGNORECASE).search(self.html, position)
        if end is None:
            self.endless.add(name)
        return end and end.end()

    def opening(self, name, tag):
        if name in ENDED_BY_NEXT:
            while self.end(ENDED_BY_NEXT[name], through=FORMATTING):
                pass
        if name not in FORMATTING:
            yield from self.run_on()
        if name in VOID:
            yield tag
        elif len(self.open) < MOST_OPEN:
            self.open.append(Opened(name, len(tag)))
            yield tag
        else:
            yield GONE

    def closing(self, name, tag):
        if name in FORMATTING:
            self.end_formatting(name)
        else:
            self.end({name}, through=ENDED_BY_PARENT)
            yield from self.run_on()
        yield tag

    def end(self, names, through):
        """Close the innermost of ``names`` if nothing but ``through`` stands open in it, and say whether it did.

        Formatting that stands open in it runs on.
        """
        for index in range(len(self.open) - 1, max(-1, len(self.open) - 1 - MOST_RUNNING), -1):
            if self.open[index].name in names:
                self.running += [element for element in self.open[index:] if element.name in FORMATTING]
                del self.open[index:]
                return True
            if self.open[index].name not in through:
                break
        return False

    def end_formatting(self, name):
        for elements in (self.running, self.open):
            for index in range(len(elements) - 1, -1, -1):
                if elements[index].name == name:
                    del elements[index]
                    return

    def run_on(self):
        """Count what a browser writes anew in the next block; too much of it ends here."""
        self.repeated += sum(element.size for element in self.running)
        if len(self.running) > MOST_RUNNING or self.repeated > MOST_REPEATED:
            yield from (f"</{element.name}>" for element in reversed(self.running))
            self.running.clear()

    def too_much_outside_cells(self, name, words):
        """Whether this is the thousandth thing in a table and yet in no cell: a browser moves each to before it."""
        if not self.open or self.open[-1].name not in OUTSIDE_CELLS or (name in TABLE_PARTS and not words.strip()):
            return False
        self.outside_cells += 1
        return self.outside_cells > MOST_OUTSIDE_CELLS

    def end_of_table(self):
        while self.open and self.open[-1].name in OUTSIDE_CELLS:
            self.open.pop()
        return "</table>"


def sensible(name, tag):
    """A tag with more than a thousand attributes keeps only its name."""
    return f"<{name}>" if len(tag) > MOST_ATTRIBUTES and len(re.findall(r"[\s/\"']", tag)) > MOST_ATTRIBUTES else tag
