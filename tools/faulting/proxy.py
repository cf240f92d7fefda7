"""A cable that can be pulled: what comes in on loopback goes on to a server, late, or not at all."""

import contextlib
import selectors
import socket
import threading
import time


class Cable:
    """``lag``: seconds before each piece goes on. While ``pulled``, nothing goes on, and nobody hears of it."""

    def __init__(self, there, *, family=socket.AF_INET):
        self.there, self.family = there, family
        self.lag, self.pulled, self.ended = 0.0, False, False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self.listen, daemon=True).start()
        return self

    def __exit__(self, *error):
        self.ended = True
        self.listener.close()

    def listen(self):
        while not self.ended:
            with contextlib.suppress(OSError):
                here, _address = self.listener.accept()
                threading.Thread(target=self.join, args=[here], daemon=True).start()

    def join(self, here):
        self.hold()
        there = socket.socket(self.family)
        with here, there, contextlib.suppress(OSError):
            there.connect(self.there)
            other = {here: there, there: here}
            with selectors.DefaultSelector() as ready:
                for end in other:
                    ready.register(end, selectors.EVENT_READ)
                while not self.ended:
                    for key, _events in ready.select(0.2):
                        piece = key.fileobj.recv(65536)
                        time.sleep(self.lag)
                        self.hold()
                        if not piece:
                            return
                        other[key.fileobj].sendall(piece)

    def hold(self):
        while self.pulled and not self.ended:
            time.sleep(0.02)
