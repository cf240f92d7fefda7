"""Before a deed that matters, somebody proves once more who they are, with whatever they have."""

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from pytest_django.asserts import assertContains, assertRedirects

from tests.accounts.conftest import PASSWORD, activate_app, app_code, code, long_ago
from tests.conftest import signed_in as browser_of

BY_CODE, SEND = "/account/reauthenticate/code/", "/account/reauthenticate/code/send/"
SETUP = "/account/security/totp/activate/"
NEW = {"action_add": "", "email": "new@example.org"}


@pytest.fixture
def lea_later(learner, confirmed):
    """Lea's browser, an hour after signing in."""
    long_ago(learner)
    return learner


@pytest.fixture
def codes_only(confirmed):
    """Lea, who never chose a password, an hour after signing in."""
    confirmed.set_unusable_password()
    confirmed.save()
    browser = browser_of(confirmed)
    long_ago(browser)
    return browser


def test_whoever_just_signed_in_is_not_asked(learner, confirmed):
    assert learner.get(SETUP).status_code == 200


@pytest.mark.parametrize("page", [SETUP, "/account/security/webauthn/add/"])
def test_after_a_while_the_password_is_asked_and_then_one_goes_on(lea_later, page):
    assertRedirects(lea_later.get(page), f"/account/reauthenticate/?next={page.replace('/', '%2F')}")

    response = lea_later.post("/account/reauthenticate/", {"password": PASSWORD, "next": page})

    assertRedirects(response, page)


def test_a_wrong_password_leads_nowhere(lea_later):
    response = lea_later.post("/account/reauthenticate/", {"password": "not this one", "next": SETUP})

    assertContains(response, "Dit wachtwoord klopt niet.")
    assert lea_later.get(SETUP).status_code == 302


def test_a_deed_waits_for_the_proof_and_is_then_done(lea_later):
    asked = lea_later.post("/account/email/", NEW)
    assert asked.url.startswith("/account/reauthenticate/")
    assert not mail.outbox

    lea_later.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/account/email/"})

    assert mail.outbox[-1].to == ["new@example.org"]


def test_who_has_neither_password_nor_passkey_proves_it_by_a_code_by_mail(codes_only):
    asked = codes_only.get("/account/password/set/")
    assertRedirects(asked, f"{BY_CODE}?next=%2Faccount%2Fpassword%2Fset%2F")
    sent = codes_only.post(SEND, {"next": "/account/password/set/"})
    assertContains(codes_only.get(sent.url), 'value="/account/password/set/"')
    assert mail.outbox[-1].to == ["lea@example.org"]

    response = codes_only.post(BY_CODE, {"code": code(), "next": "/account/password/set/"})

    assertRedirects(response, "/account/password/set/")


def test_a_first_password_that_comes_too_late_is_not_kept_but_asked_once_more(codes_only):
    page, sentence = "/account/password/set/", "quite another sentence"
    codes_only.post(page, {"password1": sentence, "password2": sentence})
    assert sentence not in str(codes_only.session.items())
    codes_only.post(SEND)

    back = codes_only.post(BY_CODE, {"code": code(), "next": page})

    assertContains(back, 'name="password1"')
    assert codes_only.post(page, {"password1": sentence, "password2": sentence}).status_code == 302


def test_looking_at_the_page_mails_nothing(codes_only):
    codes_only.get(BY_CODE)

    assert not mail.outbox


def test_three_wrong_codes_make_the_right_one_void(codes_only):
    codes_only.post(SEND)

    for _attempt in range(3):
        response = codes_only.post(BY_CODE, {"code": "AAAA-AAAA"})

    assertContains(response, "Deze code klopt niet, of is te oud.")
    codes_only.post(BY_CODE, {"code": code()})
    assert codes_only.get(SETUP).status_code == 302


def test_a_code_without_one_being_mailed_proves_nothing(codes_only):
    response = codes_only.post(BY_CODE, {"code": ""})
    assert response.status_code == 200

    codes_only.post(BY_CODE, {"code": "AAAA-AAAA"})

    assert codes_only.get(SETUP).status_code == 302


def test_a_code_by_mail_is_no_way_round_a_password(lea_later):
    assertRedirects(lea_later.get(BY_CODE), "/account/reauthenticate/")
    lea_later.post(SEND)

    lea_later.post(BY_CODE, {"code": code()})

    assert lea_later.get(SETUP).status_code == 302


def test_an_app_proves_it_for_who_has_no_password(codes_only):
    codes_only.post(SEND)
    codes_only.post(BY_CODE, {"code": code()})
    key = activate_app(codes_only)
    forget(codes_only)
    page = "/account/security/recovery-codes/"
    assert codes_only.get(page).url.startswith("/account/security/reauthenticate/")

    response = codes_only.post("/account/security/reauthenticate/", {"code": app_code(key, later=1), "next": page})

    assertRedirects(response, page)


def forget(browser):
    """As if all this had happened an hour ago."""
    session = browser.session
    session["account_authentication_methods"] = []
    session.save()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_proof_leads_to_no_other_site(lea_later, elsewhere):
    response = lea_later.post("/account/reauthenticate/", {"password": PASSWORD, "next": elsewhere})

    assertRedirects(response, "/", fetch_redirect_response=False)


def test_a_suspended_deed_is_not_done_for_another(lea_later, lars):
    lea_later.post("/account/email/", NEW)
    lea_later.post("/account/logout/")
    lea_later.force_login(lars)

    lea_later.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/account/email/"})

    assert not get_user_model().objects.filter(emailaddress__email="new@example.org").exists()
    assert not mail.outbox
