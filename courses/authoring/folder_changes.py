"""What a theme's folder would change, so that a trainer sees it before it is done.

Of a theme that learners may know, texts change as drafts, and new topics are added as drafts. The rest of the folder
would show at once: it is listed, and left to the trainer. A theme that nobody has seen yet becomes as the folder says.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.articles import markdown
from courses.articles.differences import differences
from courses.articles.folder import ThemeText, TopicText
from courses.authoring.exporting import exported_edition, with_drafts
from courses.models import Import, Picture, Step, Theme
from courses.models.themes import followers

LEFT_TO_YOU = {
    "described": _("What the theme says of itself: %(title)s."),
    "reordered": _("The order of the topics."),
    "missing": _("“%(title)s” is not in the folder. It stays in the theme."),
    "taken_out": _("“%(title)s” was taken out of this theme, and stays out. Its text becomes a draft."),
    "required": _("“%(title)s” counts in the folder, and is an extra here."),
    "extra": _("“%(title)s” is an extra in the folder, and counts here."),
    "release_date": _("“%(title)s” has another release date in the folder."),
}

FIELDS = {
    "title": _("title"),
    "summary": _("summary"),
    "introduction": _("introduction"),
    "language": _("language"),
    "access": _("who may follow it"),
    "in_order": _("order of following"),
    "cover": _("cover picture"),
    "cover_alt": _("text of the cover picture"),
}
"""What a theme says of itself, as a trainer calls it."""


def told(left):
    """Pairs of a key of ``LEFT_TO_YOU`` and what it concerns, as sentences."""
    names = [
        ", ".join(str(FIELDS[name]) for name in what.split()) if key == "described" else what for key, what in left
    ]
    return [LEFT_TO_YOU[key] % {"title": name} for (key, _what), name in zip(left, names, strict=True)]


@dataclass
class TopicChange:
    """What the folder says of one topic. ``step``: what the theme has, or None. ``html`` shows the site's pictures."""

    text: TopicText
    step: Step | None
    html: str
    imported: Import

    @property
    def added(self):
        return self.step is None

    @cached_property
    def known(self):
        """What the site says, as an export would."""
        return exported_edition(self.step.topic)

    @property
    def draft(self):
        """The draft that a change would be written over; it stays in the history."""
        return next(iter(self.step.topic.drafts), None)

    @cached_property
    def changed(self):
        said = (self.text.title, self.text.summary, self.html)
        return not self.added and said not in [said_by(edition, self.step) for edition in (self.known, self.draft)]

    @property
    def before(self):
        return self.draft or self.known

    @property
    def shown(self):
        return self.imported.shown(self.html)

    @property
    def differences(self):
        return differences(self.before.source, self.html)


def said_by(edition, step):
    return edition and (edition.title or step.slug, edition.summary, edition.source)


class FolderChanges:
    """What taking in a folder would do to the theme of its address; the same number of queries for any folder."""

    def __init__(self, imported):
        self.imported = imported
        self.text = ThemeText.from_json(imported.proposal)
        self.pictures = list(imported.pictures.all())
        self.theme = Theme.objects.select_related("cover").filter(slug=self.text.slug).first()

    @property
    def new(self):
        """There is no theme of this address."""
        return self.theme is None

    @property
    def binned(self):
        return bool(self.theme and self.theme.binned_at)

    @cached_property
    def follower_count(self):
        return followers(self.theme).count()

    @property
    def finished_count(self):
        return followers(self.theme).finished().count()

    @property
    def known_to_learners(self):
        """Whether anything but a draft could be noticed by somebody."""
        return self.theme.published_at is not None or self.follower_count > 0

    @cached_property
    def steps(self):
        """Address → step, also of those that were taken out."""
        return {step.slug: step for step in with_drafts(self.theme.steps.with_authors_title())}

    @cached_property
    def topics(self):
        return [
            TopicChange(text, step, self.html_of(text, step and step.topic_id), self.imported)
            for text in self.text.topics
            for step in [self.steps.get(text.slug)]
        ]

    @property
    def added(self):
        return [topic for topic in self.topics if topic.added]

    @property
    def changed(self):
        return [topic for topic in self.topics if topic.changed]

    @property
    def unchanged(self):
        return [topic for topic in self.topics if not topic.added and not topic.changed]

    @cached_property
    def structure(self):
        """What else differs: pairs of a key of ``LEFT_TO_YOU`` and the title of the topic that it concerns."""
        theirs = [topic for topic in self.topics if not topic.added and topic.step.archived_at is None]
        here = [step for step in self.steps.values() if step.archived_at is None]
        found = [("described", " ".join(self.describes))] if self.describes else []
        if [topic.step.slug for topic in theirs] != [step.slug for step in here if step.slug in self.addresses]:
            found.append(("reordered", ""))
        for topic in theirs:
            if topic.text.required != topic.step.required:
                found.append(("required" if topic.text.required else "extra", topic.text.title))
            if topic.text.release_date != topic.step.release_date:
                found.append(("release_date", topic.text.title))
        found += [
            ("taken_out", topic.text.title) for topic in self.topics if not topic.added and topic.step.archived_at
        ]
        return found

    @property
    def missing(self):
        """What the theme has and the folder lacks; it is never taken out here."""
        gone = [step for step in self.steps.values() if step.archived_at is None and step.slug not in self.addresses]
        return [("missing", step.called) for step in gone]

    @property
    def left_to_you(self):
        return [*(self.structure if self.known_to_learners else []), *self.missing]

    @property
    def anything(self):
        """Whether taking it in would do anything at all."""
        return bool(self.added or self.changed or (self.structure and not self.known_to_learners))

    @cached_property
    def seen(self):
        """Another text after every change of the theme, its steps, or what their topics say."""
        return f"{self.theme.revision}-{sum(step.topic.text_version for step in self.steps.values())}"

    # What they share

    @cached_property
    def addresses(self):
        return {topic.slug for topic in self.text.topics}

    @cached_property
    def introduction(self):
        return self.html_of(self.text, None)

    @property
    def fields(self):
        """What the folder says of the theme itself."""
        names = ("title", "summary", "language", "access", "in_order", "cover_alt")
        return {name: getattr(self.text, name) for name in names}

    @property
    def describes(self):
        """Keys of ``FIELDS``: of what differs from what the theme says of itself."""
        here = {
            **{name: getattr(self.theme, name) for name in self.fields},
            "introduction": self.theme.introduction_source,
        }
        here["cover"] = self.theme.cover and self.theme.cover.sha256
        there = {**self.fields, "introduction": self.introduction}
        there["cover"] = self.named[self.text.cover].sha256 if self.text.cover else None
        return [name for name in FIELDS if here[name] != there[name]]

    @cached_property
    def named(self):
        return {picture.name: picture for picture in self.pictures}

    @cached_property
    def owned(self):
        """(primary key of the topic, or None for the theme, and SHA-256) → address of a picture that is here."""
        topics = [step.topic_id for step in self.steps.values()]
        pictures = Picture.objects.filter(Q(theme=self.theme) | Q(topic__in=topics)).order_by("-pk")
        return {(picture.topic_id, picture.sha256): picture.address for picture in pictures}

    def html_of(self, text, topic_pk):
        """The article of a text; a picture that its owner has already is shown by its own address."""
        pictures = {name: self.named[name] for name in markdown.picture_names(text.text)}
        known = {name: self.owned.get((topic_pk, picture.sha256)) for name, picture in pictures.items()}
        return markdown.to_html(text.text, {name: known[name] or pictures[name].address for name in pictures}.get)
