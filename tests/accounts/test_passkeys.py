"""A passkey: added, signed in with, asked for, and worth a second factor only where it made sure of its owner."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django.asserts import assertContains, assertRedirects

from config.identity import second_factor_required_of
from tests.accounts.conftest import long_ago, sign_in, signed_in
from tests.accounts.passkey import Passkey, add_passkey, asked, enter_by
from tests.conftest import make_user
from tests.conftest import signed_in as browser_of

AUTHENTICATE, REAUTHENTICATE = "/account/security/authenticate/", "/account/security/webauthn/reauthenticate/"


@pytest.fixture
def passkey(learner, confirmed):
    """Lea's."""
    return add_passkey(learner)


def test_adding_one_leads_to_the_recovery_codes_and_is_told_by_mail(learner, passkey):
    assertRedirects(passkey.added, "/account/security/recovery-codes/")

    assert mail.outbox[-1].subject == "Er is een passkey toegevoegd aan je account bij Stapwijs"
    assertContains(learner.get("/account/security/webauthn/"), "Laptop")


def test_signing_in_with_it_takes_nothing_else_and_goes_on_where_one_was_going(client, passkey):
    response = enter_by(client, passkey, next="/themes/vertrouwen/")

    assertRedirects(response, "/themes/vertrouwen/", fetch_redirect_response=False)
    assert signed_in(client)


def test_one_that_did_not_make_sure_of_its_owner_is_not_taken(learner, confirmed):
    add_passkey(learner, verified=False)

    assert not Authenticator.objects.exists()


def test_nobody_signs_in_with_one_that_did_not_make_sure_of_its_owner(client, passkey):
    passkey.flags = 0x01

    enter_by(client, passkey)

    assert not signed_in(client)


@pytest.mark.parametrize("origin", ["https://testserver.evil.example", "http://testserver", "https://evil.example"])
def test_what_was_shown_to_another_site_opens_nothing_here(client, passkey, settings, origin):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
    enter_by(honest := Client(), passkey)
    assert signed_in(honest)

    passkey.origin = origin
    enter_by(client, passkey)

    assert not signed_in(client)


def test_an_answer_to_another_browser_opens_nothing_and_leads_to_another_way(client, passkey):
    page, other = "/account/security/webauthn/login/", Client()
    as_json = {"accept": "application/json"}
    options = other.get(page, headers=as_json).json()["request_options"]["publicKey"]
    client.get(page, headers=as_json)

    response = client.post(page, {"credential": passkey.proof(options)}, follow=True)

    assert not signed_in(client)
    assertContains(response, "Probeer het nog een keer, of kies een andere manier.", 2)  # one is still hidden


def test_an_answer_works_once(client, passkey):
    page = "/account/security/webauthn/login/"
    options = client.get(page, headers={"accept": "application/json"}).json()["request_options"]["publicKey"]
    answer = passkey.proof(options)
    client.post(page, {"credential": answer})
    client.post("/account/logout/")

    client.post(page, {"credential": answer})

    assert not signed_in(client)


def test_nobody_signs_in_as_another_by_naming_them(client, passkey, lars):
    passkey.user_handle = json.loads(Passkey.answer(passkey, userHandle=str(lars.pk).encode()))["response"][
        "userHandle"
    ]

    enter_by(client, passkey)

    assert not signed_in(client)


def test_after_it_was_removed_it_opens_nothing_and_that_is_told_by_mail(learner, client, passkey):
    key = Authenticator.objects.get(type="webauthn")

    learner.post(f"/account/security/webauthn/keys/{key.pk}/remove/")
    enter_by(client, passkey)

    assert not signed_in(client)
    assert mail.outbox[-1].subject == "Er is een passkey weggehaald van je account bij Stapwijs"
    assert not Authenticator.objects.exists(), "the recovery codes lapse with the last factor"


def test_it_gets_another_name(learner, passkey):
    key = Authenticator.objects.get(type="webauthn")

    learner.post(f"/account/security/webauthn/keys/{key.pk}/edit/", {"name": "Telefoon"})

    assertContains(learner.get("/account/security/webauthn/"), "Telefoon")


def test_whoever_signs_in_with_a_password_is_asked_for_it(client, confirmed, passkey):
    assertRedirects(sign_in(client, confirmed), AUTHENTICATE)

    client.post(AUTHENTICATE, {"credential": passkey.proof(asked(client.get(AUTHENTICATE)))})

    assert signed_in(client)


def test_whoever_tries_passkeys_too_often_is_told_how_long_to_wait(client, confirmed, passkey, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/10m/key"}
    cache.clear()
    sign_in(client, confirmed)
    wrong = passkey.proof(asked(client.get(AUTHENTICATE)), rp_id="elsewhere.example")

    answers = [client.post(AUTHENTICATE, {"credential": wrong}) for _time in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assertContains(answers[0], "Dat lukte niet")
    assert "Retry-After" in answers[2].headers


def test_without_javascript_a_recovery_code_does(client, confirmed, passkey):
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    sign_in(client, confirmed)
    assertContains(client.get(AUTHENTICATE), "alleen als JavaScript aanstaat")

    client.post(AUTHENTICATE, {"code": code})

    assert signed_in(client)


def test_whoever_has_only_a_passkey_proves_with_it_who_they_are(client, confirmed, passkey):
    confirmed.set_unusable_password()
    confirmed.save()
    enter_by(client, passkey)
    long_ago(client)
    page = "/account/security/totp/activate/"
    assert client.get(page).url.startswith("/account/security/reauthenticate/")
    assertContains(client.get("/account/security/reauthenticate/"), "Met een passkey")

    proof = passkey.proof(asked(client.get(REAUTHENTICATE)))
    response = client.post(REAUTHENTICATE, {"credential": proof, "next": page})

    assertRedirects(response, page)


def test_a_trainer_who_signs_in_with_a_passkey_finds_the_rooms_open(settings, client, db):
    settings.SECOND_FACTOR_REQUIRED_OF = second_factor_required_of("trainers")
    tom = make_user("Tom", is_trainer=True)
    tom.emailaddress_set.create(email=tom.email, verified=True, primary=True)
    passkey = add_passkey(browser_of(tom))

    enter_by(client, passkey)

    assert client.get("/author/").status_code == 200
