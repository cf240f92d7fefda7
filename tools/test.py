"""Run every test: in the browser, on SQLite, on a throw-away PostgreSQL what asks a database, and the faults.

Browsers, locks and faults wait a lot, so that all beside each other take little longer than one. With COVERAGE set, the
run on SQLite also notes which lines it reaches.
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


def pytest(*arguments, data, database_url=None, log=None, environment=os.environ):
    """Two processes; a file of tests stays in one of them. Without ``database_url`` on a SQLite of its own."""
    data.mkdir()
    (data / "locale").symlink_to(Path("var/locale").resolve())
    place = {"DATABASE_URL": database_url or f"sqlite:///{data / 'database.sqlite3'}", "DATA_DIR": str(data)}
    command = [*GIVES_WAY, sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", *arguments]
    return Run(*command, log=log, env={**environment, **place, "PYTHONPATH": "."})


def main():
    measuring = "COVERAGE" in os.environ
    with tempfile.TemporaryDirectory(prefix="stapwijs-test-") as folder, postgresql() as url:
        folder = Path(folder)
        twice = ["-m", "not browser and not no_database", *(f"--ignore=tests/{name}" for name in ONCE)]
        environment = coverage_of_tests.measured() if measuring else os.environ
        print("On SQLite", flush=True)
        runs = [
            pytest("-m", "not browser", data=folder / "sqlite", environment=environment),
            pytest("-m", "browser", "tests/browser", data=folder / "browser", log=folder / "In the browser.log"),
            pytest(*twice, data=folder / "postgresql", database_url=url, log=folder / "On PostgreSQL.log"),
            Run(sys.executable, "tools/faults.py", "--short", "--seed", "1", log=folder / "Faults.log"),
        ]
        codes = [run.end() for run in runs]
    sys.exit(any(codes) or (measuring and coverage_of_tests.report()))


if __name__ == "__main__":
    main()
