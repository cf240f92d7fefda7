"""Pictures: checked before they are decoded, and written anew without anything but the picture."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from courses.models import Picture
from courses.models.pictures import CleanPicture
from tests.models.pictures import encoded, gradient, jpeg, png, stored

SECRET = b"Waar Lea woont"


def exif(orientation=1):
    here = Image.Exif()
    here[ExifTags.Base.Orientation] = orientation
    here[ExifTags.Base.Artist] = SECRET.decode()
    here.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 5.0, 27.0)
    return here


def text_chunks():
    info = PngInfo()
    info.add_text("Comment", SECRET.decode())
    info.add_itxt("Author", SECRET.decode())
    return info


def segment(marker, content):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(content) + 2) + content


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def huge_png(width, height):
    """A few bytes that claim to be a picture of this size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(bytes(64)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


def opened(content):
    return Image.open(io.BytesIO(content))


# What is accepted


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_png_keeps_its_pixels(mode):
    original = gradient((12, 8), mode)

    clean = CleanPicture(encoded(original, "PNG"))

    assert (clean.ending, clean.width, clean.height) == ("png", 12, 8)
    assert opened(clean.content).convert("RGBA").tobytes() == original.convert("RGBA").tobytes()


def test_a_png_keeps_what_is_transparent():
    clean = CleanPicture(png(mode="P", transparency=3))

    assert opened(clean.content).info["transparency"] == 3


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_jpeg_is_accepted(mode):
    clean = CleanPicture(jpeg(mode=mode))

    assert (clean.ending, clean.width, clean.height) == ("jpg", 32, 24)
    assert opened(clean.content).format == "JPEG"


def test_the_photo_of_a_telephone_that_holds_two_pictures_is_accepted_as_one():
    photo = encoded(gradient((32, 24)), "MPO", save_all=True, append_images=[gradient((32, 24))])

    clean = CleanPicture(photo)

    assert clean.ending == "jpg"
    assert opened(clean.content).format == "JPEG"


@pytest.mark.parametrize(
    "content",
    [
        png(),
        png(mode="P"),
        png(mode="RGBA"),
        jpeg(),
        jpeg(mode="L"),
        jpeg(mode="CMYK"),
        jpeg(progressive=True),
        jpeg(exif=exif(orientation=6)),
        png(exif=exif(orientation=6)),
    ],
    ids=range(9),
)
def test_what_we_wrote_ourselves_comes_in_again_byte_for_byte(content):
    once = CleanPicture(content).content

    assert CleanPicture(once).content == once


def test_a_bare_jpeg_is_kept_as_it_is():
    content = jpeg(quality=97)

    assert CleanPicture(content).content == content


# What does not survive


@pytest.mark.parametrize(
    "content",
    [
        jpeg(exif=exif()),
        jpeg(comment=SECRET),
        jpeg() + SECRET,
        jpeg()[:2] + segment(0xE1, SECRET) + jpeg()[2:],
        jpeg()[:2] + segment(0xE0, b"JFXX\0" + SECRET) + jpeg()[2:],
        jpeg()[:-2] + segment(0xFE, SECRET) + jpeg()[-2:],
        jpeg(progressive=True)[:-2] + segment(0xE1, SECRET) + jpeg()[-2:],
        jpeg() + jpeg(comment=SECRET),
        png(exif=exif()),
        png(pnginfo=text_chunks()),
        png() + SECRET,
        png()[:33] + chunk(b"prVt", SECRET) + png()[33:],
    ],
    ids=range(12),
)
def test_what_is_not_picture_is_gone(content):
    assert SECRET in content

    clean = CleanPicture(content)

    assert SECRET not in clean.content
    assert not opened(clean.content).getexif()
    assert (clean.width, clean.height) == opened(content).size


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_where_a_photo_was_taken_is_gone(form):
    content = encoded(gradient((32, 24)), form, exif=exif())
    assert opened(content).getexif().get_ifd(ExifTags.IFD.GPSInfo)

    clean = CleanPicture(content)

    assert not opened(clean.content).getexif().get_ifd(ExifTags.IFD.GPSInfo)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_as_the_camera_meant(orientation):
    content = png((12, 8), exif=exif(orientation))

    clean = CleanPicture(content)

    meant = ImageOps.exif_transpose(opened(content))
    assert (clean.width, clean.height) == meant.size
    assert opened(clean.content).tobytes() == meant.tobytes()


# What is refused


REFUSED = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "gif": encoded(gradient((9, 9), "P"), "GIF"),
    "webp": encoded(gradient((9, 9)), "WEBP"),
    "bmp": encoded(gradient((9, 9)), "BMP"),
    "text": b"Dit is geen plaatje.",
    "html in disguise": b"\x89PNG\r\n\x1a\n<script>alert(1)</script>",
    "nothing": b"",
    "half a png": png((60, 60))[:-60],
    "half a jpeg": jpeg((200, 200))[:-900],
    "a bomb": huge_png(12_000, 12_000),
    "a larger bomb": huge_png(60_000, 60_000),
    "just too large": huge_png(5_000, 5_001),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_acceptable_picture_is_refused(db, theme, kind):
    with pytest.raises(ValidationError):
        stored(REFUSED[kind], theme=theme)

    assert not Picture.objects.exists()


def test_twenty_five_million_pixels_are_accepted():
    clean = CleanPicture(encoded(Image.new("1", (5_000, 5_000)), "PNG"))

    assert (clean.width, clean.height) == (5_000, 5_000)


FORMS = {
    "png": png(exif=exif(6)),
    "palette": png(mode="P", transparency=3, pnginfo=text_chunks()),
    "jpeg": jpeg(exif=exif(6)),
    "progressive": jpeg(progressive=True, exif=exif(3)),
}


@given(st.sampled_from(sorted(FORMS)), st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=6))
def test_a_damaged_picture_is_read_or_refused_and_never_an_error(form, damage):
    content = bytearray(FORMS[form])
    for place, byte in damage:
        content[int(place * len(content))] = byte

    try:
        clean = CleanPicture(bytes(content))
    except ValidationError:
        return

    assert CleanPicture(clean.content).content == clean.content
    assert SECRET not in clean.content
