"""What a group of a hundred thousand costs, among a million learners, with the floor beside it.

A throw-away PostgreSQL with its safe settings holds two databases: one full, with so many made-up learners in groups of
25, of 500 and of 100,000 (or half of all), and one empty but for the people who learn in the bench. Each has a server
of its own.

The roster of a group of each size is asked in each order, in each state, with a search and for its last page, by one
visitor: the time of the whole request, and CPU ms of application and database. Completing and opening are asked of both
servers in turn. The designs of ``benching/designs.py`` are asked as SQL, on the same rows.
"""

import argparse
import contextlib
import re
import signal
import statistics
import sys
import tempfile
import time
import uuid
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
from bench import circumstances, collect_static_files, end, environment_for, inside_of, keep, positive
from benching.server import cpu_ms, free_port, serving, tree_of
from benching.visitors import Request, Scene, visit, visit_together
from postgres import postgresql

LEARNERS = 1_000_000
PEOPLE = 60
"""Who complete and open in each round, on either server."""
ROUNDS = 7
TIMES = 12
"""Each page."""
VISITORS = 4
LIMIT_SECONDS = 1_500
PAGES = {
    "name": "",
    "name, last page": "?page=1000000",
    "name, descending": "?sort=-name",
    "progress": "?sort=progress",
    "progress, descending": "?sort=-progress",
    "active": "?sort=active",
    "active, descending": "?sort=-active",
    "not started": "?state=not-started",
    "under way": "?state=under-way",
    "stalled, by progress": "?state=stalled&sort=-progress",
    "finished, by day": "?state=finished&sort=-active",
    "not started, by progress": "?state=not-started&sort=-progress",
    "finished, by progress": "?state=finished&sort=progress",
    "under way, by progress": "?state=under-way&sort=progress",
    "search of many": "?q=vries",
    "search of few": "?q=zoe+yara",
    "search of none": "?q=bestaatniet",
}


def main():
    options = arguments()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, end)
    signal.alarm(LIMIT_SECONDS)
    report = {**circumstances(options), "learners": options.learners}
    with tempfile.TemporaryDirectory(prefix="stapwijs-bench-") as folder, postgresql(durable=True) as url:
        data = Path(folder)
        collect_static_files(data)
        report.update(measured(url, data, options))
    print(table(report))
    print(f"\nAll figures: {keep(report, latest='latest-scale.json')}")
    wrong = list(dict.fromkeys(report["wrong"]))
    sys.exit("\n".join(["Not right:", *wrong[:10]]) if wrong else 0)


def arguments():
    parser = argparse.ArgumentParser(description="Measure rosters and deeds among very many learners.")
    parser.add_argument("--learners", type=positive, default=LEARNERS)
    parser.add_argument("--rounds", type=positive, default=ROUNDS)
    parser.set_defaults(requests=PEOPLE)
    return parser.parse_args()


def measured(url, data, options):
    database = int((Path(parse_qs(urlsplit(url).query)["host"][0]) / "data" / "postmaster.pid").read_text().split()[0])
    sides = {}
    for name, learners in (("empty", 0), ("full", options.learners)):
        print(f"Filling the {name} database …", file=sys.stderr, flush=True)
        port = free_port()
        environment = environment_for(
            data, DATABASE_URL=create(url, f"bench_{name}"), SITE_URL=f"http://127.0.0.1:{port}"
        )
        facts = inside_of("scaling", environment, "prepare", str(learners), str(PEOPLE))
        sides[name] = environment, port, facts
    print("Asking three designs …", file=sys.stderr, flush=True)
    found = inside_of("scaling", sides["full"][0], "compare")
    with contextlib.ExitStack() as stack:
        servers = {}
        for name, (environment, port, facts) in sides.items():
            log = data / f"{name}.log"
            server = stack.enter_context(serving(environment, port=port, threads=VISITORS, log=log))
            servers[name] = Side(Scene(f"http://127.0.0.1:{port}", facts), server, database)
        print("Asking pages and deeds …", file=sys.stderr, flush=True)
        full = servers["full"]
        found |= {"deeds": deeds(servers, options.rounds), "pages": pages(full), "export": full.export()}
    wrong = [text for side in servers.values() for text in side.wrong]
    facts = sides["full"][2]
    return {**found, "wrong": wrong, "rows": facts["rows"], "filled_s": facts["filled_s"]}


def create(url, name):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return url.replace("@/postgres?", f"@/{name}?")


class Side:
    """One server with its database, and what was ``wrong`` there."""

    def __init__(self, scene, server, database):
        self.scene, self.server, self.database, self.wrong = scene, server, database, []

    def get(self, path, *, texts=("</html>",)):
        cookies = f"{self.scene.facts['session_cookie']}={self.scene.facts['trainer']}"
        return Request(path, cookies, texts=texts)

    def opening(self, learner):
        """As the page itself says that it was seen."""
        form = {"csrfmiddlewaretoken": self.scene.token, "quiet": "1", "deed": str(uuid.uuid4())}
        return Request(f"{self.scene.facts['topic']}open/", self.scene.cookies(learner), form, status=204)

    def asked(self, requests, *, visitors=1):
        """Let these be asked; the times in ms, and the CPU ms of application and database for each."""
        before = cpu_ms(self.server), cpu_ms(self.database)
        host = self.scene.host
        answers = visit(host, requests) if visitors == 1 else visit_together(host, requests, visitors=visitors)
        after = cpu_ms(self.server), cpu_ms(self.database)
        self.wrong += [wrong for _ms, wrong in answers if wrong]
        app, db = ((late - early) / len(requests) for early, late in zip(before, after, strict=True))
        return {"times": [ms for ms, _wrong in answers], "app_ms": app, "database_ms": db}

    def deed(self, kind):
        make = self.opening if kind == "opening" else getattr(self.scene, kind)
        return self.asked([make(learner) for learner in self.scene.learners], visitors=VISITORS)

    def export(self):
        """The whole roster of the largest group as CSV: seconds, and how much memory the server took at its most."""
        path = list(self.scene.facts["rosters"].values())[-1] + "export/"
        for process in tree_of(self.server):
            Path(f"/proc/{process}/clear_refs").write_text("5")
        before, began = self.memory("VmRSS"), time.perf_counter()
        self.asked([self.get(path, texts=("@example.org",))])
        return {"s": time.perf_counter() - began, "before_mb": before, "peak_mb": self.memory("VmHWM")}

    def memory(self, kind):
        """MB of the process that has most."""
        texts = [Path(f"/proc/{process}/status").read_text() for process in tree_of(self.server)]
        return max(int(re.search(rf"{kind}:\s+(\d+)", text)[1]) for text in texts) / 1024


def pages(side):
    """{page: {size: figures}} with the floor first."""
    floor = side.scene.floor(0)
    side.asked([floor] * 3)
    figures = {"floor": {"": summary(side.asked([floor] * TIMES * 3))}}
    for name, query in PAGES.items():
        figures[name] = {}
        for size, path in side.scene.facts["rosters"].items():
            side.asked([side.get(path + query)])
            figures[name][size] = summary(side.asked([side.get(path + query)] * TIMES))
    return figures


def deeds(servers, rounds):
    """{deed: figures of the empty and of the full database, and the ratio of their CPU time}"""
    measured = {}
    for number in range(rounds + 1):
        for kind in ("opening", "completing", "reopening"):
            for name, side in servers.items():
                phase = side.deed(kind)
                if number:  # the first round warms up
                    measured.setdefault(kind, {}).setdefault(name, []).append(phase)
    return {kind: compared(measured[kind]) for kind in ("opening", "completing")}


def compared(phases):
    figures = {name: summary(*found) for name, found in phases.items()}
    cpu = {name: [one["app_ms"] + one["database_ms"] for one in found] for name, found in phases.items()}
    ratios = [full / empty for full, empty in zip(cpu["full"], cpu["empty"], strict=True)]
    return {**figures, "ratio": statistics.median(ratios), "ratio_of_times": times_ratio(figures)}


def times_ratio(figures):
    return figures["full"]["p50"] / figures["empty"]["p50"]


def summary(*phases):
    times = sorted(time for phase in phases for time in phase["times"])
    cpu = {name: statistics.median(phase[name] for phase in phases) for name in ("app_ms", "database_ms")}
    return {**cpu, "p50": statistics.median(times), "p95": times[min(len(times) - 1, int(0.95 * len(times)))]}


def table(report):
    rows = ", ".join(f"{count:,} {name}" for name, count in report["rows"].items())
    lines = [f"\n{rows}; filled in {report['filled_s']:.0f} s", ""]
    sizes = list(report["standing"])
    lines.append("whole request, ms: p50 (CPU)" + "".join(f"{size:>18}" for size in sizes))
    for name, figures in report["pages"].items():
        cells = "".join(f"{one['p50']:9.1f} ({one['app_ms'] + one['database_ms']:5.1f})" for one in figures.values())
        lines.append(f"{name:28}{cells}")
    lines += ["", "in the database, ms".ljust(28) + "".join(f"{size:>18}" for size in sizes) + "    a note"]
    for design, figures in report["designs"].items():
        for question in ("page", "steps"):
            cells = "".join(f"{ms:18.2f}" for ms in figures[question].values())
            note = f"{figures['note']:10.3f}" if question == "page" else ""
            lines.append(f"{design} {question:26}{cells}{note}")
    lines.append("group numbers, whole".ljust(28) + "".join(f"{ms:18.2f}" for ms in report["standing"].values()))
    lines += ["", "deed".ljust(28) + "ratio of CPU   ratio of p50   p50 empty   p50 full"]
    for kind, one in report["deeds"].items():
        times = f"{one['empty']['p50']:11.1f}{one['full']['p50']:11.1f}"
        lines.append(f"{kind:28}{one['ratio']:12.2f}{one['ratio_of_times']:15.2f}{times}")
    export = report["export"]
    lines += ["", f"export: {export['s']:.1f} s, {export['before_mb']:.0f} → at most {export['peak_mb']:.0f} MB"]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
