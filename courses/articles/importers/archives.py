"""Zips, checked before anything in them is used: size, number, ratio, paths, links, passwords."""

import io
import re
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from courses.articles.importers.found import UnreadableError

MOST_MEMBERS = 2_000
LARGEST_UNPACKED = 100 * 1024 * 1024
HIGHEST_RATIO = 200
LONGEST_NAME = 255
LONGEST_TABLE = 1024 * 1024
LONGEST_END = 22 + 65_535
"""Bytes: where the table of contents lies stands at the end, with a remark of at most this length."""

FOR_LARGER_ZIPS = b"PK\x06\x07"
MAGIC = b"PK\x03\x04"
SMALL = 10 * 1024 * 1024
"""Below this the ratio does no harm: a text that repeats itself compresses very well."""

UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)
"""What zipfile raises over broken bytes, methods that it does not know, and passwords."""

RUBBISH = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
"""What computers put into a zip of their own accord."""


def opened(name, content):
    """Return a ``ZipFile`` of which the table of contents is harmless; raises ``UnreadableError``."""
    check_table_of_contents(name, content)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except UNREADABLE as error:
        raise UnreadableError(name, "zip-broken") from error
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS:
        raise UnreadableError(name, "zip-members")
    if total > LARGEST_UNPACKED or (total > SMALL and total > HIGHEST_RATIO * len(content)):
        raise UnreadableError(name, "zip-size")
    if any(member.flag_bits & 0x1 for member in members):
        raise UnreadableError(name, "zip-password")
    if not all(stays_inside(member) for member in members):
        raise UnreadableError(name, "zip-paths")
    return archive


def check_table_of_contents(name, content):
    """Refuse a table of contents that is long before it is read: each line of it costs memory."""
    end = content.rfind(b"PK\x05\x06", max(0, len(content) - LONGEST_END))
    if end < 0:
        raise UnreadableError(name, "zip-broken")
    size = int.from_bytes(content[end + 12 : end + 16], "little")
    if size > LONGEST_TABLE or content[max(0, end - 20) : end].startswith(FOR_LARGER_ZIPS):
        raise UnreadableError(name, "zip-members")


def stays_inside(member):
    path = PurePosixPath(member.filename.replace("\\", "/"))
    kind = stat.S_IFMT(member.external_attr >> 16)
    return (
        not path.is_absolute()
        and ".." not in path.parts
        and not re.match("[A-Za-z]:", member.filename)
        and "\0" not in member.orig_filename
        and kind in (0, stat.S_IFREG, stat.S_IFDIR)
    )


def files(archive):
    """The members that are files somebody meant, in the order of their names."""
    kept = [
        member
        for member in archive.infolist()
        if not member.is_dir() and not member.filename.startswith(RUBBISH) and not member.filename.endswith(RUBBISH)
    ]
    return sorted(kept, key=lambda member: member.filename)


def bytes_of(name, archive, member):
    try:
        return archive.read(member)
    except UNREADABLE as error:
        raise UnreadableError(name, "zip-broken") from error


def is_theme_folder(content: bytes) -> bool:
    """Whether this is a zip of a theme's folder: a ``theme.md`` at its top, or in its only folder."""
    try:
        return top_of_theme(opened("", content)) is not None
    except UnreadableError:
        return False


def top_of_theme(archive):
    """The folder in the zip that holds ``theme.md``, such as ``feedback/``; None if it has none."""
    names = [member.filename for member in files(archive)]
    tops = {name.partition("/")[0] + "/" for name in names if "/" in name}
    if "theme.md" in names:
        return ""
    return next((top for top in tops if f"{top}theme.md" in names), None) if len(tops) == 1 else None


def unpack(content: bytes, folder, *, name="") -> Path:
    """Write the theme folder in this zip into ``folder``, and return the folder that has ``theme.md``.

    Everything is checked before anything is written, down to the checksum of every file; raises
    ``UnreadableError``. The caller makes the folder, and removes it.
    """
    archive = opened(name, content)
    top = top_of_theme(archive)
    if top is None:
        raise UnreadableError(name, "zip-nothing")
    check_files(name, archive)
    for member in files(archive):
        path = Path(folder, *PurePosixPath(member.filename).parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes_of(name, archive, member))
    return Path(folder, top)


def check_files(name, archive):
    """Read every file once, which checks its checksum; nothing may be in the way when they are written."""
    paths = [PurePosixPath(member.filename) for member in files(archive)]
    folders = {parent for path in paths for parent in path.parents}
    if folders.intersection(paths) or len(set(paths)) < len(paths):
        raise UnreadableError(name, "zip-paths")
    if any(len(part.encode()) > LONGEST_NAME for path in paths for part in path.parts):
        raise UnreadableError(name, "zip-names")
    for member in files(archive):
        if bytes_of(name, archive, member).startswith(MAGIC):
            raise UnreadableError(name, "zip-nested")
