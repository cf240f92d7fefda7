"""The files of a theme's folder, as ``folder.read`` reads them; the same theme always gives the same bytes."""

import io
import zipfile
from pathlib import Path

import yaml

from courses.articles.folder import FENCE, THEME_KEYS, TOPIC_KEYS, BrokenFolderError, gettext_noop

ALWAYS_WRITTEN = {"title", "slug", "summary", "language", "access", "in_order", "required"}
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip knows: files in one have a date, and a theme has none."""


def write(theme, folder):
    """Write ``theme`` into ``folder``, which must be new or empty; every file or none."""
    folder = Path(folder)
    if folder.exists() and any(folder.iterdir()):
        raise BrokenFolderError(folder, gettext_noop("is not empty"))
    files = files_of(theme)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def files_of(theme):
    """Return name → bytes of all files in the folder of ``theme``."""
    files = {"theme.md": file_of(theme, THEME_KEYS)}
    width = max(2, len(str(len(theme.topics))))
    for number, topic in enumerate(theme.topics, 1):
        files[f"{number:0{width}}-{topic.slug}.md"] = file_of(topic, TOPIC_KEYS, left_out={"slug"})
    return {**files, **theme.pictures}


def zipped(theme):
    """Return the folder of ``theme`` as a zip; the same theme always gives the same bytes."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files_of(theme).items():
            archive.writestr(zipfile.ZipInfo(f"{theme.slug}/{name}", EARLIEST), content, zipfile.ZIP_DEFLATED)
    return output.getvalue()


def file_of(text, keys, left_out=()):
    values = {key: getattr(text, key) for key in keys if key not in left_out}
    kept = {key: value for key, value in values.items() if key in ALWAYS_WRITTEN or value}
    head = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=10_000)
    body = f"\n{text.text}\n" if text.text else ""
    return f"{FENCE}\n{head}{FENCE}\n{body}".encode()
