"""From parts to articles: mend, mark, divide, find titles and headings, sanitise."""

import re
from dataclasses import replace
from pathlib import PurePosixPath

from lxml import html as lxml_html

from courses.articles.importers import clutter, headings, inline, seams, twice
from courses.articles.importers.found import Article, Block, UnreadableError
from courses.articles.importers.parts import HEADINGS, LISTS
from courses.articles.importers.phrases import normalised
from courses.articles.importers.pictures import Pictures
from courses.articles.sanitise import parsed, sanitise

MOST_PARTS = 20_000
KINDS = {
    "p": "paragraph",
    "blockquote": "quotation",
    "table": "table",
    "figure": "figure",
    "pre": "listing",
    "hr": "rule",
    **dict.fromkeys(HEADINGS, "heading"),
    **dict.fromkeys(LISTS, "list"),
}


def articles_from(parts, *, name="", title="", fallback="", pictures=None, divide=True):
    """Return the articles in these parts.

    ``title`` is known for sure; ``fallback`` serves if no line reads as a title, as the name of
    the file does after it.
    """
    if len(parts) > MOST_PARTS:
        raise UnreadableError(name, "too-long")
    parts = seams.mend(parts)
    clutter.mark(parts)
    twice.mark(parts)
    first, *others = seams.divided(parts) if divide else [parts]
    pictures = pictures or Pictures()
    articles = [article_from(first, name=name, title=title, fallback=fallback, pictures=pictures)]
    articles += [article_from(other, name="", title="", fallback="", pictures=pictures) for other in others]
    return with_lost(with_its_echoes(articles), pictures.lost)


def with_lost(articles, lost):
    """The articles, of which the first says what could not come along."""
    first, *others = articles
    return [replace(first, lost=(*first.lost, *lost)), *others]


def without_echoes(articles):
    """An article whose whole text is in an earlier one is left out, block by block."""
    seen: set[tuple] = set()
    result = []
    for article in articles:
        texts = tuple(normalised(block.text) for block in article.blocks if not block.left_out)
        if texts in seen:
            article = replace(article, blocks=tuple(left_out_as_twice(block) for block in article.blocks))
        seen.add(texts)
        result.append(article)
    return result


def left_out_as_twice(block):
    return block if block.left_out else replace(block, left_out="twice")


def with_its_echoes(articles):
    """A text of which everything is left out is no article, but belongs to the one before it."""
    kept: list[Article] = []
    for article in articles:
        if kept and all(block.left_out for block in article.blocks):
            last = kept[-1]
            kept[-1] = Article(
                last.title, last.blocks + article.blocks, {**last.pictures, **article.pictures}, last.lost
            )
        else:
            kept.append(article)
    return kept


def article_from(parts, *, name, title, fallback, pictures):
    if not title:
        title = headings.take_title(parts, has_other=bool(fallback))
    headings.find_headings(parts)
    title = title or fallback or title_of_slug(parts) or title_of_name(name) or headings.title_from_words(parts)
    headings.mark_repeated_title(parts, title)
    headings.put_levels_right(parts)
    blocks = tuple(block for part in parts for block in blocks_of(part))
    used = {address for block in blocks for address in re.findall(r'src="([^"]+)"', block.html)}
    own = {address: content for address, content in pictures.by_address.items() if address in used}
    return Article(title[:300], blocks, own)


def title_of_slug(parts):
    slug = next((part.text for part in parts if part.left_out == "slug" and "/" not in part.text), "")
    return headings.title_from_slug(slug)


def title_of_name(name):
    """``03_Giving-feedback.docx`` says “Giving feedback”."""
    stem = PurePosixPath(name).stem.lstrip("0123456789 ._-")
    return headings.title_from_slug(stem) if any(letter.isalpha() for letter in stem) else ""


def blocks_of(part):
    inline.unlink(part.element)
    clean = sanitise(lxml_html.tostring(part.element, encoding="unicode", with_tail=False))
    elements = list(parsed(clean))
    for element in elements:
        element.tail = None
        html = clean if len(elements) == 1 else sanitise(lxml_html.tostring(element, encoding="unicode"))
        kind = KINDS.get(element.tag, "other")
        yield Block(kind, html, int(element.tag[1]) if kind == "heading" else 0, part.left_out)
