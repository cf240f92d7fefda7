"""A copy of a theme: the same words, new identities, nobody's progress (rule 23)."""

from django.db import transaction

from courses.models.pictures import Picture
from courses.models.topics import Topic


@transaction.atomic
def duplicate(theme, *, slug, title):
    """Return a draft theme with a new topic for each current step of ``theme``."""
    copy = type(theme).objects.create(
        slug=slug,
        title=title,
        summary=theme.summary,
        language=theme.language,
        access=theme.access,
        in_order=theme.in_order,
    )
    with copy.changing():
        copy.describe(introduction=Picture.adopted(theme.introduction_source, theme=copy))
        if theme.cover:
            copy.describe(cover=theme.cover.twin(theme=copy), cover_alt=theme.cover_alt)
        for step in theme.steps.current_or_draft().select_related("topic__published_edition"):
            facts = {"slug": step.slug, "required": step.required, "release_date": step.release_date}
            copy.add(duplicate_topic(step.topic), **facts)
    return copy


def duplicate_topic(topic):
    copy = Topic.objects.create()
    for edition in (topic.published_edition, topic.draft):
        if edition is not None:
            html = Picture.adopted(edition.source, topic=copy)
            copy.write(title=edition.title, summary=edition.summary, html=html, author=edition.author)
            if edition.published_at:
                copy.publish()
    if topic.withdrawn_at:
        copy.withdraw()
    return copy
