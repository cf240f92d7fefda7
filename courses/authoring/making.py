"""A proposal becomes topics: all of them, once, as drafts."""

from django.db import transaction

from courses.authoring.proposal import Proposal
from courses.authoring.slugs import free_step_slug, free_theme_slug
from courses.models import Theme, Topic


class NothingToMakeError(Exception):
    """Every topic of the proposal is left out."""


class ThemeGoneError(Exception):
    """The theme that the topics should go to was thrown away meanwhile."""


@transaction.atomic
def make(imported, *, author, language):
    """Make the topics that are proposed, once; nothing is published. A new theme is in ``language``."""
    if not imported.claim(author):
        return
    proposal = Proposal.from_json(imported.proposal)
    topics = [topic for topic in proposal.topics if topic.taken]
    if not topics:
        raise NothingToMakeError
    theme, new = imported.theme, imported.theme is None
    if new:
        title = proposal.name_of_theme
        theme = Theme.objects.create(title=title, slug=free_theme_slug(title), language=language)
    elif theme.binned_at:
        raise ThemeGoneError
    pictures = list(imported.pictures.all())
    with theme.changing():
        made = [make_topic(theme, topic, pictures, author=author) for topic in topics]
    imported.tell(theme=theme, report={"new": new, "theme": theme.title, "topics": made})
    imported.let_go_of_pictures()


def make_topic(theme, proposed, pictures, *, author):
    """Add a draft to ``theme``; what the report says of it is returned."""
    topic = Topic.objects.create()
    html = with_pictures(proposed.html, pictures, topic=topic)
    topic.write(title=proposed.title, html=html, author=author)
    step = theme.add(topic, slug=free_step_slug(theme, proposed.title))
    return {"title": proposed.title, "slug": step.slug}


def with_pictures(html, pictures, **owner):
    """Give the owner the pictures that ``html`` shows, and return it with their addresses."""
    for picture in pictures:
        shown = f'src="{picture.address}"'
        if shown in html:
            html = html.replace(shown, f'src="{picture.given_to(**owner).address}"')
    return html
