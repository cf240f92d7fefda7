"""Emptying the bin: what nobody took back in time, and no progress stands on, goes for good (rule 24)."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from courses.models.groups import GroupTheme
from courses.models.participations import Participation
from courses.models.pictures import Picture
from courses.models.progress import Progress
from courses.models.steps import Step
from courses.models.themes import KEPT_IN_BIN, Theme
from courses.models.topics import Topic


def overdue_in_bin(before):
    """What was put into the bin before that moment, and can go.

    A theme that somebody followed stays in the bin: their progress stands on it. So does one that a group follows.
    """
    overdue = Theme.objects.filter(binned_at__lt=before)
    unfollowed = overdue.exclude(pk__in=Participation.objects.values("theme"))
    return unfollowed.exclude(pk__in=GroupTheme.objects.values("theme"))


def empty_bin():
    """Delete what has been in the bin for too long, and return the titles."""
    return [erase(theme) for theme in overdue_in_bin(timezone.now() - KEPT_IN_BIN)]


@transaction.atomic
def erase(theme):
    """Delete a theme, the topics that stand in no other one, and their pictures; return its title."""
    topics = Topic.objects.filter(steps__theme=theme).exclude(pk__in=Step.objects.exclude(theme=theme).values("topic"))
    alone = list(topics.exclude(pk__in=Progress.objects.values("topic")).values_list("pk", flat=True))
    theme.steps.all().delete()
    Theme.objects.filter(pk=theme.pk).update(cover=None)
    erase_pictures(Picture.objects.filter(theme=theme))
    title = theme.title
    theme.delete()
    for topic in Topic.objects.filter(pk__in=alone):
        erase_topic(topic)
    return title


def erase_topic(topic):
    Topic.objects.filter(pk=topic.pk).update(published_edition=None, published_at=None, withdrawn_at=None)
    topic.versions.all().delete()
    topic.editions.all().delete()
    erase_pictures(topic.pictures.all())
    topic.delete()


def erase_pictures(pictures):
    """Copies of a theme show the same file: it goes with the last of them."""
    files = [picture.file for picture in pictures]
    pictures.delete()
    for file in files:
        if not Picture.objects.filter(file=file.name).exists():
            transaction.on_commit(partial(file.storage.delete, file.name))
