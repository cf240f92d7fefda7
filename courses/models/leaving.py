"""What must be seen to, and who must be kept out, when somebody is erased."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from accounts.personal.registry import Obstacle
from courses.models.groups import Group, GroupTheme
from courses.models.holding import hold, hold_learners
from courses.models.participations import Participation
from courses.models.themes import Theme


def hold_person(person):
    """Keep others out of what is about to go: groups, themes, the learner and their participations (``holding``)."""
    if not person.user:
        return
    theirs = Q(memberships__learner=person.user) | Q(trainers=person.user) | Q(clients=person.user)
    groups = hold(Group.objects.filter(pk__in=Group.objects.filter(theirs).order_by().values("pk")))
    followed = Q(pk__in=GroupTheme.objects.filter(group__in=groups).order_by().values("theme"))
    begun = Q(pk__in=Participation.objects.filter(learner=person.user).order_by().values("theme"))
    hold_learners([person.user.pk], hold(Theme.objects.filter(followed | begun)))


def groups_without_another(person):
    """The groups under way that nobody else guides."""
    if not person.user:
        return Group.objects.none()
    others = Group.trainers.through.objects.exclude(user=person.user)
    return Group.objects.current().filter(trainers=person.user).exclude(pk__in=others.values("group"))


def groups_left_alone(person):
    """Whoever leaves a group behind lets another trainer guide it first, or closes it."""
    for group in groups_without_another(person):
        yield Obstacle(
            gettext("Nobody else guides “%(group)s”. Let another trainer guide it too, or close it.")
            % {"group": group.name},
            reverse("tracking:settings", args=[group.public_id]),
        )


def close_groups_left_alone(person):
    for group in groups_without_another(person):
        group.close()
