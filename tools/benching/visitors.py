"""Visitors with a browser's cookies and headers, and what they ask for."""

import contextlib
import http.client
import re
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

TIMEOUT_SECONDS = 30
HEADERS = {"Accept": "text/html", "Accept-Language": "nl", "User-Agent": "stapwijs-bench"}
HALFWAY = "2 van de 4 stappen afgerond"


@dataclass(frozen=True)
class Request:
    """What one visitor asks, and how the right answer is recognised."""

    path: str
    cookies: str
    form: dict | None = None
    status: int = 200
    location: str | None = None
    texts: tuple = ()

    def wrong(self, response, body):
        """Say what is wrong with this answer, or nothing."""
        if response.status != self.status:
            return f"{self.path}: {response.status} instead of {self.status}"
        if self.location != response.headers["Location"]:
            return f"{self.path}: leads to {response.headers['Location']} instead of {self.location}"
        missing = [text for text in self.texts if text.encode() not in body]
        return f"{self.path}: lacks {', '.join(missing)}" if missing else ""


class Scene:
    """The theme and its learners as ``benching.inside`` prepared them, as requests of each kind."""

    def __init__(self, origin, facts):
        self.host = origin.removeprefix("http://")
        self.origin, self.facts, self.token, self.csrf_cookie = origin, facts, "", ""
        self.token, self.csrf_cookie = self.fetch_token()

    def fetch_token(self):
        """Read a topic page as a browser does before it can send a form: the token and its cookie."""
        with contextlib.closing(connect(self.host)) as connection:
            connection.request("GET", self.facts["topic"], headers={**HEADERS, "Cookie": self.cookies(0)})
            response = connection.getresponse()
            page = response.read().decode()
        cookie = SimpleCookie(response.headers["Set-Cookie"])[self.facts["csrf_cookie"]].value
        return re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)[1], cookie

    def cookies(self, learner):
        session = self.facts["sessions"][learner]
        return f"{self.facts['session_cookie']}={session}; {self.facts['csrf_cookie']}={self.csrf_cookie}"

    @property
    def learners(self):
        return range(len(self.facts["sessions"]))

    def floor(self, learner):
        return Request("/floor/", self.cookies(learner), texts=(f"Deelnemer {learner}\n", "iets te zeggen."))

    def theme(self, learner):
        return Request(self.facts["theme"], self.cookies(learner), texts=(HALFWAY, self.facts["topic"], "</html>"))

    def topic(self, learner):
        return Request(self.facts["topic"], self.cookies(learner), texts=(HALFWAY, 'name="deed"', "</html>"))

    def completing(self, learner):
        return self.deed("complete", learner)

    def reopening(self, learner):
        return self.deed("reopen", learner)

    def deed(self, name, learner):
        """A form sent without htmx, which leads back to the topic."""
        form = {"csrfmiddlewaretoken": self.token, "deed": str(uuid.uuid4())}
        back = f"{self.facts['topic']}#completion"
        return Request(f"{self.facts['topic']}{name}/", self.cookies(learner), form, status=303, location=back)


def connect(host):
    return http.client.HTTPConnection(host, timeout=TIMEOUT_SECONDS)


def visit(host, requests):
    """Ask one after the other on one connection; return [(ms, what was wrong)]."""
    answers = []
    with contextlib.closing(connect(host)) as connection:
        for request in requests:
            headers = {**HEADERS, "Cookie": request.cookies}
            body = None
            if request.form:
                headers |= {"Origin": f"http://{host}", "Content-Type": "application/x-www-form-urlencoded"}
                body = urlencode(request.form)
            began = time.perf_counter()
            connection.request("POST" if request.form else "GET", request.path, body, headers)
            response = connection.getresponse()
            content = response.read()
            answers.append((1000 * (time.perf_counter() - began), request.wrong(response, content)))
    return answers


def visit_together(host, requests, *, visitors):
    """Let so many visitors ask at the same time; return [(ms, what was wrong)] of all of them."""
    with ThreadPoolExecutor(visitors) as pool:
        visits = [pool.submit(visit, host, requests[index::visitors]) for index in range(visitors)]
        return [answer for visit in visits for answer in visit.result()]
