"""Which paragraphs of a Word file are items of which list, how deep, and counted from where."""

from dataclasses import dataclass

from courses.articles.importers.wordstyles import W, as_number, value

DEEPEST = 8


@dataclass(frozen=True)
class Item:
    number: str
    depth: int
    ordered: bool


class Lists:
    """Goes along the paragraphs in their order, and counts as Word does."""

    def __init__(self, styles, numbering):
        self.styles, self.numbering = styles, numbering
        self.counted: dict[str, int] = {}
        self.seen: set[str] = set()
        self.top: Item | None = None
        self.last_paragraph = None
        self.base = self.depth = 0

    def item(self, paragraph, style_id, meaning):
        """The item that this paragraph is; None if it is none."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        number = value(own, "numId") if own is not None else ""
        depth = as_number(value(own, "ilvl")) if own is not None else None
        styled, styled_depth = self.styles.number(style_id)
        if number == "0" or meaning.name in ("Title", "Heading", "Caption", "Contents"):
            return None
        number = number or styled
        if not number or number == "0":
            return self.item_by_name(style_id, meaning)
        if depth is None:
            abstract, of_style = self.numbering.of_styles.get(style_id, ("", 0))
            depth = of_style if abstract == self.numbering.abstract.get(number) else styled_depth
        ordered = self.numbering.is_ordered(number, depth, otherwise=meaning.name == "Numbers")
        if meaning.name in ("Bullets", "Numbers"):  # each depth has a list of its own, of which it is the top
            depth = max(depth, meaning.level - 1)
        return Item(number, min(depth, DEEPEST), ordered)

    def item_by_name(self, style_id, meaning):
        if meaning.name not in ("Bullets", "Numbers"):
            return None
        return Item(meaning.name, meaning.level - 1, meaning.name == "Numbers")

    def add(self, paragraph, item):
        """Return how deep the item lies in its list, and the number that a new numbered list begins with, else 0."""
        follows = self.last_paragraph is not None and paragraph.getprevious() is self.last_paragraph
        if not follows:
            self.base, self.depth, self.top = item.depth, -1, None
        self.base = min(self.base, item.depth)
        self.depth = min(item.depth - self.base, self.depth + 1)
        self.last_paragraph = paragraph
        return self.depth, self.first_number(item) if not self.depth else 0

    def first_number(self, item):
        top, self.top = self.top, item
        if not item.ordered:
            return 0
        key = self.key(item)
        anew = item.number in self.numbering.restarted and item.number not in self.seen
        self.seen.add(item.number)
        if anew or key not in self.counted:
            self.counted[key] = self.numbering.starts.get((key, 0), 1) - 1
        self.counted[key] += 1
        goes_on = top is not None and top.ordered and self.key(top) == key and not anew
        return 0 if goes_on else self.counted[key]

    def key(self, item):
        return self.numbering.abstract.get(item.number, item.number)
