"""The pictures in articles and introductions."""

import hashlib
import io
import re
import secrets
import struct
import warnings

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image

from courses.articles.sanitise import PICTURES

MOST_PIXELS = 25_000_000
FORMATS = {"PNG": ("png", "image/png"), "JPEG": ("jpg", "image/jpeg")}
JPEG_SEGMENTS = {b"\xff" + bytes([marker]) for marker in (0xDB, 0xC0, 0xC2, 0xC4, 0xDD, 0xDA)}
JFIF = b"\xff\xe0\x00\x10JFIF\0"
PICTURE_IN_TEXT = re.compile(re.escape(PICTURES) + r"([\w-]+)/", re.ASCII)
AFTER_PIXELS = re.compile(rb"\xff[^\x00\xd0-\xd7]")
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How a picture must be turned, by the number that the camera wrote."""

UNREADABLE = (Image.DecompressionBombError, OSError, SyntaxError, TypeError, ValueError, struct.error)
"""What Pillow raises over bytes that are no picture, or a broken one."""


def new_public_id():
    return secrets.token_urlsafe(16)


class PictureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Pictures of the themes and topics that ``user`` may see; trainers see all of the site."""
        from courses.models.steps import Step
        from courses.models.themes import Theme

        if user.is_authenticated and user.is_trainer:
            return self.all()
        themes = Theme.objects.visible_to(user)
        steps = Step.objects.current().filter(theme__in=themes)
        return self.filter(Q(theme__in=themes) | Q(topic__in=steps.values("topic")))


class Picture(models.Model):
    """A picture of one topic, or of a theme's introduction; its file never changes."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    topic = models.ForeignKey("Topic", null=True, on_delete=models.PROTECT, related_name="pictures")
    theme = models.ForeignKey("Theme", null=True, on_delete=models.PROTECT, related_name="pictures")
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="pictures")
    sha256 = models.CharField(max_length=64, editable=False)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    objects = PictureQuerySet.as_manager()

    class Meta:
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
        return next(mime for ending, mime in FORMATS.values() if str(self.file.name).endswith(ending))

    def twin(self, **owner):
        """The same picture for another owner, who may have it already; both show one file, which never changes."""
        facts = {"name": self.name, "sha256": self.sha256}
        existing = type(self).objects.filter(**owner, **facts).first()
        size = {"width": self.width, "height": self.height}
        return existing or type(self).objects.create(**owner, **facts, **size, file=self.file.name)

    @classmethod
    def adopted(cls, html, **owner):
        """Return ``html`` with pictures of others replaced by copies that belong to ``topic=`` or ``theme=``.

        A picture pasted from another topic would be hidden from who cannot see that one.
        """
        shown = set(PICTURE_IN_TEXT.findall(html))
        for picture in cls.objects.filter(public_id__in=shown).exclude(**owner):
            html = html.replace(picture.address, picture.twin(**owner).address)
        return html

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
        image, turn = self.opened(content)
        format = "PNG" if image.format == "PNG" else "JPEG"  # MPO, of telephones: a JPEG with more behind it
        self.ending, _mime = FORMATS[format]
        bare = image.copy() if turn is None else image.transpose(turn)
        self.width, self.height = bare.size
        self.content = content if format == "JPEG" and is_bare_jpeg(content) else self.encoded(bare, format)
        self.sha256 = hashlib.sha256(self.content).hexdigest()

    def opened(self, content):
        """Return the picture and how it must be turned, or None; what is wrong beside the pixels is ignored."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                image = Image.open(io.BytesIO(content), formats=list(FORMATS))
                self.check_size(*image.size)
                image.load()
                turn = TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
        except UNREADABLE as error:
            raise ValidationError(_("This is not a PNG or JPEG picture that can be read.")) from error
        return image, turn

    def check_size(self, width, height):
        """Before decoding: a small file may hold more pixels than memory does."""
        if width * height > MOST_PIXELS:
            raise ValidationError(
                _("The picture is too large: %(width)s × %(height)s pixels."),
                params={"width": width, "height": height},
            )

    def encoded(self, bare, format):
        """The pixels written anew; nothing else of the file survives."""
        bare.info = {key: value for key, value in bare.info.items() if key == "transparency"}
        output = io.BytesIO()
        if format == "PNG":
            bare.save(output, "PNG", optimize=True)
        else:
            bare.convert("RGB").save(output, "JPEG", quality=85, optimize=True)
        return output.getvalue()


def is_bare_jpeg(content):
    """Whether these bytes are a JPEG with nothing in it but the picture, and nothing behind it."""
    position = 2 + 2 + 16 if content.startswith(JFIF, 2) else 2
    while (marker := content[position : position + 2]) in JPEG_SEGMENTS:
        position += 2 + int.from_bytes(content[position + 2 : position + 4], "big")
        if marker == b"\xff\xda":
            end = AFTER_PIXELS.search(content, position)
            position = end.start() if end else len(content)
    return content[position:] == b"\xff\xd9"
