"""A theme folder becomes a theme: created or updated by slug, all of it or nothing."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from courses.articles import markdown
from courses.articles.folder import BrokenFolder, read
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

    @property
    def nothing_changed(self):
        return not (self.created or self.added or self.changed or self.removed or self.described)


@transaction.atomic
def import_theme(folder, *, remove=False, author=None):
    """Create or update the theme in ``folder`` and return an ``ImportReport``.

    The same folder again changes nothing; a changed text makes a new edition. Topics that the
    folder no longer has are taken out only with ``remove``, for that changes what learners have
    to do. Raises ``BrokenFolder`` with file, line and reason, and then nothing was changed.
    """
    text = read(folder)
    theme, created = Theme.objects.get_or_create(slug=text.slug, defaults={"title": text.title})
    report = ImportReport(theme, created=created)
    with theme.changing():
        describe(theme, text, report)
        steps = {step.slug: step for step in theme.steps.select_related("topic__published_edition")}
        for topic_text in text.topics:
            import_topic(theme, topic_text, steps.get(topic_text.slug), text.pictures, report, author)
        take_out_missing(theme, text, report, remove=remove)
        put_in_order(theme, text)
        publish(theme, text, report)
    return report


def describe(theme, text, report):
    html = article("theme.md", text, text.pictures, theme=theme)
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
    wanted = {"title": text.title, "summary": text.summary, "html": article(text.source, text, pictures, topic=topic)}
    latest = topic.draft or topic.published_edition
    if latest is None or wanted != {"title": latest.title, "summary": latest.summary, "html": latest.source}:
        topic.write(**wanted, author=author)
        report.changed.append(text.slug)
    publish_topic(topic, text, report)
    if step is None or step.archived_at:
        theme.add(topic, slug=text.slug, required=text.required, release_date=text.release_date)
        report.added.append(text.slug)
    else:
        update_step(theme, step, text, report)


def publish_topic(topic, text, report):
    if text.draft and topic.published:
        topic.withdraw()
        report.changed.append(text.slug)
    elif not text.draft and (topic.draft or not topic.published):
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
        raise BrokenFolder(
            "theme.md", f"lacks topics that the theme has: {slugs}. {followers} people follow it; import with --remove to take them out"
        )
    for step in missing:
        theme.take_out(step)
        report.removed.append(step.slug)


def put_in_order(theme, text):
    pk_of = dict(theme.steps.current_or_draft().values_list("slug", "pk"))
    order = [pk_of[topic.slug] for topic in text.topics]
    if order != theme.step_order():
        theme.reorder(order)


def publish(theme, text, report):
    if text.draft and theme.published_at:
        theme.unpublish()
        report.described = True
    elif not text.draft and not theme.published_at:
        theme.publish()
        report.described = True


def article(source, text, pictures, **owner):
    """The sanitised article of a text, its pictures stored with their owner."""
    addresses = {}
    for name in dict.fromkeys(markdown.picture_names(text.text)):
        try:
            addresses[name] = Picture.store(pictures[name], name=name, **owner).address
        except ValidationError as error:
            raise BrokenFolder(source, f"{name}: {' '.join(error.messages)}") from error
    return markdown.to_html(text.text, addresses.get)


