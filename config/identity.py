"""What the environment says about signing in, made into settings."""

import hashlib
from datetime import timedelta
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

REQUIRED_OF = {"none": (), "staff": ("is_staff",), "trainers": ("is_trainer", "is_staff")}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def second_factor_required_of(whom):
    """The roles, as attributes of a user, that need a second factor to enter their rooms."""
    if whom not in REQUIRED_OF:
        raise ImproperlyConfigured(f"SECOND_FACTOR_REQUIRED is one of {', '.join(REQUIRED_OF)}; not “{whom}”.")
    return REQUIRED_OF[whom]


def session_lifetimes(*, learners, trainers, staff):
    """How long somebody stays signed in at most, the strictest role first."""
    lifetimes = {"is_staff": staff, "is_trainer": trainers, "is_active": learners}
    return {role: timedelta(days=days) for role, days in lifetimes.items()}


def openid_connect(*, name, issuer, client_id, client_secret):
    """allauth's settings for the one provider of the environment; none without ``issuer``.

    The fingerprint of the issuer stands with every account that signs in by way of it, so that
    another provider, configured later, never speaks for the accounts of this one.
    """
    if not issuer:
        return {"provider_class": "accounts.oidc.Provider", "APPS": []}
    if not (name and client_id and client_secret):
        raise ImproperlyConfigured("OIDC_ISSUER also needs OIDC_NAME, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.")
    if not issuer.startswith("https://") and urlsplit(issuer).hostname not in LOOPBACK:
        raise ImproperlyConfigured("OIDC_ISSUER must begin with https://: it says who people are.")
    app = {
        "provider_id": "oidc-" + hashlib.sha256(issuer.encode()).hexdigest()[:16],
        "name": name,
        "client_id": client_id,
        "secret": client_secret,
        "settings": {"server_url": issuer.rstrip("/"), "oauth_pkce_enabled": True, "email_authentication": True},
    }
    return {"provider_class": "accounts.oidc.Provider", "APPS": [app]}
