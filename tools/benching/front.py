"""nginx in front of a site, with the files of ``deploy/``, on loopback and without TLS."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
MAIN = """
daemon off;
{user}
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/log warn;
events {{ worker_connections 768; }}  # as Debian sets it
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/machines.conf;
    server {{
        listen 127.0.0.1:{port};
        {more}
        include {folder}/site.conf;
    }}
}}
"""
FORWARDED = "set_real_ip_from 127.0.0.1; real_ip_header X-Forwarded-For;"
"""Visitors of a bench say where they come from, as doors count by address."""
START_SECONDS, STOP_SECONDS = 20, 10


def upstreams(layout):
    """What ``deploy/`` says there about the machines behind nginx."""
    texts = [path.read_text() for path in (DEPLOY / layout).glob("*.conf")]
    return "\n".join(re.findall(r"^upstream .*?^}", "\n".join(texts), re.MULTILINE | re.DOTALL)) + "\n"


def write(folder, *, port, machines, more=""):
    """Put the configuration into ``folder``; ``machines``: the upstreams, ``more``: lines for the server."""
    folder.mkdir()
    for path in (DEPLOY / "nginx").iterdir():
        (folder / path.name).write_text(path.read_text().replace("/etc/nginx/stapwijs", str(folder)))
    (folder / "machines.conf").write_text(machines)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, port=port, user=user, more=more))


def command(folder):
    """None where nginx is not installed."""
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    return nginx and [nginx, "-p", folder, "-c", folder / "nginx.conf"]


@contextlib.contextmanager
def in_front_of(place, *, port, folder):
    """The layout of one machine, until the end of the block; the site answers at ``place``."""
    if not command(folder):
        raise SystemExit("nginx is not installed; --direct asks the server itself.")
    machines = upstreams("one-machine").replace("unix:/run/stapwijs/web.sock", place)
    write(folder, port=port, machines=machines, more=FORWARDED)
    nginx = subprocess.Popen(command(folder), stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        wait_for(nginx, port, folder)
        yield nginx.pid
    finally:
        nginx.terminate()
        nginx.wait(STOP_SECONDS)


def wait_for(nginx, port, folder):
    deadline = time.monotonic() + START_SECONDS
    while nginx.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise SystemExit(f"nginx does not start.\n{(folder / 'log').read_text()[-2000:]}")
