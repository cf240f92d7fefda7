"""A theme as a folder: ``theme.md``, one Markdown file per topic, the pictures beside them.

``read`` checks everything before it returns anything; ``write`` writes what ``read`` reads, and
the same theme always gives the same bytes. The format is described in docs/theme-folder.md.
"""

import datetime
import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug

from courses.articles.markdown import picture_names

FENCE = "---"
PICTURE_TYPES = {".png", ".jpg", ".jpeg"}
TOPIC_FILE = re.compile(r"(\d+)-(.+)\.md")
ACCESS = ("open", "signed-in", "group")


class BrokenFolderError(Exception):
    """The folder cannot be imported; says in which file and line, and why. Lines count from 1."""

    def __init__(self, path, reason, line=None):
        super().__init__(f"{path}{f', line {line}' if line else ''}: {reason}")


@dataclass(frozen=True)
class TopicText:
    slug: str
    title: str
    text: str
    summary: str = ""
    required: bool = True
    release_date: datetime.date | None = None
    draft: bool = False
    source: str = ""


@dataclass(frozen=True)
class ThemeText:
    slug: str
    title: str
    text: str
    summary: str = ""
    language: str = "nl"
    access: str = "open"
    in_order: bool = False
    draft: bool = False
    topics: list = field(default_factory=list)
    pictures: dict = field(default_factory=dict)
    """file name → bytes of every picture that a text uses"""


THEME_KEYS = {
    "title": str,
    "slug": str,
    "summary": str,
    "language": str,
    "access": str,
    "in_order": bool,
    "draft": bool,
}
TOPIC_KEYS = {"title": str, "slug": str, "summary": str, "required": bool, "release_date": datetime.date, "draft": bool}
TYPE_NAMES = {str: "text", bool: "true or false", datetime.date: "a date such as 2027-06-03"}
NOT_IN_A_LINE = re.compile("[\n\r\0\ud800-\udfff]")
LONGEST = {"title": 300, "slug": 80, "summary": 500}
ALWAYS_WRITTEN = {"title", "slug", "summary", "language", "access", "in_order", "required"}


# Reading


def read(folder, languages=("nl", "en")):
    """Return the ``ThemeText`` in ``folder``; raises ``BrokenFolderError`` with file, line and reason."""
    folder = Path(folder).resolve()
    if not folder.is_dir():
        raise BrokenFolderError(folder, "is not a folder")
    if not (folder / "theme.md").is_file():
        raise BrokenFolderError(folder, "has no theme.md")
    values, text = read_file(folder / "theme.md", THEME_KEYS)
    values.setdefault("slug", folder.name)
    check_theme(folder / "theme.md", values, languages)
    topics = [read_topic(path) for path in topic_files(folder)]
    check_slugs(folder, topics)
    pictures = read_pictures(folder, [("theme.md", text), *((topic.source, topic.text) for topic in topics)])
    return ThemeText(**values, text=text, topics=topics, pictures=pictures)


def topic_files(folder):
    """The topics in the order of the numbers before their names."""
    numbered: dict[int, Path] = {}
    for path in sorted(folder.glob("*.md")):
        if path.name == "theme.md":
            continue
        if not (match := TOPIC_FILE.fullmatch(path.name)):
            raise BrokenFolderError(path.name, "a topic's file is named as in 01-first-topic.md")
        number = int(match[1])
        if number in numbered:
            raise BrokenFolderError(path.name, f"has the same number as {numbered[number].name}")
        numbered[number] = path
    return [numbered[number] for number in sorted(numbered)]


def read_topic(path):
    values, text = read_file(path, TOPIC_KEYS)
    values.setdefault("slug", path.stem.partition("-")[2])
    check_slug(path, values["slug"])
    return TopicText(**values, text=text, source=path.name)


def read_file(path, keys):
    """Return the front matter as a dict, checked, and the Markdown below it."""
    try:
        content = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise BrokenFolderError(path.name, "is not UTF-8", line) from error
    except OSError as error:
        raise BrokenFolderError(path.name, f"cannot be read: {error.strerror}") from error
    lines = content.split("\n")
    if lines[0].rstrip() != FENCE:
        raise BrokenFolderError(path.name, "does not begin with front matter (a line ---)", 1)
    ends = [number for number, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE]
    if not ends:
        raise BrokenFolderError(path.name, "has front matter without an end (a line ---)", 1)
    values = front_matter(path, lines[1 : ends[0]], keys)
    return values, "\n".join(lines[ends[0] + 1 :]).strip("\n")


def front_matter(path, lines, keys):
    source = "\n".join(lines)
    try:
        values = yaml.safe_load(source) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        line = mark.line + 2 if mark else line_of_bad_value(lines)
        raise BrokenFolderError(path.name, f"bad front matter: {reason}", line) from error
    if not isinstance(values, dict):
        raise BrokenFolderError(path.name, "bad front matter: expected lines such as title: …", 2)
    for key, value in values.items():
        line = next((n for n, text in enumerate(lines, 2) if text.startswith(f"{key}:")), 2)
        if key not in keys:
            raise BrokenFolderError(path.name, f"unknown key {key!r}; known are {', '.join(keys)}", line)
        if type(value) is not keys[key]:
            raise BrokenFolderError(path.name, f"{key} must be {TYPE_NAMES[keys[key]]}, not {value!r}", line)
        check_value(path, key, value, line)
    if not values.get("title", "").strip():
        raise BrokenFolderError(path.name, "has no title", 2)
    return values


def line_of_bad_value(lines):
    """The line with a value that reads as a date, or a number, but is none; YAML does not say which."""
    for number, line in enumerate(lines, 2):
        try:
            yaml.safe_load(line)
        except (ValueError, RecursionError):
            return number
        except yaml.YAMLError:
            continue
    return 2


def check_value(path, key, value, line):
    longest = LONGEST.get(key)
    if longest and len(value) > longest:
        raise BrokenFolderError(path.name, f"{key} is longer than {longest} characters", line)
    if isinstance(value, str) and NOT_IN_A_LINE.search(value):
        raise BrokenFolderError(path.name, f"{key} must be one line", line)


def check_theme(path, values, languages):
    check_slug(path, values["slug"])
    if values.get("language", "nl") not in languages:
        raise BrokenFolderError(path.name, f"language must be one of {', '.join(languages)}", line_of(path, "language"))
    if values.get("access", "open") not in ACCESS:
        raise BrokenFolderError(path.name, f"access must be one of {', '.join(ACCESS)}", line_of(path, "access"))


def check_slug(path, slug):
    if len(slug) > LONGEST["slug"]:
        raise BrokenFolderError(path.name, f"slug is longer than {LONGEST['slug']} characters", line_of(path, "slug"))
    try:
        validate_slug(slug)
    except ValidationError as error:
        reason = f"{slug!r} cannot be an address; use a-z, 0-9 and -"
        raise BrokenFolderError(path.name, reason, line_of(path, "slug")) from error


def check_slugs(folder, topics):
    seen: dict[str, str] = {}
    for topic in topics:
        if topic.slug in seen:
            reason = f"has the same slug as {seen[topic.slug]}: {topic.slug}"
            raise BrokenFolderError(topic.source, reason, line_of(folder / topic.source, "slug"))
        seen[topic.slug] = topic.source


def line_of(path, key):
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 1)


def read_pictures(folder, texts):
    pictures = {}
    for source, text in texts:
        for name in picture_names(text):
            path = folder / name
            line = line_at(folder / source, name)
            if Path(name).name != name or Path(name).suffix.lower() not in PICTURE_TYPES:
                raise BrokenFolderError(source, f"{name} is not a PNG or JPEG beside the text", line)
            if not path.is_file() or path.is_symlink():
                raise BrokenFolderError(source, f"the picture {name} is missing", line)
            pictures[name] = path.read_bytes()
    return pictures


def line_at(path, word):
    """The first line with ``word``; None if it stands there in other letters, such as %20 for a space."""
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    return next((number for number, line in enumerate(lines, 1) if word and word in line), None)


# Writing


def write(theme, folder):
    """Write ``theme`` into ``folder``, which must be new or empty; every file or none."""
    folder = Path(folder)
    if folder.exists() and any(folder.iterdir()):
        raise BrokenFolderError(folder, "is not empty")
    files = {"theme.md": file_of(theme, THEME_KEYS)}
    width = max(2, len(str(len(theme.topics))))
    for number, topic in enumerate(theme.topics, 1):
        files[f"{number:0{width}}-{topic.slug}.md"] = file_of(topic, TOPIC_KEYS, left_out={"slug"})
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {**files, **theme.pictures}.items():
        (folder / name).write_bytes(content)


def file_of(text, keys, left_out=()):
    values = {key: getattr(text, key) for key in keys if key not in left_out}
    kept = {key: value for key, value in values.items() if key in ALWAYS_WRITTEN or value}
    head = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=10_000)
    body = f"\n{text.text}\n" if text.text else ""
    return f"{FENCE}\n{head}{FENCE}\n{body}".encode()
