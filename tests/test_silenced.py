"""Nothing is silenced without a reason beside it: no check, no type, no line of coverage, no test."""

import re
from pathlib import Path

import pytest

FOLDERS = ["accounts", "config", "courses", "tests", "tools", "templates", "deploy"]
SILENCERS = {
    "noqa": r"#\s*noqa(?!:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*\s+\S+ \S+)",
    "type: ignore": r"#\s*type:\s*ignore(?!\[[\w-]+\]\s+#\s*\w+ \w+)",
    "pragma: no cover": r"#\s*pragma:\s*no (?:cover|branch)(?!\s+\w+ \w+)",
    "nosec": r"#\s*nosec",
    "fmt: off": r"#\s*fmt:\s*off",
    "djade": r"djade:\s*off",
    "a skipped test": r"\bskip(?:if)?\((?![^)]*[\"']\w+[ ,:.]+\w)",
    "a test that may fail": r"\bxfail\b(?!\([^)]*reason=[\"']\w+ \w+)",
}
"""What each looks like without a reason of two words at least."""

THIS = Path(__file__)


def sources():
    paths = [path for folder in FOLDERS for path in Path(folder).rglob("*") if path.suffix in {".py", ".html", ".js"}]
    return [path for path in [*paths, Path("manage.py")] if path.resolve() != THIS.resolve()]


@pytest.mark.parametrize("silencer", SILENCERS)
def test_a_reason_stands_beside(silencer):
    pattern = re.compile(SILENCERS[silencer])
    lines = [(path, line) for path in sources() for line in path.read_text().splitlines()]

    assert [f"{path}: {line.strip()}" for path, line in lines if pattern.search(line)] == []


@pytest.mark.parametrize(
    ("silencer", "line", "silent"),
    [
        ("noqa", "x = 1  # noqa", True),
        ("noqa", "x = 1  # noqa: S608", True),
        ("noqa", "x = 1  # noqa: S608  our own names", False),
        ("type: ignore", "x = 1  # type: ignore[arg-type]", True),
        ("type: ignore", "x = 1  # type: ignore[arg-type]  # stubs lag behind", False),
        ("pragma: no cover", "if x:  # pragma: no cover", True),
        ("a skipped test", "pytest.skip()", True),
        ("a skipped test", 'pytest.skip("SQLite lets one write at a time")', False),
        ("a test that may fail", "@pytest.mark.xfail", True),
        ("a test that may fail", '@pytest.mark.xfail(reason="known bug of Django")', False),
    ],
)
def test_what_counts_as_a_reason(silencer, line, silent):
    assert bool(re.search(SILENCERS[silencer], line)) == silent
