"""Slugs: the last part of an article's address, such as ``giving-feedback``, copied along with the article."""

import re

from courses.articles.importers.clutter import reason_of_line

SMALL, BIG = "a-zß-öø-ÿ", "A-ZÀ-ÖØ-Þ"
HYPHENED = re.compile(rf"[{SMALL}\d]+(?:[-_][{SMALL}\d]+)+")
SPACED = re.compile(rf"[{SMALL}\d]+(?:[-_ ][{SMALL}\d]+){{0,11}}")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+/\S*")
SHORTEST = 6
"""Letters."""

SMALLEST = 5
"""Letters that two words must have in common to be about the same."""

WINDOW = 3
"""Parts after a slug among which its title is."""

STARTERS = (
    "de het een ik je jij we wij als maar en dit dat deze die er in op om ook of wat hoe waarom wie waar wanneer "
    "welke zo dan toch want met voor door bij na naar nu niet toen zonder soms daarom hierbij daarna later eerst dus "
    "iedereen niemand mijn jouw onze hun zij hij ze is kan mag moet "
    "the a an this that these those it if but and you they he she my our his her on what how why who where when "
    "which so then with for by at after now not there here"
).split()
"""Words that begin sentences, and say nothing of what a text is about."""


def mark(parts):
    """Mark lines that are the slug of what follows; between a slug and its title is only menu."""
    for place, part in enumerate(parts):
        if part.kept and part.is_line and SPACED.fullmatch(part.text):
            title = place_of_title(parts, place)
            if title:
                part.left_out = "slug"
                for between in parts[place + 1 : title]:
                    between.left_out = between.left_out or "menu"
            elif HYPHENED.fullmatch(part.text) and (part.text.count("-") > 1 or not place):
                part.left_out = "slug"
        elif part.kept and place in (0, len(parts) - 1) and ADDRESS.fullmatch(part.text):
            part.left_out = "slug"


def place_of_title(parts, place):
    """Where the part stands that this slug is of; 0 if there is none."""
    slug = parts[place].text
    for beyond in range(place + 1, min(place + 1 + WINDOW, len(parts))):
        part = parts[beyond]
        is_menu = part.is_line and (part.left_out or reason_of_line(part.text))
        if is_menu:
            continue
        starts_big = part.text[:1].isupper() or part.text[:1].isdigit() or part.text[:1] in "¿“‘'\""
        may_be = part.is_line or not place or " " not in slug
        heads = part.is_long or any(later.is_long for later in parts[beyond + 1 : beyond + 4])
        if starts_big and may_be and heads and is_slug_of(slug, part.text):
            return beyond
        if not part.is_line or part.word_count > 2:
            return 0
    return 0


def is_slug_of(slug, following):
    letters = re.sub(r"[\W\d_]", "", slug)
    return len(letters) >= SHORTEST and related(slug, following)


def related(slug, text):
    """Whether most words of a slug come back in the beginning of a text."""
    own = [word for word in re.split(r"[-_ ]", slug) if len(word) > 3 and word not in STARTERS] or [slug]
    others = [word for word in re.findall(r"\w+", text[:600].casefold())[:40] if len(word) > 3]
    found = [word for word in own if any(alike(word, other) for other in others)]
    return len(found) * 4 >= len(own) * 3


def alike(word, other):
    same = min(SMALLEST, len(word), len(other))
    return word[:same] == other[:same] or (min(len(word), len(other)) >= SMALLEST and (word in other or other in word))
