import pytest
import time_machine
from django.core import mail
from django.test import Client
from pytest_django.asserts import assertContains, assertRedirects

from tests.accounts.conftest import enter_code, sign_in, sign_up, signed_in

ASK, CONFIRM = "/account/login/code/", "/account/login/code/confirm/"


def test_with_a_password(client, confirmed):
    assertRedirects(sign_in(client, confirmed), "/", fetch_redirect_response=False)

    assert signed_in(client)


def test_nothing_is_said_about_having_signed_in_or_out(client, confirmed):
    sign_in(client, confirmed)
    client.post("/account/logout/")

    assert not list(client.get("/account/login/").context["messages"])


def test_with_a_wrong_password(client, confirmed):
    response = sign_in(client, confirmed, "not this one")

    assertContains(response, "Dit e-mailadres en wachtwoord horen niet bij elkaar.")
    assert not signed_in(client)


def test_an_unknown_address_gets_the_same_answer_as_a_wrong_password(client, confirmed):
    known = sign_in(client, confirmed, "not this one").context["form"].errors
    confirmed.email = "nobody@example.org"

    assert sign_in(client, confirmed, "not this one").context["form"].errors == known


def test_with_a_mailed_code(client, confirmed):
    assertRedirects(client.post(ASK, {"email": confirmed.email}), CONFIRM)

    response = enter_code(client, CONFIRM)

    assertRedirects(response, "/", fetch_redirect_response=False)
    assert signed_in(client)


def test_with_a_wrong_code(client, confirmed):
    client.post(ASK, {"email": confirmed.email})

    assertContains(enter_code(client, CONFIRM, "AAAA-AAAA"), "Deze code klopt niet.")
    assert not signed_in(client)


def test_where_one_was_going_is_kept_through_the_code(client, confirmed):
    there = "/themes/vertrouwen/"
    login = client.get(f"/account/login/?next={there}")
    asked = client.post(login.context["request_login_code_url"], {"email": confirmed.email, "next": there})
    assertContains(client.get(asked.url), f'<input type="hidden" name="next" value="{there}">')

    response = enter_code(client, CONFIRM, next=there)

    assertRedirects(response, there, fetch_redirect_response=False)


def test_where_one_was_going_is_kept_through_a_new_password(client, confirmed):
    there = "/themes/vertrouwen/"
    login = client.get(f"/account/login/?next={there}")

    assertContains(login, "/account/password/reset/?next=%2Fthemes%2Fvertrouwen%2F")


def test_an_unknown_address_sees_the_same_but_is_mailed_that_there_is_no_account(client, confirmed):
    response = client.post(ASK, {"email": "nobody@example.org"})

    assertRedirects(response, CONFIRM)
    assert mail.outbox[-1].subject == "Geen account bij Stapwijs voor dit adres"


def test_a_new_code_is_announced(client, confirmed):
    client.post(ASK, {"email": confirmed.email})
    assert not list(client.get(CONFIRM).context["messages"])

    response = client.post(CONFIRM, {"action": "resend"}, follow=True)

    assertContains(response, "We hebben een nieuwe code gestuurd naar lea@example.org.")


@pytest.mark.parametrize(("remember", "at_close"), [({"remember": "on"}, False), ({}, True)])
def test_staying_signed_in_is_a_choice(client, confirmed, remember, at_close):
    sign_in(client, confirmed, **remember)

    assert client.session.get_expire_at_browser_close() is at_close


def test_an_account_that_is_switched_off_cannot_enter(client, confirmed):
    confirmed.is_active = False
    confirmed.save()

    response = client.get(sign_in(client, confirmed).url)

    assertContains(response, "Dit account staat uit")
    assert not signed_in(client)


def test_signing_out_takes_a_button(learner):
    learner.get("/account/logout/")
    assert signed_in(learner)

    learner.post("/account/logout/")
    assert not signed_in(learner)


def test_too_many_attempts_say_to_wait(client, confirmed, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sign_in(client, confirmed, "not this one")

    response = sign_in(client, confirmed, "not this one")

    assertContains(response, "Dat ging iets te snel", status_code=429)
    assertContains(response, '<html lang="nl">', status_code=429)


@pytest.mark.parametrize(
    ("limit", "address", "fields"),
    [
        ("login_failed", "/account/login/", {"login": "lea@example.org", "password": "not this one"}),
        ("request_login_code", ASK, {"email": "lea@example.org"}),
    ],
)
def test_too_many_for_one_account_is_said_beside_what_was_typed(limit, address, fields, client, confirmed, settings):
    settings.ACCOUNT_RATE_LIMITS = {limit: "1/10m/key"}
    with time_machine.travel("2026-11-22 12:00", tick=False) as clock:
        Client().post(address, fields)
        clock.shift(60)

        response = client.post(address, fields)

    assertContains(response, "lea@example.org", status_code=429)
    assert response["Retry-After"] == "540"
    assert response.context["form"].errors


def test_a_password_chosen_before_the_address_was_proven_opens_nothing(client, db):
    sign_up(Client(), "noor@example.org", password1="the one of a stranger")

    client.post(ASK, {"email": "noor@example.org"})
    enter_code(client, CONFIRM)

    assert signed_in(client)
    assert client.get("/account/").status_code == 200
    stranger = Client()
    stranger.post("/account/login/", {"login": "noor@example.org", "password": "the one of a stranger"})
    assert not signed_in(stranger)


def test_a_code_takes_no_password_from_a_proven_address(client, confirmed):
    client.post(ASK, {"email": confirmed.email})
    enter_code(client, CONFIRM)

    assert signed_in(client)
    sign_in(again := Client(), confirmed)
    assert signed_in(again)
