"""A theme's folder comes in through the browser: what would change is shown first, and only drafts are made.

Of a theme that learners may know, texts change as drafts, and new topics are added as drafts. The rest of the folder
would show at once: it is listed, and left to the trainer. A theme that nobody has seen yet becomes as the folder says.
"""

from dataclasses import dataclass, replace
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.articles import markdown
from courses.articles.differences import differences
from courses.articles.folder import ThemeText, TopicText
from courses.authoring.exporting import exported_edition, with_drafts
from courses.authoring.importing import no_files_left_behind, take_in, update_step
from courses.authoring.intake import check_pixels
from courses.authoring.making import with_pictures
from courses.authoring.proposal import one_line, shortened
from courses.authoring.slugs import free_theme_slug
from courses.models import Import, Picture, Step, Theme, Topic, Version
from courses.models.pictures import CleanPicture
from courses.models.themes import followers

LEFT_TO_YOU = {
    "described": _("What the theme says of itself: title, summary, introduction, language, access, cover or order."),
    "reordered": _("The order of the topics."),
    "missing": _("“%(title)s” is not in the folder. It stays in the theme."),
    "taken_out": _("“%(title)s” was taken out of this theme, and stays out. Its text becomes a draft."),
    "required": _("“%(title)s” counts in the folder, and is an extra here."),
    "extra": _("“%(title)s” is an extra in the folder, and counts here."),
    "release_date": _("“%(title)s” has another release date in the folder."),
}


class ChangedMeanwhileError(Exception):
    """The theme is no longer what the trainer was shown; nothing was done."""


# Bringing


def propose_folder(text, *, author, name):
    """Keep the ``ThemeText`` of a zip, and return the ``Import``. Raises ``ValidationError`` over a bad picture."""
    check_pixels(text.pictures.values())
    pictures = {
        number: (picture, clean(picture, text.pictures[picture], of=name))
        for number, picture in enumerate(text.pictures, 1)
    }
    imported = Import(author=author, kind=Import.Kind.FOLDER, name=shortened(one_line(name)), proposal=text.as_json())
    with no_files_left_behind() as kept, transaction.atomic():
        imported.save()
        imported.keep_pictures(pictures, kept)
    return imported


def clean(name, content, *, of):
    try:
        return CleanPicture(content)
    except ValidationError as error:
        raise ValidationError(f"{of}: {name}: {' '.join(error.messages)}") from error


# What would change


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
        found = [("described", "")] if self.describes else []
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
        """Whether that differs from what the theme says."""
        same = all(getattr(self.theme, name) == value for name, value in self.fields.items())
        cover = self.theme.cover.sha256 if self.theme.cover else ""
        same_cover = cover == (self.named[self.text.cover].sha256 if self.text.cover else "")
        return not same or not same_cover or self.theme.introduction_source != self.introduction

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


# Taking it in


def take_in_as_new(imported, *, author):
    """Make a new theme of the folder, all of it a draft, under a free address."""
    text = ThemeText.from_json(imported.proposal)
    pictures = {picture.name: picture for picture in imported.pictures.all()}
    topics = [replace(topic, draft=True) for topic in text.topics]
    text = replace(text, slug=free_theme_slug(text.slug), draft=True, topics=topics)
    with transaction.atomic():
        if not imported.claim(author):
            return
        give = lambda source, name, **owner: pictures[name].given_to(**owner)  # noqa: E731
        theme = take_in(text, give, author=author).theme
        made = [{"title": topic.title, "slug": topic.slug, "what": "added"} for topic in topics]
        imported.tell(theme=theme, report={"new": True, "theme": theme.title, "topics": made, "left": []})
        imported.let_go_of_pictures()


def take_in_changes(imported, *, author, seen):
    """Do to the theme what was shown, as drafts. Raises ``ChangedMeanwhileError`` if it changed since."""
    theme = FolderChanges(imported).theme
    with theme.changing():
        changes = FolderChanges(imported)
        if changes.seen != seen:
            raise ChangedMeanwhileError
        if not imported.claim(author):
            return
        made = [take_in_topic(changes, topic, author) for topic in changes.topics if topic.added or topic.changed]
        if not changes.known_to_learners:
            take_in_structure(changes)
        left = [*changes.left_to_you]
        imported.tell(theme=theme, report={"new": False, "theme": theme.title, "topics": made, "left": left})
        imported.let_go_of_pictures()


def take_in_topic(changes, change, author):
    text, theme = change.text, changes.theme
    topic = Topic.objects.create() if change.added else change.step.topic
    if not change.added and change.draft:
        Version.objects.last_of(topic.pk).filter(name="").update(name=_("Before an import"))
    html = with_pictures(change.html, changes.pictures, topic=topic)
    topic.write(title=text.title, summary=text.summary, html=html, author=author)
    if change.added:
        place = place_of(changes, text)
        theme.add(topic, slug=text.slug, required=text.required, release_date=text.release_date, position=place)
    return {"title": text.title, "slug": text.slug, "what": "added" if change.added else "changed"}


def place_of(changes, text):
    """Right behind the topic that it follows in the folder; at the beginning if it is the first."""
    here = list(changes.theme.steps.current_or_draft().order_by("position").values_list("slug", flat=True))
    before = [topic.slug for topic in changes.text.topics[: changes.text.topics.index(text)] if topic.slug in here]
    return here.index(before[-1]) + 2 if before else 1


def take_in_structure(changes):
    """Let the theme itself be as the folder says; what the folder lacks stays, at the end."""
    theme = changes.theme
    if changes.describes:
        cover = changes.named[changes.text.cover].given_to(theme=theme) if changes.text.cover else None
        introduction = with_pictures(changes.introduction, changes.pictures, theme=theme)
        theme.describe(**changes.fields, cover=cover, introduction=introduction)
    for text in changes.text.topics:
        step = theme.steps.get(slug=text.slug)
        if step.archived_at:
            theme.add(step.topic, slug=text.slug, required=text.required, release_date=text.release_date)
        else:
            update_step(theme, step, text)
    here = dict(theme.steps.current_or_draft().order_by("position").values_list("slug", "pk"))
    wanted = [topic.slug for topic in changes.text.topics]
    theme.reorder([here[slug] for slug in [*wanted, *(slug for slug in here if slug not in changes.addresses)]])
