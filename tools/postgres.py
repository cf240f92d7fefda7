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


class Server:
    """A new, empty PostgreSQL in a folder of its own, in ``where``; reached by a socket in it."""

    def __init__(self, *, durable, where=None):
        self.binaries, self.who = folder_of_binaries(), unprivileged()
        self.folder = Path(tempfile.mkdtemp(prefix="stapwijs-postgresql-", dir=where))
        if self.who:
            os.chown(self.folder, self.who["user"], self.who["group"])
        settings = ["listen_addresses=''", "max_connections=200", *([] if durable else FORGETFUL)]
        self.options = " ".join([f"-k {self.folder}", *(f"-c {setting}" for setting in settings)])
        self.url = f"postgres://postgres@/postgres?host={self.folder}"

    @property
    def process(self):
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def run(self, program, *arguments, **kwargs):
        command = [self.binaries / program, "-D", self.folder / "data", *arguments]
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(self.folder)}
        subprocess.run(
            command, check=True, env=environment, cwd=self.folder, stdout=subprocess.DEVNULL, **self.who, **kwargs
        )

    def create(self):
        self.run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")

    def start(self, **kwargs):
        self.run("pg_ctl", "-l", self.folder / "log", "-w", "-o", self.options, "start", **kwargs)

    def stop(self):
        """At once and unprepared: the next start recovers, as after a crash."""
        self.run("pg_ctl", "-m", "immediate", "stop")

    def remove(self):
        with contextlib.suppress(subprocess.CalledProcessError):
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextlib.contextmanager
def running(*, durable=False, where=None):
    """Yield a ``Server`` that runs; ``durable``: with the safe settings of a real one."""
    server = Server(durable=durable, where=where)
    try:
        server.create()
        server.start()
        yield server
    finally:
        server.remove()


@contextlib.contextmanager
def postgresql(*, durable=False):
    """Yield the DATABASE_URL of a new, empty server."""
    with running(durable=durable) as server:
        yield server.url
