"""Many members at once, each a different way along."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from courses.models import Membership, Participation, Progress, RosterRow
from tests.models.acts import steps_of


def crowd(group, count, *, prefix="Deelnemer"):
    """So many members; the n-th completed n % 5 steps of every theme of the group, n days ago."""
    people = [User(email=f"{prefix.lower()}{n:05}@example.org", name=f"{prefix} {n:05}") for n in range(count)]
    people = User.objects.bulk_create(people)
    for group_theme in group.group_themes.select_related("theme"):
        follow(people, group_theme.theme)
    memberships = [Membership(group=group, learner=person) for person in people]
    memberships = Membership.objects.bulk_create(memberships)
    for group_theme in group.group_themes.all():
        RosterRow.objects.enrol(group_theme, group.memberships.active())
    return memberships


def follow(people, theme):
    now, steps = timezone.now(), steps_of(theme)
    begun = [
        Participation(theme=theme, learner=person, **begun_at(now - timedelta(days=n % 60), n % 5 == len(steps)))
        for n, person in enumerate(people)
        if n % 5
    ]
    participations = {one.learner_id: one for one in Participation.objects.bulk_create(begun)}
    rows = [
        Progress(
            participation=participations[person.pk],
            topic_id=step.topic_id,
            edition_id=step.edition_id,
            opened_at=now - timedelta(days=n % 60),
            last_opened_at=now - timedelta(days=n % 60),
            completed_at=now - timedelta(days=n % 60),
            first_completed_at=now - timedelta(days=n % 60),
        )
        for n, person in enumerate(people)
        for step in steps[: n % 5]
    ]
    Progress.objects.bulk_create(rows)


def begun_at(moment, finished):
    if not finished:
        return {"started_at": moment}
    return {"started_at": moment, "completed_at": moment, "completion_cause": Participation.Cause.DEED}


def let_time_pass(learner, theme, days):
    """As if ``learner`` did nothing for so many days in ``theme``."""
    then = timezone.now() - timedelta(days=days)
    Participation.objects.filter(learner=learner, theme=theme).update(started_at=then)
    RosterRow.objects.filter(learner=learner, group_theme__theme=theme).update(active_on=timezone.localdate(then))
