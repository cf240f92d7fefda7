"""A theme becomes a folder that ``import_theme`` reads."""

import re
from pathlib import Path

from django.db.models import Prefetch
from django.utils.text import slugify

from courses.articles import markdown
from courses.articles.folder import PICTURE_TYPES, ThemeText, TopicText
from courses.articles.packing import write
from courses.articles.sanitise import PICTURES, parsed
from courses.models import Edition, Picture

ORDINARY = re.compile(r"\w[\w .()+-]*")
LONGEST_NAME = 150
"""Bytes; file systems take 255."""


def export_theme(theme, folder):
    """Write ``theme`` into the new or empty ``folder``: what is published, else the draft."""
    text = theme_text(theme)
    write(text, folder)
    return text


def theme_text(theme):
    """Return the ``ThemeText`` of a theme, with its pictures; the same number of queries for any number of topics."""
    steps = with_drafts(theme.steps.current_or_draft().order_by("position"))
    editions = [exported_edition(step.topic) for step in steps]
    shown = Shown([theme.introduction, *(edition.html for edition in editions)])
    return ThemeText(
        slug=theme.slug,
        title=theme.title,
        summary=theme.summary,
        language=theme.language,
        access=str(theme.access),
        in_order=theme.in_order,
        draft=theme.published_at is None,
        text=shown.as_markdown(theme.introduction),
        topics=[topic_text(step, edition, shown) for step, edition in zip(steps, editions, strict=True)],
        cover=shown.name_for(theme.cover) if theme.cover else "",
        cover_alt=theme.cover_alt,
        pictures=shown.pictures,
    )


def with_drafts(steps):
    """The steps; ``drafts`` of their topics holds the edition that is being written, if any."""
    drafts = Prefetch("topic__editions", Edition.objects.filter(published_at=None), to_attr="drafts")
    return list(steps.select_related("topic__published_edition").prefetch_related(drafts))


def exported_edition(topic):
    """What is published, else the draft."""
    draft = next(iter(topic.drafts), None)
    return topic.published_edition if topic.published else draft or topic.published_edition


def topic_text(step, edition, shown):
    return TopicText(
        slug=step.slug,
        title=edition.title or step.slug,
        summary=edition.summary,
        required=step.required,
        release_date=step.release_date,
        draft=not step.topic.published,
        text=shown.as_markdown(edition.html),
    )


class Shown:
    """The pictures that texts show; ``pictures`` fills with their files, under the names they get in the folder."""

    def __init__(self, texts):
        self.pictures = {}
        public_ids = {public_id for html in texts for public_id in shown_in(html)}
        self.known = {picture.public_id: picture for picture in Picture.objects.filter(public_id__in=public_ids)}

    def as_markdown(self, html):
        known = [self.known[public_id] for public_id in shown_in(html) if public_id in self.known]
        names = {picture.address: self.name_for(picture) for picture in known}
        return markdown.from_html(html, lambda address: names.get(address, address))

    def name_for(self, picture):
        """Its name; two different pictures of one name get two, in the order in which they are shown."""
        with picture.file.open() as file:
            content = file.read()
        name = ordinary(picture.name, picture.file.name)
        stem, _dot, ending = name.rpartition(".")
        candidate, number = name, 2
        while self.pictures.get(candidate, content) != content:
            candidate, number = f"{stem}-{number}.{ending}", number + 1
        self.pictures[candidate] = content
        return candidate


def ordinary(name, stored_as):
    """``name`` if every computer takes it as the name of such a picture, else one made from it."""
    if ORDINARY.fullmatch(name) and len(name.encode()) <= LONGEST_NAME and Path(name).suffix.lower() in PICTURE_TYPES:
        return name
    return (slugify(Path(name).stem)[:80].strip("-_") or "picture") + Path(stored_as).suffix


def shown_in(html):
    """The public ids of the pictures in ``html``, in the order in which they are shown."""
    addresses = [image.get("src", "") for image in parsed(html).iter("img")] if "<img" in html else []
    return list(dict.fromkeys(address.removeprefix(PICTURES).rstrip("/") for address in addresses))
