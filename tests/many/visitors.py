"""Visitors of a site on several machines: one who signs in and looks around, and many who keep on asking."""

import contextlib
import http.client
import re
import threading
import urllib.parse
import uuid
from http.cookies import SimpleCookie

TIMEOUT_SECONDS = 30
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Answer:
    def __init__(self, response):
        self.status, self.headers, self.content = response.status, response.headers, response.read()

    @property
    def text(self):
        return self.content.decode(errors="replace")


def ask(place, path, *, form=None, **headers):
    """One request on a connection of its own; ``form`` is the body of a POST."""
    if form is not None:
        headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
    with contextlib.closing(http.client.HTTPConnection(place, timeout=TIMEOUT_SECONDS)) as connection:
        connection.request("GET" if form is None else "POST", path, form, {**headers, "Connection": "close"})
        return Answer(connection.getresponse())


class Visitor:
    """A browser without JavaScript. ``machine``: the one that is asked, instead of the proxy in front of all."""

    def __init__(self, site, **cookies):
        self.site, self.cookies, self.machine = site, cookies, None

    def get(self, path):
        return self.ask(path)

    def post(self, path, *, page=None, **fields):
        """Send the form that stands on ``page``, or at its own address."""
        fields["csrfmiddlewaretoken"] = self.token(page or path)
        return self.ask(path, form=urllib.parse.urlencode(fields))

    def upload(self, path, *, page, name, content):
        edge, token = uuid.uuid4().hex, self.token(page)
        before = (
            f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        form = before.encode() + content + f"\r\n--{edge}--\r\n".encode()
        return self.ask(path, form=form, **{"Content-Type": f"multipart/form-data; boundary={edge}"})

    def token(self, page):
        return TOKEN.search(self.get(page).text)[1]

    def ask(self, path, **what):
        headers = {"Host": self.site.host, "Origin": self.site.address, "Accept-Language": "nl"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = ask(self.machine or self.site.host, path, **headers, **what)
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: cookie.value for name, cookie in SimpleCookie(line).items()}
        return answer


class Load:
    """Learners who read, complete and reopen, each time on a new connection.

    ``answers``: [(kind, what was wrong)]; ``acknowledged``: the deeds that were answered as done.
    """

    def __init__(self, scene, learners, *, visitors=4, pause=0.02):
        self.scene, self.pause, self.ended = scene, pause, threading.Event()
        self.answers, self.acknowledged = [], []
        shares = [learners[index::visitors] for index in range(visitors)]
        self.threads = [threading.Thread(target=self.keep_asking, args=(share,), daemon=True) for share in shares]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.ended.set()
        for thread in self.threads:
            thread.join(TIMEOUT_SECONDS)

    def keep_asking(self, learners):
        """In turn; whose form got no good answer asks no more, as nobody knows how it stands with them."""
        while learners and not self.ended.is_set():
            learners = [learner for learner in learners if self.go_round(learner)]

    def go_round(self, learner):
        """Read, complete and reopen, unless it is over; whether all forms were answered well."""
        for kind in ("theme", "topic", "completing", "reopening"):
            if self.ended.wait(self.pause):
                return True
            if self.ask(kind, getattr(self.scene, kind)(learner)) and kind.endswith("ing"):
                return False
        return True

    def ask(self, kind, request):
        """Ask once, and return what was wrong with the answer."""
        wrong = self.wrong_with(request)
        self.answers.append((kind, wrong))
        if request.form and not wrong:
            self.acknowledged.append(request.form["deed"])
        return wrong

    def wrong_with(self, request):
        form = request.form and urllib.parse.urlencode(request.form)
        try:
            answer = ask(self.scene.host, request.path, form=form, Cookie=request.cookies, Origin=self.scene.origin)
        except (OSError, http.client.HTTPException) as error:
            return f"{request.path}: {type(error).__name__}"
        return request.wrong(answer, answer.content)

    @property
    def wrong(self):
        return [wrong for _kind, wrong in self.answers if wrong]

    def go_on(self, seconds):
        """Let them ask for so long."""
        self.ended.wait(seconds)
