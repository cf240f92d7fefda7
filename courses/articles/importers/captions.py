"""Captions join what they are of; bullets that were typed become lists."""

import re

from courses.articles.importers.parts import Part, made

BULLET = re.compile(r"\s*(?:[•·▪‣◦●○■□✓✔➢]\s*|[-–*]\s+)(?=\S)")
OF_TABLE = re.compile(r"\s*tab(?:el|le)?\b", re.I)


def joined(parts):
    """The parts with captions inside their figures and tables, and typed bullets as lists."""
    attach(parts)
    return with_lists(parts)


def attach(parts):
    for place in reversed(range(len(parts))):
        part = parts[place]
        if part.tag != "p" or not part.element.attrib.pop("data-caption", ""):
            continue
        tags = ("table", "figure") if OF_TABLE.match(part.text) else ("figure", "table")
        owner = owner_of(parts, place, tags)
        if owner is not None:
            give(owner, part.element)
            del parts[place]


def owner_of(parts, place, tags):
    """The figure or table just before or just after a caption that has none yet."""
    for tag in tags:
        for beside in (place - 1, place + 1):
            if 0 <= beside < len(parts) and parts[beside].tag == tag and not has_caption(parts[beside].element):
                return parts[beside]
    return None


def has_caption(element):
    return element.find("figcaption") is not None or element.find("caption") is not None


def give(owner, words):
    caption = made("caption" if owner.tag == "table" else "figcaption", words.text)
    caption.extend(list(words))
    if owner.tag == "table":
        owner.element.insert(0, caption)
    else:
        owner.element.append(caption)
    owner.__dict__.pop("text", None)


def with_lists(parts):
    """Paragraphs after each other that begin with a bullet become one list."""
    result: list[Part] = []
    for place, part in enumerate(parts):
        if not is_item(part) or not any(
            0 <= near < len(parts) and is_item(parts[near]) for near in (place - 1, place + 1)
        ):
            result.append(part)
            continue
        if not (place and is_item(parts[place - 1])):
            result.append(Part(made("ul"), part.left_out))
        result[-1].element.append(item_of(part.element))
    return result


def is_item(part):
    return part.tag == "p" and bool(BULLET.match(part.element.text or ""))


def item_of(paragraph):
    item = made("li", BULLET.sub("", paragraph.text, count=1))
    item.extend(list(paragraph))
    return item
