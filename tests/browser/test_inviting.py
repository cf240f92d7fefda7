"""From pasted addresses to a learner who begins; and what a link with one place does."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from playwright.sync_api import expect

from courses.models import Invitation, Membership
from tests.browser.conftest import enter, make_named_theme
from tests.tracking.conftest import make_group

pytestmark = [pytest.mark.browser, pytest.mark.browser_context_args(locale="en-GB", reduced_motion="reduce")]

PHONE = {"width": 390, "height": 844}
PASTED = "Naam\tE-mail\nNoor\tnoor@example.org\nLars\tlars@@example.org\nNoor\tNOOR@example.org"


@pytest.fixture
def theme(db):
    return make_named_theme("Samen leren", ["Luisteren", "Vragen"], access="group")


@pytest.fixture
def group(theme, tom):
    return make_group(themes=[theme], trainers=[tom])


def newcomer(browser, base_url, javascript=True):
    """The phone of somebody who was never here."""
    context = browser.new_context(
        base_url=base_url, viewport=PHONE, locale="en-GB", java_script_enabled=javascript, reduced_motion="reduce"
    )
    return context.new_page()


def code_in_mail():
    return re.search(r"^([A-Z0-9-]{6,})$", mail.outbox[-1].body, re.MULTILINE)[1]


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def identify(page, address, *, email=None):
    page.goto(address)
    assert fits(page)
    page.get_by_label("Name").fill("Noor")
    if email:
        page.get_by_label("Email address").fill(email)
    press(page, "Email me a code")
    page.get_by_label("Code").fill(code_in_mail())
    press(page, "Sign in")
    expect(page.get_by_role("button", name="Accept the invitation")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_from_pasted_addresses_to_a_learner_who_begins(javascript, context, base_url, browser, tom, group, theme):
    enter(context, base_url, tom, "en")
    page = context.new_page()
    page.goto(group.get_absolute_url())
    page.get_by_role("link", name="Invite people").first.click()
    page.get_by_label("Names and email addresses").fill(PASTED)
    press(page, "See who these are")
    expect(page.get_by_text("1 line was not understood")).to_be_visible()
    expect(page.get_by_text("Did you mean lars@example.org?")).to_be_visible()
    press(page, "Invite 1 person")
    expect(page.get_by_role("status")).to_contain_text("One invitation is on its way.")

    phone = newcomer(browser, base_url, javascript)
    identify(phone, f"/join/{Invitation.objects.get().token}/")
    press(phone, "Accept the invitation")
    expect(phone.get_by_role("heading", name="Your groups")).to_be_visible()
    assert fits(phone)
    phone.get_by_role("link", name="Samen leren").click()
    press(phone, "Begin")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Luisteren")

    assert Membership.objects.get().learner.email == "noor@example.org"
    page.reload()
    page.goto(group.get_absolute_url())
    expect(page.get_by_text("0 of 1 learner completed this theme")).to_be_visible()


def test_a_link_with_one_place_lets_one_person_in(context, base_url, browser, tom, group):
    enter(context, base_url, tom, "en")
    page = context.new_page()
    page.goto(f"{group.get_absolute_url()}invite/")
    page.get_by_label("For how many people at most").fill("1")
    press(page, "Make a link")
    link = urlsplit(page.get_by_label(re.compile("^Link, valid until")).input_value()).path
    first, second = newcomer(browser, base_url), newcomer(browser, base_url)
    identify(first, link, email="noor@example.org")
    identify(second, link, email="tess@example.org")

    press(first, "Accept the invitation")
    expect(first.get_by_role("status")).to_contain_text("You are in “Teamleiders” now.")
    press(second, "Accept the invitation")

    expect(second.get_by_role("heading", level=1)).to_have_text("You cannot join by this invitation")
    expect(second.get_by_text("All places of this invitation are taken.")).to_be_visible()
    assert fits(second)
    assert Membership.objects.count() == 1
    page.reload()
    expect(page.get_by_text("1 of 1 place taken")).to_be_visible()
