"""The proposal to split a long article at its headings."""

import re
from dataclasses import replace

from courses.articles.importers.found import Article

A_LINE = 120


def sections(article: Article) -> list[Article]:
    """Return one article per heading of the highest level that occurs at least twice.

    What stands before the first of them becomes a part under the article's title if it is more
    than a line, else it goes with the first. ``[article]`` when there is nothing to split.
    """
    level = level_to_split_at(article)
    if not level:
        return [article]
    starts = [number for number, block in enumerate(article.blocks) if is_heading(block) and block.level == level]
    before = article.blocks[: starts[0]]
    parts = [
        (article.blocks[start].text, article.blocks[start + 1 : end])
        for start, end in zip(starts, [*starts[1:], None], strict=True)
    ]
    if is_more_than_a_line(before):
        parts.insert(0, (article.title, before))
    else:
        parts[0] = (parts[0][0], before + parts[0][1])
    return [
        part(article, title, blocks, lost=article.lost if number == 0 else ())
        for number, (title, blocks) in enumerate(parts)
    ]


def is_heading(block):
    return block.kind == "heading" and not block.left_out


def level_to_split_at(article):
    levels = [block.level for block in article.blocks if is_heading(block)]
    return min((level for level in levels if levels.count(level) > 1), default=0)


def is_more_than_a_line(blocks):
    kept = [block for block in blocks if not block.left_out]
    return len(kept) > 1 or any(len(block.text) > A_LINE or not block.text for block in kept)


def part(article, title, blocks, *, lost):
    used = {address for block in blocks for address in re.findall(r'src="([^"]+)"', block.html)}
    pictures = {address: picture for address, picture in article.pictures.items() if address in used}
    return Article(title, raised(blocks), pictures, lost)


def raised(blocks):
    """The blocks with their headings so much higher that the highest is of level 2."""
    by = min((block.level for block in blocks if is_heading(block)), default=2) - 2
    return tuple(raised_block(block, by) if by > 0 and block.kind == "heading" else block for block in blocks)


def raised_block(block, by):
    level = max(2, block.level - by)
    html = re.sub(r"^<h\d|(?<=</h)\d(?=>\s*$)", lambda tag: f"{tag[0][:-1]}{level}", block.html)
    return replace(block, html=html, level=level)
