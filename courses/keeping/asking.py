"""Asking what may never answer: a database that hangs, a disk that does not come back."""

import threading
import time

from django.db import connections


class NoAnswerError(Exception):
    """Nothing came within the time."""


class Question:
    """``ask`` is run by a thread of its own, by one at a time, and nobody waits for it longer than they said.

    Who asks while an answer is being waited for, gets the same one. A thread that hangs is left alone until whatever
    it waits for comes back or breaks; it holds up nobody, not even the end of the process.
    """

    def __init__(self, ask):
        self.ask, self.lock, self.asked = ask, threading.Lock(), None

    def start(self):
        with self.lock:
            if self.asked is None or self.asked.done.is_set():
                self.asked = Answer(self.ask)
            return self.asked


class Answer:
    """What becomes of one question: its ``value``, or the ``error`` that came instead."""

    def __init__(self, ask):
        self.done, self.value, self.error = threading.Event(), None, None
        threading.Thread(target=self.find, args=(ask,), daemon=True).start()

    def find(self, ask):
        try:
            self.value = ask()
        except Exception as error:  # whatever it is, it is the answer
            self.error = error
        finally:
            connections.close_all()  # of this thread: back to the pool with them
            self.done.set()

    def within(self, until):
        """The value, if it comes before this moment of the monotonic clock; raises what went wrong."""
        if not self.done.wait(max(0, until - time.monotonic())):
            raise NoAnswerError
        if self.error:
            raise self.error
        return self.value
