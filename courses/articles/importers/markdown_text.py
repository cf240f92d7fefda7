"""Markdown, with or without front matter; also where somebody pasted it as if it were plain text."""

import re

from markdown_it import MarkdownIt

from courses.articles.importers import building, web
from courses.articles.importers.found import UnreadableError
from courses.articles.importers.pictures import Pictures

DEEPEST = 60
reader = MarkdownIt("commonmark", {"html": True, "maxNesting": DEEPEST}).enable(["table", "strikethrough"])
"""As that of ``courses.articles.markdown``, which silently drops what lies deeper than 20."""

FRONT_MATTER = re.compile(r"\s*(---|\+\+\+)[ \t]*\n(?P<values>.*?\n)\1[ \t]*(?:\n|\Z)", re.DOTALL)
TITLE = re.compile(r"^title\s*[:=]\s*(?P<quote>[\"']?)(?P<title>.+?)(?P=quote)\s*$", re.MULTILINE | re.IGNORECASE)
MARKS = [
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"^#{1,6} \S",
        r"\*\*\S[^*\n]*\S\*\*",
        r"\[[^\]\n]+\]\(\S+\)",
        r"^```",
        r"^\s*[-*] \S",
        r"^\|.*\|\s*$",
    )
]


def read(name, text, beside=None):
    """Return the articles in Markdown; ``beside`` finds the pictures that lie beside it."""
    text = re.sub(r"\r\n?", "\n", text)
    front = FRONT_MATTER.match(text)
    title = TITLE.search(front["values"]) if front else None
    tokens = reader.parse(text[front.end() :] if front else text)
    if any(token.level >= DEEPEST - 1 for token in tokens):
        raise UnreadableError(name, "too-deep")
    html = reader.renderer.render(tokens, reader.options, {})
    pictures = Pictures(beside)
    body = web.read_body(name, captioned(html))
    parts = web.parts_of(body, pictures)
    return building.articles_from(parts, name=name, title=title["title"] if title else "", pictures=pictures)


def captioned(html):
    """A title of a picture, which Markdown writes behind its address, is its caption."""
    return re.sub(r"(<img [^>]*?)title=", r"\1data-caption=", html)


def is_likely(text):
    """Whether plain text is Markdown: a heading with its marks, and at least one other mark."""
    sample = text[:50_000]
    return bool(MARKS[0].search(sample)) and (
        len(MARKS[0].findall(sample)) > 1 or any(mark.search(sample) for mark in MARKS[1:])
    )
