"""Where somebody is signed in, for how long, and what ends it."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.sessions import device, public_name
from config.identity import session_lifetimes
from tests.accounts.conftest import PASSWORD, activate_app, enter_code, sign_in, signed_in
from tests.conftest import make_user
from tests.conftest import signed_in as browser_of

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Safari/604.1"
NEW = "quite another sentence"


@pytest.fixture
def here(confirmed):
    """Lea at her desk."""
    return entered(confirmed, FIREFOX)


@pytest.fixture
def there(confirmed):
    """Lea's telephone."""
    return entered(confirmed, PHONE)


def entered(user, user_agent):
    browser = Client(headers={"user-agent": user_agent})
    sign_in(browser, user, remember="on")
    return browser


def still_in(browser):
    return browser.get("/account/").status_code == 200


def test_the_list_names_each_browser_and_says_which_is_this_one(here, there):
    response = here.get("/account/sessions/")

    assertContains(response, "Firefox · Linux")
    assertContains(response, "Safari · iPhone")
    assertContains(response, "Deze browser", count=1)
    assertContains(response, "Daar uitloggen</button>", count=1)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox · Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140 Safari/537 Edg/140", "Edge · Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537 Chrome/140 Mobile Safari/537", "Chrome · Android"),
        ("curl/8", ""),
    ],
)
def test_a_browser_is_named_in_two_words(user_agent, words):
    assert device(user_agent) == words


def test_signing_out_there_ends_that_one_only(here, there, confirmed):
    [phone] = UserSession.objects.filter(user_agent=PHONE)

    response = here.post(f"/account/sessions/{public_name(phone)}/end/", follow=True)

    assertContains(response, "Daar ben je uitgelogd.")
    assert still_in(here)
    assert not still_in(there)


def test_nobody_ends_a_session_of_another(here, lars):
    other = browser_of(lars)

    [session] = UserSession.objects.all()
    response = other.post(f"/account/sessions/{public_name(session)}/end/")

    assert response.status_code == 404
    assert still_in(here)


def test_the_key_of_a_session_stands_on_no_page(here, there):
    response = here.get("/account/sessions/")

    for session in UserSession.objects.all():
        assertNotContains(response, session.session_key)


def test_signing_out_everywhere_else(here, there, lars):
    lars_browser = browser_of(lars)

    response = here.post("/account/sessions/end-others/", follow=True)

    assertContains(response, "Overal elders ben je uitgelogd.")
    assert still_in(here)
    assert not still_in(there)
    assert still_in(lars_browser)


def test_a_new_password_signs_out_everywhere_else_and_is_told_by_mail(here, there):
    here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert still_in(here)
    assert not still_in(there)
    assert UserSession.objects.count() == 1
    assert mail.outbox[-1].subject == "Je wachtwoord voor Stapwijs is gewijzigd"


def test_a_first_password_signs_out_everywhere_else(here, there, confirmed):
    confirmed.set_unusable_password()
    confirmed.save()
    here.force_login(confirmed)

    here.post("/account/password/set/", {"password1": NEW, "password2": NEW})

    assert still_in(here)
    assert not still_in(there)
    assert mail.outbox[-1].subject == "Je account bij Stapwijs heeft nu een wachtwoord"


def test_a_forgotten_password_signs_out_everywhere(here, there, client, confirmed):
    client.post("/account/password/reset/", {"email": confirmed.email})
    enter_code(client, "/account/password/reset/confirm/")

    client.post("/account/password/reset/complete/", {"password1": NEW, "password2": NEW})

    assert still_in(client)
    assert not still_in(here)
    assert not still_in(there)
    assert mail.outbox[-1].subject == "Je wachtwoord voor Stapwijs is gewijzigd"


def test_the_first_second_factor_signs_out_where_it_was_not_asked(transactional_db, here, there):
    activate_app(here)

    assert still_in(here)
    assert not still_in(there)


def test_the_former_address_is_told_of_the_new_one_in_its_owners_language(here, confirmed):
    response = here.post("/account/email/", {"action_add": "", "email": "new@example.org"})
    code = mail.outbox[-1]

    enter_code(here, response.url)

    message = mail.outbox[-1]
    assert code.to == ["new@example.org"]
    assert message.to == ["lea@example.org"]
    assert message.subject == "Het e-mailadres van je account bij Stapwijs is gewijzigd"
    assert "new@example.org" in message.body


def test_what_was_done_stays_done_when_the_mail_server_is_away(here, confirmed, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    confirmed.refresh_from_db()
    assert confirmed.check_password(NEW)
    assert "Not mailed: account/email/password_changed" in caplog.text
    assert "lea@" not in caplog.text


ROLES = {"learner": {}, "trainer": {"is_trainer": True}, "staff": {"is_trainer": True, "is_staff": True}}


@pytest.mark.parametrize(("role", "days"), [("learner", 90), ("trainer", 14), ("staff", 1)])
def test_a_session_lasts_as_long_as_the_role_allows_however_busy_it_was(db, role, days):
    browser = browser_of(make_user("Sam", **ROLES[role]))

    for passed, inside in [(0.5, True), (0.99, True), (1.01, False)]:
        with time_machine.travel(timezone.now() + timedelta(days=days * passed)):
            assert still_in(browser) is inside


def test_whoever_becomes_a_trainer_has_the_session_of_one_from_that_moment(learner, lea):
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        assert still_in(learner)
        lea.is_trainer = True
        lea.save()

        assertRedirects(learner.get("/account/"), "/account/login/?next=/account/")


def test_the_settings_say_how_long(settings, learner):
    settings.SESSION_LIFETIMES = session_lifetimes(learners=2, trainers=1, staff=1)

    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert not still_in(learner)


def test_a_session_that_does_not_say_when_it_began_is_over(learner):
    session = learner.session
    del session["signed_in_at"]
    session.save()

    assert not signed_in(learner) or not still_in(learner)


def test_reading_costs_no_query_more_for_it(learner, theme, settings):
    learner.get(theme.get_absolute_url())
    with CaptureQueriesContext(connection) as ours:
        learner.get(theme.get_absolute_url())

    for middleware in ("session_ends", "second_factor_first"):
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if middleware not in name]
    with CaptureQueriesContext(connection) as without:
        learner.get(theme.get_absolute_url())

    assert len(ours) == len(without)
