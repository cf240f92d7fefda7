"""Language and appearance: chosen at the foot of the page, and the page stays."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests.browser.conftest import with_and_without_javascript, without_javascript

pytestmark = pytest.mark.browser

DUTCH = "/themes/cultuur-van-vertrouwen/leider-of-manager/"
ENGLISH = "/themes/giving-feedback/say-what-you-saw/"
PAPER = "getComputedStyle(document.body).backgroundColor"
LIGHT_PAPER, DARK_PAPER = "rgb(251, 247, 241)", "rgb(27, 24, 22)"


@pytest.fixture
def english_theme(db):
    call_command("import_theme", "courses/demo/giving-feedback", verbosity=0)


def speaks(page, language):
    expect(page.locator("html")).to_have_attribute("lang", language)


@with_and_without_javascript
def test_a_visitor_switches_the_language_and_stays_on_the_page(page, javascript, demo_theme):
    page.goto(DUTCH + "?from=mail")
    speaks(page, "nl")

    page.get_by_role("button", name="English").click()

    expect(page).to_have_url(re.compile(re.escape(DUTCH + "?from=mail") + "$"))
    speaks(page, "en")
    expect(page.get_by_role("button", name="Mark as completed")).to_be_visible()
    expect(page.get_by_role("button", name="English")).to_have_attribute("aria-pressed", "true")
    page.goto("/")
    speaks(page, "en")


def test_a_learner_takes_the_language_along_to_another_browser(reader, lea, demo_theme):
    reader.goto(DUTCH)

    reader.get_by_role("button", name="English").click()

    expect(reader.get_by_role("button", name="Complete and continue")).to_be_visible()
    speaks(reader, "en")
    lea.refresh_from_db()
    assert lea.language == "en"


@pytest.mark.browser_context_args(locale="en-GB")
def test_a_browser_that_asks_for_english_gets_it(page, db):
    page.goto("/")

    speaks(page, "en")


def test_an_english_theme_is_marked_as_english_whatever_the_page_speaks(page, english_theme, subtests):
    for language, code in [("Nederlands", "nl"), ("English", "en")]:
        with subtests.test(language):
            page.goto(ENGLISH)
            page.get_by_role("button", name=language).click()

            speaks(page, code)
            expect(page.get_by_role("heading", level=1)).to_have_attribute("lang", "en")
            expect(page.locator(".prose")).to_have_attribute("lang", "en")
            page.goto("/themes/giving-feedback/")
            expect(page.get_by_role("heading", level=1)).to_have_attribute("lang", "en")
            expect(page.locator(".theme-introduction")).to_have_attribute("lang", "en")


def test_themes_of_two_languages_stand_side_by_side(page, demo_theme, english_theme):
    page.goto("/")

    titles = page.locator(".theme-card h3")

    assert {title.inner_text(): title.get_attribute("lang") for title in titles.all()} == {
        "Cultuur van vertrouwen": "nl",
        "Feedback people can use": "en",
    }


@with_and_without_javascript
@pytest.mark.parametrize(("choice", "paper"), [("Licht", LIGHT_PAPER), ("Donker", DARK_PAPER)])
def test_the_appearance_is_chosen_and_the_page_stays(page, javascript, choice, paper, theme):
    page.emulate_media(color_scheme="dark" if choice == "Licht" else "light")
    page.goto(theme.get_absolute_url())

    page.get_by_role("button", name=choice).click()

    expect(page).to_have_url(re.compile(theme.get_absolute_url() + "$"))
    expect(page.get_by_role("button", name=choice)).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(PAPER) == paper
    page.goto("/")
    assert page.evaluate(PAPER) == paper


@without_javascript
@pytest.mark.parametrize(("system", "paper"), [("light", LIGHT_PAPER), ("dark", DARK_PAPER)])
def test_the_appearance_goes_back_to_that_of_the_system(page, system, paper, theme):
    page.emulate_media(color_scheme=system)
    page.goto(theme.get_absolute_url())
    page.get_by_role("button", name="Donker" if system == "light" else "Licht").click()

    page.get_by_role("button", name="Zoals mijn systeem").click()

    expect(page.get_by_role("button", name="Zoals mijn systeem")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(PAPER) == paper
