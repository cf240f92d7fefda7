"""What a learner completed in other themes that share a topic with this one (rule 20)."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from courses.models.progress import Progress
from courses.models.themes import Theme


class Elsewhere(NamedTuple):
    """A completion in another theme; without ``theme``, the title, if the learner may not see that one (any more)."""

    completed_at: datetime
    theme: str | None


def look_elsewhere(steps, user):
    """Tell those of ``steps``, all of one theme, that ``user`` may take over what they completed in another theme.

    Asks one query if any of them that can be read and is not completed was ever a step of another theme, else none.
    """
    open_here = {step.topic_id: step for step in steps if step.shared and step.readable and not step.completed}
    if not open_here or not user.is_authenticated:
        return
    theme_id = next(iter(open_here.values())).theme_id
    visible = Theme.objects.visible_to(user).filter(pk=OuterRef("participation__theme"))
    rows = Progress.objects.completed_elsewhere(user, theme_id).filter(topic__in=open_here)
    titled = rows.annotate(theme=Subquery(visible.values("title")[:1]))
    for topic_id, *row in titled.values_list("topic_id", *Elsewhere._fields):
        step = open_here[topic_id]
        step.elsewhere = step.elsewhere or Elsewhere._make(row)
