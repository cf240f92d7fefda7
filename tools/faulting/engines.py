"""Each engine with its safe settings: an empty database, and for PostgreSQL a server that can be killed."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time

from postgres import running

from faulting.proxy import Cable

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
THREADS = {"sqlite": 2, "postgresql": 4}
"""Blocking threads of the web server, as docs/decisions/0004-server.md has them."""


class Sqlite:
    threads = THREADS["sqlite"]

    def __init__(self, folder):
        self.path = folder / "stapwijs.sqlite3"
        self.url = f"sqlite:///{self.path}"


class Postgresql:
    """Reached through a ``cable``."""

    threads = THREADS["postgresql"]

    def __init__(self, server, cable):
        self.server, self.cable = server, cable
        self.url = f"postgres://postgres@127.0.0.1:{cable.port}/postgres"

    def kill(self):
        """kill -9 of its first process; the others find out by themselves."""
        os.kill(self.server.process, signal.SIGKILL)

    def crash(self):
        self.server.stop()

    def freeze(self):
        """Stop every process of it, as a machine does that has no memory left: connections stay, nothing answers."""
        self.frozen = self.family()
        for process in self.frozen:
            os.kill(process, signal.SIGSTOP)

    def thaw(self):
        for process in self.frozen:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGCONT)

    def family(self):
        first = self.server.process
        found = subprocess.run(["pgrep", "-P", str(first)], stdout=subprocess.PIPE, text=True).stdout
        return [first, *map(int, found.split())]

    def start(self):
        """As systemd does: again, until the processes of before are gone."""
        until = time.monotonic() + 60
        while True:
            try:
                return self.server.start(stderr=subprocess.DEVNULL)
            except subprocess.CalledProcessError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)


def in_memory():
    """A folder for PostgreSQL where synchronising takes no time, so that a busy disk is not measured: after a crash it
    synchronises every file it has. What a killed process wrote stays there as on any disk.
    """
    folder, needed = "/dev/shm", 600_000_000  # noqa: S108  with a name of its own in it
    with contextlib.suppress(OSError):
        return folder if shutil.disk_usage(folder).free > needed else None


@contextlib.contextmanager
def engine_in(folder, name):
    if name == "sqlite":
        yield Sqlite(folder)
        return
    with contextlib.ExitStack() as things:
        server = things.enter_context(running(durable=True, where=in_memory()))
        there = str(server.folder / ".s.PGSQL.5432")
        yield Postgresql(server, things.enter_context(Cable(there, family=socket.AF_UNIX)))
