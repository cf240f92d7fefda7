"""Every page about an account, and how to get there: by a visitor, or by Lea in her browser."""

from django.test import override_settings

from config.identity import openid_connect
from tests.accounts.conftest import activate_app, enter_code, long_ago, sign_in, sign_up
from tests.accounts.passkey import add_passkey

NONSENSE = dict.fromkeys(["password", "password2", "oldpassword", "email"], "x")
BAD = {"login": "lea@example.org", "password1": "lea", **NONSENSE}


def page(address):
    return lambda visitor, learner, user: visitor.get(address)


def own(address):
    return lambda visitor, learner, user: learner.get(address)


def refused(address):
    """The page with all its complaints."""
    return lambda visitor, learner, user: visitor.post(address, BAD)


def refused_own(address, **fields):
    return lambda visitor, learner, user: learner.post(address, {**BAD, **fields})


def confirm_email(visitor, learner, user):
    sign_up(visitor)
    return enter_code(visitor, "/account/confirm-email/", "AAAA-AAAA")


def confirm_login_code(visitor, learner, user):
    visitor.post("/account/login/code/", {"email": user.email})
    return enter_code(visitor, "/account/login/code/confirm/", "AAAA-AAAA")


def confirm_reset(visitor, learner, user):
    visitor.post("/account/password/reset/", {"email": user.email})
    return enter_code(visitor, "/account/password/reset/confirm/", "AAAA-AAAA")


def complete_reset(visitor, learner, user):
    visitor.post("/account/password/reset/", {"email": user.email})
    enter_code(visitor, "/account/password/reset/confirm/")
    return visitor.post("/account/password/reset/complete/", {"password1": "lea", "password2": "x"})


def confirm_change(visitor, learner, user):
    return learner.post("/account/email/", {"action_add": "", "email": "new@example.org"}, follow=True)


def first_password(visitor, learner, user):
    user.set_unusable_password()
    user.save()
    learner.force_login(user)
    return learner.post("/account/password/set/", {"password1": "lea", "password2": "x"})


def profile_without_password(visitor, learner, user):
    first_password(visitor, learner, user)
    return learner.get("/account/")


def unconfirmed(visitor, learner, user):
    user.emailaddress_set.all().delete()
    return learner.get("/account/email/")


def with_app(address):
    """A page as somebody with an authenticator app sees it."""

    def look(visitor, learner, user):
        activate_app(learner)
        return learner.get(address)

    return look


def with_passkey(address):
    """A page about Lea's passkey."""

    def look(visitor, learner, user):
        add_passkey(learner)
        return learner.get(address.format(pk=user.authenticator_set.get(type="webauthn").pk))

    return look


def second_factor_asked(visitor, learner, user):
    add_passkey(learner)
    sign_in(visitor, user)
    return visitor.post("/account/security/authenticate/", {"code": "000000"})


def second_factor_required(visitor, learner, user):
    with override_settings(SECOND_FACTOR_REQUIRED_OF=("is_active",)):
        return learner.get("/account/security/")


def code_only(*, sent):
    """How somebody without a password proves who they are."""

    def look(visitor, learner, user):
        user.set_unusable_password()
        user.save()
        learner.force_login(user)
        long_ago(learner)
        if sent:
            learner.post("/account/reauthenticate/code/send/")
            return learner.post("/account/reauthenticate/code/", {"code": "AAAA-AAAA"})
        return learner.get("/account/reauthenticate/code/")

    return look


AURORA = openid_connect(name="Aurora", issuer="https://aurora.example", client_id="x", client_secret="y")


def with_provider(build):
    """The same page where the environment names a provider."""

    def look(*people):
        with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": AURORA}):
            return build(*people)

    return look


def connected(visitor, learner, user):
    user.socialaccount_set.create(provider=AURORA["APPS"][0]["provider_id"], uid="1")
    return learner.get("/account/oidc/connections/")


def somewhere_else(visitor, learner, user):
    sign_in(visitor, user)
    return learner.get("/account/sessions/")


PAGES = {
    "account_login": page("/account/login/"),
    "account_login, refused": refused("/account/login/"),
    "account_signup": page("/account/signup/"),
    "account_signup, refused": refused("/account/signup/"),
    "account_email_verification_sent": confirm_email,
    "account_request_login_code": page("/account/login/code/"),
    "account_request_login_code, refused": refused("/account/login/code/"),
    "account_confirm_login_code": confirm_login_code,
    "account_reset_password": page("/account/password/reset/"),
    "account_confirm_password_reset_code": confirm_reset,
    "account_complete_password_reset": complete_reset,
    "account_password_reset_completed": page("/account/password/reset/done/"),
    "account_inactive": page("/account/inactive/"),
    "account_logout": own("/account/logout/"),
    "account_reauthenticate": own("/account/reauthenticate/"),
    "account_reauthenticate, refused": refused_own("/account/reauthenticate/"),
    "account_email": own("/account/email/"),
    "account_email, refused": refused_own("/account/email/", action_add="", email="lea@example.org"),
    "account_email, unconfirmed": unconfirmed,
    "account_email, changing": confirm_change,
    "account_change_password": own("/account/password/change/"),
    "account_change_password, refused": refused_own("/account/password/change/"),
    "account_set_password": first_password,
    "mfa_index": own("/account/security/"),
    "mfa_index, required": second_factor_required,
    "mfa_index, with an app": with_app("/account/security/"),
    "mfa_authenticate": second_factor_asked,
    "mfa_reauthenticate": with_app("/account/security/reauthenticate/"),
    "mfa_activate_totp": own("/account/security/totp/activate/"),
    "mfa_activate_totp, refused": refused_own("/account/security/totp/activate/", code="000000"),
    "mfa_deactivate_totp": with_app("/account/security/totp/deactivate/"),
    "mfa_view_recovery_codes": with_app("/account/security/recovery-codes/"),
    "mfa_generate_recovery_codes": with_app("/account/security/recovery-codes/generate/"),
    "mfa_list_webauthn": with_passkey("/account/security/webauthn/"),
    "mfa_add_webauthn": own("/account/security/webauthn/add/"),
    "mfa_edit_webauthn": with_passkey("/account/security/webauthn/keys/{pk}/edit/"),
    "mfa_remove_webauthn": with_passkey("/account/security/webauthn/keys/{pk}/remove/"),
    "mfa_reauthenticate_webauthn": with_passkey("/account/security/webauthn/reauthenticate/"),
    "socialaccount_connections": with_provider(own("/account/oidc/connections/")),
    "socialaccount_connections, connected": with_provider(connected),
    "socialaccount_login_cancelled": with_provider(page("/account/oidc/cancelled/")),
    "openid_connect_callback": with_provider(page("/account/oidc/callback/")),
    "account_login, with a provider": with_provider(page("/account/login/")),
    "sessions": somewhere_else,
    "reauthenticate_by_code": code_only(sent=False),
    "reauthenticate_by_code, refused": code_only(sent=True),
    "profile": own("/account/"),
    "profile, with a provider": with_provider(own("/account/")),
    "profile, without a password": profile_without_password,
}

ELSEWHERE = {
    "mfa_login_webauthn",  # no page: what the browser is to be asked, and the answer
    "mfa_download_recovery_codes",  # a text of codes
    "openid_connect_login",  # leads to a provider, which must be there: test_oidc.py
    "socialaccount_signup",  # the same
}
