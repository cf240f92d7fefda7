"""Run every test on SQLite and, at the same time, those that ask a database on a throw-away PostgreSQL, and the faults.

Browsers and locks wait a lot, so that runs beside each other take little longer than one. With COVERAGE set,
the run on SQLite also notes which lines it reaches, but for the browser’s part, which comes after it.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import coverage_of_tests
from postgres import postgresql

ONCE = [
    "test_doors.py",  # who may enter, before anything is asked
    "test_media.py",
    "learning/test_costs.py",  # how many queries
    "authoring/test_import_folders.py",  # files, read in a child process
    "authoring/test_import_hostile.py",
    "authoring/test_broken_folders.py",
]
"""Under ``tests/``: what asks the database, but is the same on every engine. It runs on SQLite alone."""

GIVES_WAY = ["nice", "-n", "10"]
"""Tests do, to the faults, which mostly wait, and measure for how long."""

IN_TWO = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
"""Files as they come; else those with the fewest tests come last, and they are the slowest."""


class Run:
    """A program that has begun. With ``log`` it writes there what else it would say at once."""

    def __init__(self, *command, log=None, **options):
        self.log = log
        self.output = log and log.open("w")
        self.process = subprocess.Popen(
            command, stdout=self.output, stderr=self.output and subprocess.STDOUT, **options
        )

    def end(self):
        """Wait for it, show what it said, and return its exit code."""
        code = self.process.wait()
        if self.log:
            self.output.close()
            print(self.log.stem, self.log.read_text(), sep="\n", flush=True)
        return code


def pytest(*arguments, database_url, data, log=None, environment=os.environ):
    environment = {**environment, "DATABASE_URL": database_url, "DATA_DIR": str(data), "PYTHONPATH": "."}
    data.mkdir()
    (data / "locale").symlink_to(Path("var/locale").resolve())
    command = [*GIVES_WAY, sys.executable, "-m", "pytest", "-q", *IN_TWO, *arguments]
    return Run(*command, log=log, env=environment)


def main():
    with tempfile.TemporaryDirectory(prefix="stapwijs-test-") as folder, postgresql() as url:
        folder = Path(folder)
        without = [f"--ignore=tests/{name}" for name in ONCE]
        on_postgresql = {"database_url": url, "data": folder / "postgresql", "log": folder / "On PostgreSQL.log"}
        beside = [
            Run(sys.executable, "tools/faults.py", "--short", "--seed", "1", log=folder / "Faults.log"),
            pytest("-m", "not browser and not no_database", *without, **on_postgresql),
        ]
        print("On SQLite, browser included", flush=True)
        failed = on_sqlite_measured(folder) if "COVERAGE" in os.environ else on_sqlite(folder / "sqlite")
        codes = [run.end() for run in beside]
    sys.exit(failed or any(codes))


def on_sqlite(data, *arguments, **options):
    return pytest(*arguments, database_url=f"sqlite:///{data / 'database.sqlite3'}", data=data, **options).end()


def on_sqlite_measured(folder):
    measured = coverage_of_tests.measured()
    failed = on_sqlite(folder / "sqlite", "-m", "not browser", environment=measured)
    return on_sqlite(folder / "browser", "-m", "browser") or failed or coverage_of_tests.report()


if __name__ == "__main__":
    main()
