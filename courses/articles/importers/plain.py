"""Plain text becomes parts: paragraphs, lists, quotations, tables, listings."""

import itertools
import re

from courses.articles.importers.clutter import any_reason
from courses.articles.importers.media import video_figure
from courses.articles.importers.parts import ENDS_A_SENTENCE, Part, made
from courses.articles.importers.plain_lists import BULLET, list_at

FENCE = re.compile(r"\s*(```|~~~)")
RULE = re.compile(r"\s*(?:(?:-\s?){3,}|(?:_\s?){3,}|(?:\*\s?){3,}|(?:=\s?){3,}|(?:~\s?){3,}|(?:#\s?){3,})$")
PIPES = re.compile(r"\s*\|.*\|$")
PIPE_RULE = re.compile(r"\s*\|?[\s:|-]+\|?$")
QUOTE = re.compile(r"^\s*>\s?(.*)")
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]'’]")
WIDEST_WRAP, NARROWEST_WRAP = 110, 40
A_VERSE = 60
"""Characters in the longest line of a poem."""


def parts_of(text):
    """Return the parts of plain text; every line that no paragraph goes on after is one."""
    lines = [line.rstrip() for line in re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n", text).split("\n")]
    width = wrap_width(lines)
    parts: list[Part] = []
    place = 0
    while place < len(lines):
        place = read_block(lines, place, parts, width) if lines[place].strip() else place + 1
    return parts


def wrap_width(lines):
    """The column at which every line of this text is broken; 0 if its lines are not broken."""
    lengths = [len(line) for line in lines if line.strip()]
    widest = max(lengths, default=0)
    if not NARROWEST_WRAP <= widest <= WIDEST_WRAP:
        return 0
    full = [length for length in lengths if length > widest * 0.8]
    return widest if len(full) * 5 >= len(lengths) * 2 else 0


def read_block(lines, place, parts, width):
    """Add the block that begins at ``place``, and return where the next begins."""
    line = lines[place]
    if FENCE.match(line):
        return listing(lines, place, parts)
    if QUOTE.match(line):
        end = end_of(lines, place, QUOTE.match)
        quoted = "\n".join(QUOTE.sub(r"\1", line) for line in lines[place:end])
        parts.append(gathered("blockquote", parts_of(quoted)))
        return end
    if PIPES.match(line) and (end := end_of(lines, place, PIPES.match)) > place + 1:
        header = bool(PIPE_RULE.fullmatch(lines[place + 1]))
        rows = [line.strip().strip("|").split("|") for line in lines[place:end] if not PIPE_RULE.fullmatch(line)]
        parts.append(table(rows, header=header))
        return end
    if BULLET.match(line) and (end := list_at(lines, place, parts, width)) > place:
        return end
    if (columns := tabs_in(line)) and (end := end_of(lines, place, lambda row: tabs_in(row) == columns)) > place + 1:
        parts.append(table([line.strip().split("\t") for line in lines[place:end]], header=True))
        return end
    if RULE.match(line):
        parts.append(Part(made("hr")))
        return place + 1
    return paragraphs(lines, place, parts, width)


def end_of(lines, place, belongs):
    return next(
        (end for end in range(place, len(lines)) if not (lines[end].strip() and belongs(lines[end]))), len(lines)
    )


def tabs_in(line):
    return line.strip().count("\t")


def listing(lines, place, parts):
    mark = lines[place].strip()[:3]
    end = next((end for end in range(place + 1, len(lines)) if lines[end].strip().startswith(mark)), len(lines))
    block = made("pre")
    block.append(made("code", "\n".join(lines[place + 1 : end])))
    parts.append(Part(block))
    return end + 1


def gathered(tag, parts):
    block = made(tag)
    block.extend(part.element for part in parts)
    return Part(block)


def table(rows, *, header):
    block = made("table")
    for number, row in enumerate(rows):
        line = block.makeelement("tr")
        block.append(line)
        for cell in row:
            is_header = header and number == 0
            line.append(with_links(made("th", scope="col") if is_header else made("td"), " ".join(cell.split())))
    return Part(block)


def paragraphs(lines, place, parts, width):
    """Lines of words until a blank one, or one that is something else."""
    end = next(
        (end for end in range(place + 1, len(lines)) if not lines[end].strip() or is_something_else(lines, end)),
        len(lines),
    )
    if end < len(lines) and end == place + 1 and re.fullmatch(r"\s*(?:={3,}|-{3,})", lines[end]):
        parts.append(Part(with_links(made("h2" if "=" in lines[end] else "h3"), clean(lines[place]))))
        return end + 1
    chunk = lines[place:end]
    if parts and is_verse(chunk):
        parts.append(Part(verse(chunk)))
    else:
        lines_of_words = [with_links(made("p"), text) for text in joined(chunk, width)]
        parts.extend(Part(line if (video := video_figure(line)) is None else video) for line in lines_of_words)
    return end


def is_something_else(lines, place):
    line = lines[place]
    rows = tabs_in(line) and place + 1 < len(lines) and tabs_in(lines[place + 1]) == tabs_in(line)
    return bool(
        rows or FENCE.match(line) or QUOTE.match(line) or BULLET.match(line) or RULE.match(line) or PIPES.match(line)
    )


def joined(lines, width):
    """Paragraphs from lines, of which one goes on where the next word would not have fitted."""
    texts = [clean(lines[0])]
    for line, following in itertools.pairwise(lines):
        first_word = following.split()[0]
        if width and len(line) + 1 + len(first_word) > width and not re.match(r"\t| {2,}", following):
            texts[-1] += " " + clean(following)
        else:
            texts.append(clean(following))
    return texts


def clean(line):
    return " ".join(line.split())


def is_verse(lines):
    """Three or more short lines together of which most end no sentence: a poem, or an address."""
    ends = [line for line in lines if ENDS_A_SENTENCE.search(line) and not line.endswith(",")]
    return (
        len(lines) > 2
        and all(len(line) <= A_VERSE for line in lines)
        and len(ends) * 2 <= len(lines)
        and sum(bool(any_reason(line)) for line in lines) < 2
    )


def verse(lines):
    block = made("p", clean(lines[0]))
    for line in lines[1:]:
        end_of_line = made("br")
        end_of_line.tail = clean(line)
        block.append(end_of_line)
    return block


def with_links(element, text):
    """Put ``text`` into ``element``, its web addresses as links."""
    last, start = None, 0
    for found in ADDRESS.finditer(text):
        add_text(element, last, text[start : found.start()])
        last = made("a", found[0], href=found[0] if "://" in found[0] else f"https://{found[0]}")
        element.append(last)
        start = found.end()
    add_text(element, last, text[start:])
    return element


def add_text(element, last, text):
    if last is None:
        element.text = (element.text or "") + text
    else:
        last.tail = text
