"""A working hour in little: the whole mix at a steady rate, then more and more until it is too much, and back.

On each engine, with its safe settings, a real server with two workers on loopback. 10,000 learners, 200 topics, of
which the first is read most. 70 % reading, 15 % completing, 5 % rosters, 5 % the front page, 3 % saving a text, 2 %
signing in.
Requests come when they are due, whether or not the ones before were answered; the time of each counts from then.

1. ``--minutes`` at ``--rate``: nothing may go wrong, and memory must be steady.
2. Steps of half as much again until p95 is over a second or something goes wrong: the knee.
3. Three times the knee: answers or 503/429. Then the first rate again: how long until all is as before.
"""

import argparse
import re
import signal
import sys
import tempfile
import time
from pathlib import Path

from bench import (
    NAMES,
    THREADS,
    circumstances,
    collect_static_files,
    database,
    end,
    environment_for,
    inside_of,
    keep,
    positive,
)
from benching.mix import Crowd, Mix, summary
from benching.server import free_port, serving, tree_of

LEARNERS, TOPICS, PEOPLE = 10_000, 200, 500
MINUTES, RATE, STEP_SECONDS = 10, 30, 20
STEPS = 8
TOO_SLOW_MS = 1_000
WORKERS = 2


def main():
    options = arguments()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, end)
    engines = list(THREADS) if options.engine == "both" else [options.engine]
    signal.alarm(len(engines) * int(60 * options.minutes + 900))
    report = circumstances(options)
    with tempfile.TemporaryDirectory(prefix="stapwijs-bench-") as folder:
        data = Path(folder)
        collect_static_files(data)
        for engine in engines:
            report["engines"][engine] = measured(engine, data, options)
    print(f"\nAll figures: {keep(report, latest='latest-load.json')}")
    steady = {name: one["steady"]["wrong"] for name, one in report["engines"].items()}
    wrong = [f"{NAMES[name]}: {found}" for name, found in steady.items() if found]
    sys.exit("\n".join(["Not right:", *wrong]) if wrong else 0)


def arguments():
    parser = argparse.ArgumentParser(description="Ask the whole mix of a site, steadily and then too much.")
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--rate", type=positive, default=RATE, help="requests a second")
    parser.add_argument("--learners", type=positive, default=LEARNERS)
    parser.add_argument("--engine", choices=[*THREADS, "both"], default="both")
    parser.set_defaults(rounds=1, requests=0)
    return parser.parse_args()


def measured(engine, data, options):
    port = free_port()
    with database(engine, data) as (url, _database_process):
        address = f"http://127.0.0.1:{port}"
        environment = environment_for(data, DATABASE_URL=url, SITE_URL=address, TRUSTED_PROXY_COUNT="1")
        tell(f"{NAMES[engine]}: making {options.learners:,} learners and {TOPICS} topics …")
        facts = inside_of("loading", environment, "prepare", str(options.learners), str(TOPICS), str(PEOPLE))
        with serving(environment, port=port, threads=THREADS[engine], workers=WORKERS, log=data / "log") as server:
            crowd = Crowd(Mix(f"127.0.0.1:{port}", facts))
            crowd.ask(options.rate, 5)  # warms up
            found = {"steady": steady(crowd, server, options)}
            found["steps"] = steps(crowd, options.rate)
            found["too_much"] = too_much(crowd, found["steps"], options.rate)
    return found


def steady(crowd, server, options):
    """Half of the time, and the other half; with the memory at start, middle and end."""
    memory, answers = [memory_mb(server)], []
    seconds = 60 * options.minutes
    for _half in range(2):
        answers += crowd.ask(options.rate, seconds / 2)
        memory.append(memory_mb(server))
    found = {**summary(answers, seconds), "memory_mb": memory}
    tell(f"  {options.rate:4}/s for {options.minutes:g} min: {said(found)}")
    tell(f"  memory at start, middle, end: {', '.join(f'{mb:.0f}' for mb in memory)} MB")
    return found


def steps(crowd, rate):
    """[figures of each rate], the last one too much."""
    found = []
    for number in range(1, STEPS + 1):
        asked = int(rate * 1.5**number)
        found.append({"rate": asked, **summary(crowd.ask(asked, STEP_SECONDS), STEP_SECONDS)})
        tell(f"  {asked:4}/s: {said(found[-1])}")
        if too_slow(found[-1]):
            break
    return found


def too_much(crowd, found, rate):
    """Three times the highest rate that went well, and how many seconds until the first rate goes well again."""
    knee = max([rate, *(one["rate"] for one in found if not too_slow(one))])
    flood = summary(crowd.ask(3 * knee, STEP_SECONDS), STEP_SECONDS)
    tell(f"  {3 * knee:4}/s, three times the knee: {said(flood)}")
    began = time.monotonic()
    well = (not too_slow(summary(crowd.ask(rate, 1), 1)) for _second in range(60))
    after = next((time.monotonic() - began for fine in well if fine), None)
    tell(f"  as before after {after:.0f} s" if after else "  not as before within a minute")
    return {"knee": knee, **flood, "as_before_after_s": after}


def too_slow(found):
    return found["p95"] is None or found["p95"] > TOO_SLOW_MS or bool(found["wrong"]) or bool(found["refused"])


def said(found):
    if found["p95"] is None:
        return f"no answer that is right, {found['refused']} refused, {found['wrong']}"
    times = f"p50 {found['p50']:.0f}, p95 {found['p95']:.0f}, p99 {found['p99']:.0f} ms"
    wrong = f"wrong: {found['wrong'] or 'none'}"
    return f"{times}; {found['per_second']:.0f}/s answered, {found['refused']} refused, {wrong}"


def memory_mb(server):
    """Of all processes of the server together, as they have it to themselves or share it."""
    texts = [Path(f"/proc/{process}/status").read_text() for process in tree_of(server)]
    return sum(int(re.search(r"VmRSS:\s+(\d+)", text)[1]) for text in texts) / 1024


def tell(text):
    print(text, flush=True)


if __name__ == "__main__":
    main()
