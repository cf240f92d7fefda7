"""What an import proposes: the texts that were found, and the topics that would be made of them.

Every deed of the trainer is a method here. The page shows what ``topics`` returns, and just that is made.
"""

from dataclasses import asdict, dataclass
from itertools import pairwise

from django.utils.html import escape

from courses.articles.importers import Lost
from courses.authoring.passages import DROPPED, Passage, ProposedTopic, Source, one_line, shortened

MOST_TOPICS = 200


class NotThereError(Exception):
    """The deed names a passage or a text that is not there, or that it cannot be done to."""


class TooManyTopicsError(Exception):
    """More than ``MOST_TOPICS`` at once."""


@dataclass
class Proposal:
    sources: list[Source]
    theme_title: str = ""
    """What the trainer calls the new theme; empty: nothing yet."""

    # Looking

    @property
    def numbered(self):
        """Every passage with its number, from 0; numbers stay the same whatever is done."""
        return list(enumerate(passage for source in self.sources for passage in source.passages))

    @property
    def chosen(self):
        return [source for source in self.sources if source.chosen]

    @property
    def topics(self):
        """The topics of the chosen texts, in order, also those that are not taken."""
        topics: list[ProposedTopic] = []
        number = -1
        for source in self.sources:
            for passage in source.passages:
                number += 1
                if not source.chosen:
                    continue
                if passage.begins or not topics:
                    topics.append(ProposedTopic(number, source))
                topics[-1].numbered.append((number, passage))
        for place, topic in enumerate((topic for topic in topics if topic.taken), 1):
            topic.place = place
        for before, topic in pairwise(topics):
            topic.joinable = before.taken
        return topics

    @property
    def name_of_theme(self):
        return self.theme_title or shortened(self.chosen[0].title if self.chosen else self.sources[0].title)

    # Deeds

    def drop(self, number):
        passage = self.passage(number, begins=False)
        passage.kept, passage.reason = False, passage.reason or DROPPED

    def put_back(self, number):
        passage = self.passage(number, begins=False)
        passage.kept, passage.reason = True, "" if passage.reason == DROPPED else passage.reason

    def split_at(self, number):
        """Let a topic begin at this heading."""
        passage = self.passage(number)
        if passage.kind != "heading" or not passage.kept:
            raise NotThereError
        passage.begins = True
        self.check_number()

    def join(self, number):
        """Let the topic that begins here be part of the one before; its title becomes a heading again."""
        if number not in [topic.number for topic in self.topics if topic.joinable]:
            raise NotThereError
        passage = self.passage(number)
        passage.begins, passage.taken = False, True

    def leave_out(self, number):
        self.passage(number, begins=True).taken = False

    def take(self, number):
        self.passage(number, begins=True).taken = True

    def split_source(self, index):
        """Split a text at its seams; a title without a text of its own becomes no topic."""
        source = self.source(index)
        seams = {id(seam) for seam in source.seams}
        for passage in source.passages[1:]:
            passage.begins, passage.taken = id(passage) in seams, True
        source.passages[0].taken = not seams or any(passage.kept for passage in source.introduction)
        self.check_number()

    def join_source(self, index):
        """Let a text be one topic."""
        source = self.source(index)
        for passage in source.passages:
            passage.begins, passage.taken = passage is source.passages[0], True

    def choose(self, indexes):
        """Go on with just these texts."""
        if not indexes or not set(indexes) <= set(range(len(self.sources))):
            raise NotThereError
        for index, source in enumerate(self.sources):
            source.chosen = index in indexes
        self.check_number()

    def name_topics(self, titles):
        """Call topics (by number) so; what is empty or not changed stays as it was."""
        shown = {topic.number: topic for topic in self.topics}
        for number, title in titles.items():
            title = one_line(title)
            if number in shown and title and title != shown[number].title:
                beginning = shown[number].beginning
                beginning.__dict__.pop("text", None)
                beginning.html = f"<h{beginning.level}>{escape(title)}</h{beginning.level}>"

    # What they share

    def passage(self, number, *, begins=None):
        passages = dict(self.numbered)
        if number not in passages or begins not in (None, passages[number].begins):
            raise NotThereError
        return passages[number]

    def source(self, index):
        if not 0 <= index < len(self.sources):
            raise NotThereError
        return self.sources[index]

    def check_number(self):
        if len(self.topics) > MOST_TOPICS:
            raise TooManyTopicsError

    def as_json(self):
        return asdict(self)

    @classmethod
    def from_json(cls, data):
        sources = [
            Source(
                source["name"],
                [Passage(**passage) for passage in source["passages"]],
                [Lost(**lost) for lost in source["lost"]],
                source["chosen"],
            )
            for source in data["sources"]
        ]
        return cls(sources, data["theme_title"])
