"""Every page about signing in safely, once: axe, width, and the content policy."""

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as ours
from django.contrib.sessions.backends.db import SessionStore

from config.identity import openid_connect, second_factor_required_of
from tests.accounts.passkey import Passkey
from tests.browser.conftest import PASSWORD, enter
from tests.browser.pages import at, sent
from tests.browser.test_every_page import Inspector
from tests.conftest import make_user

pytestmark = pytest.mark.browser

KEYS, CODES = "/account/security/webauthn/", "/account/security/recovery-codes/"
AURORA = openid_connect(name="Aurora", issuer="https://aurora.example", client_id="x", client_secret="y")


@pytest.fixture
def inspector(page, base_url):
    return Inspector(page, base_url, in_one_language=True)


@pytest.fixture
def lars(lars):
    """Lars, who has a passkey, an app and recovery codes."""
    options = {"user": {"id": "MQ"}, "rp": {"id": "localhost"}, "challenge": "AAAA"}
    passkey = {"name": "Laptop", "credential": Passkey().made_as_json(options)}
    for kind, kept in [("totp", {"secret": "A" * 32}), ("webauthn", passkey)]:
        Authenticator.objects.create(user=lars, type=kind, data=kept)
    Authenticator.objects.create(user=lars, type="recovery_codes", data={"seed": "ab" * 40, "used_mask": 1})
    lars.emailaddress_set.create(email=lars.email, verified=True, primary=True)
    return lars


def later(person, context, base_url):
    """An hour after signing in, when a deed that matters asks again."""
    enter(context, base_url, person)
    [cookie] = [cookie for cookie in context.cookies() if cookie["name"] == ours.SESSION_COOKIE_NAME]
    session = SessionStore(cookie["value"])
    session["signed_in_at"] -= 3600
    session.save()


def test_the_pages_of_a_visitor_hold(inspector, settings, confirmed_lea, lars):
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": AURORA}
    reset = sent("/account/password/reset/", email=confirmed_lea.email)
    pages = {
        "sign in": (200, at("/account/login/")),
        "switched off": (200, at("/account/inactive/")),
        "code for a new password": (200, reset),
        "turned back at the provider": (200, at("/account/oidc/cancelled/")),
        "not known at the provider": (401, at("/account/oidc/callback/")),
        "second factor": (200, sent("/account/login/", login=lars.email, password=PASSWORD)),
    }

    inspector.visit_all(pages, "nl")

    assert not inspector.findings, "\n".join(inspector.findings)


def test_the_pages_of_an_account_hold(inspector, context, base_url, settings, confirmed_lea, lars):
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": AURORA}
    enter(context, base_url, confirmed_lea)
    inspector.visit_all(
        {
            "account with a provider": (200, at("/account/")),
            "connect with the provider": (200, at("/account/oidc/connections/")),
            "nothing set up": (200, at("/account/security/")),
            "set up the app": (200, at("/account/security/totp/activate/")),
            "set up the app, refused": (200, sent("/account/security/totp/activate/", code="000000")),
            "add a passkey": (200, at(KEYS + "add/")),
            "prove by password": (200, at("/account/reauthenticate/")),
            "sessions": (200, at("/account/sessions/")),
        },
        "nl",
    )
    enter(context, base_url, lars)
    passkey = f"{KEYS}keys/{lars.authenticator_set.get(type='webauthn').pk}/"
    inspector.visit_all(
        {
            "all set up": (200, at("/account/security/")),
            "passkeys": (200, at(KEYS)),
            "rename a passkey": (200, at(passkey + "edit/")),
            "remove a passkey": (200, at(passkey + "remove/")),
            "recovery codes": (200, at(CODES)),
            "new recovery codes": (200, at(CODES + "generate/")),
            "switch the app off": (200, at("/account/security/totp/deactivate/")),
            "prove by app": (200, at("/account/security/reauthenticate/")),
            "prove by passkey": (200, at(KEYS + "reauthenticate/")),
        },
        "nl",
    )

    assert not inspector.findings, "\n".join(inspector.findings)


def test_the_pages_of_who_has_only_codes_and_of_a_trainer_hold(inspector, context, base_url, settings, tom):
    settings.SECOND_FACTOR_REQUIRED_OF = second_factor_required_of("trainers")
    noor = make_user("Noor")
    noor.set_unusable_password()
    noor.save()
    enter(context, base_url, noor)
    inspector.visit_all({"choose a password": (200, at("/account/password/set/"))}, "nl")
    later(noor, context, base_url)
    by_code = "/account/reauthenticate/code/"
    inspector.visit_all({"prove by code": (200, at(by_code)), "enter the code": (200, sent(by_code))}, "nl")
    enter(context, base_url, tom)
    inspector.visit_all({"led to the second factor": (200, at("/author/"))}, "nl")

    assert not inspector.findings, "\n".join(inspector.findings)
