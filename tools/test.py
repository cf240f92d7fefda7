"""Run every test on SQLite and, at the same time, those that ask a database on a throw-away PostgreSQL.

Browsers and locks wait a lot, so that two runs beside each other take little longer than one.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from postgres import postgresql

ONCE = [
    "articles",  # asks no database
    "test_translations.py",
    "authoring/test_doors.py",  # who may enter, before anything is asked
    "tracking/test_doors.py",
    "authoring/test_import_doors.py",
    "authoring/test_import_hostile.py",  # files, read in a child process
    "authoring/test_broken_folders.py",
]
"""Under ``tests/``: what is the same on every engine runs on SQLite alone."""


def pytest(*arguments, database_url, data, output=None):
    environment = {**os.environ, "DATABASE_URL": database_url, "DATA_DIR": str(data), "PYTHONPATH": "."}
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
            database = folder / "sqlite" / "database.sqlite3"
            on_sqlite = pytest(database_url=f"sqlite:///{database}", data=folder / "sqlite").wait()
            on_postgresql = beside.wait()
            output.seek(0)
            print("On PostgreSQL", output.read(), sep="\n", flush=True)
    sys.exit(on_sqlite or on_postgresql)


if __name__ == "__main__":
    main()
