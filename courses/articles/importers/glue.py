"""Pieces of a page that were glued together: slugs, menu words, headings and sentences without a space between."""

import re

from courses.articles.importers.clutter import reason_of_line
from courses.articles.importers.parts import Part, words
from courses.articles.importers.phrases import STRONG, normalised
from courses.articles.importers.slugs import BIG, SMALL, SPACED, STARTERS, is_slug_of, related

ENDINGS = "com net org nl be de eu io js ts py html htm pdf docx doc txt md png jpg zip exe app dev info".split()
BRANDS_END = ("In", "On", "At", "By", "It")
"""As in LinkedIn."""

END = r"[.!?…]+[”’»)]?"
GLUED_SENTENCE = re.compile(
    rf"(?P<before>[{SMALL}{BIG}\d][{SMALL}{BIG}\d’'-]{{0,40}})(?P<end>{END})"
    rf"(?P<after>[{BIG}][{SMALL}’']*)(?=[\s,;:.!?)]|$)"
)
GLUED_SLUG = re.compile(rf"(?P<end>[{SMALL}\d)”’]{END}\s?|^)(?P<slug>{SPACED.pattern})(?P<rest>[{BIG}][{SMALL}]+)")
HANGING_SLUG = re.compile(rf"[{SMALL})”][.!?…]+(?P<slug>{SPACED.pattern})$")
GLUED_MENU = re.compile(rf"(Topiclist|Topic list|Menu|Navigatie|Navigation|Home)(?=[{BIG}][{SMALL}])")
GLUED_TITLE = re.compile(rf"(?<=[{SMALL}])(?=[{BIG}][{SMALL}]*\s)")
GLUED_HEADING = re.compile(rf"[{BIG}\d][^.!?;:]{{3,80}}?[{SMALL}]{{3}}(?P<after>[{BIG}][{SMALL}]*)(?= )")
HANGS_ON = re.compile(rf"(?<=[{SMALL}\d)”’][.!?…])\s?(?=[{BIG}©\d])|(?<=[{SMALL}])(?=[{BIG}][{SMALL}]+\s)")
LONGEST_TAIL = 250
MOST_PIECES = 50
SURELY = 8
"""Letters of a word at the very start with a capital glued to it: a slug, whatever follows."""


def take_apart(part, following, *, first):
    """The paragraph, or what was glued together in it."""
    if not part.kept or not part.is_words:
        return [part]
    pieces = [words(part.text)]
    while len(pieces) < MOST_PIECES and len(cut := cut_at_slug(pieces[-1].text, following, first=first)) > 1:
        pieces[-1:] = cut
        first = False
    pieces = [piece for half in pieces for cut in cut_at_heading(half) for piece in cut_at_clutter(cut)]
    return [part] if len(pieces) == 1 else pieces


def cut_at_slug(text, following, *, first):
    """``…visible.giving-feedbackGiving feedback. It…`` in three parts; also without the hyphens."""
    for seam in GLUED_SLUG.finditer(text):
        slug, rest = seam["slug"], text[seam.start("rest") :]
        is_very_first = first and not seam.start() and len(slug) >= SURELY
        if is_very_first or is_slug_of(slug, rest):
            before = text[: seam.end("end")].strip()
            *menu, beginning = cut_at_menu(rest)
            rest = [*menu, *map(words, cut_at_title(slug, beginning.text))]
            return [*([words(before)] if before else []), Part(words(slug).element, "slug"), *rest]
    tail = HANGING_SLUG.search(text)
    if tail and is_slug_of(tail["slug"], following):
        return [words(text[: tail.start("slug")]), words(tail["slug"])]
    return cut_at_menu(text)


def cut_at_title(slug, text):
    """A title may be glued to the first sentence too: ``Giving feedbackWhoever gives…``."""
    glue = GLUED_TITLE.search(text[:150])
    if glue and " " in text[: glue.start()] and related(slug, text[: glue.start()]):
        return [text[: glue.start()], text[glue.start() :]]
    return [text]


def cut_at_menu(text):
    glued = GLUED_MENU.match(text)
    if glued:
        return [words(glued[0]), words(text[glued.end() :])]
    slug, _space, last = text.rpartition(" ")
    is_menu = last[:1].isupper() and STRONG["menu"].fullmatch(normalised(last))
    if is_menu and len(slug) >= SURELY and SPACED.fullmatch(slug):
        return [words(slug), words(last)]
    return [words(text)]


def cut_at_heading(part):
    """A heading that was glued to the paragraph below it: ``Begin smallWhoever begins…``."""
    glue = GLUED_HEADING.match(part.text)
    if part.left_out or not glue or glue["after"] in BRANDS_END or glue["after"].lower() not in STARTERS:
        return [part]
    before, after = part.text[: glue.start("after")], part.text[glue.start("after") :]
    return [words(before), words(after)] if len(before.split()) <= 10 and words(after).is_long else [part]


def cut_at_clutter(part):
    """The paragraph without a share line or the like that hangs on to its end."""
    text = part.text
    for seam in HANGS_ON.finditer(text, max(0, len(text) - LONGEST_TAIL)):
        before, after = text[: seam.start()], text[seam.end() :]
        shares = len(after.split()) <= 8 and STRONG["share"].fullmatch(normalised(after))
        glued = not seam[0] and len(after.split()) <= 12 and len(before.split()) > 3 and reason_of_line(after)
        if before and (shares or glued):
            return [words(before), words(after)]
    return [part]


def repair_sentences(element):
    """Put a space where one sentence ends and the next begins, but not in code, addresses and names."""
    for piece in element.iter():
        if piece.tag not in ("code", "pre", "kbd", "a") and not any(
            up.tag in ("code", "pre", "a") for up in piece.iterancestors()
        ):
            piece.text = repaired(piece.text)
        if piece is not element and not any(up.tag in ("code", "pre", "kbd", "a") for up in piece.iterancestors()):
            piece.tail = repaired(piece.tail)


def repaired(text):
    return text and GLUED_SENTENCE.sub(lambda seam: with_space(seam, text), text)


def with_space(seam, text):
    before, after = seam["before"], seam["after"].rstrip("’'").lower()
    in_a_name = text[max(0, seam.start() - 1) : seam.start()] in tuple("./@:\\_#") or before.lower() == "www"
    if in_a_name or (seam["end"].startswith(".") and not begins_a_sentence(before, after)):
        return seam[0]
    return f"{before}{seam['end']} {seam['after']}"


def begins_a_sentence(before, after):
    """Whether a full stop between these two words ends a sentence; it does not in ``Node.js`` and ``v2.0``."""
    if len(before) < 2:
        return False
    if after in STARTERS:
        return True
    is_word = len(before) > 2 and before[0].islower() and before[-1].isalpha()
    is_year = before.isdigit() and len(before) == 4
    return after not in ENDINGS and len(after) > 1 and (is_word or is_year)
