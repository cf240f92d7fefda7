"""Pictures made on the spot."""

import io

from PIL import Image

from courses.models import Picture


def encoded(image, format, **options):
    output = io.BytesIO()
    image.save(output, format, **options)
    return output.getvalue()


def gradient(size, mode="RGB"):
    """A picture in which every turn and every flip can be told from another."""
    image = Image.new("RGB", size)
    image.putdata([(x * 7 % 256, y * 11 % 256, 90) for y in range(size[1]) for x in range(size[0])])
    return image.convert(mode)


def png(size=(12, 8), mode="RGB", **options):
    return encoded(gradient(size, mode), "PNG", **options)


def jpeg(size=(32, 24), mode="RGB", **options):
    return encoded(gradient(size, mode), "JPEG", **options)


def content_of(picture):
    with picture.file.open() as file:
        return file.read()


def stored(content, **owner):
    return Picture.store(content, name="twee-cirkels.png", **owner)
