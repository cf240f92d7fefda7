"""What people ask of a site in a working hour, at a steady rate, whether or not it answers in time."""

import http.client
import itertools
import random
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from benching.visitors import HEADERS

SHARES = {"reading": 70, "completing": 15, "roster": 5, "home": 5, "editing": 3, "signing in": 2}
"""Of every hundred requests."""
STATUS = {"completing": 303, "signing in": 302}
"""Of the right answer; else 200."""
REFUSED = (429, 503)
"""How a server says that it is full."""
WAITING = 400
"""Who can wait for an answer at the same time; who would be one more gives up at once."""
TIMEOUT_SECONDS = 20


class Mix:
    """Requests of each kind; topics are skewed: the second is read half as often as the first, and so on (Zipf)."""

    def __init__(self, host, facts, *, seed=1):
        self.host, self.facts, self.dice = host, facts, random.Random(seed)  # noqa: S311  the same seed, the same mix
        self.weights = list(itertools.accumulate(1 / rank for rank in range(1, len(facts["topics"]) + 1)))
        self.completed, self.texts = set(), dict(facts["texts"])
        self.csrf, self.token = self.fetch_token()

    def fetch_token(self):
        connection = http.client.HTTPConnection(self.host, timeout=TIMEOUT_SECONDS)
        connection.request("GET", self.facts["topics"][0], headers={**HEADERS, "Cookie": self.cookies(self.learner())})
        response = connection.getresponse()
        page = response.read().decode()
        connection.close()
        cookie = SimpleCookie(response.headers["Set-Cookie"])[self.facts["csrf_cookie"]].value
        return cookie, page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

    def cookies(self, session):
        csrf = getattr(self, "csrf", "")
        return f"{self.facts['session_cookie']}={session}; {self.facts['csrf_cookie']}={csrf}"

    def learner(self):
        return self.dice.choice(self.facts["sessions"])

    def topic(self):
        return self.dice.choices(self.facts["topics"], cum_weights=self.weights)[0]

    def next(self):
        """(kind, path, session, form)"""
        kind = self.dice.choices(list(SHARES), weights=SHARES.values())[0]
        return kind, *getattr(self, kind.replace(" ", "_"))()

    def reading(self):
        topic = self.topic()
        theme = topic.rsplit("/", 2)[0] + "/"
        return self.dice.choice([topic, topic, theme]), self.learner(), None

    def completing(self):
        """Complete a topic, or reopen what the same learner completed before."""
        topic, session = self.topic(), self.learner()
        again = (topic, session) in self.completed
        (self.completed.discard if again else self.completed.add)((topic, session))
        return (
            f"{topic}{'reopen' if again else 'complete'}/",
            session,
            {"deed": str(uuid.UUID(int=self.dice.getrandbits(128)))},
        )

    def roster(self):
        return self.dice.choice(self.facts["rosters"]), self.dice.choice(self.facts["trainers"]), None

    def home(self):
        return "/", self.learner(), None

    def editing(self):
        """The page of an author saves by itself; each text in its turn, so that nobody is in another's way."""
        path = next(iter(self.texts))
        base = self.texts[path] = self.texts.pop(path)
        form = {"title": "Een titel", "summary": "", "html": f"<p>Versie {base}, en {'meer ' * 300}</p>", "base": base}
        return path, self.facts["trainers"][0], form

    def note(self, kind, path, status):
        """The next save is made over this one."""
        if kind == "editing" and status == 200:
            self.texts[path] += 1

    def signing_in(self):
        return (
            "/account/login/",
            "",
            {"login": self.dice.choice(self.facts["accounts"]), "password": self.facts["password"]},
        )


class Crowd:
    """Asks at a rate, open loop: the next one does not wait for the answer to the one before."""

    def __init__(self, mix):
        self.mix, self.own = mix, threading.local()
        self.addresses = itertools.count(1)

    def ask(self, rate, seconds):
        """Return [(kind, ms since it was due, status)]; status 0: no answer, -1: too many were waiting already."""
        answers, room = [], threading.Semaphore(WAITING)
        began = time.perf_counter() + 0.1
        with ThreadPoolExecutor(WAITING) as pool:
            for number in range(int(rate * seconds)):
                due = began + number / rate
                time.sleep(max(0, due - time.perf_counter()))
                request = self.mix.next()
                if room.acquire(blocking=False):
                    pool.submit(self.answered, request, due, answers, room)
                else:
                    answers.append((request[0], 0, -1))
        return answers

    def answered(self, request, due, answers, room):
        try:
            status = self.visit(*request)
        except (OSError, http.client.HTTPException):
            self.own.connection.close()
            status = 0
        finally:
            room.release()
        self.mix.note(*request[:2], status)
        answers.append((request[0], 1000 * (time.perf_counter() - due), status))

    def visit(self, kind, path, session, form):
        if not hasattr(self.own, "connection"):
            self.own.connection = http.client.HTTPConnection(self.mix.host, timeout=TIMEOUT_SECONDS)
        headers = {**HEADERS, "Cookie": self.mix.cookies(session)}
        body = None
        if form is not None:
            body = urlencode({"csrfmiddlewaretoken": self.mix.token, **form})
            headers |= {"Origin": f"http://{self.mix.host}", "Content-Type": "application/x-www-form-urlencoded"}
        if kind == "editing":
            headers["Accept"] = "application/json"
        number = next(self.addresses)  # each as from an address of its own, for doors count by address
        headers["X-Forwarded-For"] = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        self.own.connection.request("POST" if body else "GET", path, body, headers)
        response = self.own.connection.getresponse()
        response.read()
        return response.status


def summary(answers, seconds):
    """What came of so many requests: percentiles of right answers in ms, refusals, errors by status."""
    right = sorted(ms for kind, ms, status in answers if status == STATUS.get(kind, 200))
    refused = sum(status in REFUSED for _kind, _ms, status in answers)
    wrong = Counter(
        f"{kind}: {status}"
        for kind, _ms, status in answers
        if status != STATUS.get(kind, 200) and status not in REFUSED
    )
    return {
        "asked": len(answers),
        "per_second": len(right) / seconds,
        "p50": right[len(right) // 2] if right else None,
        "p95": right[int(0.95 * len(right))] if right else None,
        "p99": right[int(0.99 * len(right))] if right else None,
        "refused": refused,
        "wrong": dict(wrong),
    }
