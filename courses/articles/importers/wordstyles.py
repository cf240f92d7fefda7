"""What the styles and the numbering of a Word file mean, whatever its language and its makers call them."""

import re
from dataclasses import dataclass, field
from functools import cached_property

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
MEANINGS = [
    (re.compile(pattern), meaning)
    for pattern, meaning in [
        (r"title|titel|documenttitel|hoofdtitel", "Title"),
        (r"(?:heading|kop|kopje|koptekst niveau|überschrift|titre)\s?([1-9])(?:\s?char)?", "Heading"),
        (
            r"(?:intense |duidelijk\s?|intensief )?(?:quote|citaat)|intensequote|block ?text|bloktekst|quotations",
            "Quote",
        ),
        (r"caption|bijschrift|illustration|figure|beschriftung", "Caption"),
        (
            r"(?:toc|inhopg|contents|inhoudsopgave)\s?\d?|toc ?heading|kop ?van ?inhoudsopgave|contents heading",
            "Contents",
        ),
        (
            r"html ?preformatted|html-voorafopgemaakt|preformatted text|(?:source )?code|code ?block|macro(?: ?text)?",
            "Code",
        ),
        (r"(?:list bullet|lijst\s?opsom\.?teken|lijstopsomteken)\s?([2-9])?", "Bullets"),
        (r"(?:list number|lijst\s?nummering|lijstnummering)\s?([2-9])?", "Numbers"),
    ]
]
FARTHEST = 20
"""Styles that a style may be based on, one on the other."""


@dataclass
class Style:
    id: str
    name: str = ""
    based_on: str = ""
    outline: int | None = None
    number: str = ""
    indent: int | None = None
    marks: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Meaning:
    """What a paragraph is: a name of ``MEANINGS`` with its level, or nothing but a paragraph."""

    name: str = ""
    level: int = 0


class Styles:
    def __init__(self, root):
        self.all = {style.id: style for style in (read_style(element) for element in found(root, f"{W}style"))}
        self.headed_tables = {
            element.get(f"{W}styleId") for element in found(root, f"{W}style") if heads_its_tables(element)
        }

    def chain(self, style_id):
        """The style and those that it is based on, nearest first; of an unknown style its name only."""
        for _step in range(FARTHEST):
            if not style_id:
                return
            style = self.all.get(style_id) or Style(style_id, name=style_id)
            yield style
            style_id = style.based_on

    def meaning(self, style_id):
        for style in self.chain(style_id):
            for text in (style.name, style.id):
                if meaning := meaning_of(text):
                    return meaning
            if style.outline is not None and style.outline < 9:
                return Meaning("Heading", style.outline + 1)
        return Meaning()

    def number(self, style_id):
        """The list that a style puts its paragraphs in: number and depth."""
        chain = list(self.chain(style_id))
        number = next((style.number for style in chain if style.number), "")
        indent = next((style.indent for style in chain if style.indent is not None), 0)
        return number, indent

    def marks(self, style_id):
        """Which of b, i, strike and vanish a style sets, nearest first."""
        marks: dict[str, bool] = {}
        for style in self.chain(style_id):
            marks = {**style.marks, **marks}
        return marks


def found(root, path):
    return [] if root is None else root.iter(path)


def read_style(element):
    outline = element.find(f"{W}pPr/{W}outlineLvl")
    return Style(
        element.get(f"{W}styleId", ""),
        value(element, "name").lower(),
        value(element, "basedOn"),
        as_number(outline.get(VAL)) if outline is not None else None,
        value(element, f"pPr/{W}numPr/{W}numId"),
        as_number(value(element, f"pPr/{W}numPr/{W}ilvl")),
        marks_in(element.find(f"{W}rPr")),
    )


def value(element, path):
    inner = element.find(f"{W}{path}")
    return inner.get(VAL, "") if inner is not None else ""


def as_number(text):
    return int(text) if text and text.isdigit() else None


def marks_in(properties):
    """Which of these marks are set or unset here."""
    if properties is None:
        return {}
    marks = {name: properties.find(f"{W}{name}") for name in ("b", "i", "strike", "vanish")}
    return {name: mark.get(VAL) not in ("0", "false", "off") for name, mark in marks.items() if mark is not None}


def meaning_of(text):
    text = re.sub(r"\s+", " ", text.lower().strip())
    for pattern, name in MEANINGS:
        if match := pattern.fullmatch(text):
            level = match[1] if match.lastindex else None
            return Meaning(name, int(level or 1))
    return None


def heads_its_tables(style):
    """Whether a table's style shows the first row in bold."""
    return any(
        part.get(f"{W}type") == "firstRow" and marks_in(part.find(f"{W}rPr")).get("b")
        for part in style.iter(f"{W}tblStylePr")
    )


class Numbering:
    """Which lists there are; lists of one abstract list count on, unless one begins anew."""

    def __init__(self, root, styles):
        self.styles = styles
        self.root = root

    @cached_property
    def abstract(self):
        return {number.get(f"{W}numId"): value(number, "abstractNumId") for number in found(self.root, f"{W}num")}

    @cached_property
    def restarted(self):
        return {
            number.get(f"{W}numId")
            for number in found(self.root, f"{W}num")
            if number.find(f".//{W}startOverride") is not None
        }

    @cached_property
    def formats(self):
        """(abstract list, depth) → how its items are marked: bullet, decimal …"""
        formats = {}
        for abstract in found(self.root, f"{W}abstractNum"):
            for level in abstract.iter(f"{W}lvl"):
                key = abstract.get(f"{W}abstractNumId"), as_number(level.get(f"{W}ilvl")) or 0
                formats[key] = value(level, "numFmt")
        return formats

    @cached_property
    def starts(self):
        starts = {}
        for abstract in found(self.root, f"{W}abstractNum"):
            for level in abstract.iter(f"{W}lvl"):
                key = abstract.get(f"{W}abstractNumId"), as_number(level.get(f"{W}ilvl")) or 0
                starts[key] = as_number(value(level, "start")) or 1
        return starts

    @cached_property
    def of_styles(self):
        """Style → depth, where the list names the style of its levels."""
        return {
            value(level, "pStyle"): (abstract.get(f"{W}abstractNumId"), as_number(level.get(f"{W}ilvl")) or 0)
            for abstract in found(self.root, f"{W}abstractNum")
            for level in abstract.iter(f"{W}lvl")
            if value(level, "pStyle")
        }

    def is_ordered(self, number, depth, *, otherwise=False):
        """Whether the items have numbers or letters; ``otherwise`` if the file does not say."""
        abstract = self.abstract.get(number)
        format = self.formats.get((abstract, depth)) or self.formats.get((abstract, 0))
        return format not in ("bullet", "none") if format else otherwise
