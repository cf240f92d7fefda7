"""What staff may do to an account, and what only its owner may."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import User
from tests.accounts.conftest import PASSWORD, activate_app, long_ago, sign_in
from tests.conftest import make_user, signed_in

PEOPLE, ADD = "/admin/accounts/user/", "/admin/accounts/user/add/"
APPOINTED = {"name": "Lea", "language": "nl", "is_trainer": "on", "is_active": "on"}
CHOSEN = {"password1": "quite another sentence", "password2": "quite another sentence", "usable_password": "true"}


@pytest.fixture
def staff(db):
    """Sam's browser."""
    return signed_in(make_user("Sam", is_staff=True, is_superuser=True))


@pytest.fixture
def staff_later(staff):
    """The same, an hour after signing in."""
    long_ago(staff)
    return staff


def form_on(person):
    return reverse("admin:accounts_user_change", args=[person.pk])


def password_of(person):
    return reverse("admin:auth_user_password_change", args=[person.pk])


def prove(browser, page):
    return browser.post("/account/reauthenticate/", {"password": PASSWORD, "next": page})


def test_staff_appoint_a_trainer_but_leave_the_address_to_its_owner(lea, staff):
    staff.post(form_on(lea), {**APPOINTED, "email": "sam@elsewhere.example"})

    lea.refresh_from_db()
    assert lea.is_trainer
    assert lea.email == "lea@example.org"


@pytest.fixture
def partly(db):
    """The browser of Tess, who may look at people and change them, and no more."""
    tess = make_user("Tess", is_staff=True)
    tess.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user"]))
    return signed_in(tess)


def test_who_has_some_rights_appoints_trainers_and_gives_no_rights(lea, partly):
    tess = User.objects.get(name="Tess")

    partly.post(form_on(lea), {**APPOINTED, "is_superuser": "on", "is_staff": "on"})
    partly.post(form_on(tess), {**APPOINTED, "name": "Tess", "is_superuser": "on", "is_staff": "on"})

    lea.refresh_from_db()
    tess.refresh_from_db()
    assert (lea.is_trainer, lea.is_staff, lea.is_superuser) == (True, False, False)
    assert (tess.is_trainer, tess.is_staff, tess.is_superuser) == (True, True, False)


def test_who_has_some_rights_leaves_those_who_have_all_as_they_are(lea, partly):
    sam = make_user("Sam", is_staff=True, is_superuser=True)
    Authenticator.objects.create(user=sam, type=Authenticator.Type.TOTP, data={})

    answers = [partly.post(form_on(sam), {**APPOINTED, "name": "Sam"}), partly.post(password_of(sam), CHOSEN)]
    partly.post(PEOPLE, {"action": "take_away_second_factor", "_selected_action": [sam.pk]})

    sam.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403, 403]
    assert (sam.is_trainer, sam.check_password(PASSWORD), sam.authenticator_set.count()) == (False, True, 1)


def test_staff_change_their_own_password_where_everybody_does(staff):
    assert staff.get("/admin/password_change/").url == reverse("account_change_password")
    assert staff.post("/admin/password_change/", {"old_password": "a guess"}).status_code == 302


def test_a_password_that_staff_choose_signs_out_everywhere_and_is_told_by_mail(confirmed, staff):
    sign_in(browser := Client(), confirmed)

    staff.post(password_of(confirmed), CHOSEN)

    confirmed.refresh_from_db()
    assert confirmed.check_password("quite another sentence")
    assert browser.get("/account/").status_code == 302
    assert not confirmed.usersession_set.exists()
    assert mail.outbox[-1].to == [confirmed.email]


def test_a_password_that_the_admin_refuses_is_told_to_nobody(confirmed, staff):
    sign_in(browser := Client(), confirmed)

    staff.post(password_of(confirmed), {**CHOSEN, "usable_password": "false"})

    assert browser.get("/account/").status_code == 200
    assert not mail.outbox


@pytest.mark.parametrize("page_of", [lambda lea: ADD, form_on, password_of], ids=["add", "change", "password"])
def test_after_a_while_staff_prove_who_they_are_before_they_see_a_form_and_then_see_it(page_of, lea, staff_later):
    page = page_of(lea)

    asked = staff_later.get(page)

    assertRedirects(asked, f"/account/reauthenticate/?next={page.replace('/', '%2F')}")
    assertRedirects(prove(staff_later, page), page)


def test_looking_at_the_list_is_free(lea, staff_later):
    assertContains(staff_later.get(PEOPLE, {"q": "lea"}), "lea@example.org")


def test_an_appointment_waits_for_the_proof_and_is_then_made(lea, staff_later):
    staff_later.post(form_on(lea) + "?_changelist_filters=q%3Dlea", APPOINTED)
    lea.refresh_from_db()
    assert not lea.is_trainer

    response = prove(staff_later, form_on(lea))

    assertRedirects(response, PEOPLE)
    lea.refresh_from_db()
    assert lea.is_trainer


def test_a_second_factor_is_taken_away_only_after_the_proof(learner, confirmed, staff_later):
    activate_app(learner)
    taking = {"action": "take_away_second_factor", "_selected_action": [confirmed.pk]}

    staff_later.post(f"{PEOPLE}?q=lea", taking)
    assert confirmed.authenticator_set.exists()
    prove(staff_later, PEOPLE)

    assert not confirmed.authenticator_set.exists()


def test_what_was_typed_of_somebody_new_comes_back_but_their_password_is_not_kept(staff_later):
    new = {"email": "noor@example.org", "name": "Noor", **CHOSEN}
    asked = staff_later.post(ADD, new)
    assert "quite another sentence" not in str(staff_later.session.items())
    assertContains(staff_later.get(asked.url), '<li class="info">')

    back = prove(staff_later, ADD)

    assertContains(back, 'value="noor@example.org"')
    assertContains(back, f'action="{ADD}"')
    staff_later.post(ADD, new)
    assert User.objects.get(name="Noor").check_password("quite another sentence")


def test_a_password_that_staff_choose_waits_for_the_proof(lea, staff_later):
    staff_later.post(password_of(lea), CHOSEN)

    back = prove(staff_later, password_of(lea))

    assertContains(back, f'action="{password_of(lea)}"')
    lea.refresh_from_db()
    assert lea.check_password(PASSWORD)
