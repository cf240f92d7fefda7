"""Which lines and branches the tests reach: 95 % of the product, and everything where a hole would hurt most.

``python tools/coverage_of_tests.py`` runs the tests on SQLite, without the browser, and then reports; tools/test.py
does the same beside its other runs when COVERAGE is set.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

LEAST = "95"
WHOLE = [
    "courses/access.py",
    "courses/articles/sanitise.py",
    "courses/articles/importers/*",
    "courses/models/tokens.py",
    "courses/models/invitations.py",
]
"""Access, sanitiser, importers, tokens: every line, and every way a branch can go."""

FOLDER = Path("var/coverage")


def measured():
    """The environment in which every Python process notes what it runs; what was noted before is forgotten."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.iterdir():
        path.unlink()
    return {**os.environ, "COVERAGE_PROCESS_START": str(Path("pyproject.toml").resolve())}


def report():
    """Print what was not reached; 0 if it is little enough."""
    coverage = [sys.executable, "-m", "coverage"]
    subprocess.run([*coverage, "combine", "--quiet"], check=True)
    overall = subprocess.run([*coverage, "report", f"--fail-under={LEAST}"]).returncode
    whole = subprocess.run([*coverage, "report", "--fail-under=100", f"--include={','.join(WHOLE)}"]).returncode
    return overall or whole


def main():
    with tempfile.TemporaryDirectory(prefix="stapwijs-coverage-") as folder:
        data = Path(folder)
        (data / "locale").symlink_to(Path("var/locale").resolve())
        environment = {**measured(), "DATA_DIR": folder, "DATABASE_URL": f"sqlite:///{data / 'database.sqlite3'}"}
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile"]
        failed = subprocess.run([*command, "-m", "not browser and not many"], env=environment).returncode
    sys.exit(failed or report())


if __name__ == "__main__":
    main()
