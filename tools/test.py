"""Run every test on SQLite, then those that ask a database, but the browser's, on a throw-away PostgreSQL."""

import os
import subprocess
import sys
import tempfile

from postgres import postgresql


def pytest(*arguments, database_url, data):
    environment = {**os.environ, "DATABASE_URL": database_url, "DATA_DIR": data, "PYTHONPATH": "."}
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", *arguments]
    return subprocess.run(command, env=environment).returncode


WITHOUT_DATABASE = ("--ignore=tests/articles", "--ignore=tests/test_translations.py")


def main():
    with tempfile.TemporaryDirectory(prefix="stapwijs-test-") as data:
        os.symlink(os.path.abspath("var/locale"), os.path.join(data, "locale"))
        print("On SQLite, browser included", flush=True)
        on_sqlite = pytest(database_url=f"sqlite:///{data}/database.sqlite3", data=data)
        print("On PostgreSQL", flush=True)
        with postgresql() as url:
            on_postgresql = pytest("-m", "not browser", *WITHOUT_DATABASE, database_url=url, data=data)
    sys.exit(on_sqlite or on_postgresql)


if __name__ == "__main__":
    main()
