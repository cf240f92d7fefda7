"""The words by which pages and their furniture are known; they stand in ``phrases.txt``."""

import re
from pathlib import Path

BEGINS = re.compile(r"[\w©(#]")
ENDS = re.compile(r"[\w)*?]")
QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\xa0": " ", "–": "-", "—": "-"})
SECTION = re.compile(r"\[(?P<part>=?)(?P<name>[a-z-]+)(?P<weak> \?)?\]")


def normalised(text):
    """A line in lower case, with straight quotation marks, without what stands around its words."""
    text = " ".join(text.casefold().translate(QUOTES).split())
    begin = BEGINS.search(text)
    end = next((end for end in range(len(text), 0, -1) if ENDS.match(text, end - 1)), 0)
    return text[begin.start() : end] if begin else ""


def read(path):
    """Return (strong, weak, parts): reason → pattern, reason → pattern, name → pattern."""
    sections: dict[str, list[str]] = {}
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    patterns: list[str] = []
    for line in lines:
        if SECTION.fullmatch(line):
            patterns = sections.setdefault(line, [])
        else:
            patterns.append(line)
    tables: dict[str, dict[str, str]] = {"strong": {}, "weak": {}, "=": {}}
    for heading, patterns in sections.items():
        equals, name, weak = SECTION.findall(heading)[0]
        tables[equals or ("weak" if weak else "strong")][name] = with_parts(
            "|".join(f"(?:{pattern})" for pattern in patterns), tables["="]
        )
    return tables["strong"], tables["weak"], tables["="]


def with_parts(pattern, parts):
    return re.sub(r"\{([a-z]+)\}", lambda name: f"(?:{parts[name[1]]})", pattern)


def compiled(table):
    return {reason: re.compile(pattern) for reason, pattern in table.items()}


strong, weak, parts = read(Path(__file__).with_name("phrases.txt"))
STRONG = compiled(strong)
"""These lines are no lesson wherever they stand."""

WEAK = compiled(weak)
"""These are no lesson only beside something that is surely none; a lesson may use the words too."""

PREPOSITIONS = "de|den|der|van|von|ter|ten|te|el|al|la|le|in|'t"
BYLINE = re.compile(
    r"(?:[Dd]oor|[Bb]y|[Aa]uteur:?|[Aa]uthor:?)\s+[A-ZÀ-Ý][\w'’.-]+"
    rf"(?:\s+(?:{PREPOSITIONS}|[A-ZÀ-Ý][\w'’.-]*)){{0,5}}"
    rf"(?:\s*(?:[|,•·-]|op|on)?\s*(?i:{parts['date']})?)?"
)
"""A name after “by”, which needs its capitals."""

ABOUT_NAME = re.compile(
    rf"(?:Over|About) (?P<first>[A-ZÀ-Ý][\w’'-]+)(?: (?:{PREPOSITIONS}|[A-ZÀ-Ý][\w’'-]+)){{1,4}}",
)
