"""Groups: people who follow the same themes together, and those who guide them."""

import secrets

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from courses.models.holding import hold_group


def new_public_id():
    return secrets.token_urlsafe(12)


class GroupQuerySet(models.QuerySet):
    def current(self):
        """Groups that were not closed."""
        return self.filter(closed_at=None)

    def guided_by(self, user):
        """Groups of which ``user`` is a trainer, closed ones too; being a trainer of the site is not enough."""
        return self.filter(trainers=user) if user.is_trainer else self.none()

    def reported_to(self, user):
        """Groups of which ``user`` is a client."""
        return self.filter(clients=user)


class Group(models.Model):
    """People who follow the same themes, with their trainers and clients.

    ``reminds``: members hear from us before a deadline. ``closed_at``: it opens no themes and no invitations any more,
    and mails nobody; everyone's progress stays (rule 26).
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=200)
    reminds = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True)
    trainers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="guided_groups")
    clients = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="reported_groups")
    themes: models.ManyToManyField = models.ManyToManyField("Theme", through="GroupTheme", related_name="groups")

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("tracking:group", args=[self.public_id])

    @transaction.atomic
    def follow(self, theme, *, starts_on=None, deadline=None):
        """Let the group follow ``theme``, or give it other dates; every member stands on its roster from now on."""
        from courses.models.roster import RosterRow

        hold_group(self, theme.pk)
        dates = {"starts_on": starts_on, "deadline": deadline}
        group_theme, _created = self.group_themes.update_or_create(theme=theme, defaults=dates)
        RosterRow.objects.enrol(group_theme, self.memberships.active())
        return group_theme

    @transaction.atomic
    def unfollow(self, theme):
        """Follow ``theme`` no longer: its roster goes, everyone's progress stays (rule 26)."""
        hold_group(self, theme.pk)
        self.group_themes.filter(theme=theme).delete()

    def close(self):
        self.set(closed_at=timezone.now())

    def reopen(self):
        self.set(closed_at=None)

    @transaction.atomic
    def dismiss(self, trainer):
        """Let ``trainer`` guide the group no longer, and say whether that was done: the last one stays."""
        Group.objects.select_for_update().get(pk=self.pk)
        if not self.trainers.exclude(pk=trainer.pk).exists():
            return False
        self.trainers.remove(trainer)
        return True

    def set(self, **fields):
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))

    @transaction.atomic
    def duplicate(self, name):
        """Return a group with the same themes and trainers: no dates, no learners, no clients, no invitations."""
        copy = Group.objects.create(name=name, reminds=self.reminds)
        copy.trainers.set(self.trainers.all())
        for group_theme in self.group_themes.select_related("theme"):
            copy.follow(group_theme.theme)
        return copy


class GroupThemeQuerySet(models.QuerySet):
    def current(self):
        return self.filter(group__closed_at=None)

    def planned_for(self, user):
        """What the groups of ``user`` follow, now or later, of themes that are published."""
        from courses.models.memberships import Membership

        mine = Membership.objects.active().filter(learner=user).values("group")
        published = Q(theme__published_at__isnull=False, theme__binned_at=None)
        return self.current().filter(published, group__in=mine).select_related("theme")

    def open_to(self, user):
        """What their groups let ``user`` follow today: members from the start date on, trainers always."""
        from courses.models.memberships import Membership

        mine = Membership.objects.active().filter(learner=user).values("group")
        started = Q(starts_on=None) | Q(starts_on__lte=timezone.localdate())
        guided = Group.objects.guided_by(user).values("pk")
        return self.current().filter((started & Q(group__in=mine)) | Q(group__in=guided))


class GroupTheme(models.Model):
    """A theme that a group follows. ``starts_on``: opens that day. ``deadline``: asked to be completed by then."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="group_themes")
    theme = models.ForeignKey("Theme", on_delete=models.PROTECT, related_name="group_themes")
    starts_on = models.DateField(null=True)
    deadline = models.DateField(null=True)

    objects = GroupThemeQuerySet.as_manager()

    class Meta:
        ordering = [F("starts_on").asc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint("group", "theme", name="group_theme_once"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(deadline=None) | Q(deadline__gte=F("starts_on")),
                name="group_theme_deadline_after_start",
            ),
        ]

    def __str__(self):
        return f"{self.group_id}/{self.theme_id}"

    @property
    def started(self):
        return self.starts_on is None or self.starts_on <= timezone.localdate()

    @property
    def overdue(self):
        return self.deadline is not None and self.deadline < timezone.localdate()
