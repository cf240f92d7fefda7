"""The pictures of an import: kept when their bytes came along, never fetched."""

import base64
import binascii
import hashlib
import io
import warnings
from collections.abc import Callable
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from PIL import Image

from courses.articles.importers.found import Lost
from courses.articles.sanitise import PICTURES

MOST_PIXELS = 25_000_000
MOST_LOST = 200
"""Sentences: a page of thousands of pictures elsewhere is told once."""

BROKEN = (OSError, SyntaxError, ValueError, TypeError, Image.DecompressionBombError, MemoryError)


class Pictures:
    """Gives each picture its address in the article, and remembers what could not come along.

    ``beside`` finds the bytes of a picture that lies beside the text, by the name that the text
    uses; None if there is none.
    """

    def __init__(self, beside: Callable[[str], bytes | None] | None = None):
        self.beside = beside or (lambda name: None)
        self.by_address: dict[str, bytes] = {}
        self.addresses: dict[str, str] = {}
        self.lost: dict[Lost, None] = {}

    def lose(self, what, name=""):
        if len(self.lost) < MOST_LOST:
            self.lost[Lost(what, " ".join(name.split()))] = None

    def place(self, image):
        """Give an ``img`` its address; False, and the reason remembered, if it cannot come along."""
        source, alt = image.get("src") or "", image.get("alt")
        content, problem = self.bytes_of(source)
        problem = problem or problem_with(content)
        if problem:
            self.lose(problem, alt or ("" if source.startswith("data:") else source) or "–")
            return False
        for name in image.attrib:
            del image.attrib[name]
        image.set("src", self.address_of(content))
        if alt is not None:
            image.set("alt", " ".join(alt.split()))
        return True

    def bytes_of(self, source):
        if source[:5].lower() == "data:":
            return bytes_in(source), ""
        content = self.beside(unquote(source))
        elsewhere = urlsplit_scheme(source) in ("http", "https") or source.startswith("//")
        return content, "" if content is not None else "picture-elsewhere" if elsewhere else "picture-missing"

    def address_of(self, content):
        digest = hashlib.sha256(content).hexdigest()
        if digest not in self.addresses:
            self.addresses[digest] = f"{PICTURES}import-{len(self.addresses) + 1}/"
            self.by_address[self.addresses[digest]] = content
        return self.addresses[digest]


def urlsplit_scheme(address):
    try:
        return urlsplit(address).scheme
    except ValueError:
        return ""


def bytes_in(address):
    """The bytes that a ``data:`` address carries."""
    head, _comma, body = address.partition(",")
    try:
        return base64.b64decode(unquote(body)) if "base64" in head.lower() else unquote_to_bytes(body)
    except (binascii.Error, ValueError):
        return b""


def problem_with(content):
    """Why these bytes are no picture that a topic can have; empty if they are."""
    if not content.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        return "picture-type" if content else "picture-broken"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
            if image.width * image.height > MOST_PIXELS:
                return "picture-large"
            image.load()
    except BROKEN:
        return "picture-broken"
    return ""
