"""From the front page to "Alle 4 stappen afgerond", with JavaScript and without it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, today, with_and_without_javascript

pytestmark = pytest.mark.browser

THEME = "/themes/cultuur-van-vertrouwen/"
TOPICS = ["Leider of manager?", "Persoonlijk leiderschap", "Volgen en begeleiden", "Leren als managementtool"]


def sign_in_by_the_form(page, email):
    page.goto("/")
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Inloggen").click()
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form").get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.get_by_role("link", name="Uitloggen")).to_be_visible()


def shows_progress(page, sentence, percentage):
    """The sentence, the bar and the percentage are three elements, none within another (rule 5)."""
    shown = page.get_by_role("region", name="Je voortgang")
    expect(shown.get_by_text(sentence, exact=True)).to_be_visible()
    expect(shown.get_by_text(percentage, exact=True)).to_be_visible()
    expect(shown.get_by_role("progressbar")).to_have_attribute("aria-valuetext", sentence)
    expect(shown.get_by_role("progressbar")).to_have_attribute("value", percentage.removesuffix(" %"))


@with_and_without_javascript
def test_a_learner_walks_the_whole_way(page, javascript, confirmed_lea, demo_theme):
    sign_in_by_the_form(page, confirmed_lea.email)
    page.get_by_role("link", name="Cultuur van vertrouwen").click()

    expect(page).to_have_url(re.compile(THEME + "$"))
    shows_progress(page, "0 van de 4 stappen afgerond", "0 %")
    expect(page.get_by_role("heading", name="4 onderwerpen")).to_be_visible()
    expect(page.locator(".step").get_by_text("Nog niet begonnen")).to_have_count(4)

    page.get_by_role("button", name="Begin").click()
    for number, title in enumerate(TOPICS, 1):
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(page.get_by_text(f"Onderwerp {number} van 4")).to_be_visible()
        page.get_by_role("button", name="Afronden en verder").click()

    expect(page).to_have_url(re.compile(THEME + "$"))
    expect(page.get_by_role("heading", name="Je bent er.")).to_be_visible()
    expect(page.get_by_text(f"Afgerond op {today()} (4 van de 4)", exact=True)).to_be_visible()
    shows_progress(page, "Alle 4 stappen afgerond", "100 %")
    expect(page.locator(".step").get_by_text("Afgerond", exact=True)).to_have_count(4)


def test_arriving_is_celebrated_once(reader, four_steps):
    for step in four_steps.steps.all():
        reader.goto(step.get_absolute_url())
        reader.get_by_role("button", name="Markeer als afgerond").click()
        expect(reader.get_by_text(f"Afgerond op {today()}").first).to_be_visible()
    expect(reader.get_by_role("heading", name="Je bent er.")).to_be_visible()

    reader.reload()

    expect(reader.get_by_role("heading", name="Je bent er.")).to_have_count(0)
    shows_progress(reader, "Alle 4 stappen afgerond", "100 %")


@with_and_without_javascript
def test_a_topic_is_completed_and_reopened_where_it_is_read(reader, javascript, four_steps):
    reader.goto("/themes/samen-leren/vragen/")

    reader.get_by_role("button", name="Markeer als afgerond").click()
    completion = reader.get_by_role("region", name="Dit onderwerp afronden")
    expect(completion.get_by_text(f"Afgerond op {today()}", exact=True)).to_be_visible()
    expect(completion.get_by_role("link", name="Volgende: Loslaten")).to_be_visible()
    reader.get_by_role("button", name="Toch nog niet afgerond").click()

    expect(completion.get_by_role("button", name="Markeer als afgerond")).to_be_visible()
    reader.goto("/themes/samen-leren/")
    shows_progress(reader, "0 van de 4 stappen afgerond", "0 %")


def test_the_steps_that_are_missing_are_named_and_linked_until_the_last(reader, four_steps):
    first, *others = four_steps.steps.all()
    reader.goto(others[-1].get_absolute_url())

    reader.get_by_role("button", name="Afronden en verder").click()

    expect(reader).to_have_url(re.compile("/themes/samen-leren/$"))
    missing = reader.locator(".missing")
    expect(missing).to_have_text("Nog open: Luisteren, Vragen, Loslaten")
    expect(missing.get_by_role("link", name=first.title)).to_have_attribute("href", first.get_absolute_url())
