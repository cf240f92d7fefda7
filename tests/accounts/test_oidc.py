"""Signing in through the organisation's own provider, and everything that must not let anyone in."""

import re
from html import unescape

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from config.identity import openid_connect
from tests.accounts import provider as its
from tests.accounts.conftest import PASSWORD, code, enter_code, sign_in, signed_in
from tests.conftest import make_user

LOGIN, CALLBACK, CONNECTIONS = "/account/oidc/login/", "/account/oidc/callback/", "/account/oidc/connections/"
PROVEN = {"sub": its.SUBJECT, "email": "lea@example.org", "email_verified": True, "name": "Lea de Vries"}


@pytest.fixture(scope="module")
def keys():
    """The key of the provider, and one of somebody else."""
    return its.a_key(), its.a_key()


@pytest.fixture
def provider(keys, settings):
    provider = its.Provider(keys[0])
    configured = openid_connect(
        name="Aurora", issuer=provider.issuer, client_id=its.CLIENT_ID, client_secret=its.CLIENT_SECRET
    )
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": configured}
    yield provider
    provider.close()


def go(client, **fields):
    """Press the button, and read where the page leads to."""
    page = client.post(LOGIN, fields)
    assert page.status_code == 200
    return unescape(re.search(r'class="button" href="([^"]+)"', page.content.decode()).group(1))


def come_in(client, provider, **fields):
    return client.get(CALLBACK, provider.consent(go(client, **fields)))


def test_without_configuration_there_is_no_trace_of_it(client, learner, confirmed):
    assertNotContains(client.get("/account/login/"), "oidc")
    assertNotContains(learner.get("/account/"), "oidc")
    for page in (CALLBACK, CONNECTIONS, "/account/oidc/signup/", "/account/oidc/cancelled/"):
        assert learner.get(page).status_code == 404
    assert client.post(LOGIN).status_code == 404


def test_with_configuration_the_sign_in_page_has_a_button_for_it(client, db, provider):
    assertContains(client.get("/account/login/"), "Verder met Aurora")


def test_going_there_takes_a_button_and_the_page_moves_on_by_itself(client, db, provider):
    assert client.get(LOGIN).status_code == 405

    response = client.post(LOGIN)

    address = response["Refresh"].removeprefix("0; url=")
    assert address.startswith(f"{provider.issuer}/authorization?")
    provider.consent(address)
    assert provider.request["redirect_uri"] == "http://testserver" + CALLBACK
    assert provider.request["code_challenge_method"] == "S256"
    assert len(provider.request["nonce"]) == 64


def test_a_newcomer_with_a_proven_address_gets_an_account_and_is_in(client, db, provider):
    provider.profile = PROVEN

    response = come_in(client, provider, next="/themes/vertrouwen/")

    assertRedirects(response, "/themes/vertrouwen/", fetch_redirect_response=False)
    assert signed_in(client)
    user = User.objects.get()
    assert (user.name, user.email, user.language) == ("Lea de Vries", "lea@example.org", "nl")
    assert not user.has_usable_password()
    assert SocialAccount.objects.get().extra_data == {}


def test_the_next_time_the_person_is_known_whatever_address_they_have_there(client, db, provider):
    provider.profile = PROVEN
    come_in(Client(), provider)

    provider.profile = {**PROVEN, "email": "another@example.org"}
    come_in(client, provider)

    assert signed_in(client)
    assert User.objects.count() == 1


def test_an_address_that_is_not_proven_there_is_proven_here(client, db, provider):
    provider.profile = {**PROVEN, "email_verified": False}

    assertRedirects(come_in(client, provider), "/account/confirm-email/")
    assert not signed_in(client)

    enter_code(client, "/account/confirm-email/", code())
    assert signed_in(client)


@pytest.mark.parametrize("claim", [False, None, "true", "false", 1])
def test_an_address_that_is_not_proven_there_opens_no_account_here(client, confirmed, provider, claim):
    provider.profile = {**PROVEN, "email_verified": claim}

    come_in(client, provider)

    assert not signed_in(client)
    assert not SocialAccount.objects.exists()
    assert mail.outbox[-1].subject == "Je hebt al een account bij Stapwijs"


def test_a_proven_address_joins_the_account_of_a_learner_who_is_told_by_mail(client, confirmed, provider):
    provider.profile = PROVEN

    come_in(client, provider)

    assert signed_in(client)
    assert SocialAccount.objects.get().user == confirmed
    assert mail.outbox[-1].subject == "Je account bij Stapwijs is gekoppeld"
    sign_in(again := Client(), confirmed)
    assert signed_in(again), "the password still works"


@pytest.mark.parametrize("role", ["is_trainer", "is_staff", "is_superuser"])
def test_it_opens_no_account_with_a_room_by_itself(client, confirmed, provider, role):
    User.objects.update(**{role: True})
    provider.profile = PROVEN

    response = come_in(client, provider)

    assertContains(response, "Kies daarna op je accountpagina ‘Koppelen met Aurora’", status_code=403)
    assert not signed_in(client)
    assert not SocialAccount.objects.exists()


def test_it_opens_no_account_whose_address_was_never_proven_here(client, lea, provider):
    EmailAddress.objects.create(user=lea, email=lea.email, verified=False, primary=True)
    provider.profile = PROVEN

    response = come_in(client, provider)

    assert response.status_code == 403
    assert not signed_in(client)


def test_a_trainer_connects_the_two_after_signing_in_and_then_comes_in_that_way(client, db, provider):
    tom = make_user("Tom", is_trainer=True)
    EmailAddress.objects.create(user=tom, email=tom.email, verified=True, primary=True)
    sign_in(client, tom)
    provider.profile = {**PROVEN, "email": tom.email}

    response = come_in(client, provider, process="connect")
    assertRedirects(response, "/account/")
    assertContains(client.get("/account/"), "Gekoppeld")
    come_in(again := Client(), provider)

    assert again.get("/author/").status_code == 200


def test_connecting_asks_first_who_one_is(learner, confirmed, provider):
    session = learner.session
    session["signed_in_at"] -= 3600
    session.save()
    provider.profile = {**PROVEN, "email": "elsewhere@example.org"}

    asked = come_in(learner, provider, process="connect")
    assert asked.url.startswith("/account/reauthenticate/")
    assert not SocialAccount.objects.exists()
    learner.post("/account/reauthenticate/", {"password": PASSWORD})

    assert SocialAccount.objects.get().user == confirmed


def test_disconnecting(learner, confirmed, provider):
    provider.profile = {**PROVEN, "email": "elsewhere@example.org"}
    come_in(learner, provider, process="connect")

    learner.post(CONNECTIONS, {"account": SocialAccount.objects.get().pk})

    assert not SocialAccount.objects.exists()
    assert mail.outbox[-1].subject == "Je account bij Stapwijs is niet meer gekoppeld"


def test_a_second_factor_is_asked_this_way_too(client, confirmed, provider):
    confirmed.authenticator_set.create(type="totp", data={"secret": "A" * 32})
    provider.profile = PROVEN

    assertRedirects(come_in(client, provider), "/account/security/authenticate/")
    assert not signed_in(client)


def test_a_switched_off_account_stays_shut(client, confirmed, provider):
    User.objects.update(is_active=False)
    provider.profile = PROVEN

    come_in(client, provider)

    assert not signed_in(client)


LIES = {
    "another nonce": {"claims": {"nonce": "0" * 64}},
    "no nonce": {"claims": {"nonce": None}},
    "another audience": {"claims": {"aud": "somebody-else"}},
    "another issuer": {"claims": {"iss": "https://elsewhere.example"}},
    "run out": {"claims": {"exp": 1}},
    "no signature": {"algorithm": "none"},
    "signed by the client": {"algorithm": "HS256", "signed_with": its.CLIENT_SECRET * 2},
    "another person": {"profile": {**PROVEN, "sub": "lars-1"}},
    "nobody": {"profile": {}},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_token_that_is_not_right_lets_nobody_in(client, confirmed, provider, lie):
    provider.profile = PROVEN
    for name, value in lie.items():
        setattr(provider, name, value)

    response = come_in(client, provider)

    assertContains(response, "We konden bij Aurora niet nagaan wie je bent.", status_code=401)
    assert "token" in provider.asked
    assert not signed_in(client)
    assert not SocialAccount.objects.exists()


def test_a_token_signed_by_somebody_else_lets_nobody_in(client, confirmed, provider, keys):
    provider.profile = PROVEN
    provider.signed_with = keys[1]

    assert come_in(client, provider).status_code == 401
    assert not signed_in(client)


def test_a_state_of_another_browser_or_of_nobody_lets_nobody_in(client, confirmed, provider):
    provider.profile = PROVEN
    of_another = provider.consent(go(Client()))

    for query in (of_another, {"code": "a-code", "state": "made-up"}, {"code": "a-code"}, {}):
        assert client.get(CALLBACK, query).status_code == 401

    assert not signed_in(client)
    assert "token" not in provider.asked


def test_an_answer_works_once(client, db, provider):
    provider.profile = PROVEN
    answer = provider.consent(go(client))
    client.get(CALLBACK, answer)
    client.post("/account/logout/")

    assert client.get(CALLBACK, answer).status_code == 401
    assert not signed_in(client)


def test_whoever_turns_back_there_reads_that_nothing_happened(client, db, provider):
    state = provider.consent(go(client))["state"]

    response = client.get(CALLBACK, {"error": "access_denied", "state": state}, follow=True)

    assertContains(response, "Je bent niet ingelogd")


def test_a_provider_that_is_away_gets_a_page_that_says_so(client, db, provider, settings):
    provider.close()

    response = client.post(LOGIN)

    assertContains(response, "Inloggen lukte niet", status_code=401)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/"])
def test_it_leads_to_no_other_site_in_the_end(client, db, provider, elsewhere):
    provider.profile = PROVEN

    assertRedirects(come_in(client, provider, next=elsewhere), "/", fetch_redirect_response=False)
