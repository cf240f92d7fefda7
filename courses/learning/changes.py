"""What changed in a topic since somebody read it (rule 21)."""

from typing import NamedTuple

from django.utils.html import escape

from courses.articles.differences import Difference, differences
from courses.models import Edition
from courses.models.outlines import major_editions


class Changed(NamedTuple):
    """What is different in the title, the summary and the text; empty where nothing is."""

    title: list[Difference]
    summary: list[Difference]
    text: list[Difference]


def notes_since(step, number):
    """The major editions after the one with this number, the last first: what their author says of them, and when."""
    return [edition for edition in major_editions(step.topic_id, step.theme.revision) if edition.number > number]


def changed_since(step, number):
    """Compare the edition with this number with the one published now."""
    editions = Edition.objects.published().filter(topic=step.topic_id, number__in=[number, step.edition_number])
    by_number = {edition.number: edition for edition in editions}
    read, now = by_number[number], by_number[step.edition_number]
    return Changed(
        compared(as_paragraph(read.title), as_paragraph(now.title)),
        compared(as_paragraph(read.summary), as_paragraph(now.summary)),
        compared(read.source, now.source),
    )


def as_paragraph(text):
    return f"<p>{escape(text)}</p>" if text else ""


def compared(old, new):
    found = differences(old, new)
    return found if any(difference.kind != "same" for difference in found) else []
