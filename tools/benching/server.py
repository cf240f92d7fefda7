"""The real server on loopback, and the processor time of a tree of processes."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

READY_SECONDS = 30
STOP_SECONDS = 10
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextlib.contextmanager
def serving(environment, *, port, threads, log, workers=1):
    """Run granian until the end of the block; yields its process id.

    It has a session of its own, so that Ctrl+C reaches the bench alone, which then ends it.
    """
    command = [Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", str(workers), "--blocking-threads", str(threads)]
    command += ["--log-level", "warning", "config.wsgi:application"]
    with open(log, "wb") as output:
        server = subprocess.Popen(
            command, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            wait_until_it_answers(server, port, log)
            yield server.pid
        finally:
            stop(server)


def wait_until_it_answers(server, port, log):
    deadline = time.monotonic() + READY_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=READY_SECONDS)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
            connection.request("GET", "/robots.txt")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise SystemExit(f"The server does not answer.\n{Path(log).read_text()[-2000:]}")


def stop(server):
    """End the server; its whole session if it does not go by itself."""
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def cpu_ms(root):
    """User and system time in ms of process ``root`` and all below it, those that ended included."""
    return 1000 * sum(tree_of(root).values()) / TICKS_PER_SECOND


def tree_of(root):
    """{process: ticks} of ``root`` and all below it."""
    parents, ticks = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            process = int(path.parent.name)
            parents[process], ticks[process] = int(fields[1]), sum(map(int, fields[11:15]))
    tree = {root}
    while below := {process for process, parent in parents.items() if parent in tree} - tree:
        tree |= below
    return {process: ticks[process] for process in tree if process in ticks}
