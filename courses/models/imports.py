"""A text on its way to become topics: proposed first, and made when the trainer says so."""

import re

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from courses.articles.sanitise import PICTURES
from courses.models.pictures import Picture, new_public_id


class ImportQuerySet(models.QuerySet):
    def open(self):
        """Proposals of which nothing was made yet."""
        return self.filter(made_at=None)

    def listed(self):
        """What a list of imports shows, without the texts."""
        return self.select_related("author", "theme").defer("proposal", "report")


class Import(models.Model):
    """What was read from a trainer's files, and what is proposed to make of it.

    ``proposal`` is a ``courses.authoring.proposal.Proposal`` or, for a theme folder, the theme's text, as JSON.
    ``theme`` is where the topics go: none is a new one. ``made_at``: when it was made, once; from then on nothing
    changes any more, and ``report`` says what was made. ``author``: who brought it; once made, who made it.
    """

    class Kind(models.TextChoices):
        TEXT = "text"
        FOLDER = "folder"

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TEXT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=300)
    proposal = models.JSONField()
    theme = models.ForeignKey("Theme", null=True, on_delete=models.SET_NULL, related_name="imports")
    report = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    made_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        page = "folder_import" if self.kind == self.Kind.FOLDER else "import_proposal"
        return reverse(f"authoring:{page}", args=[self.public_id])

    def shown(self, html):
        """``html`` with its pictures where trainers can see them; one without a text passes for decoration."""
        at = reverse("authoring:import_picture", args=[self.public_id, 0]).removesuffix("0/")
        html = re.sub(rf'src="{PICTURES}import-(\d+)/"', rf'src="{at}\1/"', html)
        return re.sub(r"<img (?![^>]*\balt=)", '<img alt="" ', html)

    def claim(self, author):
        """Say that it is being made by ``author``, and whether this very call may: of two at once only one wins."""
        made = {"made_at": timezone.now(), "author": author}
        won = Import.objects.open().filter(pk=self.pk).update(**made)
        self.refresh_from_db(fields=list(made))
        return bool(won)

    def tell(self, *, theme, report):
        """Keep what was made, to be read again later."""
        self.theme, self.report = theme, report
        self.save(update_fields=["theme", "report"])

    def keep_pictures(self, pictures, kept):
        """Store ``pictures``: number → (name, ``CleanPicture``); each is added to ``kept`` as soon as it has a file."""
        for number, (name, clean) in pictures.items():
            picture = ImportPicture(source=self, number=number, name=name, sha256=clean.sha256)
            picture.width, picture.height = clean.width, clean.height
            picture.file.save(f"{new_public_id()}.{clean.ending}", ContentFile(clean.content), save=False)
            kept.append(picture)
            picture.save()

    def let_go_of_pictures(self):
        """Forget the pictures, and remove the files of those that nobody took over."""
        names = list(self.pictures.values_list("file", flat=True))
        self.pictures.all().delete()
        transaction.on_commit(lambda: remove_orphans(names))


def remove_orphans(names):
    """Remove the files of pictures that belong to nobody."""
    used = {*Picture.objects.filter(file__in=names).values_list("file", flat=True)}
    used |= {*ImportPicture.objects.filter(file__in=names).values_list("file", flat=True)}
    storage = ImportPicture._meta.get_field("file").storage
    for name in set(names) - used:
        storage.delete(name)


class ImportPicture(models.Model):
    """A picture of a text of which nothing was made yet: clean already, and nobody's.

    Its file is the very one that a topic takes over, so that making topics writes no files.
    """

    source = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="pictures")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="pictures")
    sha256 = models.CharField(max_length=64, editable=False)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint("source", "number", name="import_picture_once_per_number")]

    def __str__(self):
        return self.name

    content_type = Picture.content_type

    @property
    def address(self):
        """What ``src`` holds in the proposal."""
        return f"{PICTURES}import-{self.number}/"

    def given_to(self, **owner):
        """Return the owner's picture with this content: the one it has already, else a new one."""
        same = {"name": self.name, "sha256": self.sha256}
        size = {"width": self.width, "height": self.height}
        existing = Picture.objects.filter(**owner, **same).first()
        return existing or Picture.objects.create(**owner, **same, **size, file=self.file.name)
