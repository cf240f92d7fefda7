"""A working hour in little: the whole mix at a steady rate, then more and more until it is too much, and back.

On each engine, with its safe settings, a real server with two workers on loopback, behind nginx with the files of
``deploy/`` (``--direct``: without it). 10,000 learners, 200 topics, of which the first is read most. 70 % reading,
15 % completing, 5 % rosters, 5 % the front page, 3 % saving a text, 2 % signing in.
Requests come when they are due, whether or not the ones before were answered; the time of each counts from then.

1. ``--minutes`` at ``--rate``: nothing may go wrong, and memory must be steady.
2. Steps of half as much again until p95 is over a second or something goes wrong: the knee.
3. Three times the knee: answers or 503/429. Then the first rate again: how long until all is as before.
4. 300 clients that send their headers a byte a second, then 300 that send a form so, then all; at nginx and at the
   server itself: others are answered within a second. ``--only slow`` does just this.
"""

import argparse
import contextlib
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
from benching import front
from benching.mix import Crowd, Mix, summary
from benching.server import free_port, serving, tree_of
from benching.slow import KINDS, SlowClients, probed

LEARNERS, TOPICS, PEOPLE = 10_000, 200, 500
MINUTES, RATE, STEP_SECONDS = 10, 30, 20
STEPS = 8
TOO_SLOW_MS = 1_000
WORKERS = 2
SLOW, SLOW_SECONDS = 300, 10
PROBES = ("/healthz", "/account/login/")
ALONE = ("granian, forms", "granian, both")
"""Not for granian alone: a form that is on its way holds a thread, which is why nginx stands in front."""


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
    wrong = [f"{NAMES[name]}: {found}" for name, one in report["engines"].items() if (found := wrong_in(one))]
    sys.exit("\n".join(["Not right:", *wrong]) if wrong else 0)


def wrong_in(found):
    """What must not be: an error at the steady rate; 5xx in the flood; a probe that waits while others are slow."""
    flood = [told for told in found.get("too_much", {}).get("wrong", {}) if ": 5" in told]
    slow = [name for name, one in found.get("slow", {}).items() if name not in ALONE and not in_time(one)]
    return [
        *found.get("steady", {}).get("wrong", {}),
        *flood,
        *(f"late while others are slow: {name}" for name in slow),
    ]


def in_time(found):
    return not found["unanswered"] and found["slowest_ms"] <= TOO_SLOW_MS


def arguments():
    parser = argparse.ArgumentParser(description="Ask the whole mix of a site, steadily and then too much.")
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--rate", type=positive, default=RATE, help="requests a second")
    parser.add_argument("--learners", type=positive, default=LEARNERS)
    parser.add_argument("--engine", choices=[*THREADS, "both"], default="both")
    parser.add_argument("--only", choices=["mix", "slow"])
    parser.add_argument("--direct", action="store_true", help="ask the server itself, without nginx")
    parser.set_defaults(rounds=1, requests=0)
    return parser.parse_args()


def measured(engine, data, options):
    """Asks through nginx, but for the slow clients, who go to the server itself too."""
    port, behind = free_port(), free_port()
    with database(engine, data) as (url, _database_process), contextlib.ExitStack() as stack:
        address = f"http://127.0.0.1:{port}"
        environment = environment_for(data, DATABASE_URL=url, SITE_URL=address, TRUSTED_PROXY_COUNT="1")
        tell(f"{NAMES[engine]}: making {options.learners:,} learners and {TOPICS} topics …")
        facts = inside_of("loading", environment, "prepare", str(options.learners), str(TOPICS), str(PEOPLE))
        running = serving(environment, port=behind, threads=THREADS[engine], workers=WORKERS, log=data / "log")
        server, hosts = stack.enter_context(running), {"granian": f"127.0.0.1:{behind}"}
        if not options.direct:
            stack.enter_context(front.in_front_of(hosts["granian"], port=port, folder=data / f"nginx-{engine}"))
            hosts = {"nginx": f"127.0.0.1:{port}", **hosts}
        first = next(iter(hosts.values()))
        found = {} if options.only == "slow" else mixed(Crowd(Mix(first, facts)), server, options)
        slow = {} if options.only == "mix" else slow_ones(hosts, facts["csrf_cookie"])
    return {**found, "slow": slow}


def slow_ones(hosts, csrf_cookie):
    return {
        f"{name}, {kind}": slowly(host, f"{name}, {kind}", kind, csrf_cookie)
        for name, host in hosts.items()
        for kind in KINDS
    }


def mixed(crowd, server, options):
    crowd.ask(options.rate, 5)  # warms up
    found = {"steady": steady(crowd, server, options)}
    found["steps"] = steps(crowd, options.rate)
    found["too_much"] = too_much(crowd, server, found["steps"], options.rate)
    return found


def slowly(host, name, kind, csrf_cookie):
    """How others fare while ``SLOW`` clients of this kind send a byte a second."""
    with SlowClients(host, SLOW, csrf_cookie, kind=kind) as slow:
        answers = probed(host, PROBES, SLOW_SECONDS)
        connected = slow.connected
    slowest = {path: max(ms for asked, ms, _status in answers if asked == path) for path in PROBES}
    unanswered = sum(status != 200 for _path, _ms, status in answers)
    times = ", ".join(f"{path} {ms:.0f} ms" for path, ms in slowest.items())
    tell(f"  {name}: {connected} slow; {len(answers)} probes, {unanswered} unanswered, slowest {times}")
    found = {"clients": connected, "sent_away": slow.sent_away, "probes": len(answers), "unanswered": unanswered}
    return {**found, "slowest_ms": max(slowest.values())}


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


def too_much(crowd, server, found, rate):
    """Three times the highest rate that went well, and how many seconds until the first rate goes well again."""
    knee = max([rate, *(one["rate"] for one in found if not too_slow(one))])
    flood = summary(crowd.ask(3 * knee, STEP_SECONDS), STEP_SECONDS)
    flood["memory_mb"] = memory_mb(server)
    tell(f"  {3 * knee:4}/s, three times the knee: {said(flood)}; memory {flood['memory_mb']:.0f} MB")
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
