"""Reading a theme folder that somebody brings, in a process of its own that is ended when it takes too much.

Every text is made into an article there once, so that what comes back can be worked with safely.
"""

import json
import logging
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import courses
from courses.articles import markdown
from courses.articles.folder import BrokenFolderError, ThemeText, read
from courses.articles.importers.bounded import MEMORY, SECONDS, pycache
from courses.articles.importers.child import limit
from courses.articles.importers.found import UnreadableError
from courses.articles.sanitise import parsed

DEEPEST = 100
"""So many elements may lie inside each other."""

MOST_TOPICS = 200

logger = logging.getLogger(__name__)


def read_bounded(folder, *, name, seconds=SECONDS):
    """As ``read``; also raises ``UnreadableError`` about what takes too much, ``name`` being that of the file."""
    try:
        done = subprocess.run(  # noqa: S603  our own Python, our own module
            [sys.executable, "-P", *pycache(), "-m", __name__, str(folder), str(seconds)],
            capture_output=True,
            env={"PYTHONPATH": str(Path(courses.__file__).parents[1]), "LC_ALL": "C.UTF-8"},
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(name, "too-much") from error
    if done.returncode:
        logger.warning(
            "Reading a folder ended with %s: %s", done.returncode, done.stderr[-2000:].decode(errors="replace")
        )
        raise UnreadableError(name, "too-much")
    answer = json.loads(done.stdout)
    if "broken" in answer:
        broken = answer["broken"]
        raise BrokenFolderError(broken["path"], broken["reason"], broken["line"], **broken["values"])
    if "problem" in answer:
        raise UnreadableError(name, answer["problem"])
    pictures = {picture: (folder / picture).read_bytes() for picture in answer["pictures"]}
    return replace(ThemeText.from_json(answer["theme"]), pictures=pictures)


def main(folder, seconds):
    limit(seconds=seconds, memory=MEMORY)
    try:
        theme = read(folder)
        answer = problem_of(theme) or {"theme": theme.as_json(), "pictures": list(theme.pictures)}
    except BrokenFolderError as error:
        broken = {"path": str(error.path), "reason": error.reason, "line": error.line, "values": error.values}
        answer = {"broken": broken}
    except RecursionError:
        answer = {"problem": "too-deep"}
    except MemoryError:
        answer = {"problem": "too-much"}
    print(json.dumps(answer, default=repr))


def problem_of(theme):
    if len(theme.topics) > MOST_TOPICS:
        return {"problem": "too-much"}
    articles = (markdown.to_html(text) for text in [theme.text, *(topic.text for topic in theme.topics)])
    return {"problem": "too-deep"} if any(depth(parsed(html)) > DEEPEST for html in articles) else None


def depth(body):
    deepest, level = 0, [body]
    while level:
        deepest, level = deepest + 1, [child for element in level for child in element]
    return deepest


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
