"""Somebody with a browser's cookies, who signs in by the form and completes topics by the button."""

import contextlib
import http.client
import re
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from faulting.site import PASSWORD

TOKEN = re.compile('name="csrfmiddlewaretoken" value="([^"]+)"')
GONE = (OSError, http.client.HTTPException)
"""What one gets instead of an answer."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self):
        return self.body.decode()


class Person:
    """``number`` makes their network address."""

    def __init__(self, host, email, *, number=1, language="nl", timeout=30):
        self.host, self.email, self.timeout = host, email, timeout
        self.cookies, self.token = {}, ""
        address = f"10.{number // 62500}.{number // 250 % 250}.{number % 250 + 1}"
        self.headers = {"Accept": "text/html", "Accept-Language": language, "X-Forwarded-For": address}

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(self.host, timeout=self.timeout)
        with contextlib.closing(connection):
            cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            with contextlib.suppress(BrokenPipeError):  # refused before all was sent; the answer is there
                connection.request(method, path, body, {**self.headers, "Cookie": cookies, **(headers or {})})
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        if found := TOKEN.search(answer.body.decode(errors="replace")):
            self.token = found[1]
        return answer

    def get(self, path, **headers):
        return self.ask("GET", path, headers=headers)

    def post(self, path, headers=None, **form):
        body = urlencode({"csrfmiddlewaretoken": self.token, **form})
        kind = {"Origin": f"http://{self.host}", "Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, body, {**kind, **(headers or {})})

    def send_file(self, path, content, **headers):
        """As the editor sends a picture."""
        edge = "stapwijs"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{self.token}\r\n'.encode(),
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n'.encode(),
            b"Content-Type: image/png\r\n\r\n" + content + f"\r\n--{edge}--\r\n".encode(),
        ]
        kind = {"Origin": f"http://{self.host}", "Content-Type": f"multipart/form-data; boundary={edge}"}
        return self.ask("POST", path, b"".join(parts), {**kind, **headers})

    def sign_in(self):
        """Return whether it worked."""
        self.cookies = {}
        if self.get("/account/login/").status != 200:
            return False
        answer = self.post("/account/login/", login=self.email, password=PASSWORD)
        return answer.status in (302, 303) and "session" in self.cookies and self.get("/account/").status == 200
