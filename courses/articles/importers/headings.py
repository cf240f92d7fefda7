"""Titles and headings, also where they are only short lines between paragraphs."""

import re

from courses.articles.importers.parts import ENDS_A_SENTENCE, HEADINGS, LISTS

LONGEST = 80
LONGEST_TITLE = 150
MOST_WORDS = 12
ENDS_OPEN = re.compile(r"[.:;,…–—-][\"'”’»)]*$")
SPEECH = re.compile(r"([A-ZÀ-Ý][^\W\d]*(?:[ .'’-][^\W\d]+){0,3}):\s+\S")
OPENING_QUOTE = tuple("\"“„'‘«–—-•*>")
NUMBERED = re.compile(
    r"(?:(?:hoofdstuk|deel|stap|les|fase|tip|week|dag|vraag|chapter|part|step|phase|lesson|module|day)\s+)?(\d{1,2}(?:\.\d{1,2}){0,3})[.):]?\s+\S",
    re.I,
)


def find_headings(parts):
    """Turn lines that stand as headings into headings; a bold line too, where others are real."""
    kept = [part for part in parts if part.kept]
    has_headings = any(part.is_heading for part in kept)
    runs = runs_of_lines(kept)
    above, tags = "", {}
    for place, part in enumerate(kept):
        if part.is_heading:
            above = part.tag
        elif part.tag == "p" and (part.is_bold or not has_headings) and stands_as_heading(kept, place, runs):
            tags[place] = tag_of(part, above)
    for place, tag in tags.items():
        become_heading(kept[place], tag)


def tag_of(part, above):
    """A bold line lies below the real heading above it; else numbers say how deep a heading lies."""
    if above:
        return f"h{min(int(above[1]) + 1, 6)}"
    numbered = NUMBERED.match(part.text)
    return f"h{min(2 + numbered[1].count('.'), 4)}" if numbered else "h2"


def become_heading(part, tag):
    part.element.tag = tag
    for strong in part.element.xpath(".//strong"):
        strong.drop_tag()
    for name in ("is_bold", "is_line", "is_long"):
        part.__dict__.pop(name, None)


def stands_as_heading(parts, place, runs):
    part = parts[place]
    if not could_be_heading(part) or is_speech(parts, place):
        return False
    if place and parts[place - 1].tag == "p" and parts[place - 1].text.endswith(":"):
        return False
    run = runs[place]
    if not is_headed(parts, run.stop, heading=parts[run.stop - 1]):
        return False
    alone = len(run) == 1 or (len(run) == 2 and all(could_be_heading(parts[number]) for number in run))
    return alone or part.is_bold or bool(NUMBERED.match(part.text))


def could_be_heading(part):
    text = part.text
    return part.is_heading or (
        part.is_line
        and len(text) <= LONGEST
        and part.word_count <= MOST_WORDS
        and any(letter.isalpha() for letter in text)
        and not ENDS_OPEN.search(text)
        and not text.startswith(OPENING_QUOTE)
        and not (text[0].islower() and not part.is_bold)
        and part.element.find(".//a") is None
    )


def runs_of_lines(parts):
    """For each place the range of places of the short lines after each other that it is among."""
    runs: list[range] = []
    while len(runs) < len(parts):
        start = stop = len(runs)
        while stop < len(parts) and is_short_line(parts[stop]):
            stop += 1
        runs += [range(start, max(stop, start + 1))] * max(stop - start, 1)
    return runs


def is_short_line(part):
    return part.tag == "p" and part.is_line and len(part.text) <= LONGEST and not ENDS_OPEN.search(part.text)


def is_speech(parts, place):
    """Whether a line says who speaks, and one beside it does too: ``Anna: Do you come along?``."""
    beside = [near for near in (place - 1, place + 1) if 0 <= near < len(parts)]
    return bool(SPEECH.match(parts[place].text)) and any(SPEECH.match(parts[near].text) for near in beside)


def is_headed(parts, place, *, heading):
    """Whether a heading may stand above this: a longer paragraph, a list, a table, a picture."""
    if place >= len(parts):
        return False
    part = parts[place]
    if part.tag not in ("p", "blockquote"):
        return part.tag in (*LISTS, "table", "figure", "pre")
    if len(part.text) > 1.4 * len(heading.text) and len(part.text) > 30:
        return True
    ends = ENDS_A_SENTENCE.search(part.text) and not ENDS_A_SENTENCE.search(heading.text)
    return bool(ends) and place + 1 < len(parts) and parts[place + 1].is_long


def take_title(parts, *, has_other=False):
    """The title that the parts begin with, taken out of them; empty if they begin otherwise.

    Of several headings of the first level the first is the title only if there is no other.
    """
    kept = [part for part in parts if part.kept]
    if len(kept) < 2:
        return ""
    highest = [part for part in kept if part.tag == "h1"]
    if highest and (len(highest) == 1 or not has_other) and begins_with(kept, highest[0]):
        return taken(parts, highest[0])
    first = kept[0]
    levels = [part.tag for part in kept if part.is_heading]
    if first.is_heading:
        alone = levels.count(first.tag) == 1 and first.tag == min(levels)
        return taken(parts, first) if alone else ""
    return taken(parts, first) if not has_other and is_title(kept) else ""


def begins_with(kept, heading):
    """Whether nothing of the text stands before this heading."""
    return not any(part.is_long for part in kept[: next(n for n, part in enumerate(kept) if part is heading)])


def is_title(kept):
    first = kept[0]
    fits = first.tag == "p" and first.is_line and first.word_count <= 18 and len(first.text) <= LONGEST_TITLE
    bare = not re.search(r"[.:;,][\"'”’)]*$", first.text) and not first.text.startswith(OPENING_QUOTE[5:])
    return fits and bare and not is_speech(kept, 0) and any(part.word_count > first.word_count for part in kept[1:])


def taken(parts, part):
    parts.remove(part)
    return part.text


def mark_repeated_title(parts, title):
    """A line at the top, or a heading, that says the title once more."""
    for part in [part for part in parts if part.kept][:4]:
        if (part.is_heading or part.is_line) and part.text.casefold() == title.casefold():
            part.left_out = "twice"


def put_levels_right(parts):
    """Of all levels in use the highest becomes 2, the next 3, and the rest 4."""
    levels = sorted({part.tag for part in parts if part.is_heading and part.kept})
    for part in parts:
        if part.is_heading:
            rank = levels.index(part.tag) if part.tag in levels else 2
            part.element.tag = HEADINGS[min(rank + 1, 3)]


def title_from_slug(slug):
    """``giving-feedback`` becomes “Giving feedback”."""
    text = " ".join(re.split(r"[-_\s]+", slug)).strip()
    return text[:1].upper() + text[1:]


def title_from_words(parts):
    """The beginning of the text, for want of a title."""
    text = next((part.text for part in parts if part.kept and part.text), "")
    sentence = re.match(r"([^.!?]{3,80})(?:\.|[!?])(?=\s|$)", text)
    if sentence:
        return sentence[0].rstrip(".")
    begin = text[:70].rsplit(" ", 1)[0] if len(text) > 70 else text
    return f"{begin}…" if begin != text else begin
