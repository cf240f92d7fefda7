"""Lists in plain text: bullets and numbers, nested by their indent, their lines broken or not."""

import re
from dataclasses import dataclass

from courses.articles.importers.parts import ENDS_A_SENTENCE, Part, made

BULLET = re.compile(
    r"(?P<indent>\s*)"
    r"(?P<mark>[•·▪‣◦●○■□✓✔➢►▶★✅👉➡](?=\ufe0f?\s*\S)|[-*+–](?=\s)|o(?=\t| {2})|\(?(?:\d{1,3}|[a-z])[.)](?=\s))"
    r"\ufe0f?\s*(?P<text>\S.*)"
)
NUMBER = re.compile(r"\(?(?P<number>\d{1,3}|[a-z])[.)]")
DEEPEST = 8
A_HEADING = 12
"""Words: a single numbered line that is shorter may be a heading."""


@dataclass
class Item:
    indent: int
    mark: str
    text: str

    @property
    def tag(self):
        return "ol" if NUMBER.fullmatch(self.mark) else "ul"

    @property
    def number(self):
        counted = NUMBER.fullmatch(self.mark)
        return int(counted["number"]) if counted and counted["number"].isdigit() else 1


def list_at(lines, place, parts, width):
    """Add the list that begins at ``place`` and return where it ends; ``place`` itself if it is none."""
    items, end = items_at(lines, place, width)
    if len(items) == 1 and (not parts or is_no_list(items[0])):
        return place
    parts.extend(Part(block) for block in nested(items))
    return end


def is_no_list(item):
    """One number, letter or asterisk alone: a heading, an initial, a note."""
    if item.tag == "ul":
        return item.mark == "*"
    return not item.mark.strip("().").isdigit() or (
        len(item.text.split()) <= A_HEADING and not ENDS_A_SENTENCE.search(item.text.rstrip("?!"))
    )


def items_at(lines, place, width):
    items: list[Item] = []
    while place < len(lines):
        found = BULLET.match(lines[place])
        if found and (not items or same_list(items, found)):
            items.append(Item(len(found["indent"].expandtabs(4)), found["mark"], " ".join(found["text"].split())))
        elif lines[place].strip() and goes_on(lines, place, width, items):
            items[-1].text += " " + " ".join(lines[place].split())
        elif not (not lines[place].strip() and another_follows(lines, place, items)):
            break
        place += 1
    return items, place


def same_list(items, found):
    """Whether a line is of the same list: deeper or shallower, or with the same kind of mark."""
    indent = len(found["indent"].expandtabs(4))
    beside = [item for item in items if item.indent == indent]
    tag = "ol" if NUMBER.fullmatch(found["mark"]) else "ul"
    return not beside or beside[-1].tag == tag


def goes_on(lines, place, width, items):
    """Whether a line belongs to the item above it: indented, or the item's line was broken there."""
    line, above = lines[place], lines[place - 1]
    if not above.strip() or BULLET.match(line):
        return False
    indented = len(line) - len(line.lstrip()) > items[-1].indent
    return indented or bool(width and len(above) + 1 + len(line.split()[0]) > width)


def another_follows(lines, place, items):
    """Whether after a blank line the list goes on."""
    following = next((line for line in lines[place:] if line.strip()), "")
    found = BULLET.match(following)
    if not found or not same_list(items, found):
        return False
    is_next = Item(0, found["mark"], "").number == items[-1].number + 1
    return items[-1].tag == "ul" or is_next or len(found["indent"].expandtabs(4)) != items[-1].indent


def nested(items):
    """The lists that these items make, a deeper indent inside the item above it."""
    lists: list = []
    stack: list[tuple] = []
    for item in items:
        while stack and stack[-1][0] > item.indent:
            stack.pop()
        deeper = not stack or (stack[-1][0] < item.indent and len(stack) < DEEPEST)
        if deeper or stack[-1][1].tag != item.tag:
            if stack and not deeper:
                stack.pop()
            block = made(item.tag)
            if item.tag == "ol" and item.number != 1:
                block.set("start", str(item.number))
            if stack:
                stack[-1][1][-1].append(block)
            else:
                lists.append(block)
            stack.append((item.indent, block))
        stack[-1][1].append(made("li", item.text))
    return lists
