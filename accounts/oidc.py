"""Signing in by way of the organisation's own provider, as the environment configures it (OpenID Connect).

This is the one place where the server itself asks another server: the provider, at the addresses it publishes.
"""

import hashlib
import secrets

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language


def configured():
    """What the environment says of the provider; None where there is none."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return apps[0] if apps else None


def nonce_of(code_verifier):
    """What the token must repeat: it follows from the secret of this sign-in, which the session keeps already."""
    return hashlib.sha256(f"nonce {code_verifier}".encode()).hexdigest()


class Conversation(OpenIDConnectOAuth2Adapter):
    """allauth's, stricter: a token is always there, always signed, and for this very sign-in."""

    def get_callback_url(self, request, app):
        return request.build_absolute_uri(reverse("openid_connect_callback"))

    def get_access_token_data(self, request, app, client, pkce_code_verifier=None):
        self.nonce = nonce_of(pkce_code_verifier)
        return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def complete_login(self, request, app, token, **kwargs):
        try:
            claims = self.claims_of(app, kwargs["response"]["id_token"])
            person = self._fetch_user_info(token.token) if "userinfo_endpoint" in self.openid_config else claims
            if person["sub"] != claims["sub"]:
                raise OAuth2Error("the token and the profile are of two people")
            return self.get_provider().sociallogin_from_response(request, {**claims, **person})
        except (KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("not as OpenID Connect has it") from error

    def claims_of(self, app, id_token):
        issuer = self.openid_config["issuer"]
        if issuer.rstrip("/") != app.settings["server_url"]:
            raise OAuth2Error("another issuer than configured")
        claims = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=issuer,
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        if not secrets.compare_digest(str(claims.get("nonce")).encode(), self.nonce.encode()):
            raise OAuth2Error("a token of another sign-in")
        return claims


class Provider(OpenIDConnectProvider):
    oauth2_adapter_class = Conversation

    def get_pkce_params(self):
        params = super().get_pkce_params()
        return {**params, "nonce": nonce_of(params["code_verifier"])}

    def extract_extra_data(self, data):
        """Nothing: who somebody is at the provider stands in ``uid``, and the rest is not ours to keep."""
        return {}

    def extract_email_addresses(self, data):
        """Proven only if the provider says exactly that; “false” in quotes would count as true otherwise."""
        addresses = super().extract_email_addresses(data)
        for address in addresses:
            address.verified = address.verified is True
        return addresses


class ProviderAdapter(DefaultSocialAccountAdapter):
    def populate_user(self, request, sociallogin, data):
        user = super().populate_user(request, sociallogin, data)
        parts = [data.get("first_name"), data.get("last_name")]
        user.name = (data.get("name") or " ".join(filter(None, parts)))[:150]
        user.language = get_language() or ""
        return user

    def authenticate_by_email(self, sociallogin):
        """The account that a proven address belongs to, if the provider alone may open it.

        It may not where more than one's own progress is at stake, nor where we never proved the address
        ourselves: then its owner signs in as before, and connects the two.
        """
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            return None
        found = super().authenticate_by_email(sociallogin)
        if found and not may_open(*found):
            raise ImmediateHttpResponse(render(self.request, "socialaccount/sign_in_first.html", status=403))
        return found

    def get_signup_form_initial_data(self, sociallogin):
        return {**super().get_signup_form_initial_data(sociallogin), "name": sociallogin.user.name}

    def get_connect_redirect_url(self, request, socialaccount):
        return reverse("accounts:profile")


def may_open(user, email):
    if user.is_trainer or user.is_staff or user.is_superuser:
        return False
    return EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists()
