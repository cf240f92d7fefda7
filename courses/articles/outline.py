"""What is derived from an article once, when it is published."""

from dataclasses import dataclass
from math import ceil

from django.utils.text import slugify

from courses.articles.sanitise import INLINE, parsed, sanitise, written

WORDS_PER_MINUTE = 220
HEADINGS = ("h2", "h3", "h4")


@dataclass(frozen=True)
class Derived:
    """An article ready to be read.

    ``html`` has anchors on its headings, ``outline`` lists them (level, title, anchor),
    ``text`` is what a search reads, one block a line, and ``reading_minutes`` is at least 1.
    """

    html: str
    outline: list
    text: str
    reading_minutes: int


def derive(html, picture_sizes=None):
    """Return all that follows from ``html``; twice the same for the same text.

    ``picture_sizes`` maps the address of a picture to its (width, height) in pixels, so that the
    page does not jump when it arrives. ``sanitise`` of the result is the text as it was written.
    """
    body = parsed(sanitise(html))
    for image in body.iter("img"):
        if size := (picture_sizes or {}).get(image.get("src")):
            image.set("width", str(size[0]))
            image.set("height", str(size[1]))
    for scroller in body.iter("table", "pre"):
        scroller.set("tabindex", "0")  # a wide one scrolls, and must be reached by keyboard
    outline = anchor_headings(body)
    text = plain_text(body)
    return Derived(written(body), outline, text, reading_minutes(text))


def anchor_headings(body):
    taken: set[str] = set()
    outline: list[dict] = []
    for heading in body.iter(*HEADINGS):
        title = " ".join(text_of(heading).split())
        anchor = unique(f"h-{slugify(title) or len(outline) + 1}", taken)
        heading.set("id", anchor)
        outline.append({"level": int(heading.tag[1]), "title": title, "anchor": anchor})
    return outline


def unique(name, taken):
    """Return ``name``, or ``name-2``, ``name-3`` … and remember it in ``taken``."""
    candidate, number = name, 2
    while candidate in taken:
        candidate, number = f"{name}-{number}", number + 1
    taken.add(candidate)
    return candidate


def plain_text(body):
    lines = (" ".join(text_of(block).split()) for block in body)
    return "\n".join(line for line in lines if line)


def text_of(element):
    """The text in ``element``; what is not inline stands apart from what is beside it."""
    apart = "" if element.tag in INLINE and element.tag != "br" else " "
    inner = "".join(text_of(child) + (child.tail or "") for child in element)
    return f"{apart}{element.text or ''}{inner}{apart}"


def reading_minutes(text):
    return max(1, ceil(len(text.split()) / WORDS_PER_MINUTE))
