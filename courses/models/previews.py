"""A theme as a learner would find it if everything that is written were published; nobody's progress (rule 27)."""

from copy import copy

from django.utils import timezone

from courses.articles.outline import derive
from courses.models.journey import Journey
from courses.models.outlines import OutlineStep
from courses.models.topics import Edition


def preview(theme, *, theme_address, topic_address):
    """Return the ``Journey`` of somebody who did nothing yet, through ``theme`` with its drafts.

    Its links lead to ``theme_address`` and to ``topic_address(slug)``, not to where learners read.
    """
    shown = copy(theme)
    setattr(shown, "get_absolute_url", lambda: theme_address)  # noqa: B010  mypy refuses a plain assignment
    steps = list(theme.steps.current_or_draft().select_related("topic__published_edition"))
    texts = texts_of(steps)
    return Journey(
        shown, [outline_step(step, texts[step.topic_id], topic_address) for step in steps if step.topic_id in texts]
    )


def texts_of(steps):
    """Return {primary key of a topic: its draft, else what is published}."""
    drafts = Edition.objects.filter(topic__in=[step.topic_id for step in steps], published_at=None)
    published = {step.topic_id: step.topic.published_edition for step in steps if step.topic.published_edition}
    return published | {draft.topic_id: draft for draft in drafts}


def outline_step(step, text, topic_address):
    return OutlineStep(
        pk=step.pk,
        theme_id=step.theme_id,
        topic_id=step.topic_id,
        edition_id=text.pk,
        edition_number=text.number,
        major_number=None,
        slug=step.slug,
        title=text.title,
        summary=text.summary,
        reading_minutes=derive(text.html).reading_minutes,
        required=step.required,
        release_date=step.release_date,
        since=timezone.now(),
        left_at=None,
        shared=False,
        owed_at=None,
        owed_reason="",
        address=topic_address(step.slug),
    )


def previewed_article(step):
    """The text of a step's draft, or what is published, as publishing it now would make it."""
    text = step.topic.text
    sizes = {picture.address: (picture.width, picture.height) for picture in step.topic.pictures.all()}
    return derive(text.html if text else "", sizes)
