"""Two versions of one block as one: what went in ``<del>``, what came in ``<ins>``.

Only text is marked, and it was escaped; the tags around it are those of sanitised blocks. What a reader
notices but cannot see in the text, such as another address behind the same words, is said in words.
"""

from itertools import groupby, takewhile

from django.utils.translation import gettext

from courses.articles.alignment import matched
from courses.articles.pieces import likeness, opening
from courses.articles.videos import page_of

VOID = {"hr", "col"}
LONE_LETTERS = 3
MOST_WORDS_LOOKED_AT = 1_000


def marked(old, new):
    """Return the HTML of ``new`` with what is different from ``old``; both are a ``Piece``."""
    if old.of_words and new.of_words:
        return within(new, remark(old, new) + rendered(changes(old.tokens, new.tokens)))
    parts = [marked_part(*pair) for pair in in_order(old.pieces, new.pieces, pairs_of_parts(old, new))]
    return within(new, remark(old, new) + "".join(parts))


def pairs_of_parts(old, new):
    if new.tag == "tr" and len(old.pieces) == len(new.pieces):
        return [(column, column) for column in range(len(new.pieces))]
    return matched(old.pieces, new.pieces, likeness)


def marked_part(old, new):
    if old is None or new is None:
        return wholly("ins", new) if old is None else wholly("del", old)
    return new.html if old == new else marked(old, new)


def wholly(mark, piece):
    """The piece with all its words marked."""
    if piece.of_words:
        return within(piece, rendered((mark, token) for token in piece.tokens if not token.is_remark))
    return within(piece, "".join(wholly(mark, part) for part in piece.pieces))


def within(piece, inner):
    """``inner`` between the tags of the piece."""
    if not piece.tag:
        return inner
    return opening(piece.element) + ("" if piece.tag in VOID else f"{inner}</{piece.tag}>")


def in_order(old, new, pairs):
    """Yield (old, new) for each pair, and before it, with None, what went and what came."""
    place = new_place = 0
    for pair, new_pair in [*pairs, (len(old), len(new))]:
        yield from ((gone, None) for gone in old[place:pair])
        yield from ((None, come) for come in new[new_place:new_pair])
        if pair < len(old):
            yield old[pair], new[new_pair]
        place, new_place = pair + 1, new_pair + 1


# What is noticed of a block besides its words


def remark(old, new):
    before, after = noticed(old.element), noticed(new.element)
    if before == after:
        return ""
    marks = [f"<{mark}>{words}</{mark}>" for mark, words in (("del", before), ("ins", after)) if words]
    return f"<p>{' '.join(marks)}</p>"


def noticed(element):
    if element.tag == "aside":
        kinds = {"tip": gettext("Tip"), "example": gettext("Example"), "warning": gettext("Warning")}
        return kinds.get(element.get("data-callout"), gettext("Aside"))
    if element.get("data-video"):
        return page_of(element.get("data-video"))
    return element.get("href", "") if element.tag == "a" else ""


# Words


def changes(old, new):
    """Yield (mark, token), the mark being "del", "ins" or empty."""
    pairs = matched([token.key for token in old], [token.key for token in new], most=MOST_WORDS_LOOKED_AT)
    place = new_place = 0
    for pair, new_pair in [*without_lone_letters(pairs, old, new), (len(old), len(new))]:
        yield from (("del", token) for token in worth_saying(old[place:pair], place))
        yield from (("ins", token) for token in worth_saying(new[new_place:new_pair], new_place))
        if pair < len(old):
            yield "", new[new_pair]
        place, new_place = pair + 1, new_pair + 1


def worth_saying(tokens, place):
    """Remarks only if what they are about stayed."""
    remarks = list(takewhile(lambda token: token.is_remark, tokens)) if place else []
    return remarks + [token for token in tokens if not token.is_remark]


def without_lone_letters(pairs, old, new):
    """Leave out pairs such as a single "de" between two changes: whole phrases read better."""
    for _shift, run in groupby(enumerate(pairs), lambda item: (item[1][0] - item[0], item[1][1] - item[0])):
        stretch = [pair for _index, pair in run]
        at_an_end = stretch[0] == (0, 0) or stretch[-1] == (len(old) - 1, len(new) - 1)
        if at_an_end or letters(new[new_place] for _place, new_place in stretch) > LONE_LETTERS:
            yield from stretch


def letters(tokens):
    return sum(sum(map(str.isalnum, token.key[0])) if token.is_word else LONE_LETTERS + 1 for token in tokens)


def rendered(marked_tokens):
    html = ""
    opened: tuple = ()
    for (mark, around), group in groupby(marked_tokens, lambda pair: (pair[0], pair[1].around)):
        shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(opened, around, strict=False))))
        html += closing(opened[shared:]) + "".join(tag for _name, tag in around[shared:])
        html += written_words(mark, [token for _mark, token in group])
        opened = around
    return html + closing(opened)


def closing(opened):
    return "".join(f"</{name}>" for name, _tag in reversed(opened))


def written_words(mark, tokens):
    """Pictures and line breaks stand beside the marks: what came is shown and told, what went only told."""
    if not mark:
        return "".join(token.html for token in tokens)
    html = ""
    for is_word, group in groupby(tokens, lambda token: token.is_word):
        words = list(group)
        said = "".join(token.said for token in words)
        shown = "" if is_word or mark == "del" else "".join(token.html for token in words)
        html += shown + (f"<{mark}>{said}</{mark}>" if said.strip() else said)
    return html
