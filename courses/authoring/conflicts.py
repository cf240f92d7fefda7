"""Two authors changed one text at the same time: what differs, and what was chosen from both."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from courses.articles.differences import CHOICES, Difference, chosen, differences
from courses.articles.presenting import presentable

LINES = ("title", "summary")
THEIRS, MINE = "old", "new"


@dataclass(frozen=True)
class Line:
    """A title or summary that differs. ``name`` is that of the choice in the form."""

    field: str
    theirs: str
    mine: str

    @property
    def name(self):
        return f"choice-{self.field}"


@dataclass(frozen=True)
class Part:
    """One block of the text. ``name`` is that of the choice in the form; none where both say the same."""

    difference: Difference
    name: str | None

    @property
    def theirs(self):
        return presentable(self.difference.old)

    @property
    def mine(self):
        """With what differs from theirs marked in it."""
        return presentable(self.difference.marked if self.difference.kind == "changed" else self.difference.new)

    @property
    def preselected(self):
        """Mine; but what only the other one wrote stays too: nothing goes away unseen."""
        return THEIRS if self.difference.kind == "removed" else MINE


class Conflict:
    """What was typed (``mine``) beside what stands there now, at ``version``, by ``author``."""

    def __init__(self, topic, mine):
        text = topic.text
        self.version, self.author, self.mine = topic.text_version, text.author, mine
        self.theirs = {"title": text.title, "summary": text.summary, "html": text.source}
        self.differences = differences(self.theirs["html"], mine["html"])

    @property
    def lines(self):
        pairs = [(field, self.theirs[field], self.mine[field]) for field in LINES]
        return [Line(*pair) for pair in pairs if pair[1] != pair[2]]

    @property
    def parts(self):
        return [
            Part(difference, None if difference.kind == "same" else f"part-{number}")
            for number, difference in enumerate(self.differences)
        ]

    def chosen(self, choices):
        """The text that these choices make; ``all`` among them goes for everything.

        Raises ``ValidationError`` if they do not fit what differs.
        """
        lines, parts = self.lines, [part for part in self.parts if part.name]
        picked = {open_one.name: choices.get("all") or choices.get(open_one.name) for open_one in [*lines, *parts]}
        if not set(picked.values()) <= CHOICES:
            raise ValidationError("Not every choice was made")
        theirs = {line.field: line.theirs for line in lines if picked[line.name] == THEIRS}
        html = chosen(self.differences, [picked[part.name] for part in parts])
        return {"title": self.mine["title"], "summary": self.mine["summary"], **theirs, "html": html}
