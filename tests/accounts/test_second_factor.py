"""A second factor: set up, asked for, taken away, and required of those whose rooms hold other people's work."""

from io import BytesIO

import pytest
import segno
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from lxml import etree
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts import second_factor
from accounts.models import User
from config.identity import second_factor_required_of
from tests.accounts.conftest import PASSWORD, activate_app, app_code, enter_code, sign_in, signed_in
from tests.conftest import make_user
from tests.conftest import signed_in as browser_of

AUTHENTICATE, SECURITY = "/account/security/authenticate/", "/account/security/"


@pytest.fixture
def key(transactional_db, learner, confirmed):
    """That of Lea's authenticator app. What is told of it is told once it is committed."""
    return activate_app(learner)


def test_setting_up_the_app_leads_to_the_recovery_codes_and_is_told_by_mail(learner, key):
    response = learner.get("/account/security/recovery-codes/")

    assertContains(response, "<code>", count=10)
    assert mail.outbox[-1].subject == "De authenticator-app staat aan voor Stapwijs"
    assert mail.outbox[-1].body.startswith("Hallo,")


def test_a_wrong_code_sets_up_nothing_and_keeps_the_key_on_the_page(learner, confirmed):
    learner.get("/account/security/totp/activate/")
    key = learner.session["mfa.totp.secret"]

    response = learner.post("/account/security/totp/activate/", {"code": "000000"})

    assertContains(response, key)
    assertContains(response, "Deze code klopt niet.")
    assert not Authenticator.objects.exists()


def test_the_picture_to_scan_says_the_key_and_carries_nothing_our_policy_forbids(learner, confirmed):
    learner.get("/account/security/totp/activate/")
    key = learner.session["mfa.totp.secret"]

    response = learner.get("/account/security/totp/qr/")

    expected = BytesIO()
    url = f"otpauth://totp/lea%40example.org?secret={key}&issuer=Stapwijs"
    segno.make(url, micro=False).save(expected, kind="svg", scale=5, border=4, light="white", xmldecl=False)
    assert response.content == expected.getvalue()
    assert "no-store" in response["Cache-Control"]
    picture = etree.fromstring(response.content)
    assert not picture.xpath("//@style | //*[local-name()='style' or local-name()='script']")


def test_there_is_no_picture_before_and_after(learner, confirmed):
    assert learner.get("/account/security/totp/qr/").status_code == 404

    activate_app(learner)

    assert learner.get("/account/security/totp/qr/").status_code == 404


def test_signing_in_by_password_then_takes_the_app(client, confirmed, key):
    assertRedirects(sign_in(client, confirmed), AUTHENTICATE)
    assert not signed_in(client)

    response = client.post(AUTHENTICATE, {"code": app_code(key, later=1)})

    assertRedirects(response, "/", fetch_redirect_response=False)
    assert signed_in(client)


def test_signing_in_by_a_mailed_code_takes_the_app_too(client, confirmed, key):
    client.post("/account/login/code/", {"email": confirmed.email})
    code = mail.outbox[-1].body.split("\n\n")[2]

    response = client.post("/account/login/code/confirm/", {"code": code})

    assertRedirects(response, AUTHENTICATE)
    assert not signed_in(client)


def test_a_forgotten_password_takes_the_app_too(client, confirmed, key):
    client.post("/account/password/reset/", {"email": confirmed.email})
    enter_code(client, "/account/password/reset/confirm/")
    new = {"password1": "quite another sentence", "password2": "quite another sentence"}

    response = client.post("/account/password/reset/complete/", new)

    assert response.url == AUTHENTICATE
    assert not signed_in(client)
    client.post(AUTHENTICATE, {"code": app_code(key)})
    assert signed_in(client)


def test_a_wrong_code_of_the_app_lets_nobody_in(client, confirmed, key):
    sign_in(client, confirmed)

    response = client.post(AUTHENTICATE, {"code": "000000"})

    assertContains(response, "Deze code klopt niet.")
    assert not signed_in(client)


def at_the_door(visitor, learner):
    sign_in(visitor, User.objects.get())
    return visitor, AUTHENTICATE


def at_a_deed(visitor, learner):
    return learner, "/account/security/reauthenticate/"


def at_setting_up(visitor, learner):
    Authenticator.objects.all().delete()
    learner.get("/account/security/totp/activate/")
    return learner, "/account/security/totp/activate/"


@pytest.mark.parametrize("place", [at_the_door, at_a_deed, at_setting_up])
def test_who_guesses_too_often_is_told_how_long_to_wait(place, client, learner, confirmed, key, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/10m/key"}
    cache.clear()
    browser, address = place(client, learner)
    with time_machine.travel("2026-11-22 12:00", tick=False) as clock:
        assert browser.post(address, {"code": "000000"}).status_code == 200
        browser.post(address, {"code": "000000"})
        clock.shift(60)

        response = browser.post(address, {"code": "000000"})

    assert (response.status_code, response["Retry-After"]) == (429, "540")
    assert response.context["form"].errors


def test_a_recovery_code_opens_the_door_once(client, confirmed, learner, key):
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    sign_in(client, confirmed)
    client.post(AUTHENTICATE, {"code": code})
    assert signed_in(client)

    sign_in(again := Client(), confirmed)
    again.post(AUTHENTICATE, {"code": code})

    assert not signed_in(again)


def test_new_recovery_codes_make_the_former_void_and_are_told_by_mail(learner, key):
    former = Authenticator.objects.get(type="recovery_codes").wrap().generate_codes()

    learner.post("/account/security/recovery-codes/generate/")

    assert not set(former) & set(Authenticator.objects.get(type="recovery_codes").wrap().generate_codes())
    assert mail.outbox[-1].subject == "Nieuwe herstelcodes voor Stapwijs"


def test_the_codes_can_be_taken_along_as_text(learner, key):
    response = learner.get("/account/security/recovery-codes/download/")

    codes = Authenticator.objects.get(type="recovery_codes").wrap().generate_codes()
    assert response.content.decode().split() == codes


def test_switching_the_app_off_takes_the_recovery_codes_along_and_is_told_by_mail(learner, key):
    assertContains(learner.get("/account/security/totp/deactivate/"), "je herstelcodes vervallen")

    assertRedirects(learner.post("/account/security/totp/deactivate/"), SECURITY)

    assert not Authenticator.objects.exists()
    assert mail.outbox[-1].subject == "De authenticator-app staat uit voor Stapwijs"


def test_nobody_renames_or_removes_a_passkey_of_another(learner, confirmed, lars):
    passkey = Authenticator.objects.create(user=lars, type="webauthn", data={"name": "Van Lars", "credential": {}})

    for deed in ("edit", "remove"):
        response = learner.post(f"/account/security/webauthn/keys/{passkey.pk}/{deed}/", {"name": "Van mij"})
        assert response.status_code == 404

    passkey.refresh_from_db()
    assert passkey.data["name"] == "Van Lars"


def test_an_answer_that_is_no_passkey_is_refused_without_a_fault(learner, client, confirmed):
    for nonsense in ("", "{}", '{"id": "x"}', "null", '{"response": {"userHandle": "AAAA"}}', "[1]"):
        added = learner.post("/account/security/webauthn/add/", {"name": "x", "credential": nonsense})
        entered = client.post("/account/security/webauthn/login/", {"credential": nonsense})

        assert added.status_code == 200
        assertRedirects(entered, "/account/login/")

    assert not Authenticator.objects.exists()
    assert not signed_in(client)


ROOMS = ["/author/", "/track/", "/admin/"]
REQUIRED = {"none": [], "staff": ["staff"], "trainers": ["staff", "trainer"]}


@pytest.fixture
def people(db):
    return {
        "learner": make_user("Noor"),
        "trainer": make_user("Tom", is_trainer=True),
        "staff": make_user("Sam", is_staff=True, is_superuser=True, is_trainer=True),
    }


def test_an_unknown_value_of_the_setting_is_refused_at_start():
    with pytest.raises(ImproperlyConfigured, match="none, staff, trainers"):
        second_factor_required_of("everybody")


@pytest.mark.parametrize("whom", REQUIRED)
def test_the_setting_says_whose_rooms_are_shut_without_a_second_factor(people, settings, whom):
    settings.SECOND_FACTOR_REQUIRED_OF = second_factor_required_of(whom)

    shut = {
        role
        for role, person in people.items()
        if all(browser_of(person).get(room).headers.get("Location") == SECURITY for room in ROOMS)
    }

    assert shut == set(REQUIRED[whom])


def test_where_they_are_led_kind_words_say_why_and_what_a_learner_reads_stays_open(people, settings, theme):
    settings.SECOND_FACTOR_REQUIRED_OF = second_factor_required_of("trainers")
    tom = browser_of(people["trainer"])

    response = tom.get("/author/", follow=True)

    assertContains(response, "Nog één ding voordat je verdergaat.")
    assert tom.get(theme.get_absolute_url()).status_code == 200
    assert tom.get("/account/").status_code == 200


def test_a_deed_in_a_shut_room_is_not_done(people, settings):
    settings.SECOND_FACTOR_REQUIRED_OF = second_factor_required_of("trainers")
    tom = browser_of(people["trainer"])

    assertRedirects(tom.post("/author/create/", {"title": "Nieuw", "language": "nl"}), SECURITY)
    assert tom.post("/author/create/", headers={"HX-Request": "true"})["HX-Redirect"] == SECURITY


def test_with_a_second_factor_the_rooms_are_open(people, settings):
    settings.SECOND_FACTOR_REQUIRED_OF = second_factor_required_of("trainers")
    tom = browser_of(people["trainer"])

    activate_app(tom)

    assert tom.get("/author/").status_code == 200
    assertNotContains(tom.get(SECURITY), "Nog één ding")


def test_the_admin_has_no_door_of_its_own(client, people):
    response = client.post("/admin/login/", {"username": "sam@example.org", "password": PASSWORD})

    assert response.url.startswith("/account/login/")
    assert not signed_in(client)


def test_staff_take_away_what_somebody_lost_and_it_is_told_by_mail(people, learner, confirmed, key):
    sam = browser_of(people["staff"])
    assert Authenticator.objects.filter(user=confirmed).count() == 2

    sam.post(
        reverse("admin:accounts_user_changelist"),
        {"action": "take_away_second_factor", "_selected_action": [confirmed.pk]},
    )

    assert not Authenticator.objects.exists()
    assert mail.outbox[-1].to == [confirmed.email]
    assert mail.outbox[-1].subject == "Inloggen bij Stapwijs is weer eenvoudig gemaakt"


def test_recovery_codes_alone_are_no_second_factor(people, settings):
    settings.SECOND_FACTOR_REQUIRED_OF = second_factor_required_of("trainers")
    Authenticator.objects.create(user=people["trainer"], type="recovery_codes", data={"seed": "x", "used_mask": 0})

    assert second_factor.is_missing(people["trainer"])


def test_the_keeper_takes_it_away_by_command_when_nobody_can_enter_the_admin(client, confirmed, key, capsys):
    call_command("take_away_second_factor", "LEA@example.org")
    sign_in(client, confirmed)
    call_command("take_away_second_factor", "lea@example.org")

    assert signed_in(client)
    told, again = capsys.readouterr().out.splitlines()
    assert "signs in with a password or a code by mail again" in told
    assert "nothing was changed" in again


def test_the_command_says_when_it_knows_nobody(db):
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("take_away_second_factor", "nobody@example.org")
