"""A theme's folder comes in through the browser: kept first, taken in when the trainer has seen what it changes."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.articles.folder import ThemeText
from courses.authoring.folder_changes import FolderChanges
from courses.authoring.importing import no_files_left_behind, take_in, update_step
from courses.authoring.intake import check_pixels
from courses.authoring.making import with_pictures
from courses.authoring.passages import one_line, shortened
from courses.authoring.slugs import free_theme_slug
from courses.models import Import, Topic, Version
from courses.models.pictures import CleanPicture


class ChangedMeanwhileError(Exception):
    """The theme is no longer what the trainer was shown; nothing was done."""


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


def take_in_as_new(imported, *, author):
    """Make a new theme of the folder, all of it a draft, under a free address; it is still free when it is made."""
    text = ThemeText.from_json(imported.proposal)
    pictures = {picture.name: picture for picture in imported.pictures.all()}
    topics = [replace(topic, draft=True) for topic in text.topics]
    text = replace(text, slug=free_theme_slug(text.slug), draft=True, topics=topics)

    def give(source, name, **owner):
        return pictures[name].given_to(**owner)

    with transaction.atomic():
        if not imported.claim(author):
            return
        report = take_in(text, give, author=author)
        if not report.created:
            raise ChangedMeanwhileError
        theme = report.theme
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
