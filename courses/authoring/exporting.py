"""A theme becomes a folder that ``import_theme`` reads."""

from courses.articles import markdown
from courses.articles.folder import ThemeText, TopicText, write
from courses.articles.sanitise import PICTURES, parsed
from courses.models import Picture


def export_theme(theme, folder):
    """Write ``theme`` into the new or empty ``folder``: what is published, else the draft."""
    pictures = {}
    topics = [topic_text(step, pictures) for step in theme.steps.current_or_draft().order_by("position")]
    text = ThemeText(
        slug=theme.slug,
        title=theme.title,
        summary=theme.summary,
        language=theme.language,
        access=str(theme.access),
        in_order=theme.in_order,
        draft=theme.published_at is None,
        text=as_markdown(theme.introduction, pictures),
        topics=topics,
        pictures=pictures,
    )
    write(text, folder)
    return text


def topic_text(step, pictures):
    topic = step.topic
    edition = topic.published_edition if topic.published else topic.draft or topic.published_edition
    return TopicText(
        slug=step.slug,
        title=edition.title,
        summary=edition.summary,
        required=step.required,
        release_date=step.release_date,
        draft=not topic.published,
        text=as_markdown(edition.html, pictures),
    )


def as_markdown(html, pictures):
    """Markdown for ``html``; the pictures it shows are added to ``pictures`` under their names.

    Two different pictures of one name get two names, in the order in which they are shown.
    """
    shown = dict.fromkeys(image.get("src", "") for image in parsed(html).iter("img"))
    public_ids = [address.removeprefix(PICTURES).rstrip("/") for address in shown]
    known = {picture.address: picture for picture in Picture.objects.filter(public_id__in=public_ids)}
    names = {}
    for address in filter(known.get, shown):
        with known[address].file.open() as file:
            names[address] = name_for(known[address].name, file.read(), pictures)
    return markdown.from_html(html, lambda address: names.get(address, address))


def name_for(name, content, pictures):
    stem, _dot, ending = name.rpartition(".")
    candidate, number = name, 2
    while pictures.get(candidate, content) != content:
        candidate, number = f"{stem}-{number}.{ending}", number + 1
    pictures[candidate] = content
    return candidate
