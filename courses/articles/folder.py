"""A theme as a folder: ``theme.md``, one Markdown file per topic, the pictures beside them.

``read`` checks everything before it returns anything. The format is described in docs/theme-folder.md.
"""

import datetime
import re
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import yaml
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext

from courses.articles.markdown import picture_names
from courses.articles.sanitise import printable

FENCE = "---"
PICTURE_TYPES = {".png", ".jpg", ".jpeg"}
TOPIC_FILE = re.compile(r"(\d+)-(.+)\.md")
ACCESS = ("open", "signed-in", "group")


def gettext_noop(sentence):
    """A sentence to be translated later. Django's own asks for settings, which the process that reads has not."""
    return sentence


class BrokenFolderError(Exception):
    """The folder cannot be imported; says in which file and line, and why. Lines count from 1.

    As text it is English, for the commands; ``told`` is in the language of whoever reads it.
    """

    def __init__(self, path, reason, line=None, **values):
        super().__init__(path, reason, line)
        self.path, self.reason, self.line, self.values = path, reason, line, values

    def __str__(self):
        return self.sentence(str)

    @property
    def told(self):
        return self.sentence(gettext)

    def sentence(self, translated):
        place = translated(gettext_noop("%(path)s, line %(line)d")) if self.line else "%(path)s"
        reason = translated(self.reason) % self.values if self.values else translated(self.reason)
        return f"{place % {'path': self.path, 'line': self.line}}: {reason}"


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
    cover: str = ""
    cover_alt: str = ""
    topics: list = field(default_factory=list)
    pictures: dict = field(default_factory=dict)
    """file name → bytes of every picture that a text uses, and of the cover"""

    def as_json(self):
        """All of it but the pictures, in plain lists and strings."""
        data = asdict(replace(self, pictures={}))
        for topic in data["topics"]:
            topic["release_date"] = topic["release_date"] and topic["release_date"].isoformat()
        return data

    @classmethod
    def from_json(cls, data):
        dates = [topic["release_date"] for topic in data["topics"]]
        days = [date and datetime.date.fromisoformat(date) for date in dates]
        topics = [TopicText(**{**topic, "release_date": day}) for topic, day in zip(data["topics"], days, strict=True)]
        return cls(**{**data, "topics": topics})


THEME_KEYS = {
    "title": str,
    "slug": str,
    "summary": str,
    "language": str,
    "access": str,
    "in_order": bool,
    "draft": bool,
    "cover": str,
    "cover_alt": str,
}
TOPIC_KEYS = {"title": str, "slug": str, "summary": str, "required": bool, "release_date": datetime.date, "draft": bool}
MUST_BE = {
    str: gettext_noop("%(key)s must be text, not %(value)r"),
    bool: gettext_noop("%(key)s must be true or false, not %(value)r"),
    datetime.date: gettext_noop("%(key)s must be a date such as 2027-06-03, not %(value)r"),
}
TOO_LONG = gettext_noop("%(key)s is longer than %(longest)d characters")
ONE_OF = gettext_noop("%(key)s must be one of %(known)s")
NOT_IN_A_LINE = re.compile("[\n\r\0\ud800-\udfff]")
LONGEST = {"title": 300, "slug": 80, "summary": 500, "cover_alt": 300}


def read(folder, languages=("nl", "en")):
    """Return the ``ThemeText`` in ``folder``; raises ``BrokenFolderError`` with file, line and reason."""
    folder = Path(folder).resolve()
    if not folder.is_dir():
        raise BrokenFolderError(folder, gettext_noop("is not a folder"))
    if not (folder / "theme.md").is_file():
        raise BrokenFolderError(folder, gettext_noop("has no theme.md"))
    values, text = read_file(folder / "theme.md", THEME_KEYS)
    values.setdefault("slug", folder.name)
    check_theme(folder / "theme.md", values, languages)
    topics = [read_topic(path) for path in topic_files(folder)]
    check_slugs(folder, topics)
    names = [("theme.md", name) for name in filter(None, [values.get("cover"), *picture_names(text)])]
    names += [(topic.source, name) for topic in topics for name in picture_names(topic.text)]
    pictures = read_pictures(folder, names)
    return ThemeText(**values, text=text, topics=topics, pictures=pictures)


def topic_files(folder):
    """The topics in the order of the numbers before their names."""
    numbered: dict[int, Path] = {}
    for path in sorted(folder.glob("*.md")):
        if path.name == "theme.md":
            continue
        if not (match := TOPIC_FILE.fullmatch(path.name)):
            raise BrokenFolderError(path.name, gettext_noop("a topic's file is named as in 01-first-topic.md"))
        number = int(match[1])
        if number in numbered:
            raise BrokenFolderError(
                path.name, gettext_noop("has the same number as %(other)s"), other=numbered[number].name
            )
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
        raise BrokenFolderError(path.name, gettext_noop("is not UTF-8"), line) from error
    except OSError as error:
        raise BrokenFolderError(path.name, gettext_noop("cannot be read: %(why)s"), why=error.strerror) from error
    lines = content.split("\n")
    if lines[0].rstrip() != FENCE:
        raise BrokenFolderError(path.name, gettext_noop("does not begin with front matter (a line ---)"), 1)
    ends = [number for number, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE]
    if not ends:
        raise BrokenFolderError(path.name, gettext_noop("has front matter without an end (a line ---)"), 1)
    values = front_matter(path, lines[1 : ends[0]], keys)
    return values, printable("\n".join(lines[ends[0] + 1 :])).strip("\n")


def front_matter(path, lines, keys):
    source = "\n".join(lines)
    try:
        values = yaml.safe_load(source) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        line = mark.line + 2 if mark else line_of_bad_value(lines)
        raise BrokenFolderError(path.name, gettext_noop("bad front matter: %(why)s"), line, why=reason) from error
    if not isinstance(values, dict):
        raise BrokenFolderError(path.name, gettext_noop("bad front matter: expected lines such as title: …"), 2)
    for key, value in values.items():
        line = next((n for n, text in enumerate(lines, 2) if text.startswith(f"{key}:")), 2)
        if key not in keys:
            reason = gettext_noop("unknown key %(key)r; known are %(known)s")
            raise BrokenFolderError(path.name, reason, line, key=key, known=", ".join(keys))
        if type(value) is not keys[key]:
            raise BrokenFolderError(path.name, MUST_BE[keys[key]], line, key=key, value=value)
        check_value(path, key, value, line)
    if not values.get("title", "").strip():
        raise BrokenFolderError(path.name, gettext_noop("has no title"), 2)
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
        raise BrokenFolderError(path.name, TOO_LONG, line, key=key, longest=longest)
    if isinstance(value, str) and NOT_IN_A_LINE.search(value):
        raise BrokenFolderError(path.name, gettext_noop("%(key)s must be one line"), line, key=key)


def check_theme(path, values, languages):
    check_slug(path, values["slug"])
    if values.get("language", "nl") not in languages:
        line = line_of(path, "language")
        raise BrokenFolderError(path.name, ONE_OF, line, key="language", known=", ".join(languages))
    if values.get("access", "open") not in ACCESS:
        raise BrokenFolderError(path.name, ONE_OF, line_of(path, "access"), key="access", known=", ".join(ACCESS))


def check_slug(path, slug):
    if len(slug) > LONGEST["slug"]:
        raise BrokenFolderError(path.name, TOO_LONG, line_of(path, "slug"), key="slug", longest=LONGEST["slug"])
    try:
        validate_slug(slug)
    except ValidationError as error:
        reason = gettext_noop("%(slug)r cannot be an address; use a-z, 0-9 and -")
        raise BrokenFolderError(path.name, reason, line_of(path, "slug"), slug=slug) from error


def check_slugs(folder, topics):
    seen: dict[str, str] = {}
    for topic in topics:
        if topic.slug in seen:
            reason, line = (
                gettext_noop("has the same slug as %(other)s: %(slug)s"),
                line_of(folder / topic.source, "slug"),
            )
            raise BrokenFolderError(topic.source, reason, line, other=seen[topic.slug], slug=topic.slug)
        seen[topic.slug] = topic.source


def line_of(path, key):
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 1)


def read_pictures(folder, names):
    """The pictures by their names, which come as pairs with the file that shows them."""
    pictures = {}
    for source, name in names:
        path, line = folder / name, line_at(folder / source, name)
        if Path(name).name != name or Path(name).suffix.lower() not in PICTURE_TYPES:
            reason = gettext_noop("%(name)s is not a PNG or JPEG beside the text")
            raise BrokenFolderError(source, reason, line, name=name)
        if not path.is_file() or path.is_symlink():
            raise BrokenFolderError(source, gettext_noop("the picture %(name)s is missing"), line, name=name)
        pictures[name] = path.read_bytes()
    return pictures


def line_at(path, word):
    """The first line with ``word``; None if it stands there in other letters, such as %20 for a space."""
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    return next((number for number, line in enumerate(lines, 1) if word and word in line), None)
