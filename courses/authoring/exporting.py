"""A theme becomes a folder that ``import_theme`` reads."""

from courses.articles import markdown
from courses.articles.folder import ThemeText, TopicText, write


def export_theme(theme, folder):
    """Write ``theme`` into the new or empty ``folder``: what is published, else the draft."""
    pictures = {}
    topics = [topic_text(step, pictures) for step in theme.steps.current_or_draft().order_by("position")]
    text = ThemeText(
        slug=theme.slug,
        title=theme.title,
        summary=theme.summary,
        language=theme.language,
        access=theme.access,
        in_order=theme.in_order,
        draft=theme.published_at is None,
        text=as_markdown(theme.introduction, theme.pictures.all(), pictures),
        topics=topics,
        pictures=pictures,
    )
    write(text, folder)
    return text


def topic_text(step, pictures):
    edition = step.topic.published_edition or step.topic.draft
    return TopicText(
        slug=step.slug,
        title=edition.title,
        summary=edition.summary,
        required=step.required,
        release_date=step.release_date,
        draft=not step.topic.published,
        text=as_markdown(edition.html, step.topic.pictures.all(), pictures),
    )


def as_markdown(html, own_pictures, pictures):
    """Markdown for ``html``; the pictures it shows are added to ``pictures`` under their names.

    Two different pictures of one name get two names.
    """
    names = {}
    for picture in own_pictures:
        if picture.address in html:
            with picture.file.open() as file:
                names[picture.address] = name_for(picture.name, file.read(), pictures)
    return markdown.from_html(html, lambda address: names.get(address, address))


def name_for(name, content, pictures):
    stem, _dot, ending = name.rpartition(".")
    candidate, number = name, 2
    while pictures.get(candidate, content) != content:
        candidate, number = f"{stem}-{number}.{ending}", number + 1
    pictures[candidate] = content
    return candidate
