"""The seams of a page: what was glued together is taken apart, and several articles in one text are divided."""

from itertools import pairwise

from courses.articles.importers import glue, slugs
from courses.articles.importers.parts import ENDS_A_SENTENCE
from courses.articles.importers.phrases import normalised


def mend(parts):
    """Return the parts with the glue between them undone, and slugs marked."""
    taken_apart = []
    for number, part in enumerate(parts):
        following = " ".join(later.text[:200] for later in parts[number + 1 : number + 1 + slugs.WINDOW])
        taken_apart += glue.take_apart(part, following, first=number == 0)
    for part in taken_apart:
        glue.repair_sentences(part.element)
        part.__dict__.pop("text", None)
    slugs.mark(taken_apart)
    return taken_apart


def divided(parts):
    """The parts of each article, cut at the slugs that stand between two texts."""
    cuts = [
        place
        for place, part in enumerate(parts)
        if place and (part.left_out == "slug" or begins_again(parts, place)) and place_follows_text(parts, place)
    ]
    edges = [0, *cuts, len(parts)]
    return [parts[start:end] for start, end in pairwise(edges)]


def begins_again(parts, place):
    """A menu word that also stood at the very top, with a title after it."""
    if parts[place].left_out != "menu" or parts[place - 1].left_out in ("slug", "menu"):
        return False
    top = {normalised(first.text) for first in parts[:3] if first.left_out == "menu"}
    following = parts[place + 1] if place + 1 < len(parts) else None
    return normalised(parts[place].text) in top and following is not None and following.kept and following.is_line


def place_follows_text(parts, place):
    """Whether there is a text on both sides: long paragraphs, the last of which has ended."""
    before = [part for part in parts[:place] if part.kept]
    after = [part for part in parts[place + 1 :] if part.kept]
    ended = before and (ENDS_A_SENTENCE.search(before[-1].text) or not before[-1].is_words)
    return bool(ended) and any(part.is_long for part in before) and any(part.is_long for part in after)
