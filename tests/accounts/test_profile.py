import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects


def test_a_visitor_is_asked_to_sign_in(client, db):
    assertRedirects(client.get("/account/"), "/account/login/?next=/account/")


def test_name_and_language_are_saved_and_the_page_turns_to_that_language(learner, lea):
    response = learner.post("/account/", {"name": "Lea de Vries", "language": "en"}, follow=True)

    lea.refresh_from_db()
    assert (lea.name, lea.language) == ("Lea de Vries", "en")
    assertContains(response, '<html lang="en"')
    assertContains(response, "Saved.")
    assertContains(response, "Your account")


def test_the_language_outlives_signing_out(learner):
    learner.post("/account/", {"name": "Lea", "language": "en"})
    learner.post("/account/logout/")

    assertContains(learner.get("/account/login/"), '<html lang="en"')


def test_no_language_of_ones_own_follows_the_browser_again(learner, lea):
    learner.post("/account/language/", {"language": "nl"})
    learner.post("/account/", {"name": "Lea", "language": ""})

    lea.refresh_from_db()
    assert lea.language == ""
    assertContains(learner.get("/account/", headers={"accept-language": "en"}), '<html lang="en"')


def test_an_empty_name_is_refused(learner, lea):
    response = learner.post("/account/", {"name": " ", "language": "nl"})

    assertContains(response, "Vul dit nog in.")
    assertContains(response, 'aria-describedby="id_name_error"')
    lea.refresh_from_db()
    assert lea.name == "Lea"


def test_the_way_to_address_password_and_out(learner):
    response = learner.get("/account/")

    for address in ("/account/email/", "/account/password/change/", "/account/logout/"):
        assertContains(response, f'"{address}"')
    assertNotContains(response, "/account/password/set/")


def test_the_language_switch_keeps_the_page(client, db):
    here = "/account/login/?next=/themes/x/"
    assertContains(client.get(here), f'<input type="hidden" name="next" value="{here}">')

    response = client.post("/account/language/", {"language": "en", "next": here})

    assertRedirects(response, here)
    assertContains(client.get(here), '<html lang="en"')


def test_the_language_switch_is_remembered_with_the_account(learner, lea):
    learner.post("/account/language/", {"language": "en"})

    lea.refresh_from_db()
    assert lea.language == "en"


def test_an_unknown_language_changes_nothing(learner, lea):
    learner.post("/account/language/", {"language": "xx"})

    lea.refresh_from_db()
    assert lea.language == "nl"


@pytest.mark.parametrize("switch", ["/account/language/", "/appearance/"])
@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_a_switch_goes_back_to_no_other_site(client, db, switch, elsewhere):
    response = client.post(switch, {"language": "en", "appearance": "dark", "next": elsewhere})

    assertRedirects(response, "/", fetch_redirect_response=False)


@pytest.mark.parametrize("switch", ["/account/language/", "/appearance/"])
def test_a_switch_is_a_button_not_a_link(client, db, switch):
    assert client.get(switch).status_code == 405


def test_the_appearance_is_kept_in_a_cookie_until_the_system_decides_again(client, db):
    response = client.post("/appearance/", {"appearance": "dark", "next": "/account/login/"}, follow=True)
    assertContains(response, 'data-appearance="dark"')
    assertContains(response, 'value="dark" aria-pressed="true"')

    response = client.post("/appearance/", {"appearance": "system", "next": "/account/login/"}, follow=True)
    assertNotContains(response, "data-appearance")
    assert not client.cookies["appearance"].value
