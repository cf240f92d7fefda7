"""The history of a theme's structure: how it stood after each change, and the way back."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date

from courses.models.changes import current_author
from courses.models.pictures import new_public_id
from courses.models.steps import Step

TOLD = ("title", "summary", "introduction", "language", "access", "in_order")
"""What the history tells of the theme itself."""


class StructureQuerySet(models.QuerySet):
    def begin(self, themes):
        """Note how those of ``themes`` stand that have no history yet: what a first change can go back to."""
        for theme in themes.filter(structures=None):
            self.create(theme=theme, snapshot=snapshot_of(theme))

    def remember(self, theme):
        """Note how ``theme`` stands now, and by whom, unless it stood so already."""
        snapshot = snapshot_of(theme)
        last = self.filter(theme=theme).order_by("-pk").values_list("snapshot", flat=True).first()
        if snapshot != last:
            self.create(theme=theme, author=current_author(), snapshot=snapshot)


class Structure(models.Model):
    """How a theme stood after a change.

    ``snapshot`` holds the fields of ``TOLD``, whether it was ``published``, and ``steps``: those that were not
    taken out, in order, each with ``step`` (primary key), ``title``, ``slug``, ``required``, ``release_date``
    (ISO or None) and ``published``.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    theme = models.ForeignKey("Theme", on_delete=models.CASCADE, related_name="structures")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    snapshot = models.JSONField()

    objects = StructureQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.theme_id} {self.made_at:%Y-%m-%d %H:%M}"

    def restore(self):
        """Let the theme's title, summary, order of following and steps be as they were then; progress is not touched.

        Steps that were there come back in their place, those that came later are taken out, and a topic that was
        called otherwise gets its title back. Texts, publication and access stay as they are.
        """
        theme = self.theme
        with theme.changing(theme.steps.values("topic")):
            theme.describe(**{name: self.snapshot[name] for name in ("title", "summary", "in_order")})
            wanted = {entry["step"]: entry for entry in self.snapshot["steps"]}
            for step in theme.steps.current_or_draft().exclude(pk__in=wanted):
                theme.take_out(step)
            there = {step.pk: step for step in theme.steps.filter(pk__in=wanted).select_related("topic")}
            for entry in self.snapshot["steps"]:
                if step := there.get(entry["step"]):
                    put_back(theme, step, entry)
            theme.put_in_order([pk for pk in wanted if pk in there])


def put_back(theme, step, entry):
    release_date = entry["release_date"] and parse_date(entry["release_date"])
    if step.archived_at:
        theme.add(step.topic, slug=step.slug, required=entry["required"], release_date=release_date)
        return
    if step.required != entry["required"]:
        theme.require(step, required=entry["required"])
    if step.release_date != release_date:
        theme.reschedule(step, release_date)
    if entry["title"]:
        step.topic.retitle(entry["title"], author=current_author())


def snapshot_of(theme) -> dict[str, Any]:
    steps = Step.objects.current_or_draft().filter(theme=theme).with_authors_title().select_related("topic")
    return {
        **{name: getattr(theme, name) for name in TOLD},
        "published": theme.published_at is not None,
        "binned": theme.binned_at is not None,
        "steps": [
            {
                "step": step.pk,
                "title": step.authors_title,
                "slug": step.slug,
                "required": step.required,
                "release_date": step.release_date and step.release_date.isoformat(),
                "published": step.topic.published,
            }
            for step in steps
        ],
    }
