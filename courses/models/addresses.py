"""Where themes and topics were found before they got another address."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class FormerAddressQuerySet(models.QuerySet):
    def leave(self, slug, *, for_slug, theme, step=None):
        """``slug`` is given up for ``for_slug``, which from now on leads to nobody else."""
        taken = self.filter(step__theme=theme, slug=for_slug) if step else self.filter(step=None, slug=for_slug)
        taken.delete()
        if slug != for_slug:
            self.update_or_create(theme=theme, step=step, slug=slug, defaults={"left_at": timezone.now()})


class FormerAddress(models.Model):
    """A slug that ``theme`` had, or one of its steps; links to it lead on."""

    theme = models.ForeignKey("Theme", on_delete=models.CASCADE, related_name="former_addresses")
    step = models.ForeignKey("Step", null=True, on_delete=models.CASCADE, related_name="former_addresses")
    slug = models.SlugField(max_length=80)
    left_at = models.DateTimeField()

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug"], condition=Q(step=None), name="former_address_leads_to_one_theme"),
            models.UniqueConstraint(
                "theme", "slug", condition=Q(step__isnull=False), name="former_address_leads_to_one_step"
            ),
        ]

    def __str__(self):
        return self.slug
