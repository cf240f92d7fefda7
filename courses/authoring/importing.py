"""A theme folder becomes a theme: created or updated by slug, all of it or nothing."""

from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_noop

from courses.articles import markdown
from courses.articles.folder import BrokenFolderError, read
from courses.models import Participation, Picture, Theme, Topic
from courses.models.imports import remove_orphans

OTHER_DRAFT = gettext_noop("the topic has a draft on the site; publish or discard that first")
TOPICS_MISSING = gettext_noop(
    "lacks topics that the theme has: %(slugs)s. %(count)d people follow it; import with --remove to take them out"
)


@dataclass
class ImportReport:
    """What an import did, in slugs of topics."""

    theme: Theme
    created: bool = False
    added: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    removed: list = field(default_factory=list)
    described: bool = False
    reordered: bool = False

    @property
    def nothing_changed(self):
        return not (self.created or self.added or self.changed or self.removed or self.described or self.reordered)


def import_theme(folder, *, remove=False, author=None):
    """Create or update the theme in ``folder`` and return an ``ImportReport``.

    The same folder again changes nothing; a changed text makes a new edition. Topics that the
    folder no longer has are taken out only with ``remove``, for that changes what learners have
    to do. Raises ``BrokenFolderError`` with file, line and reason, and then nothing was changed.
    """
    text = read(folder)
    with no_files_left_behind() as stored:
        return take_in(text, stored_pictures(text, stored), remove=remove, author=author)


@transaction.atomic
def take_in(text, give, *, remove=False, author=None):
    """As ``import_theme``, for a ``ThemeText``; ``give(source, name, **owner)`` gives an owner its picture."""
    theme, created = Theme.objects.get_or_create(slug=text.slug, defaults={"title": text.title})
    report = ImportReport(theme, created=created)
    with theme.changing(theme.steps.values("topic")):
        describe(theme, text, give, report)
        steps = {step.slug: step for step in theme.steps.select_related("topic__published_edition")}
        for topic_text in text.topics:
            import_topic(theme, topic_text, steps.get(topic_text.slug), give, report, author)
        take_out_missing(theme, text, report, remove=remove)
        put_in_order(theme, text, report)
        publish(theme, text, report)
    transaction.set_rollback(report.nothing_changed)
    return report


def stored_pictures(text, stored):
    """Give owners the pictures of a folder, and add them to ``stored``."""

    def give(source, name, **owner):
        try:
            picture = Picture.store(text.pictures[name], name=name, **owner)
        except ValidationError as error:
            problem = " ".join(error.messages)
            raise BrokenFolderError(source, "%(name)s: %(problem)s", name=name, problem=problem) from error
        stored.append(picture)
        return picture

    return give


@contextmanager
def no_files_left_behind():
    """Collect pictures; if it fails, remove the files of those that the database then does not know."""
    pictures = []
    try:
        yield pictures
    except BaseException:
        remove_orphans([picture.file.name for picture in pictures])
        raise


def describe(theme, text, give, report):
    html = article("theme.md", text, give, theme=theme)
    wanted = {
        "title": text.title,
        "summary": text.summary,
        "language": text.language,
        "access": text.access,
        "in_order": text.in_order,
        "cover": give("theme.md", text.cover, theme=theme) if text.cover else None,
        "cover_alt": text.cover_alt,
    }
    same = all(getattr(theme, name) == value for name, value in wanted.items())
    if not same or theme.introduction_source != html:
        theme.describe(**wanted, introduction=html)
        report.described = True


def import_topic(theme, text, step, give, report, author):
    topic = step.topic if step else Topic.objects.create()
    html = article(text.source, text, give, topic=topic)
    wanted = {"title": text.title, "summary": text.summary, "html": html}
    known = known_text(topic, draft=text.draft)
    written = known is None or wanted != {"title": known.title, "summary": known.summary, "html": known.source}
    if written and topic.published and topic.draft:
        raise BrokenFolderError(text.source, OTHER_DRAFT)
    if written:
        topic.write(**wanted, author=author)
        report.changed.append(text.slug)
    publish_topic(topic, text, report, written=written)
    if step is None or step.archived_at:
        theme.add(topic, slug=text.slug, required=text.required, release_date=text.release_date)
        report.added.append(text.slug)
    elif update_step(theme, step, text):
        report.changed.append(text.slug)


def known_text(topic, *, draft):
    """The edition that the folder speaks of; a draft beside a published one is the author's own."""
    if topic.published and not draft:
        return topic.published_edition
    return topic.draft or topic.published_edition


def publish_topic(topic, text, report, *, written):
    if text.draft and topic.published:
        topic.withdraw()
        report.changed.append(text.slug)
    elif not text.draft and (written or not topic.published):
        topic.publish()
        report.changed.append(text.slug)


def update_step(theme, step, text):
    """Let the step count and open as the text says, and say whether it did not already."""
    changed = (step.required, step.release_date) != (text.required, text.release_date)
    if step.required != text.required:
        theme.require(step, required=text.required)
    if step.release_date != text.release_date:
        theme.reschedule(step, text.release_date)
    return changed


def take_out_missing(theme, text, report, *, remove):
    wanted = {topic.slug for topic in text.topics}
    missing = [step for step in theme.steps.current_or_draft() if step.slug not in wanted]
    if missing and not remove:
        slugs = ", ".join(step.slug for step in missing)
        count = Participation.objects.active().filter(theme=theme).count()
        raise BrokenFolderError("theme.md", TOPICS_MISSING, slugs=slugs, count=count)
    for step in missing:
        theme.take_out(step)
        report.removed.append(step.slug)


def put_in_order(theme, text, report):
    pk_of = dict(theme.steps.current_or_draft().values_list("slug", "pk"))
    order = [pk_of[topic.slug] for topic in text.topics]
    if order != theme.step_order():
        theme.reorder(order)
        report.reordered = True


def publish(theme, text, report):
    if text.draft and theme.published_at:
        theme.unpublish()
        report.described = True
    elif not text.draft and not theme.published_at:
        theme.publish()
        report.described = True


def article(source, text, give, **owner):
    """The sanitised article of a text, its pictures given to their owner."""
    names = dict.fromkeys(markdown.picture_names(text.text))
    addresses = {name: give(source, name, **owner).address for name in names}
    return markdown.to_html(text.text, addresses.get)
