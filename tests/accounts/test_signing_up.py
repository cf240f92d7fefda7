import pytest
from django.core import mail
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from tests.accounts.conftest import enter_code, sign_in, sign_up, signed_in

CONFIRM = "/account/confirm-email/"


def test_the_name_is_asked_first(client, db):
    form = client.get("/account/signup/").context["form"]

    assert list(form.fields) == ["name", "email", "password1"]


def test_signing_up_takes_a_code_from_the_mail(client, db):
    assertRedirects(sign_up(client), CONFIRM)
    assert not signed_in(client)

    response = enter_code(client, CONFIRM)

    assertRedirects(response, "/", fetch_redirect_response=False)
    assert signed_in(client)
    assert User.objects.get().name == "Sanne"
    assert mail.outbox[-1].to == ["sanne@example.org"]


def test_a_wrong_code_is_refused_beside_the_field(client, db):
    sign_up(client)

    response = enter_code(client, CONFIRM, "AAAA-AAAA")

    assertContains(response, "Deze code klopt niet.")
    assertContains(response, 'aria-describedby="id_code_helptext id_code_error"')
    assertContains(response, 'id="id_code_error"')
    assert not signed_in(client)


def test_a_code_is_taken_in_small_letters_without_the_dash(client, db):
    sign_up(client)

    enter_code(client, CONFIRM, mail.outbox[-1].body.split("\n\n")[2].replace("-", " ").lower())

    assert signed_in(client)


def test_three_wrong_codes_end_it(client, db):
    sign_up(client)

    for _attempt in range(3):
        response = enter_code(client, CONFIRM, "AAAA-AAAA")

    assertRedirects(response, "/account/login/", fetch_redirect_response=False)
    assertContains(client.get("/account/login/"), "Dat ging te vaak mis.")
    assertRedirects(client.get(CONFIRM), "/account/login/")


def test_an_unconfirmed_account_gets_a_code_when_signing_in(client, db, settings):
    sign_up(client)
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": None}
    client.cookies.clear()

    assertRedirects(sign_in(client, User.objects.get()), CONFIRM)

    enter_code(client, CONFIRM)
    assert signed_in(client)


@pytest.mark.parametrize(("visitor", "language"), [("client", "nl"), ("english", "en")])
def test_the_language_of_the_page_becomes_that_of_the_account(request, db, visitor, language):
    sign_up(request.getfixturevalue(visitor))

    assert User.objects.get().language == language


def test_where_one_was_going_is_kept_from_signing_in_to_the_new_account(client, db):
    there = "/themes/vertrouwen/"

    assertContains(client.get(f"/account/login/?next={there}"), f"/account/signup/?next={there.replace('/', '%2F')}")
    assertContains(client.get(f"/account/signup/?next={there}"), f'<input type="hidden" name="next" value="{there}">')
    sign_up(client, next=there)

    assertRedirects(enter_code(client, CONFIRM), there, fetch_redirect_response=False)


def test_an_address_with_an_account_looks_the_same_but_gets_another_mail(client, confirmed):
    new = sign_up(client)
    new_page = client.get(CONFIRM).content.decode().replace("sanne@example.org", "…")
    client.cookies.clear()
    known = sign_up(client, email="LEA@example.org")
    known_page = client.get(CONFIRM).content.decode().replace("lea@example.org", "…")

    assert new.url == known.url
    assert without_tokens(new_page) == without_tokens(known_page)
    assert mail.outbox[-1].subject == "Je hebt al een account bij Stapwijs"
    assert mail.outbox[-1].to == ["lea@example.org"]
    assert User.objects.filter(email__iexact="lea@example.org").count() == 1


def without_tokens(page):
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_starting_again_with_another_address(client, db):
    sign_up(client)

    response = client.post("/account/logout/", {"next": "/account/signup/"})

    assertRedirects(response, "/account/signup/")


def test_a_new_code_can_be_sent_where_the_settings_allow_it(client, db, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": None}
    sign_up(client)

    assertContains(client.get(CONFIRM), "Nieuwe code sturen")
    response = client.post(CONFIRM, {"action": "resend"}, follow=True)

    assertContains(response, "We hebben een nieuwe code gestuurd naar sanne@example.org.")
    assert len(mail.outbox) == 2


def test_a_weak_password_is_explained(client, db):
    response = sign_up(client, password1="sanne")

    assertContains(response, "Dit wachtwoord is te kort: gebruik minstens 10 tekens.")
    assertNotContains(response, "This password")
    assert not User.objects.exists()
