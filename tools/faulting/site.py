"""A site of its own on loopback: web server, workers and what they stand on, each a process that can be killed."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from benching.server import free_port, wait_until_it_answers

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "een lang genoeg wachtwoord"  # noqa: S105  it opens nothing
"""Of everybody, on a site that lives for minutes on loopback."""


class Site:
    """``folder``: where it keeps everything. ``variables``: of its environment, beside the database."""

    def __init__(self, folder, *, database_url, threads, settings="faulting.settings", wsgi="config.wsgi", **variables):
        self.folder, self.threads, self.wsgi, self.port = folder, threads, wsgi, free_port()
        self.host = f"127.0.0.1:{self.port}"
        self.origin = f"http://{self.host}"
        self.processes = {}
        (folder / "static").mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            (folder / "locale").symlink_to(ROOT / "var" / "locale")
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPYCACHEPREFIX") if name in os.environ}
        self.environment = {
            **kept,
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tools")]),
            "DJANGO_SETTINGS_MODULE": settings,
            "DATA_DIR": str(folder),
            "DATABASE_URL": database_url,
            "SITE_URL": self.origin,
            "TRUSTED_PROXY_COUNT": "1",  # so that each person comes from an address of their own
            **variables,
        }

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for name in list(self.processes):
            self.kill(name)

    # Processes

    def start(self, name):
        """``web``, or ``worker-1`` …; does not wait until it answers."""
        command = self.web_command() if name == "web" else [sys.executable, ROOT / "manage.py", "worker"]
        self.run(name, command)

    def run(self, name, command):
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def web_command(self):
        command = [Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--host", "127.0.0.1"]
        command += ["--port", str(self.port), "--workers", "1", "--blocking-threads", str(self.threads)]
        return [*command, "--log-level", "warning", f"{self.wsgi}:application"]

    def wait(self):
        wait_until_it_answers(self.processes["web"], self.port, self.folder / "web.log")

    def kill(self, name):
        """kill -9, of the process and of all that it started."""
        process = self.processes.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self, name, seconds=30):
        """Ask it to end, as a keeper does."""
        self.processes[name].terminate()
        self.processes[name].wait(seconds)
        self.kill(name)

    # Inside

    def inside(self, *arguments):
        """Run a command of ``faulting.inside`` and return what it says."""
        program = [sys.executable, "-m", "faulting.inside", *map(str, arguments)]
        result = subprocess.run(program, env=self.environment, stdout=subprocess.PIPE)
        if result.returncode:
            raise SystemExit(f"Could not {arguments[0]}; see above.")
        return json.loads(result.stdout)


def wait_for(condition, *, seconds, what):
    """Return how many seconds it took until it was so."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > seconds:
            raise SystemExit(f"Waited {seconds} s in vain: {what}")
        time.sleep(0.05)
    return time.monotonic() - began
