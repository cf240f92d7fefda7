"""Power cuts on SQLite: the writes of a real server are recorded, and cut off anywhere.

strace records what the server writes to the database and its write-ahead log, and when it has it synchronised. A disk
that loses power keeps what was synchronised before; of what was written since, it keeps nothing, or any part, in any
order, down to single sectors of 512 bytes. Each such disk is opened by SQLite again: every completion whose answer was
read before the cut must be in it. What a disk does that lies about synchronising, this cannot show.
"""

import random
import re
import shutil
import sqlite3
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from faulting.kills import Writers
from faulting.site import Site, wait_for

SECTOR = 512
CALLS = "write,pwrite64,fsync,fdatasync,ftruncate"
LINE = re.compile(r"^(?:\[pid +)?(\d+)\]? +(\d+\.\d+) (.*)$")
CALL = re.compile(r"^(\w+)\(\d+<([^>]*)>(.*)$")
BYTES = re.compile(r'^, "([^"]*)"(\.\.\.)?, \d+(?:, (\d+))?')


@dataclass(frozen=True)
class Event:
    """One thing done to a file; ``content`` None: synchronised. Without ``offset``: cut to ``size``."""

    began_at: float
    path: str
    content: bytes | None = None
    offset: int | None = None
    size: int | None = None


class File:
    """What is on the disk for sure, and what was written since, in order."""

    def __init__(self, content=b""):
        self.safe, self.pending = bytearray(content), []

    def add(self, event):
        if event.content is None and event.size is None:
            for one in self.pending:
                put(self.safe, one.offset, one.content, one.size)
            self.pending.clear()
        else:
            self.pending.append(event)

    def after_a_cut(self, chance):
        """One disk that may be left. ``chance`` None: the worst, nothing but what is sure."""
        left = bytearray(self.safe)
        for one in self.pending if chance else []:
            if one.content is None:
                if chance.random() < 0.5:
                    put(left, None, None, one.size)
                continue
            torn = chance.random() < 0.3
            step = SECTOR if torn else len(one.content)
            for start in range(0, len(one.content), step):
                if chance.random() < 0.5:
                    put(left, one.offset + start, one.content[start : start + step], None)
        return left


def put(content, offset, piece, size):
    if piece is None:
        del content[size:]
        content.extend(bytes(size - len(content)))
        return
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(piece)] = piece


def recorded(path):
    """The events in the order in which they ended, each with the moment at which it began."""
    begun = {}
    with path.open() as lines:
        for line in lines:
            process, moment, rest = LINE.match(line).groups()
            if rest.endswith("<unfinished ...>"):
                begun[process] = (float(moment), rest.partition(" <unfinished")[0])
                continue
            if rest.startswith("<... "):
                moment, rest = begun.pop(process, (moment, ""))
            if event := event_of(float(moment), rest):
                yield event


def event_of(moment, text):
    if not (found := CALL.match(text)):
        return None
    call, path, rest = found.groups()
    path = unescaped(path).decode()
    if call in ("fsync", "fdatasync"):
        return Event(moment, path)
    if call == "ftruncate":
        return Event(moment, path, size=int(re.match(r", (\d+)", rest)[1]))
    if not (wrote := BYTES.match(rest)) or wrote[2]:
        raise ValueError(f"A write that is not whole: {text[:100]}")
    if wrote[3] is None:
        raise ValueError(f"A write at no place: {text[:100]}")
    return Event(moment, path, unescaped(wrote[1]), int(wrote[3]))


def unescaped(text):
    """What strace wrote as ``\\x2f\\x74``."""
    return bytes.fromhex(text.replace("\\x", ""))


def run(folder, *, learners, topics, cuts, seed, forgetful=False):
    """Return (figures, what was wrong); of the ``forgetful`` control, wrong is when it loses nothing."""
    base, trace, writers = record(folder, learners, topics, forgetful)
    events = list(recorded(trace))
    trace.unlink()
    lost, broken, tried, worst_lost, worst = 0, 0, 0, 0, 0
    chance = random.Random(seed)  # noqa: S311  nothing secret
    for disks, acknowledged in cut(base, events, writers, cuts, chance):
        for number, files in enumerate(disks):
            held = reopened(folder / "cut", files)
            missing = held is None or not acknowledged <= held
            tried, lost, broken = tried + 1, lost + bool(missing), broken + (held is None)
            if number == 0:
                worst, worst_lost = worst + 1, worst_lost + bool(missing)
    figures = {
        "acknowledged": len(writers.acknowledged),
        "writes": sum(event.content is not None for event in events),
        "synchronised": sum(event.content is None and event.size is None for event in events),
        "cuts": tried,
        "with_losses": lost,
        "worst_cuts": worst,
        "worst_with_losses": worst_lost,
        "unreadable": broken,
    }
    if forgetful:
        return figures, [] if worst_lost else ["the control lost nothing: these cuts show nothing"]
    return figures, [f"{lost} of {tried} cuts lost acknowledged completions"] if lost else []


def record(folder, learners, topics, forgetful):
    """Let people complete topics on a server that strace watches: (database before, trace, ``Writers``)."""
    database, trace = folder / "stapwijs.sqlite3", folder / "trace"
    kinds = {"settings": "faulting.forgetful", "wsgi": "faulting.forgetful_wsgi"} if forgetful else {}
    with Site(folder, database_url=f"sqlite:///{database}", threads=2, **kinds) as site:
        scene = site.inside("prepare", learners, topics)
        base = database.read_bytes()
        watched = [part for name in (database, f"{database}-wal") for part in ("-P", str(name))]
        how = ["strace", "-f", "-qq", "-ttt", "-y", "-xx", "-s", "1000000", "-e", f"trace={CALLS}", *watched]
        site.run("web", [*how, "-o", str(trace), *map(str, site.web_command())])
        site.wait()
        writers = Writers(site, scene, people=2)
        writers.start()
        wait_for(lambda: not writers.busy, seconds=900, what="the writers")
        site.kill("web")
    return base, trace, writers


def cut(base, events, writers, cuts, chance):
    """Yield ([{ending of the file: content}], what was acknowledged), the worst disk first and one by chance.

    Half of the moments are anywhere, half just after somebody read an answer: then there is most to lose.
    """
    soonest = list(accumulate((event.began_at for event in reversed(events)), min))[::-1]
    deeds = sorted((moment, deed) for deed, moment in writers.moments.items())
    answered = [after for moment, _deed in deeds if (after := bisect_right(soonest, moment)) < len(events)]
    anywhere = chance.choices(range(answered[0], len(events)), k=cuts // 4)
    moments = sorted([*anywhere, *chance.choices(answered, k=cuts // 2 - len(anywhere))])
    files, done = {"": File(base), "-wal": File()}, 0
    for index in moments:
        for event in events[done:index]:
            files["-wal" if event.path.endswith("-wal") else ""].add(event)
        done = index
        acknowledged = {deed for moment, deed in deeds if moment < soonest[index]}
        yield [{name: file.after_a_cut(how) for name, file in files.items()} for how in (None, chance)], acknowledged


def reopened(folder, files):
    """The deeds that a database has after the cut; None if it cannot be read, or is not whole."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for ending, content in files.items():
        (folder / f"cut.sqlite3{ending}").write_bytes(content)
    connection = sqlite3.connect(folder / "cut.sqlite3")
    try:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            return None
        rows = connection.execute("SELECT deed FROM courses_progressevent WHERE kind = 'completed'")
        return {deed for (deed,) in rows}
    except sqlite3.DatabaseError:
        return None
    finally:
        connection.close()
