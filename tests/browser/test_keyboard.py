"""The whole way without a mouse, and always knowing where one is."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, today

pytestmark = [pytest.mark.browser, pytest.mark.browser_context_args(reduced_motion="reduce")]

MANY = 60
"""No page has so many stops."""

FOCUS = """
() => {
    const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
    const name = here.labels?.[0]?.innerText || here.innerText || here.getAttribute("aria-label") || "";
    const x = box.left + Math.min(box.width, 20) / 2, y = box.top + Math.min(box.height, 20) / 2;
    const seen = document.elementFromPoint(x, y);
    return {
        name: name.replace(/\\s+/g, " ").trim(),
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        seen: box.width > 0 && box.height > 0 && (here.contains(seen) || seen?.contains(here)),
    };
}
"""


def stops(page):
    """Press Tab over and over; every stop must be seen and outlined."""
    for _stop in range(MANY):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        assert stop["outlined"], f"no outline on {stop}"
        assert stop["seen"], f"out of sight: {stop}"
        yield stop["name"]


def tab_to(page, name):
    for stop in stops(page):
        if stop.startswith(name):
            return
    pytest.fail(f"the keyboard never reaches {name!r}")


def press(page, name):
    tab_to(page, name)
    page.keyboard.press("Enter")


def heading(page):
    return page.get_by_role("heading", level=1)


@pytest.mark.parametrize("width", [1280, 320])
def test_from_the_front_page_to_a_completed_topic_by_keyboard(page, width, confirmed_lea, four_steps):
    page.set_viewport_size({"width": width, "height": 700})
    page.goto("/")

    press(page, "Inloggen")
    expect(page).to_have_url(re.compile("/account/login/"))
    tab_to(page, "E-mailadres")
    page.keyboard.type(confirmed_lea.email)
    tab_to(page, "Wachtwoord")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Uitloggen")).to_be_visible()
    press(page, "Samen leren")
    expect(heading(page)).to_have_text("Samen leren")
    press(page, "Begin")
    expect(heading(page)).to_have_text("Luisteren")
    press(page, "Markeer als afgerond")

    expect(page.locator(".completion-state")).to_have_text(f"Afgerond op {today()}")
    expect(page.locator(".completion-state")).to_be_focused()
    expect(page.locator(".htmx-added")).to_have_count(0)  # only then htmx leaves the focus alone
    press(page, "Volgende: Vragen")
    expect(heading(page)).to_have_text("Vragen")


def test_the_first_stop_skips_to_the_content(reader, four_steps):
    reader.goto("/themes/samen-leren/luisteren/")
    link = reader.get_by_role("link", name="Naar de inhoud")
    expect(link).not_to_be_in_viewport()

    reader.keyboard.press("Tab")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    reader.keyboard.press("Enter")

    expect(reader.locator("#main")).to_be_focused()
    assert next(stops(reader)) == "Samen leren"


def test_the_folded_topics_of_a_phone_open_by_keyboard(reader, four_steps):
    reader.set_viewport_size({"width": 320, "height": 700})
    reader.goto("/themes/samen-leren/luisteren/")
    topics = reader.locator(".theme-nav-topics")
    expect(topics.get_by_role("link", name="Vragen")).to_be_hidden()

    press(reader, "4 onderwerpen")

    expect(topics.get_by_role("link", name="Vragen")).to_be_visible()
    press(reader, "Vragen")
    expect(heading(reader)).to_have_text("Vragen")


def test_beside_the_article_the_topics_are_in_sight_and_within_reach(reader, four_steps):
    reader.set_viewport_size({"width": 1280, "height": 700})
    reader.goto("/themes/samen-leren/luisteren/")
    expect(reader.locator(".theme-nav-topics").get_by_role("link", name="Vragen")).to_be_visible()

    press(reader, "Vragen")

    expect(heading(reader)).to_have_text("Vragen")


def test_every_stop_on_a_page_can_be_seen(reader, demo_theme):
    for address in ["/", demo_theme.get_absolute_url(), "/account/", "/account/password/change/"]:
        reader.goto(address)

        names = stops_until(reader, "Zoals mijn systeem")

        assert names[:2] == ["Naar de inhoud", "Stapwijs"]


def stops_until(page, last):
    names = []
    for name in stops(page):
        names.append(name)
        if name == last:
            return names
    return pytest.fail(f"the keyboard never reaches {last!r}: {names}")


def test_the_appearance_is_switched_by_keyboard(page):
    page.goto("/")

    press(page, "Donker")

    expect(page.locator("html")).to_have_attribute("data-appearance", "dark")
