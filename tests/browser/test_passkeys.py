"""A passkey, an authenticator app and recovery codes, as somebody meets them in a browser."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, enter, with_and_without_javascript, without_javascript

pytestmark = pytest.mark.browser

LAPTOP = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def laptop(context, page):
    """A page of a browser that can make passkeys, and says yes for its owner."""
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": LAPTOP})
    page.devtools, page.device = devtools, device["authenticatorId"]
    return page


def sign_out(page):
    page.goto("/account/logout/")
    page.get_by_role("button", name="Uitloggen").click()


def sign_in_by_password(page, user):
    page.goto("/account/login/")
    page.locator("[name=login]").fill(user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()


def test_a_passkey_is_added_and_then_enough_to_sign_in(laptop, context, base_url, confirmed_lea):
    enter(context, base_url, confirmed_lea)
    laptop.goto("/account/")
    laptop.get_by_role("link", name="Veilig inloggen").click()
    laptop.get_by_role("link", name="Passkey toevoegen").click()
    laptop.get_by_label("Naam").fill("Laptop")
    laptop.get_by_role("button", name="Passkey toevoegen").click()
    expect(laptop.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    sign_out(laptop)

    laptop.goto("/account/login/?next=/account/sessions/")
    laptop.get_by_role("button", name="Inloggen met een passkey").click()

    expect(laptop.get_by_role("heading", level=1)).to_have_text("Waar je bent ingelogd")
    expect(laptop.get_by_role("main")).to_contain_text("Chrome")


def test_a_passkey_is_asked_after_the_password_and_cancelling_it_is_said(laptop, context, base_url, confirmed_lea):
    enter(context, base_url, confirmed_lea)
    laptop.goto("/account/security/webauthn/add/")
    laptop.get_by_role("button", name="Passkey toevoegen").click()
    expect(laptop.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    sign_out(laptop)
    sign_in_by_password(laptop, confirmed_lea)

    laptop.devtools.send("WebAuthn.clearCredentials", {"authenticatorId": laptop.device})
    laptop.get_by_role("button", name="Passkey gebruiken").click()

    expect(laptop.get_by_role("alert")).to_contain_text("Dat lukte niet.")


@without_javascript
def test_without_javascript_the_pages_say_kindly_what_a_passkey_needs(page, context, base_url, confirmed_lea):
    page.goto("/account/login/")
    expect(page.get_by_role("main")).to_contain_text("Een passkey werkt alleen als JavaScript aanstaat.")
    expect(page.get_by_role("button", name="Inloggen met een passkey")).to_be_hidden()

    enter(context, base_url, confirmed_lea)
    page.goto("/account/security/webauthn/add/")

    expect(page.get_by_role("main")).to_contain_text("Een passkey werkt alleen als JavaScript aanstaat.")


@with_and_without_javascript
def test_an_app_is_set_up_and_a_recovery_code_helps_when_it_is_lost(page, context, base_url, confirmed_lea, javascript):
    enter(context, base_url, confirmed_lea)
    page.goto("/account/security/")
    page.get_by_role("link", name="De app instellen").click()
    qr_code = page.get_by_role("img", name="QR-code met de sleutel hieronder")
    assert qr_code.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    key = page.locator("main code").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(format_hotp_value(hotp_value(key, int(time.time()) // 30)))
    page.get_by_role("button", name="Aanzetten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    codes = page.locator(".recovery-codes code").all_inner_texts()
    assert len(codes) == 10
    sign_out(page)

    sign_in_by_password(page, confirmed_lea)
    page.get_by_label("Code uit je authenticator-app").fill(codes[3])
    page.get_by_role("button", name="Inloggen", exact=True).click()

    expect(page).to_have_url(re.compile("/$"))
    expect(page.get_by_role("link", name="Lea")).to_be_visible()
