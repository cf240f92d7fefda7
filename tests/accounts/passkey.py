"""A passkey without a browser: it answers what the page asks, honestly or not."""

import hashlib
import json
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData
from lxml import html

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def asked(page):
    """What a page asks the browser, as the script reads it."""
    [options] = html.fromstring(page.content.decode()).xpath("//form[@data-passkey]/@data-options")
    return json.loads(options)["publicKey"]


class Passkey:
    """``verified``: whether it says that it made sure of its owner, by finger, face or code.

    ``origin``: the site that the browser says it is at.
    """

    def __init__(self, *, verified=True, origin="https://testserver"):
        self.key, self.id, self.origin = ec.generate_private_key(ec.SECP256R1()), os.urandom(16), origin
        self.flags = PRESENT | (VERIFIED if verified else 0)

    def made(self, options):
        """The answer to being asked for a new passkey."""
        self.user_handle = options["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        attested = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        data = AuthenticatorData.create(fingerprint(options["rp"]["id"]), self.flags | ATTESTED, 0, attested)
        client = self.client_data("webauthn.create", options)
        attestation = AttestationObject.create("none", data, {})
        return self.answer(clientDataJSON=client, attestationObject=attestation)

    def made_as_json(self, options):
        """The same, as it is kept."""
        return json.loads(self.made(options))

    def proof(self, options, rp_id="testserver"):
        """The answer to being asked for a proof."""
        client = self.client_data("webauthn.get", options)
        data = AuthenticatorData.create(fingerprint(rp_id), self.flags, 0)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        answer = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        return self.answer(**answer, userHandle=self.user_handle)

    def client_data(self, kind, options):
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def answer(self, **response):
        texts = {name: part if isinstance(part, str) else websafe_encode(part) for name, part in response.items()}
        me = websafe_encode(self.id)
        extensions = {"credProps": {"rk": True}}
        answer = {"id": me, "rawId": me, "type": "public-key", "response": texts, "clientExtensionResults": extensions}
        return json.dumps(answer)


def fingerprint(rp_id):
    return hashlib.sha256(rp_id.encode()).digest()


def add_passkey(client, **fields):
    """A new passkey, added by whoever is signed in."""
    passkey, page = Passkey(**fields), "/account/security/webauthn/add/"
    credential = passkey.made(asked(client.get(page)))
    passkey.added = client.post(page, {"name": "Laptop", "credential": credential, "passwordless": "on"})
    return passkey


def enter_by(client, passkey, **fields):
    """Sign in with a passkey."""
    page = "/account/security/webauthn/login/"
    options = client.get(page, headers={"accept": "application/json"}).json()["request_options"]["publicKey"]
    return client.post(page, {"credential": passkey.proof(options), **fields})
