"""The process that reads: ``python -m courses.articles.importers.child``, used by ``bounded``."""

import contextlib
import json
import os
import resource
import sys
from pathlib import Path

from courses.articles.importers.finding import find, find_pasted
from courses.articles.importers.found import UnreadableError

STATM = Path("/proc/self/statm")
"""Where Linux says how much memory a process has, in pages."""


TOO = {RecursionError: "too-deep", MemoryError: "too-much"}


def main(arriving, leaving):  # pragma: no cover  a process that may write no file cannot note its lines either
    request = json.loads(arriving.readline())
    content = arriving.read()
    limit(seconds=request["seconds"], memory=request["memory"])
    answer(request, content, leaving)


def answer(request, content, leaving):
    """Write the articles that are in ``content``, or why there are none."""
    try:
        articles = found(request, content)
    except UnreadableError as error:
        write(leaving, {"problem": error.problem, "values": error.values})
    except tuple(TOO) as error:
        write(leaving, {"problem": TOO[type(error)], "values": {}})
    else:
        write_articles(leaving, articles)


def write_articles(leaving, articles):
    pictures = [[[address, len(picture)] for address, picture in article.pictures.items()] for article in articles]
    write(
        leaving,
        {"articles": [{**article.as_json(), "pictures": own} for article, own in zip(articles, pictures, strict=True)]},
        *(picture for article in articles for picture in article.pictures.values()),
    )


def found(request, content):
    if not request.get("pasted"):
        return find(request["name"], content)
    html = content[: request["html"]].decode(errors="replace")
    text = content[request["html"] :].decode(errors="replace")
    return find_pasted(request["name"], text, html)


def limit(*, seconds, memory):  # pragma: no cover  holds for a whole process: tested in processes of their own
    """From here on: so much more memory and time, no file to write, and others first."""
    limits = {resource.RLIMIT_CPU: max(1, int(seconds)), resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0}
    if STATM.exists():  # other systems do not keep to a limit of memory
        taken = int(STATM.read_text().split()[0]) * resource.getpagesize()
        limits[resource.RLIMIT_AS] = taken + memory
    for what, most in limits.items():
        with contextlib.suppress(ValueError):  # a stricter limit holds already
            resource.setrlimit(what, (most, most))
    sys.dont_write_bytecode = True
    os.nice(5)  # pages go before imports


def write(leaving, answer, *pictures):
    leaving.write(json.dumps(answer).encode() + b"\n")
    for picture in pictures:
        leaving.write(picture)
    leaving.flush()


if __name__ == "__main__":  # pragma: no cover  the same process as of main
    main(sys.stdin.buffer, sys.stdout.buffer)
