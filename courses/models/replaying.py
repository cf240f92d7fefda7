"""Whether what is kept of somebody's progress is what follows from its events, which are the truth."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from courses.models.participations import Participation
from courses.models.progress import Progress, ProgressEvent, Told, completion

Kind = ProgressEvent.Kind


class Kept(NamedTuple):
    """What a row of progress keeps, and what ought to follow from the events."""

    opened_at: datetime
    completed_at: datetime | None
    first_completed_at: datetime | None
    on_behalf: int | None


@dataclass(frozen=True)
class Contradiction:
    """``kind``: what does not follow; ``topic`` None: the completion of the theme."""

    kind: str
    participation: int
    topic: int | None = None

    def __str__(self):
        where = f", topic {self.topic}" if self.topic else ""
        return f"{self.kind}: participation {self.participation}{where}"


def contradictions(learners, theme=None) -> Iterator[Contradiction]:
    """What is kept of these learners, or of them in one theme, that does not follow from the events; four queries."""
    mine = Participation.objects.filter(learner__in=learners, **({} if theme is None else {"theme": theme}))
    participations = {pk: rest for pk, *rest in mine.values_list("pk", "learner", "completed_at")}
    told = told_by(mine)
    completed = {pk: completed_at for pk, (_learner, completed_at) in participations.items() if completed_at}
    ended = {pk: events[0].happened_at for (pk, topic), events in told.items() if topic is None}
    for pk in completed.keys() | ended.keys():
        if completed.get(pk) != ended.get(pk):
            yield Contradiction("theme completion that differs from its event", pk)
    rows = Progress.objects.filter(participation__in=mine).values_list("participation", "topic", *Kept._fields)
    kept = {(pk, topic): Kept(*row) for pk, topic, *row in rows}
    follows = {
        place: following(events, participations[place[0]][0])
        for place, events in told.items()
        if place[1] and any(event.kind != Kind.REOPENED for event in events)
    }
    for place in kept.keys() | follows.keys():
        if place not in follows:
            yield Contradiction("progress without events", *place)
        elif place not in kept:
            yield Contradiction("events without progress", *place)
        elif kept[place] != follows[place]:
            yield Contradiction("progress that differs from its events", *place)


def told_by(participations):
    """{(participation, topic): [Told, …]}"""
    events = ProgressEvent.objects.filter(participation__in=participations).order_by("pk")
    told = by_place(events, "pk", "kind", "happened_at", "actor_id")
    often = {place[0] for place, events in told.items() if sum(event.kind != Kind.OPENED for event in events) > 1}
    return told | by_place(events.filter(participation__in=often), *Told._fields)  # only their order can be in doubt


def by_place(events, *fields):
    told: dict[tuple, list[Told]] = {}
    for participation, topic, *rest in events.values_list("participation", "topic", *fields):
        told.setdefault((participation, topic), []).append(Told(*rest))
    return told


def following(events, learner):
    """What follows from the events on one topic."""
    deeds = [event for event in events if event.kind != Kind.OPENED]
    last = max(deeds, key=lambda event: event.order, default=None)
    opened_at = min(event.happened_at for event in events if event.kind != Kind.REOPENED)
    completed_at, first_completed_at = completion(deeds)
    on_behalf = last.pk if last and first_completed_at and last.actor_id != learner else None
    return Kept(opened_at, completed_at, first_completed_at, on_behalf)
