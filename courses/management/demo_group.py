"""The group of the demo: people at every point of the way, so that there is something to see."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from courses.models import Group, Membership, Participation, Topic

WAYS = [(4, 40, 9), (4, 38, 3), (4, 35, 1), (3, 30, 2), (3, 33, 20), (2, 28, 17), (2, 14, 4), (1, 30, 26), (1, 6, 5)]
"""Of each learner who began: topics completed, begun so many days ago, last active so many days ago."""

NOT_BEGUN = 2
"""Besides the learner of the demo, who begins at nought."""


def make_group(theme, *, trainer, client, learner):
    """A group of twelve that follows ``theme``; made once."""
    if Group.objects.exists():
        return
    today = timezone.localdate()
    group = Group.objects.create(name="Teamleiders", reminds=True)
    group.trainers.add(trainer)
    group.clients.add(client)
    group.follow(theme, starts_on=today - timedelta(days=42), deadline=today + timedelta(days=14))
    make_older(theme, timedelta(days=50))
    Membership.objects.join(group, learner)
    for number in range(len(WAYS) + NOT_BEGUN):
        person = make_learner(number + 2)
        if number < len(WAYS):
            walk(person, theme, *WAYS[number])
        Membership.objects.join(group, person)


def make_older(theme, age):
    """As if the theme stood there before its learners began: else every topic would be new to them."""
    with theme.changing():
        then = timezone.now() - age
        theme.steps.update(added_at=then)
        Topic.objects.filter(steps__theme=theme).update(published_at=then)


def make_learner(number):
    fields = {"name": f"Deelnemer {number:02}", "language": "nl"}
    return User.objects.get_or_create(email=f"deelnemer-{number}@stapwijs.example", defaults=fields)[0]


def walk(learner, theme, completed_count, begun, active):
    """Complete so many topics, the last of them ``active`` days ago."""
    start = timezone.now() - timedelta(days=begun)
    participation = Participation.objects.create(theme=theme, learner=learner, started_at=start)
    pause = timedelta(days=begun - active) / completed_count
    for number, step in enumerate(theme.steps.counted().order_by("position")[:completed_count], 1):
        participation.complete(step, deed=uuid4(), happened_at=start + number * pause)
