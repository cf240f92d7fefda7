from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from pytest_django.asserts import assertContains, assertRedirects

from tests.accounts.conftest import PASSWORD, enter_code, sign_in, signed_in

NEW = "quite another sentence"


def reset(client, email):
    return client.post("/account/password/reset/", {"email": email})


def test_a_forgotten_password_is_replaced_by_way_of_a_code(client, confirmed):
    assertRedirects(reset(client, confirmed.email), "/account/password/reset/confirm/")
    assertRedirects(enter_code(client, "/account/password/reset/confirm/"), "/account/password/reset/complete/")

    response = client.post("/account/password/reset/complete/", {"password1": NEW, "password2": NEW})

    assertRedirects(response, "/", fetch_redirect_response=False)
    assert signed_in(client)
    assert sign_in(Client(), confirmed, NEW).status_code == 302


def test_a_wrong_code_changes_no_password(client, confirmed):
    reset(client, confirmed.email)

    response = enter_code(client, "/account/password/reset/confirm/", "AAAA-AAAA")

    assertContains(response, "Deze code klopt niet.")
    assertRedirects(client.get("/account/password/reset/complete/"), "/account/password/reset/confirm/")


def test_an_unknown_address_is_not_given_away(client, confirmed):
    assertRedirects(reset(client, "nobody@example.org"), "/account/password/reset/confirm/")
    assert mail.outbox[-1].subject == "Geen account bij Stapwijs voor dit adres"


def test_changing_the_password(learner, lea):
    fields = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    response = learner.post("/account/password/change/", fields, follow=True)

    assertRedirects(response, "/account/")
    assertContains(response, "Je wachtwoord is gewijzigd.")
    lea.refresh_from_db()
    assert lea.check_password(NEW)


def test_changing_the_password_takes_the_old_one_and_the_new_one_twice(learner, lea):
    fields = {"oldpassword": "not this one", "password1": NEW, "password2": NEW + "x"}

    response = learner.post("/account/password/change/", fields)

    assertContains(response, "Dit is niet je huidige wachtwoord.")
    assertContains(response, "Je typte twee verschillende wachtwoorden.")
    lea.refresh_from_db()
    assert lea.check_password(PASSWORD)


def test_choosing_a_first_password(learner, lea):
    lea.set_unusable_password()
    lea.save()
    learner.force_login(lea)
    assertContains(learner.get("/account/"), "/account/password/set/")

    response = learner.post("/account/password/set/", {"password1": NEW, "password2": NEW}, follow=True)

    assertContains(response, "Je wachtwoord is bewaard.")
    assertContains(response, "/account/password/change/")


def test_the_address_changes_once_the_new_one_is_confirmed(learner, confirmed):
    response = learner.post("/account/email/", {"action_add": "", "email": "new@example.org"})
    confirmed.refresh_from_db()
    assert confirmed.email == "lea@example.org"
    assert mail.outbox[-1].to == ["new@example.org"]

    response = enter_code(learner, response.url)

    assertRedirects(response, "/account/")
    confirmed.refresh_from_db()
    assert confirmed.email == "new@example.org"
    assert [address.email for address in EmailAddress.objects.all()] == ["new@example.org"]


def test_a_wrong_code_leaves_the_address_as_it_was(learner, confirmed):
    response = learner.post("/account/email/", {"action_add": "", "email": "new@example.org"})
    assertContains(learner.get(response.url), 'href="/account/email/"')

    enter_code(learner, response.url, "AAAA-AAAA")

    confirmed.refresh_from_db()
    assert confirmed.email == "lea@example.org"


def test_an_address_of_someone_else_is_refused_only_after_the_code(learner, confirmed, lars):
    response = learner.post("/account/email/", {"action_add": "", "email": lars.email})

    assertContains(enter_code(learner, response.url), "Dit e-mailadres hoort al bij een ander account.")


def test_an_address_that_was_never_confirmed_can_be(learner, lea):
    assertContains(learner.get("/account/email/"), "is nog niet bevestigd")

    response = learner.post("/account/email/", {"action_send": "", "email": lea.email})
    enter_code(learner, response.url)

    assert EmailAddress.objects.get().verified
