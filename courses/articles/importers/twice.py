"""Text that occurs twice: a paragraph, the beginning of one, or a whole article with its headings."""

import re

from courses.articles.importers.phrases import normalised

FEWEST_WORDS, SHORTEST = 8, 45
MANY_WORDS, NEARLY_ALL = 40, 0.85
"""A long text may have a word more, such as a heading that was glued to it."""

TEASER = re.compile(
    r"\s*(?:\[?(?:…|\.\.\.)\]?)\s*(?:lees (?:meer|verder)|read more|meer lezen|continue reading)?\W*$", re.I
)


def mark(parts):
    """Mark each text of which nearly every run of words stands in an earlier one."""
    seen: set[tuple] = set()
    for part in parts:
        if part.kept and is_text(part):
            runs = runs_of_words(part)
            share = NEARLY_ALL if part.word_count >= MANY_WORDS else 1
            if len(runs & seen) >= len(runs) * share or is_teaser(part, parts):
                part.left_out = "twice"
            seen |= runs
    mark_lines_between(parts)


def runs_of_words(part):
    """All that stand after each other in a text, so many words at a time."""
    words = normalised(part.text).split()
    return {tuple(words[start : start + FEWEST_WORDS]) for start in range(max(1, len(words) - FEWEST_WORDS + 1))}


def is_text(part):
    return part.tag not in ("figure", "hr") and part.word_count >= FEWEST_WORDS and len(part.text) >= SHORTEST


def is_teaser(part, parts):
    """A beginning that breaks off, of a paragraph that stands in full elsewhere."""
    ending = TEASER.search(part.text)
    begin = normalised(part.text[: ending.start()]) if ending else ""
    return len(begin) >= SHORTEST and any(
        other is not part and other.kept and normalised(other.text).startswith(begin) for other in parts
    )


def mark_lines_between(parts):
    """Short lines, such as headings, that come again with the paragraphs that come again."""
    first: dict[str, int] = {}
    for place, part in enumerate(parts):
        text = normalised(part.text)
        if part.kept and not is_text(part) and part.text and text in first:
            beside = [parts[near].left_out for near in (place - 1, place + 1) if 0 <= near < len(parts)]
            if "twice" in beside:
                part.left_out = "twice"
        elif part.kept:
            first.setdefault(text, place)
