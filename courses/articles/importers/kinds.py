"""What kind of file it is, told by its content; the ending of its name is a hint only."""

import re
from pathlib import PurePosixPath

from courses.articles.importers import archives
from courses.articles.importers.found import UnreadableError
from courses.articles.sanitise import printable

MAGIC = [
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-word"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"RIFF", "picture"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"#!", "program"),
    (b"\x1f\x8b", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"),
    (b"BZh", "packed"),
    (b"\xfd7zXZ", "packed"),
]
"""How files begin that are refused, and the problem that says what to do."""

INSIDE = [
    ("word/", "docx"),
    ("xl/", "sheet"),
    ("ppt/", "slides"),
    ("Index/Document.iwa", "pages"),
    ("index.apxl", "pages"),
]
MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "sheet",
    b"application/vnd.oasis.opendocument.presentation": "slides",
    b"application/epub+zip": "epub",
}
NO_TEXT = {"binary", *MIMETYPES.values(), *(problem for _start, problem in (*MAGIC, *INSIDE[1:]))}
BYTE_ORDER_MARKS = [(b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")]
NEVER_IN_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def kind_of(name, content):
    """Return docx, zip, wordpress, html, markdown or text; raises ``UnreadableError`` about any other."""
    if not content.strip():
        raise UnreadableError(name, "empty")
    if content.startswith(archives.MAGIC):
        return kind_of_zip(name, content)
    if content.startswith(b"PK\x05\x06"):
        raise UnreadableError(name, "empty")
    problem = next((problem for start, problem in MAGIC if content.startswith(start)), None)
    text = decoded(content)
    looks_binary = NEVER_IN_TEXT.search(text[:100_000])
    if problem and (looks_binary or problem in {"pdf", "rtf", "program"}):
        raise UnreadableError(name, problem)
    if looks_binary:
        raise UnreadableError(name, "binary")
    return kind_of_text(name, text)


def kind_of_zip(name, content):
    archive = archives.opened(name, content)
    names = archive.namelist()
    kind = next((kind for start, kind in INSIDE if any(path.startswith(start) for path in names)), "zip")
    if "mimetype" in names:
        kind = MIMETYPES.get(archives.bytes_of(name, archive, archive.getinfo("mimetype")).strip(), kind)
    elif "[Content_Types].xml" in names and kind == "zip":
        kind = "docx"
    if kind not in {"docx", "zip"}:
        raise UnreadableError(name, kind)
    return kind


def kind_of_text(name, text):
    ending = PurePosixPath(name.lower()).suffix
    start = text[:5_000].lstrip().lower()
    if start.startswith("<?xml") and "<html" not in start:
        if "wordpress.org/export" not in text[:20_000] and "<rss" not in start:
            raise UnreadableError(name, "unknown-xml")
        return "wordpress"
    if "<rss" in start and "wordpress.org/export" in text[:20_000]:
        return "wordpress"
    if ending in {".html", ".htm", ".xhtml"} or re.match(
        r"(<!--.*?-->\s*)*<(!doctype html|html|head|body)\b", start, re.S
    ):
        return "html"
    return "markdown" if ending in {".md", ".markdown", ".mdown"} else "text"


def text_of(content):
    """The text in a file, without the characters that no HTML and no XML may hold."""
    return printable(decoded(content))


def decoded(content):
    """Return text from UTF-8, UTF-16 with its mark, or else Windows-1252, as older Dutch files are."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
