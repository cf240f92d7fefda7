"""What changed between two articles, block by block, to be read or to choose from."""

import re
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext

from courses.articles import pieces
from courses.articles.alignment import matched
from courses.articles.marking import in_order, marked
from courses.articles.sanitise import parsed, sanitise

TAG = re.compile(r"<(?P<slash>/?)(?P<name>[a-z0-9]+)(?:[^<>\"]|\"[^\"]*\")*>")
VOID = {"br", "col", "hr", "img"}
CHOICES = {"old", "new", "both"}


@dataclass(frozen=True)
class Difference:
    """One block, as it was and as it is.

    ``kind`` is "same", "changed", "added" (``old`` is empty) or "removed" (``new`` is empty). ``marked`` is
    what to show: the block, and of a changed one the new with ``<del>`` and ``<ins>`` around words.
    """

    kind: str
    old: str
    new: str
    marked: str


def differences(old, new):
    """Compare two articles; the old blocks in order make ``sanitise(old)``, the new ones ``sanitise(new)``."""
    piece = cache(piece_of)
    olds, news = blocks(sanitise(old)), blocks(sanitise(new))
    pairs = matched(olds, news, lambda one, other: pieces.likeness(piece(one), piece(other)))
    return [difference(before, after, piece) for before, after in in_order(olds, news, pairs)]


def piece_of(block):
    element = parsed(block)[0]
    return pieces.Piece(element.tag, element)


def difference(old, new, piece):
    if old is None:
        return Difference("added", "", new, new)
    if new is None:
        return Difference("removed", old, "", old)
    if old == new:
        return Difference("same", old, new, new)
    return Difference("changed", old, new, shown(marked(piece(old), piece(new))))


def shown(html):
    """Say so if nothing that can be read is different."""
    if "<ins>" in html or "<del>" in html:
        return html
    return f"{html}<p><ins>{gettext('Only the formatting is different.')}</ins></p>"


def blocks(html):
    """The blocks of a sanitised article, each as it stands in it."""
    found = []
    start = depth = 0
    for tag in TAG.finditer(html):
        if depth == 0:
            start = tag.start()
        if tag["slash"]:
            depth -= 1
        elif tag["name"] not in VOID:
            depth += 1
        if depth == 0:
            found.append(html[start : tag.end()])
    return found


def chosen(differences, choices):
    """Compose an article: of each difference that is not "same" one of "old", "new" and "both", in order.

    "both" puts the new behind the old; of what was added or removed it keeps what there is. Raise ValueError
    if there are more or fewer choices than differences, or others than these.
    """
    open_ones = [difference for difference in differences if difference.kind != "same"]
    if len(choices) != len(open_ones) or not set(choices) <= CHOICES:
        raise ValueError(choices)
    left = iter(choices)
    parts = []
    for difference in differences:
        choice = "new" if difference.kind == "same" else next(left)
        parts += [difference.old] if choice != "new" else []
        parts += [difference.new] if choice != "old" else []
    return sanitise("\n".join(part for part in parts if part))
