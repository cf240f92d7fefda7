"""Pictures made on the spot."""

import base64
import io

from PIL import Image


def png(color="red", size=(4, 3)):
    content = io.BytesIO()
    Image.new("RGB", size, color).save(content, "PNG")
    return content.getvalue()


def jpeg(color="blue"):
    content = io.BytesIO()
    Image.new("RGB", (5, 4), color).save(content, "JPEG")
    return content.getvalue()


def as_data(content, kind="image/png"):
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
