"""What is derived from an article once, when it is published."""

from dataclasses import dataclass
from math import ceil

from django.utils.text import slugify

from courses.articles.sanitise import INLINE, parsed, sanitise, written
from courses.articles.videos import page_of, player_of, provider_of

WORDS_PER_MINUTE = 220
HEADINGS = ("h2", "h3", "h4")
CONTENTS_FROM = 3
"""So many headings make a table of contents worth its place."""


@dataclass(frozen=True)
class Derived:
    """An article ready to be read.

    ``html`` has anchors on its headings and a link in each video, ``outline`` lists them (level, title, anchor),
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
    add_links_to_videos(body)
    return Derived(written(body), outline, text, reading_minutes(text))


def contents(outline):
    """The headings that a table of contents lists; none where they are too few for one."""
    headings = [heading for heading in outline if heading["level"] == 2]
    return headings if len(headings) >= CONTENTS_FROM else []


def anchor_headings(body):
    taken: dict[str, int] = {}
    outline: list[dict] = []
    for heading in body.iter(*HEADINGS):
        title = " ".join(text_of(heading).split())
        anchor = unique(f"h-{slugify(title) or len(outline) + 1}", taken)
        heading.set("id", anchor)
        outline.append({"level": int(heading.tag[1]), "title": title, "anchor": anchor})
    return outline


def unique(name, taken):
    """Return ``name``, or ``name-2``, ``name-3`` … and remember it in ``taken``."""
    candidate = name
    while candidate in taken:
        taken[name] += 1
        candidate = f"{name}-{taken[name]}"
    taken[candidate] = 1
    return candidate


def add_links_to_videos(body):
    """A video is a link to its provider; a script may make a player of it once it is clicked, and not before."""
    for figure in body.iterfind(".//figure[@data-video]"):
        video = figure.get("data-video")
        title = " ".join(text_of(figure).split())
        link = {"href": page_of(video), "rel": "noreferrer", "data-player": player_of(video)}
        figure.insert(0, figure.makeelement("a", link))
        figure[0].text = title or provider_of(video)


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
