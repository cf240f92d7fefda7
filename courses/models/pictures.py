"""The pictures in articles and introductions."""

import hashlib
import io
import secrets
import warnings

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from courses.articles.sanitise import PICTURES

MOST_PIXELS = 25_000_000
FORMATS = {"PNG": ("png", "image/png"), "JPEG": ("jpg", "image/jpeg")}
JPEG_WITHOUT_METADATA = {0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDD, 0xDA}


def new_public_id():
    return secrets.token_urlsafe(16)


class PictureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Pictures of the themes and topics that ``user`` may see."""
        from courses.models.steps import Step
        from courses.models.themes import Theme

        themes = Theme.objects.visible_to(user)
        steps = Step.objects.current().filter(theme__in=themes)
        return self.filter(Q(theme__in=themes) | Q(topic__in=steps.values("topic")))


class Picture(models.Model):
    """A picture of one topic, or of a theme's introduction; its file never changes."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    topic = models.ForeignKey("Topic", null=True, on_delete=models.PROTECT, related_name="pictures")
    theme = models.ForeignKey("Theme", null=True, on_delete=models.PROTECT, related_name="pictures")
    name = models.CharField(_("file name"), max_length=200)
    file = models.FileField(_("file"), upload_to="pictures")
    sha256 = models.CharField(max_length=64, editable=False)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=Q(topic=None, theme__isnull=False) | Q(topic__isnull=False, theme=None),
                name="picture_belongs_to_a_topic_or_a_theme",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def address(self):
        """Where the picture is served; this is what ``src`` holds in an article."""
        return f"{PICTURES}{self.public_id}/"

    @property
    def content_type(self):
        return next(mime for ending, mime in FORMATS.values() if self.file.name.endswith(ending))

    @classmethod
    def store(cls, content, *, name, topic=None, theme=None):
        """Return the picture for these bytes, the existing one if this owner already has it.

        Raises ``ValidationError`` if they are no acceptable picture.
        """
        clean = CleanPicture(content)
        owner = {"topic": topic, "theme": theme}
        existing = cls.objects.filter(**owner, sha256=clean.sha256, name=name).first()
        if existing:
            return existing
        picture = cls(**owner, name=name, sha256=clean.sha256, width=clean.width, height=clean.height)
        picture.file.save(f"{picture.public_id}.{clean.ending}", ContentFile(clean.content), save=False)
        picture.save()
        return picture


class CleanPicture:
    """Picture bytes that are safe to serve: checked before decoding, re-encoded, without metadata.

    A picture that already is in the form we would write is kept byte for byte, so that an
    exported picture comes in again unchanged.
    """

    def __init__(self, content):
        image = self.opened(content)
        self.ending, _mime = FORMATS[image.format]
        self.width, self.height = image.size
        self.content = content if image.format == "JPEG" and is_bare_jpeg(content) else self.encoded(image)
        self.sha256 = hashlib.sha256(self.content).hexdigest()

    def opened(self, content):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                image = Image.open(io.BytesIO(content), formats=list(FORMATS))
            width, height = image.size
            if width * height > MOST_PIXELS:
                raise ValidationError(_("The picture is too large: %(width)s × %(height)s pixels."), params={"width": width, "height": height})
            image.load()
        except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, OSError, SyntaxError, ValueError) as error:
            raise ValidationError(_("This is not a PNG or JPEG picture that can be read.")) from error
        return image

    def encoded(self, image):
        """The pixels written anew, turned as the camera meant; nothing else of the file survives."""
        bare = ImageOps.exif_transpose(image)
        self.width, self.height = bare.size
        bare.info = {key: value for key, value in image.info.items() if key == "transparency"}
        output = io.BytesIO()
        if image.format == "PNG":
            bare.save(output, "PNG", optimize=True)
        else:
            bare.convert("RGB").save(output, "JPEG", quality=85, optimize=True)
        return output.getvalue()


def is_bare_jpeg(content):
    """Whether these bytes are a JPEG with nothing in it but the picture, and nothing behind it."""
    position = 2
    while position + 4 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if marker not in JPEG_WITHOUT_METADATA:
            return False
        if marker == 0xDA:
            return content.endswith(b"\xff\xd9") and content.count(b"\xff\xd9") == 1
        position += 2 + int.from_bytes(content[position + 2 : position + 4], "big")
    return False
