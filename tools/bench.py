"""What a page costs on the real server, as a ratio to the floor measured in the same round.

Each engine in turn, PostgreSQL and SQLite, both with their safe settings: a server of its own on
loopback, the demo theme, and as many learners as a phase has requests, each halfway (2 of 4 topics
completed). A round is one phase of each kind: the floor (a signed-in text, ``benching/urls.py``),
the theme page, the topic page, completing. Every request of a phase is another learner's.

Completing: in one phase each learner completes the third topic by the form of the page, without
htmx; in a phase that is not measured they all reopen it, so that in every round every completion
is a real one, of a topic that was open. Its record grows by two events a round, which the deed
reads: the figure is that of somebody who changed their mind a few times. In the end the database
must hold exactly so many deeds.

CPU ms is user and system time of the server's processes, and for PostgreSQL of the database's,
over a phase, divided by its requests; the visitors' own is not in it. Time shared with other work
on the machine changes requests per second and milliseconds, hardly CPU ms, and least of all the
ratio, which is the median over the rounds.
"""

import argparse
import contextlib
import datetime
import importlib.metadata
import json
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from benching.server import cpu_ms, free_port, serving
from benching.visitors import Scene, visit_together
from postgres import postgresql

ROUNDS = 9
REQUESTS = 100
"""Of each kind in each round; also the number of learners."""
TIMES = {"floor": 3}
"""The floor is what all else is divided by: every learner asks for it so many times a round."""
VISITORS = 4
"""How many ask at the same time."""
THREADS = {"postgresql": 4, "sqlite": 2}
"""Blocking threads of the one worker."""
LIMIT_SECONDS = 900
"""Whatever happens, it ends by then."""
KINDS = ("floor", "theme", "topic", "completing")
NAMES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}
ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "var" / "bench"


def main():
    options = arguments()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, end)
    signal.alarm(LIMIT_SECONDS)
    engines = list(THREADS) if options.engine == "both" else [options.engine]
    report = circumstances(options)
    with tempfile.TemporaryDirectory(prefix="stapwijs-bench-") as folder:
        data = Path(folder)
        collect_static_files(data)
        for engine in engines:
            report["engines"][engine] = measured(engine, data, options)
            print(table(engine, report["engines"][engine]), flush=True)
    print(f"\nAll figures: {keep(report)}")
    wrong = [message for engine in report["engines"].values() for message in engine["wrong"]]
    sys.exit("\n".join(["Not right:", *list(dict.fromkeys(wrong))[:10]]) if wrong else 0)


def arguments():
    parser = argparse.ArgumentParser(description="Measure what a page costs, as a ratio to the floor.")
    parser.add_argument("--rounds", type=positive, default=ROUNDS)
    parser.add_argument("--requests", type=positive, default=REQUESTS, help="of each kind in each round")
    parser.add_argument("--engine", choices=[*THREADS, "both"], default="both")
    return parser.parse_args()


def positive(text):
    if (number := int(text)) < 1:
        raise ValueError(text)
    return number


def end(number, frame):
    """Leave by way of every ``finally``, so that nothing stays running."""
    raise SystemExit(f"Ended by {signal.Signals(number).name}.")


def circumstances(options):
    """What the figures depend on; no names of machines or paths."""
    versions = {name: importlib.metadata.version(name) for name in ("django", "granian", "psycopg")}
    return {
        "at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "versions": {"python": platform.python_version(), **versions},
        "cores": len(os.sched_getaffinity(0)),
        "rounds": options.rounds,
        "requests": options.requests,
        "visitors": VISITORS,
        "engines": {},
    }


# One engine


def measured(engine, data, options):
    """Everything about one engine: ``rounds`` as measured, their ``summary``, and what was ``wrong``."""
    port = free_port()
    with database(engine, data) as (url, database_process):
        environment = environment_for(data, DATABASE_URL=url, SITE_URL=f"http://127.0.0.1:{port}")
        print(f"{NAMES[engine]}: preparing {options.requests} learners, then {options.rounds} rounds …", flush=True)
        facts = inside(environment, "prepare", str(options.requests))
        with serving(environment, port=port, threads=THREADS[engine], log=data / "server.log") as server:
            bench = Bench(Scene(f"http://127.0.0.1:{port}", facts), server, database_process)
            bench.round()  # the first one warms up and is not counted
            bench.answers.clear()
            rounds = [bench.round() for _number in range(options.rounds)]
        miscounted = recount(inside(environment, "count"), options)
    return {
        "version": facts["engine_version"],
        "threads": THREADS[engine],
        "summary": {kind: summary(kind, rounds, bench.answers[kind]) for kind in KINDS},
        "rounds": rounds,
        "wrong": [*bench.wrong, *miscounted],
    }


@contextlib.contextmanager
def database(engine, data):
    """Yield the URL of an empty database and its process, None for SQLite, which has none."""
    if engine == "sqlite":
        yield f"sqlite:///{data / 'bench.sqlite3'}", None
        return
    with postgresql(durable=True) as url:
        folder = Path(parse_qs(urlsplit(url).query)["host"][0])
        yield url, int((folder / "data" / "postmaster.pid").read_text().split()[0])


class Bench:
    """Lets visitors ask, and keeps their ``answers`` by kind (ms) and what was ``wrong``."""

    def __init__(self, scene, server, database_process):
        self.scene, self.server, self.database_process = scene, server, database_process
        self.answers, self.wrong = {}, []

    def round(self):
        """Return kind → figures of one phase of each kind; the reopening comes last and is left out."""
        figures = {kind: self.phase(kind) for kind in KINDS}
        self.phase("reopening")
        floor = figures["floor"]["cpu_ms"]
        return {kind: {**phase, "ratio": phase["cpu_ms"] / floor} for kind, phase in figures.items()}

    def phase(self, kind):
        """Let every learner ask this. CPU in ms per request."""
        learners = [*self.scene.learners] * TIMES.get(kind, 1)
        requests = [getattr(self.scene, kind)(learner) for learner in learners]
        before, began = self.cpu(), time.perf_counter()
        answers = visit_together(self.scene.host, requests, visitors=VISITORS)
        seconds, after = time.perf_counter() - began, self.cpu()
        self.answers.setdefault(kind, []).extend(ms for ms, _wrong in answers)
        self.wrong += [wrong for _ms, wrong in answers if wrong]
        app, db = ((late - early) / len(requests) for early, late in zip(before, after, strict=True))
        return {"app_ms": app, "database_ms": db, "cpu_ms": app + db, "per_second": len(requests) / seconds}

    def cpu(self):
        """CPU time so far, in ms, of the application and of the database."""
        return cpu_ms(self.server), cpu_ms(self.database_process) if self.database_process else 0


def recount(deeds, options):
    """Say if the database holds other deeds than were asked: then not every completion was a real one."""
    reopened = options.requests * (options.rounds + 1)
    expected = {"completed": reopened + 2 * options.requests, "reopened": reopened}
    return [] if deeds == expected else [f"recorded deeds: {deeds} instead of {expected}"]


def summary(kind, rounds, answers):
    """The medians over the rounds, and the percentiles of all answers in ms."""
    figures = {name: statistics.median(phases[kind][name] for phases in rounds) for name in rounds[0][kind]}
    percentiles = statistics.quantiles(answers, n=20, method="inclusive") if len(answers) > 1 else answers * 19
    spread = sorted(phases[kind]["ratio"] for phases in rounds)
    return {**figures, "ratio_from": spread[0], "ratio_to": spread[-1], "p50": percentiles[9], "p95": percentiles[18]}


# Around it


def environment_for(data, **variables):
    """Only what is given here, so that nobody's own settings are measured."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPYCACHEPREFIX") if name in os.environ}
    search = os.pathsep.join([str(ROOT), str(ROOT / "tools")])
    return {
        **kept,
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": search,
        "DJANGO_SETTINGS_MODULE": "benching.settings",
        "DATA_DIR": str(data),
        **variables,
    }


def collect_static_files(data):
    command = [sys.executable, ROOT / "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(command, env=environment_for(data), check=True)


def inside(environment, *command):
    return inside_of("inside", environment, *command)


def inside_of(module, environment, *command):
    """Run a command of this module of ``benching`` and return what it says."""
    program = [sys.executable, "-m", f"benching.{module}", *command]
    result = subprocess.run(program, env=environment, stdout=subprocess.PIPE)
    if result.returncode:
        raise SystemExit(f"Could not {command[0]}; see above.")
    return json.loads(result.stdout)


def table(engine, result):
    head = f"{NAMES[engine]} {result['version']}, one worker with {result['threads']} threads, {VISITORS} visitors"
    lines = ["", head, ""]
    lines.append("             ratio   (least–most)    CPU ms     app      db   requests/s   p50 ms   p95 ms")
    for kind, row in result["summary"].items():
        db = f"{row['database_ms']:7.2f}" if engine == "postgresql" else "      –"
        lines.append(
            f"{kind:11} {row['ratio']:6.2f}   ({row['ratio_from']:.2f}–{row['ratio_to']:.2f}) {row['cpu_ms']:11.2f} "
            f"{row['app_ms']:7.2f} {db} {row['per_second']:12.0f} {row['p50']:8.1f} {row['p95']:8.1f}"
        )
    return "\n".join(lines)


def keep(report, *, latest="latest.json"):
    """Write the report by its date and as the latest one; return where, seen from the project."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    text = json.dumps(rounded(report), indent=2, ensure_ascii=False) + "\n"
    path = RESULTS / f"{report['at'][:19].replace(':', '')}.json"
    for target in (path, RESULTS / latest):
        target.write_text(text)
    return path.relative_to(ROOT)


def rounded(value):
    """Three decimals are more than was measured."""
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [rounded(item) for item in value]
    return round(value, 3) if isinstance(value, float) else value


if __name__ == "__main__":
    main()
