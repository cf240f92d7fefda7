"""Clients that send a byte a second, and what others notice of them."""

import contextlib
import http.client
import itertools
import socket
import threading
import time

PROBE_SECONDS = 5
"""How long a probe waits for an answer before it counts as unanswered."""
CSRF = "a" * 32


def headers(host, csrf_cookie):
    """A page, of which the headers never end."""
    return f"GET /account/login/ HTTP/1.1\r\nHost: {host}\r\nX-Slow: "


def form(host, csrf_cookie):
    """A form that never ends; with a cookie, or it would be refused unread."""
    return (
        f"POST /account/login/ HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
        f"Cookie: {csrf_cookie}={CSRF}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "Content-Length: 100000\r\n\r\nlogin="
    )


KINDS = {"headers": [headers], "forms": [form], "both": [headers, form]}


class SlowClients:
    """So many of each kind; who is sent away comes back."""

    def __init__(self, host, count, csrf_cookie, *, kind="both"):
        self.host, self.csrf_cookie = host, csrf_cookie
        self.connections = [(begin, None) for begin in KINDS[kind] * count]
        self.sent_away, self.ended = 0, threading.Event()
        self.thread = threading.Thread(target=self.go_on, daemon=True)

    def __enter__(self):
        self.send()
        self.sent_away = 0
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.ended.set()
        self.thread.join()
        for _begin, connection in self.connections:
            if connection:
                connection.close()

    def go_on(self):
        while not self.ended.wait(1):
            self.send()

    def send(self):
        self.connections = [(begin, self.sent(begin, connection)) for begin, connection in self.connections]

    def sent(self, begin, connection):
        """One byte more, or a connection anew; None where nobody takes one."""
        with contextlib.suppress(OSError):
            if connection:
                connection.sendall(b"x")
                return connection
        self.sent_away += 1
        with contextlib.suppress(OSError):
            name, _colon, port = self.host.partition(":")
            connection = socket.create_connection((name, int(port)), 1)
            connection.sendall(begin(self.host, self.csrf_cookie).encode())
            return connection
        return None

    @property
    def connected(self):
        return sum(connection is not None for _begin, connection in self.connections)


def probed(host, paths, seconds):
    """Ask each of ``paths`` in turn, each time as somebody new: [(path, ms, status)], 0 unanswered."""
    answers, turns, ends = [], itertools.cycle(paths), time.monotonic() + seconds
    while time.monotonic() < ends or len(answers) < len(paths):
        path, began = next(turns), time.perf_counter()
        status = asked(host, path)
        answers.append((path, 1000 * (time.perf_counter() - began), status))
        time.sleep(0.25)
    return answers


def asked(host, path):
    with contextlib.closing(http.client.HTTPConnection(host, timeout=PROBE_SECONDS)) as connection:
        try:
            connection.request("GET", path, headers={"Connection": "close"})
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException):
            return 0
        return response.status
