"""The pages under /account/data/: who gets in, what they say, and what pressing does."""

import io
import re
import time
import zipfile

import pytest
from allauth.core.context import request_context
from django.contrib.sessions.models import Session
from django.test import RequestFactory
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import User
from accounts.personal import retention
from accounts.personal.erasing import erase
from accounts.sessions import SIGNED_IN_AT
from accounts.views import erase_account_now
from courses.models import Look, Note
from tests.accounts.conftest import PASSWORD
from tests.conftest import begin, signed_in
from tests.models.acts import complete, steps_of
from tests.tracking.conftest import make_group, membership_of

PROVEN = ["/account/data/download/", "/account/data/download/file/", "/account/data/erase/"]
ERASE = "/account/data/erase/now/"


@pytest.fixture
def open_screen(lea):
    """Lea's browser, an hour after she signed in."""
    browser = signed_in(lea)
    session = browser.session
    session[SIGNED_IN_AT] = time.time() - 3600
    session.save()
    return browser


@pytest.fixture
def english(lea):
    lea.language = "en"
    lea.save()
    return signed_in(lea)


@pytest.mark.parametrize("address", PROVEN)
def test_who_walked_up_to_an_open_screen_gets_no_further(address, open_screen):
    response = open_screen.get(address)

    assertRedirects(response, f"/account/reauthenticate/?next={address}", fetch_redirect_response=False)


def test_who_walked_up_to_an_open_screen_erases_nobody(open_screen, lea):
    response = open_screen.post(ERASE, {"understood": "on"})

    assert response.url.startswith("/account/reauthenticate/")
    assert User.objects.filter(pk=lea.pk).exists()


def test_after_the_password_the_page_comes(open_screen):
    open_screen.get("/account/data/erase/")

    response = open_screen.post("/account/reauthenticate/?next=/account/data/erase/", {"password": PASSWORD})

    assertRedirects(response, "/account/data/erase/")


def test_the_download_is_a_file_that_no_cache_keeps(lea, theme):
    complete(begin(lea, theme), *steps_of(theme))

    response = signed_in(lea).get("/account/data/download/file/")

    assert response.headers["Cache-Control"] == "private, no-store"
    assert re.fullmatch(r'attachment; filename="\d{4}-\d\d-\d\d\.zip"', response.headers["Content-Disposition"])
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        assert {"index.html", "data.json", "courses.progress.html"} <= set(archive.namelist())
    response.close()


def test_the_page_before_says_what_is_in_it(english, lea, theme):
    complete(begin(lea, theme), *steps_of(theme))

    assertContains(english.get("/account/data/download/"), "Your progress in each topic")


def test_erasing_signs_out_everywhere_and_says_goodbye(lea):
    elsewhere, here = signed_in(lea), signed_in(lea)

    response = here.post(ERASE, {"understood": "on"}, follow=True)

    assert response.redirect_chain == [("/account/goodbye/", 303)]
    assert not User.objects.exists()
    assert not Session.objects.exists()
    assert elsewhere.get("/account/").url.startswith("/account/login/")


def test_a_second_click_just_behind_the_first_says_goodbye_too(lea):
    """It was let in when there still was an account."""
    request = RequestFactory().post(ERASE, {"understood": "on"})
    request.user, request.session = lea, signed_in(lea).session
    assert SIGNED_IN_AT in request.session  # read by now
    erase(lea)

    with request_context(request):
        response = erase_account_now(request)

    assert (response.status_code, response.url) == (303, "/account/goodbye/")


def test_without_the_tick_nothing_is_erased(english):
    response = english.post(ERASE, {})

    assertContains(response, "Tick this to erase your account. Nothing has been erased yet.", status_code=400)
    assert User.objects.exists()


def test_a_trainer_alone_with_a_group_is_told_what_to_do_and_not_asked(tom, lea):
    tom.language = "en"
    tom.save()
    group = make_group(lea, trainers=[tom])
    browser = signed_in(tom)

    page, pressed = browser.get("/account/data/erase/"), browser.post(ERASE, {"understood": "on"})

    assertContains(page, f"Nobody else guides “{group.name}”.")
    assertContains(page, f"/track/groups/{group.public_id}/settings/")
    assert ERASE not in page.content.decode()
    assert pressed.status_code == 400
    assert User.objects.filter(pk=tom.pk).exists()


def test_the_page_says_what_stays_of_who_asks_and_why(tom, theme):
    tom.language = "en"
    tom.save()
    step = theme.steps.first()
    step.topic.write(title="Van Tom", html="<p>Tekst.</p>", author=tom)

    page = signed_in(tom).get("/account/data/erase/")

    assertContains(page, "Articles stay, for those who follow them; nothing says any more who wrote them.")


def test_a_learner_is_not_told_of_articles(english):
    assert "Articles stay" not in english.get("/account/data/erase/").content.decode()


def test_one_page_gathers_what_others_see(english, lea, tom, theme):
    group = make_group(lea, themes=[theme], trainers=[tom])
    Note.objects.create(membership=membership_of(lea, group), author=tom, text="Vraagt veel.")
    Look.objects.note(tom, group, Look.Kind.LEARNER, lea)

    page = english.get("/account/data/seen/")

    for words in (group.name, "Your trainers keep notes about you.", "Tom", "your progress per topic"):
        assertContains(page, words)
    assert "Vraagt veel" not in page.content.decode()


def test_who_is_in_no_group_is_seen_by_nobody(english):
    assertContains(english.get("/account/data/seen/"), "nobody but you sees what you read and completed")


@pytest.mark.parametrize("groups", [1, 3])
def test_the_page_costs_little_more_for_more_groups(groups, learner, lea, tom, django_assert_max_num_queries):
    for _number in range(groups):
        make_group(lea, trainers=[tom])

    with django_assert_max_num_queries(10 + groups):
        learner.get("/account/data/seen/")


def test_the_overview_tells_how_long_things_are_kept(english):
    page = english.get("/account/data/")

    for period in retention.periods():
        assertContains(page, period.why)


def test_staff_delete_nobody_behind_the_registry(lea):
    sam = User.objects.create_superuser("sam@example.org", "x")
    browser = signed_in(sam)

    one = browser.post(f"/admin/accounts/user/{lea.pk}/delete/", {"post": "yes"})
    many = {"action": "delete_selected", "_selected_action": [lea.pk], "post": "yes"}
    browser.post("/admin/accounts/user/", many)

    assert one.status_code == 403
    assert User.objects.filter(pk=lea.pk).exists()


def test_staff_can_still_switch_an_account_off(lea):
    sam = User.objects.create_superuser("sam@example.org", "x")
    fields = {"email": lea.email, "name": "Lea", "language": "nl"}

    signed_in(sam).post(f"/admin/accounts/user/{lea.pk}/change/", fields)

    lea.refresh_from_db()
    assert not lea.is_active
