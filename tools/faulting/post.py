"""A mail server on loopback that does as it is told."""

import asyncio
from collections import Counter

from aiosmtpd.controller import Controller
from benching.server import free_port


class PostOffice:
    """``ids``: the Message-IDs it accepted, in order. ``silence``: seconds it waits before every answer."""

    def __init__(self):
        self.ids, self.silence, self.port = [], 0.0, free_port()
        self.on_mail = lambda: None
        self.controller = None

    def __enter__(self):
        self.open()
        return self

    def __exit__(self, *error):
        self.shut()

    def open(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, server_hostname="localhost")
        self.controller.start()

    def shut(self):
        if self.controller:
            self.controller.stop()
            self.controller = None

    @property
    def counts(self):
        return Counter(self.ids)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  named by aiosmtpd
        await asyncio.sleep(self.silence)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  named by aiosmtpd
        lines = envelope.content.decode().splitlines()
        self.ids += [line.split()[1] for line in lines if line.lower().startswith("message-id:")][:1]
        self.on_mail()
        return "250 OK"
