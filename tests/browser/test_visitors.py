"""Somebody without an account reads, and does not lose what they did by signing in."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from accounts.models import User
from courses.models import ProgressEvent
from tests.browser.conftest import PASSWORD, today, without_javascript

pytestmark = pytest.mark.browser

TOPIC = "/themes/samen-leren/vragen/"


@pytest.fixture
def visitor(page, four_steps):
    """On the way from the front page: has read a topic, and says so."""
    page.goto("/")
    page.get_by_role("link", name="Samen leren").click()
    page.get_by_role("link", name="Vragen").click()
    page.get_by_role("button", name="Markeer als afgerond").click()
    expect(page).to_have_url(re.compile(r"/account/login/\?next="))
    expect(page.get_by_role("status")).to_contain_text("Daarna is ‘Vragen’ afgerond.")
    return page


def submit(page):
    page.locator("main form.panel button").first.click()


def enter_mailed_code(page):
    """Type the code of the latest mail, as the person who got it would."""
    expect(page.locator("[name=code]")).to_be_visible()
    code = re.search(r"^[A-Z0-9]{3,}(-[A-Z0-9]{3,})*$", mail.outbox[-1].body, re.MULTILINE)
    page.locator("[name=code]").fill(code.group())
    submit(page)


def is_back_with_the_deed_done(page, email):
    expect(page).to_have_url(re.compile(TOPIC + "$"))
    expect(page.get_by_role("status")).to_contain_text("‘Vragen’ is afgerond.")
    expect(page.locator("#completion")).to_contain_text(f"Afgerond op {today()}")
    event = ProgressEvent.objects.get(kind=ProgressEvent.Kind.COMPLETED)
    assert event.participation.learner == User.objects.get(email=email)


@without_javascript
def test_a_visitor_who_creates_an_account_comes_back_with_the_deed_done(visitor):
    visitor.locator("main").get_by_role("link", name="Account maken").click()
    visitor.locator("[name=name]").fill("Noor")
    visitor.locator("[name=email]").fill("noor@example.org")
    visitor.locator("[name=password1]").fill("negen blauwe fietsen")
    submit(visitor)
    enter_mailed_code(visitor)

    is_back_with_the_deed_done(visitor, "noor@example.org")
    expect(visitor.get_by_role("link", name="Noor")).to_be_visible()


def test_a_visitor_who_signs_in_by_password_comes_back_with_the_deed_done(visitor, confirmed_lea):
    visitor.locator("[name=login]").fill(confirmed_lea.email)
    visitor.locator("[name=password]").fill(PASSWORD)
    submit(visitor)

    is_back_with_the_deed_done(visitor, confirmed_lea.email)


def test_a_visitor_who_signs_in_by_mailed_code_comes_back_with_the_deed_done(visitor, confirmed_lea):
    visitor.locator("main a[href*='/account/login/code/']").click()
    visitor.locator("[name=email]").fill(confirmed_lea.email)
    submit(visitor)
    enter_mailed_code(visitor)

    is_back_with_the_deed_done(visitor, confirmed_lea.email)


def test_a_visitor_who_mistypes_the_password_first_still_comes_back_with_the_deed_done(visitor, confirmed_lea):
    visitor.locator("[name=login]").fill(confirmed_lea.email)
    visitor.locator("[name=password]").fill("een ander wachtwoord")
    submit(visitor)
    expect(visitor.locator(".errorlist")).to_be_focused()

    visitor.locator("[name=password]").fill(PASSWORD)
    submit(visitor)

    is_back_with_the_deed_done(visitor, confirmed_lea.email)


def test_a_visitor_may_read_every_topic_of_an_open_theme(page, four_steps):
    page.goto("/themes/samen-leren/")
    page.get_by_role("link", name="Begin").click()

    for title in ["Luisteren", "Vragen", "Loslaten"]:
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        page.get_by_role("link", name="Volgend onderwerp").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Oefenen")
    assert not ProgressEvent.objects.exists()


def test_what_needs_an_account_asks_to_sign_in_and_comes_back(page, confirmed_lea, four_steps):
    page.goto("/account/")
    page.locator("[name=login]").fill(confirmed_lea.email)
    page.locator("[name=password]").fill(PASSWORD)

    submit(page)

    expect(page).to_have_url(re.compile("/account/$"))
