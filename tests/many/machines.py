"""Several machines on this one: each with an address and, where that is allowed, a network of its own.

Where it is not, they share the loopback network and differ by their ports.
"""

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

READY_SECONDS = 60
STOP_SECONDS = 45


def ip(*words):
    subprocess.run(["/usr/sbin/ip", *words], check=True, capture_output=True)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Network:
    """A bridge with machines on it; ``center`` is the address of what they share."""

    def __init__(self):
        self.name = f"sw{os.getpid()}"
        self.prefix = f"10.{200 + os.getpid() // 256 % 50}.{os.getpid() % 256}"
        self.names, self.apart, self.center = [], False, "127.0.0.1"

    def __enter__(self):
        with contextlib.suppress(OSError, subprocess.CalledProcessError), contextlib.ExitStack() as undo:
            ip("link", "add", self.name, "type", "bridge")
            undo.callback(ip, "link", "delete", self.name)
            ip("address", "add", f"{self.prefix}.1/24", "dev", self.name)
            ip("link", "set", self.name, "up")
            ip("netns", "add", f"{self.name}-0")  # not everybody who may make a bridge may make these
            ip("netns", "delete", f"{self.name}-0")
            undo.pop_all()
            self.apart, self.center = True, f"{self.prefix}.1"
        return self

    def __exit__(self, *error):
        for name in self.names:
            ip("netns", "delete", name)
        if self.apart:
            ip("link", "delete", self.name)

    def machine(self, folder):
        """A new machine, whose files lie in ``folder``."""
        folder.mkdir()
        if not self.apart:
            return Machine(folder, "127.0.0.1", free_port(), [])
        number = len(self.names) + 1
        space, cable, address = f"{self.name}-{number}", f"{self.name}v{number}", f"{self.prefix}.{10 + number}"
        ip("netns", "add", space)
        self.names.append(space)
        ip("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", space)
        ip("link", "set", cable, "master", self.name, "up")
        ip("-n", space, "address", "add", f"{address}/24", "dev", "eth0")
        ip("-n", space, "link", "set", "eth0", "up")
        ip("-n", space, "link", "set", "lo", "up")
        return Machine(folder, address, 8000, ["/usr/sbin/ip", "netns", "exec", space])


class Machine:
    """Runs one program at a time, and can be started again, stopped, or lose its power."""

    def __init__(self, folder, address, port, inside):
        self.folder, self.address, self.port, self.inside = folder, address, port, inside
        self.process = None

    @property
    def place(self):
        return f"{self.address}:{self.port}"

    def run(self, *command, environment):
        self.command, self.environment = [*self.inside, *map(str, command)], environment
        self.start()

    def start(self):
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=self.environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )

    def stop(self):
        """Ask it to end, and wait until it has; the exit code."""
        self.process.terminate()
        return self.process.wait(STOP_SECONDS)

    def kill(self):
        """All its processes at once, without a word."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def wait_until_it_answers(self, path, *, host):
        request = urllib.request.Request(f"http://{self.place}{path}", headers={"Host": host})
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(OSError), urllib.request.urlopen(request, timeout=5):  # noqa: S310  the same
                return
            time.sleep(0.1)
        raise AssertionError(f"It does not answer.\n{(self.folder / 'log').read_text()[-2000:]}")


@contextlib.contextmanager
def running(*command, folder, port, host="127.0.0.1", **options):
    """A program that is reached at a port, until the end of the block."""
    folder.mkdir(exist_ok=True)
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [*map(str, command)], stdout=log, stderr=subprocess.STDOUT, start_new_session=True, **options
        )
    try:
        wait_for_port(host, port, process, folder / "log")
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(STOP_SECONDS)


def wait_for_port(host, port, process, log):
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((host, port), 1):
            return
        time.sleep(0.05)
    raise AssertionError(f"{process.args[0]} does not start.\n{Path(log).read_text()[-2000:]}")
