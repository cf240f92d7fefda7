"""What holds when things break: a real server, worker and database on loopback, killed, cut off, filled and frozen.

Each harness makes its own site in a folder that is gone afterwards, and ends only what it started. ``--short`` does the
same with fewer people and shorter outages, within ``make test``. What is measured is told line by line and kept in
``var/faults``; docs/faults.md says what it means. Ends with status 1 if anything acknowledged was lost, somebody got no
answer or a wrong one, or something was not back within ten seconds.
"""

import argparse
import contextlib
import datetime
import json
import random
import shutil
import signal
import sys
import tempfile
from pathlib import Path

with contextlib.suppress(ImportError):  # the same SQLite as the product's (config/database.py)
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3

from faulting import harnesses

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "var" / "faults"
LIMIT_SECONDS = {"short": 600, "full": 3 * 3600}
"""Whatever happens, it ends by then."""


def main():
    options = arguments()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, end)
    size = "short" if options.short else "full"
    signal.alarm(LIMIT_SECONDS[size])
    report = {"at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"), "seed": options.seed}
    wrong = []
    with tempfile.TemporaryDirectory(prefix="stapwijs-faults-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL is another user
        for name, harness in harnesses.of_size(size, options.only).items():
            report[name], found = tried(name, harness, Path(folder) / name.replace(" ", "-"), options.seed)
            wrong += found
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / f"{size}.json").write_text(json.dumps(report, indent=2) + "\n")
    sys.exit("\n".join(["Not right:", *wrong]) if wrong else 0)


def arguments():
    parser = argparse.ArgumentParser(description="Show what holds when things break.")
    parser.add_argument("--short", action="store_true", help="fewer people, shorter outages")
    parser.add_argument("--only", default="", help="harnesses whose name has this in it")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000), help="of the moments")
    return parser.parse_args()


def end(number, frame):
    """Leave by way of every ``finally``, so that nothing stays running."""
    raise SystemExit(f"Ended by {signal.Signals(number).name}.")


def tried(name, harness, folder, seed):
    folder.mkdir()
    try:
        figures, wrong = harness(folder, seed)
    except harnesses.CannotBeTriedError as error:
        figures, wrong = {"not tried": str(error)}, []
    print(f"[faults] {name} (seed {seed}): {told(figures)}", flush=True)
    for one in wrong:
        print(f"[faults]   not right: {one}", flush=True)
    if wrong:
        keep_logs(name, folder)
    return figures, [f"{name}: {one}" for one in wrong]


def told(figures):
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures.items())


def keep_logs(name, folder):
    for log in folder.rglob("*.log"):
        RESULTS.mkdir(parents=True, exist_ok=True)
        shutil.copy(log, RESULTS / f"{name.replace(' ', '-')}-{log.name}")


if __name__ == "__main__":
    main()
