"""An OpenID Connect provider on loopback, that can be told to lie."""

import base64
import hashlib
import json
import threading
from dataclasses import dataclass, field
from socketserver import ThreadingMixIn
from urllib.parse import parse_qs, urlencode, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "stapwijs", "a secret between two servers"
SUBJECT = "person-1"
"""The one person it knows."""
YEAR_2100 = 4_102_444_800
"""Tokens do not run out: a test depends on no clock."""


def a_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Threaded(ThreadingMixIn, WSGIServer):
    """A browser opens a connection in advance, which would hold up one thread."""

    daemon_threads = True


class Silent(WSGIRequestHandler):
    def log_message(self, *args):
        """Nothing: a test says what it has to say itself."""


@dataclass
class Provider:
    """``claims`` go into the token, and win over what is true; ``profile`` is what it tells of the person."""

    key: object
    profile: dict = field(default_factory=lambda: {"sub": SUBJECT})
    claims: dict = field(default_factory=dict)
    signed_with: object = None
    algorithm: str = "RS256"
    asked: list = field(default_factory=list)

    def __post_init__(self):
        self.server = make_server("127.0.0.1", 0, self.answer, Threaded, Silent)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def consent(self, address):
        """What the person's browser does there: returns the query that it comes back with."""
        self.request = {name: value for name, [value] in parse_qs(urlsplit(address).query).items()}
        return {"code": "a-code", "state": self.request["state"]}

    def answer(self, environ, start_response):
        page = environ["PATH_INFO"].strip("/").replace("/", "_").replace(".", "").replace("-", "_")
        self.asked.append(page)
        status, body = getattr(self, page)(environ)
        headers = [("Location", body)] if status.startswith("302") else [("Content-Type", "application/json")]
        start_response(status, headers)
        return [json.dumps(body).encode()]

    def authorization(self, environ):
        """The page where people say yes; these always do."""
        answer = self.consent("?" + environ["QUERY_STRING"])
        return "302 Found", f"{self.request['redirect_uri']}?{urlencode(answer)}"

    def well_known_openid_configuration(self, environ):
        pages = {f"{name}_endpoint": f"{self.issuer}/{name}" for name in ("authorization", "token", "userinfo")}
        return "200 OK", {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys", **pages}

    def keys(self, environ):
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return "200 OK", {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}

    def userinfo(self, environ):
        return "200 OK", self.profile

    def token(self, environ):
        """Only for whoever shows the secret and the verifier of the challenge it began with (PKCE)."""
        fields = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
        digest = hashlib.sha256(fields["code_verifier"][0].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if fields["client_secret"] != [CLIENT_SECRET] or challenge != self.request["code_challenge"]:
            return "400 Bad Request", {"error": "invalid_grant"}
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "sub": SUBJECT, "iat": 0, "exp": YEAR_2100}
        claims |= {"nonce": self.request["nonce"], **self.claims}
        return "200 OK", {"access_token": "x", "token_type": "Bearer", "id_token": self.sign(claims)}

    def sign(self, claims):
        key = None if self.algorithm == "none" else self.signed_with or self.key
        return jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": "one"})
