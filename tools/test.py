"""Run every test on SQLite and, at the same time, those that ask a database on a throw-away PostgreSQL.

Browsers and locks wait a lot, so that two runs beside each other take little longer than one. With COVERAGE set,
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
    "articles",  # asks no database
    "many",  # brings its own PostgreSQL
    "test_deploy.py",
    "test_media.py",
    "test_migrations.py",
    "test_silenced.py",
    "test_supply_chain.py",
    "test_translations.py",
    "test_doors.py",  # who may enter, before anything is asked
    "authoring/test_import_hostile.py",  # files, read in a child process
    "authoring/test_broken_folders.py",
]
"""Under ``tests/``: what is the same on every engine runs on SQLite alone."""


def pytest(*arguments, database_url, data, output=None, environment=os.environ):
    environment = {**environment, "DATABASE_URL": database_url, "DATA_DIR": str(data), "PYTHONPATH": "."}
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", *arguments]
    data.mkdir()
    (data / "locale").symlink_to(Path("var/locale").resolve())
    return subprocess.Popen(command, env=environment, stdout=output, stderr=output and subprocess.STDOUT)


def main():
    with tempfile.TemporaryDirectory(prefix="stapwijs-test-") as folder, postgresql() as url:
        folder = Path(folder)
        with (folder / "postgresql.txt").open("w+") as output:
            without = [f"--ignore=tests/{name}" for name in ONCE]
            beside = pytest("-m", "not browser", *without, database_url=url, data=folder / "postgresql", output=output)
            print("On SQLite, browser included", flush=True)
            failed = on_sqlite(folder / "sqlite") if "COVERAGE" not in os.environ else on_sqlite_measured(folder)
            on_postgresql = beside.wait()
            output.seek(0)
            print("On PostgreSQL", output.read(), sep="\n", flush=True)
    sys.exit(failed or on_postgresql)


def on_sqlite(data, *arguments, **options):
    return pytest(*arguments, database_url=f"sqlite:///{data / 'database.sqlite3'}", data=data, **options).wait()


def on_sqlite_measured(folder):
    measured = coverage_of_tests.measured()
    failed = on_sqlite(folder / "sqlite", "-m", "not browser", environment=measured)
    return on_sqlite(folder / "browser", "-m", "browser") or failed or coverage_of_tests.report()


if __name__ == "__main__":
    main()
