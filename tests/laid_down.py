"""Topics and steps in a few queries, row for row as the deeds of an author leave them (models/test_laid_down.py)."""

from functools import cache

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from courses.articles.outline import derive
from courses.articles.sanitise import PICTURES, sanitise
from courses.models import Edition, Step, Topic, Version

derived, sanitised = cache(derive), cache(sanitise)
"""Nearly every test writes the same few words."""


def laid_down(titles, html="<p>Lees dit.</p>", *, published=True, summary="", author=None):
    """Return new topics with these titles, that all say the same."""
    assert PICTURES not in html, "a picture is adopted by its topic: write and publish it"
    now = timezone.now()
    topics = Topic.objects.bulk_create(Topic(text_version=1) for _title in titles)
    said = {"summary": summary, "author": author, "html": sanitised(html)}
    outcome = {**read(html), "published_at": now} if published else {}
    texts = [{**said, "topic": topic, "title": title} for topic, title in zip(topics, titles, strict=True)]
    editions = Edition.objects.bulk_create(Edition(**{**text, **outcome}, number=1, written_at=now) for text in texts)
    if published:
        for topic, edition in zip(topics, editions, strict=True):
            topic.published_edition, topic.published_at = edition, now
        theirs = Edition.objects.filter(topic=OuterRef("pk")).values("pk")
        keys = [topic.pk for topic in topics]
        Topic.objects.filter(pk__in=keys).update(published_edition=Subquery(theirs), published_at=now)
    Version.objects.bulk_create(
        Version(**text, edition=edition if published else None, began_at=now, saved_at=now)
        for text, edition in zip(texts, editions, strict=True)
    )
    return topics


def read(html):
    """What publication makes of ``html``."""
    article = derived(html)
    outcome = {"html": article.html, "text": article.text, "reading_minutes": article.reading_minutes}
    return {**outcome, "outline": [dict(heading) for heading in article.outline]}


def add_steps(theme, addresses):
    """Add a required step for each of ``addresses``: those of its titles, None for one that fits any title."""
    last = theme.steps.current_or_draft().count()
    with theme.changing():
        topics = laid_down(list(addresses))
        Step.objects.bulk_create(
            Step(theme=theme, topic=topic, slug=address or f"onderwerp-{topic.pk}", position=position)
            for position, (topic, address) in enumerate(zip(topics, addresses.values(), strict=True), start=last + 1)
        )
    return theme
