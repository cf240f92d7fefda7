"""Two trainers on one topic: the second is told at once, and neither writes over the other."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.writing import (
    html_of,
    is_saved,
    make_trainer,
    offer,
    sit_down,
    text_of,
    trouble,
    write,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def tess_page(browser, browser_context_args, base_url, page):
    """Tess opens the topic while Tom has it open."""
    context = browser.new_context(**{**browser_context_args, "base_url": base_url})
    yield sit_down(context, base_url, make_trainer("Tess"))
    context.close()


def test_the_second_trainer_is_told_at_once_and_the_first_soon(page, tess_page):
    expect(tess_page.get_by_text("Tom is writing in this topic too.").first).to_be_visible()

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(page.get_by_text("Tess is writing in this topic too.").first).to_be_visible()


def test_a_page_where_nothing_was_typed_hears_of_a_new_text(page, tess_page, topic):
    write(tess_page, " Van Tess.")
    is_saved(tess_page)

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(trouble(page)).to_contain_text("Tess changed this topic in the meantime too")
    page.get_by_role("link", name="Show the new text").click()
    expect(text_of(page)).to_contain_text("Van Tess.")


def conflict(page, tess_page):
    """Tess changes the first paragraph and adds a last one; Tom, who does not know, changes the first too."""
    write(tess_page, " Zegt Tess.")
    tess_page.keyboard.press("Enter")
    tess_page.keyboard.type("Een alinea van Tess.")
    is_saved(tess_page)
    write(page, " Zegt Tom.")
    expect(trouble(page)).to_contain_text("Tess changed this topic in the meantime too. Choose what stays.")
    page.get_by_role("button", name="Look at both texts").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose what stays")


def test_of_two_texts_one_chooses_by_paragraph(page, tess_page, topic):
    conflict(page, tess_page)
    assert "Zegt Tom" not in html_of(topic)
    first, last = page.get_by_role("group", name=re.compile("^Paragraph")).all()
    expect(first.get_by_label("Your text")).to_be_checked()
    expect(last.get_by_label("Text of Tess")).to_be_checked()

    first.get_by_label("Both, one below the other").check()
    page.get_by_role("button", name="Save what I chose").click()

    expect(text_of(page)).to_contain_text("Een alinea van Tess.")
    assert html_of(topic) == (
        "<p>Wie luistert, hoort meer. Zegt Tess.</p>\n"
        "<p>Wie luistert, hoort meer. Zegt Tom.</p>\n"
        "<p>Een alinea van Tess.</p>"
    )
    expect(offer(page)).to_have_count(0)


@pytest.mark.parametrize(
    ("button", "html"),
    [
        ("All of my text", "<p>Wie luistert, hoort meer. Zegt Tom.</p>"),
        (
            "All of the text of Tess",
            "<p>Wie luistert, hoort meer. Zegt Tess.</p>\n<p>Een alinea van Tess.</p>",
        ),
    ],
)
def test_of_two_texts_one_is_taken_whole(page, tess_page, topic, button, html):
    conflict(page, tess_page)

    page.get_by_role("button", name=button).click()

    text_of(page).wait_for()
    assert html_of(topic) == html


def test_a_third_text_while_choosing_is_shown_too(page, tess_page, topic):
    conflict(page, tess_page)
    write(tess_page, " En nog iets.")
    is_saved(tess_page)

    page.get_by_role("button", name="Save what I chose").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Choose what stays")
    expect(page.get_by_text("En nog iets.")).to_be_visible()
    expect(page.locator("ins", has_text="Tom")).to_be_visible()
    page.get_by_role("button", name="Save what I chose").click()
    text_of(page).wait_for()
    assert "Zegt Tom." in html_of(topic)
    assert "En nog iets." in html_of(topic)


def test_who_walks_away_from_a_conflict_finds_the_text_again(page, tess_page, topic):
    conflict(page, tess_page)

    page.get_by_role("link", name="Back to writing").click()

    expect(text_of(page)).to_contain_text("Zegt Tess.")
    offer(page).get_by_role("button", name="Restore what you typed").click()
    expect(trouble(page)).to_contain_text("Choose what stays")
    assert "Zegt Tom" not in html_of(topic)
