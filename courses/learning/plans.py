"""What the groups of a learner ask of them: which themes, from when, by when. Two queries."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.models import Exists

from courses.models import Group, GroupTheme, Membership


@dataclass(frozen=True)
class Plans:
    """``dates`` is {primary key of a theme: what is asked, by the first deadline}; ``later`` is what opens later."""

    dates: dict[int, GroupTheme]
    later: list[GroupTheme]
    in_a_group: bool
    client: bool


def plans_of(user):
    planned = list(GroupTheme.objects.planned_for(user))
    open_now = {plan.theme_id for plan in planned if plan.started}
    with_deadline = sorted((plan for plan in planned if plan.deadline), key=lambda plan: plan.deadline, reverse=True)
    member = Exists(Membership.objects.filter(learner=user))
    client = Exists(Group.objects.reported_to(user))
    places = get_user_model().objects.filter(pk=user.pk).values_list(member, client).get()
    return Plans(
        dates={plan.theme_id: plan for plan in with_deadline},
        later=[plan for plan in planned if plan.theme_id not in open_now],
        in_a_group=places[0],
        client=places[1],
    )
