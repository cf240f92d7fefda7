"""A throw-away PostgreSQL for tests and measurements: own folder, own socket, gone afterwards."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

FORGETFUL = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
"""For tests only: what is lost in a crash of the test machine is no loss."""


def folder_of_binaries():
    """The newest PostgreSQL of Debian, or the one on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if found:
        return found[-1]
    if initdb := shutil.which("initdb"):
        return Path(initdb).resolve().parent
    raise SystemExit("PostgreSQL is missing. On Debian: sudo apt install postgresql")


def unprivileged():
    """How to run a program that refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise SystemExit("PostgreSQL does not run as root, and there is no user postgres or nobody.")


@contextlib.contextmanager
def postgresql(*, durable=False):
    """Yield the DATABASE_URL of a new, empty server; ``durable``: with the safe settings of a real one."""
    binaries, who = folder_of_binaries(), unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="stapwijs-postgresql-"))
    if who:
        os.chown(folder, who["user"], who["group"])

    def run(program, *arguments):
        command = [binaries / program, "-D", folder / "data", *arguments]
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(folder)}
        subprocess.run(command, check=True, env=environment, cwd=folder, stdout=subprocess.DEVNULL, **who)

    settings = ["listen_addresses=''", "max_connections=200", *([] if durable else FORGETFUL)]
    options = " ".join([f"-k {folder}", *(f"-c {setting}" for setting in settings)])
    try:
        run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        run("pg_ctl", "-l", folder / "log", "-w", "-o", options, "start")
        yield f"postgres://postgres@/postgres?host={folder}"
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
