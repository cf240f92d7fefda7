"""Reading what somebody brings, in a process of its own that is ended when it takes too much.

The process knows no secrets: its environment holds nothing but where the code is. What goes in
and what comes out is one line of JSON with the bytes behind it.
"""

import json
import logging
import subprocess
import sys
from pathlib import Path

import courses
from courses.articles.importers.found import Article, UnreadableError

LARGEST = 25 * 1024 * 1024
SECONDS = 20
MEMORY = 512 * 1024 * 1024
"""Bytes above what Python and its libraries take themselves."""

CHILD = "courses.articles.importers.child"
logger = logging.getLogger(__name__)


def read(name: str, content: bytes, *, seconds=SECONDS, memory=MEMORY) -> list[Article]:
    """Return the articles in a file, at least one; raises ``UnreadableError``.

    Takes at most ``seconds``, and a little for starting and ending the process.
    """
    check_size(name, len(content))
    return ask({"name": name}, content, seconds=seconds, memory=memory)


def read_pasted(text: str, html: str = "", *, name="", seconds=SECONDS, memory=MEMORY) -> list[Article]:
    """Return the articles in what somebody pasted, from ``html`` where it says more. Raises ``UnreadableError``."""
    rich, plain = html.strip().encode(errors="replace"), text.strip().encode(errors="replace")
    check_size(name, len(rich) + len(plain))
    return ask({"name": name, "html": len(rich), "pasted": True}, rich + plain, seconds=seconds, memory=memory)


def check_size(name, size):
    if not size:
        raise UnreadableError(name, "empty")
    if size > LARGEST:
        raise UnreadableError(name, "too-large")


def ask(request, content, *, seconds, memory):
    """Let the child read ``content``; whatever becomes of it, it has ended when this returns."""
    line = json.dumps({**request, "seconds": seconds, "memory": memory}).encode() + b"\n"
    try:
        done = subprocess.run(  # noqa: S603 (our own Python, our own module)
            [sys.executable, "-P", *pycache(), "-m", CHILD],
            input=line + content,
            capture_output=True,
            env={"PYTHONPATH": str(Path(courses.__file__).parents[1]), "LC_ALL": "C.UTF-8"},
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(request["name"], too_much(content)) from error
    if done.returncode:
        # An ended process is expected of a hostile file; a traceback is a fault of ours.
        logger.warning(
            "Reading an upload ended with %s: %s", done.returncode, done.stderr[-2000:].decode(errors="replace")
        )
        raise UnreadableError(request["name"], too_much(content))
    return answered(request["name"], done.stdout)


def too_much(content):
    return "too-many-posts" if b"wordpress.org/export" in content[:20_000] else "too-much"


def pycache():
    return ["-X", f"pycache_prefix={sys.pycache_prefix}"] if sys.pycache_prefix else []


def answered(name, output):
    line, _newline, pictures = output.partition(b"\n")
    answer = json.loads(line)
    if "problem" in answer:
        raise UnreadableError(name, answer["problem"], **answer["values"])
    articles, start = [], 0
    for data in answer["articles"]:
        own = {}
        for address, size in data["pictures"]:
            own[address], start = pictures[start : start + size], start + size
        articles.append(Article.from_json(data, own))
    return articles
