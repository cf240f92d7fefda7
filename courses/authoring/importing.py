"""A theme folder becomes a theme: created or updated by slug, all of it or nothing."""

from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from courses.articles import markdown
from courses.articles.folder import BrokenFolderError, read
from courses.models import Participation, Picture, Theme, Topic


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
    pictures: list = field(default_factory=list)

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
    with no_files_left_behind() as stored, transaction.atomic():
        theme, created = Theme.objects.get_or_create(slug=text.slug, defaults={"title": text.title})
        report = ImportReport(theme, created=created, pictures=stored)
        with theme.changing():
            describe(theme, text, report)
            steps = {step.slug: step for step in theme.steps.select_related("topic__published_edition")}
            for topic_text in text.topics:
                import_topic(theme, topic_text, steps.get(topic_text.slug), text.pictures, report, author)
            take_out_missing(theme, text, report, remove=remove)
            put_in_order(theme, text, report)
            publish(theme, text, report)
        transaction.set_rollback(report.nothing_changed)
    return report


@contextmanager
def no_files_left_behind():
    """Collect pictures; if it fails, remove the files of those that the database then does not know."""
    pictures = []
    try:
        yield pictures
    except BaseException:
        for picture in pictures:
            if not Picture.objects.filter(file=picture.file.name).exists():
                picture.file.storage.delete(picture.file.name)
        raise


def describe(theme, text, report):
    html = article("theme.md", text, text.pictures, report, theme=theme)
    wanted = {
        "title": text.title,
        "summary": text.summary,
        "language": text.language,
        "access": text.access,
        "in_order": text.in_order,
    }
    same = all(getattr(theme, name) == value for name, value in wanted.items())
    if not same or theme.introduction_source != html:
        theme.describe(**wanted, introduction=html)
        report.described = True


def import_topic(theme, text, step, pictures, report, author):
    topic = step.topic if step else Topic.objects.create()
    html = article(text.source, text, pictures, report, topic=topic)
    wanted = {"title": text.title, "summary": text.summary, "html": html}
    known = known_text(topic, draft=text.draft)
    written = known is None or wanted != {"title": known.title, "summary": known.summary, "html": known.source}
    if written and topic.published and topic.draft:
        raise BrokenFolderError(text.source, "the topic has a draft on the site; publish or discard that first")
    if written:
        topic.write(**wanted, author=author)
        report.changed.append(text.slug)
    publish_topic(topic, text, report, written=written)
    if step is None or step.archived_at:
        theme.add(topic, slug=text.slug, required=text.required, release_date=text.release_date)
        report.added.append(text.slug)
    else:
        update_step(theme, step, text, report)


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


def update_step(theme, step, text, report):
    if step.required != text.required:
        theme.require(step, required=text.required)
        report.changed.append(text.slug)
    if step.release_date != text.release_date:
        theme.reschedule(step, text.release_date)
        report.changed.append(text.slug)


def take_out_missing(theme, text, report, *, remove):
    wanted = {topic.slug for topic in text.topics}
    missing = [step for step in theme.steps.current_or_draft() if step.slug not in wanted]
    if missing and not remove:
        slugs = ", ".join(step.slug for step in missing)
        followers = Participation.objects.active().filter(theme=theme).count()
        raise BrokenFolderError(
            "theme.md",
            f"lacks topics that the theme has: {slugs}. "
            f"{followers} people follow it; import with --remove to take them out",
        )
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


def article(source, text, pictures, report, **owner):
    """The sanitised article of a text, its pictures stored with their owner."""
    addresses = {}
    for name in dict.fromkeys(markdown.picture_names(text.text)):
        try:
            picture = Picture.store(pictures[name], name=name, **owner)
        except ValidationError as error:
            raise BrokenFolderError(source, f"{name}: {' '.join(error.messages)}") from error
        report.pictures.append(picture)
        addresses[name] = picture.address
    return markdown.to_html(text.text, addresses.get)
