"""Paragraphs in which the author asks for something: get in touch, book, subscribe.

A lesson may speak of contact too. So several signs must come together, quotations do not count,
and an invitation to anybody but the author counts against it.
"""

import re
from pathlib import Path

from courses.articles.importers.phrases import QUOTES

LONGEST = 90
"""Words: a longer paragraph is more than an invitation."""

MOST_CHARACTERS = 1_000
ENOUGH_AT_THE_END = 3
ENOUGH_BEFORE = 5

QUOTED = re.compile(r"[\"“„][^\"”]{3,}[\"”]|(?<!\w)'[^']{3,}'(?!\w)")
OTHERS = r"(?! (?:op )?(?:te nemen )?(?:met|with) (?!mij\b|me\b|ons\b|us\b))"


def read(path):
    """Return (weight, pattern) of each sign in the file."""
    lines = [line.split(None, 1) for line in path.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")]
    return [(int(weight), re.compile(pattern.replace("{others}", OTHERS))) for weight, pattern in lines]


SIGNS = read(Path(__file__).with_name("invitations.txt"))
"""How much each sign says. Nothing weighs enough on its own but asking to get in touch with the author."""

SUBSCRIBING = re.compile(
    r"\b(?:schrijf|meld) (?:je|jezelf|u)\b[^.!?]{0,80}\b(?:in|aan)\b[^.!?]{0,60}"
    r"\b(?:nieuwsbrief|mailing\w*|e-?book|updates)\b"
    r"|\b(?:subscribe|sign up)\b[^.!?]{0,80}\b(?:newsletter|mailing list|updates|inbox)\b"
    r"|\bontvang\b(?! (?:je|jij|u)\b)[^.!?]{0,100}"
    r"\b(?:in je (?:mailbox|inbox|mail)|nieuwsbrief|per e-?mail|gratis e-?book)\b"
    r"|\b(?:get|receive)\b[^.!?]{0,100}\b(?:in your (?:inbox|mailbox)|newsletter|free e-?book)\b"
)


def weight(text):
    """How strongly this reads as an invitation by the author; 0 is not at all."""
    if len(text) > MOST_CHARACTERS or len(text.split()) > LONGEST:
        return 0
    said = QUOTED.sub(" ", text.translate(QUOTES).casefold())
    return sum(weight for weight, sign in SIGNS if sign.search(said))


def invites(text, *, at_the_end):
    return weight(text) >= (ENOUGH_AT_THE_END if at_the_end else ENOUGH_BEFORE)


def asks_to_subscribe(text):
    """Whether at least a third of the words of a paragraph are about subscribing."""
    if len(text) > MOST_CHARACTERS or len(text.split()) > LONGEST:
        return False
    said = QUOTED.sub(" ", text.translate(QUOTES).casefold())
    sentences = re.split(r"(?<=[.!?])\s+", said)
    about = [sentence for sentence in sentences if SUBSCRIBING.search(sentence)]
    return bool(about) and sum(len(s.split()) for s in about) * 3 >= len(said.split())
