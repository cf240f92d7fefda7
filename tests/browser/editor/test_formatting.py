"""The editor in which a topic is written."""

import pytest
from playwright.sync_api import expect

from tests.browser.writing import (
    html_of,
    is_saved,
    press,
    start_over,
    text_of,
    write,
)

pytestmark = pytest.mark.browser


def focused(page):
    """What the thing that has the focus is called."""
    return page.evaluate("(({ ariaLabel, textContent }) => ariaLabel || textContent.trim())(document.activeElement)")


# Formatting


def test_what_is_typed_is_saved_by_itself(page, topic):
    write(page, " En wie vraagt, nog meer.")

    is_saved(page)
    assert html_of(topic) == "<p>Wie luistert, hoort meer. En wie vraagt, nog meer.</p>"


BUTTONS = {
    "Heading": "<h2>Wie luistert, hoort meer.</h2>",
    "Subheading": "<h3>Wie luistert, hoort meer.</h3>",
    "Bold": "<p><strong>Wie luistert, hoort meer.</strong></p>",
    "Struck out": "<p><s>Wie luistert, hoort meer.</s></p>",
    "List": "<ul><li>Wie luistert, hoort meer.</li></ul>",
    "Numbered list": "<ol><li>Wie luistert, hoort meer.</li></ol>",
    "Quotation": "<blockquote><p>Wie luistert, hoort meer.</p></blockquote>",
    "Box": '<aside data-callout="tip"><p>Wie luistert, hoort meer.</p></aside>',
}


def test_a_button_formats_what_is_selected(page, topic, subtests):
    for button, html in BUTTONS.items():
        with subtests.test(button):
            start_over(page, topic)
            text_of(page).click()
            page.keyboard.press("Control+a")

            press(page, button)

            expect(page.get_by_role("button", name=button, exact=True)).to_have_attribute("aria-pressed", "true")
            is_saved(page)
            assert html_of(topic) == html


def test_what_a_button_did_is_undone_and_done_again(page, topic):
    text_of(page).click()
    press(page, "Heading")

    page.keyboard.press("Control+z")
    expect(text_of(page).locator("h2")).to_have_count(0)
    page.keyboard.press("Control+y")

    expect(text_of(page).locator("h2")).to_have_count(1)


def test_a_list_is_typed_deepened_and_left_by_keyboard(page, topic):
    write(page, "")
    page.keyboard.press("Enter")
    page.keyboard.type("- Een")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+]")
    page.keyboard.type("Dieper")
    for _time in range(3):
        page.keyboard.press("Enter")
    page.keyboard.type("Daarna")

    is_saved(page)
    assert html_of(topic) == (
        "<p>Wie luistert, hoort meer.</p>\n<ul><li>Een<ul><li>Dieper</li></ul></li></ul>\n<p>Daarna</p>"
    )


# Links


def test_a_link_is_made_by_keyboard(page, topic):
    write(page, "")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Link")).to_be_visible()

    page.keyboard.type("voorbeeld.nl/luisteren")
    page.keyboard.press("Enter")

    expect(text_of(page)).to_be_focused()
    is_saved(page)
    assert html_of(topic) == '<p><a href="https://voorbeeld.nl/luisteren">Wie luistert, hoort meer.</a></p>'


def test_what_is_no_address_makes_no_link(page, subtests):
    for address in ["javascript:alert(1)", "data:text/html,x", "zomaar iets", ""]:
        with subtests.test(address):
            write(page, "")
            page.keyboard.press("Control+k")
            dialog = page.get_by_role("dialog", name="Link")
            expect(dialog.get_by_role("alert")).to_be_hidden()

            dialog.get_by_label("Address").fill(address)
            dialog.get_by_role("button", name="Insert link").click()

            expect(dialog.get_by_role("alert")).to_be_visible()
            page.keyboard.press("Escape")
            expect(dialog).to_be_hidden()
            expect(text_of(page).locator("a")).to_have_count(0)


def test_a_link_is_changed_and_removed(page, topic):
    write(page, " ")
    page.keyboard.press("Control+k")
    page.keyboard.type("tom@example.org")
    page.get_by_label("Text of the link").fill("Vraag het Tom")
    page.get_by_role("button", name="Insert link").click()
    expect(text_of(page).locator("a")).to_have_attribute("href", "mailto:tom@example.org")

    text_of(page).locator("a").click()
    page.keyboard.press("Control+k")
    page.get_by_role("button", name="Remove link").click()

    expect(text_of(page).locator("a")).to_have_count(0)
    expect(text_of(page)).to_contain_text("Vraag het Tom")


# Tables, boxes, videos


def test_a_table_is_made_and_filled_by_keyboard_alone(page, topic):
    write(page, "")
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+F10")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "Table"
    page.keyboard.press("Enter")
    expect(page.locator(".ProseMirror")).to_be_focused()
    for word in ("Wie", "Wat", "Wanneer"):
        page.keyboard.type(word)
        page.keyboard.press("ArrowRight")
    page.keyboard.type("Lea")
    page.keyboard.press("Alt+F10")
    go_to(page, "Remove row")
    page.keyboard.press("Enter")

    is_saved(page)
    assert html_of(topic).endswith(
        "<table><thead><tr><th>Wie</th><th>Wat</th><th>Wanneer</th></tr></thead>"
        "<tbody><tr><td></td><td></td><td></td></tr></tbody></table>"
    )


def go_to(page, button):
    """Press the right arrow until a button of the toolbar has the focus."""
    for _press in range(40):
        if focused(page) == button:
            return
        page.keyboard.press("ArrowRight")
    pytest.fail(f"the arrow keys never reach {button}")


def test_a_table_grows_and_gets_a_header_column_and_a_caption(page, topic):
    write(page, "")
    press(page, "Table")
    page.keyboard.type("A")
    press(page, "Column after")
    press(page, "Row below")
    press(page, "Header column")
    press(page, "Caption…")
    page.keyboard.type("Wie doet wat")
    page.keyboard.press("Enter")

    table = text_of(page).locator("table")
    expect(table.locator("caption")).to_have_text("Wie doet wat")
    is_saved(page)
    html = html_of(topic)
    assert "<caption>Wie doet wat</caption><thead><tr><th>A</th>" in html
    assert html.count("<tr>") == 4
    assert html.count("<tr><th></th><td></td><td></td><td></td></tr>") == 3

    press(page, "Remove table")
    expect(table).to_have_count(0)


def test_a_box_has_a_kind(page, topic):
    write(page, "")
    press(page, "Box")

    press(page, "Warning")

    is_saved(page)
    assert html_of(topic) == '<aside data-callout="warning"><p>Wie luistert, hoort meer.</p></aside>'


def test_a_video_is_its_provider_and_its_number(page, topic):
    write(page, "")
    press(page, "Video")
    dialog = page.get_by_role("dialog", name="Video")
    dialog.get_by_label("Address of the video").fill("https://elders.example/film")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.get_by_label("Address of the video").fill("https://youtu.be/abcdefghijk?t=3")
    dialog.get_by_label("What the video is about").fill("Luisteren in het kort")

    page.keyboard.press("Enter")

    is_saved(page)
    figure = '<figure data-video="youtube:abcdefghijk"><figcaption>Luisteren in het kort</figcaption></figure>'
    assert html_of(topic) == "<p>Wie luistert, hoort meer.</p>\n" + figure


# The keyboard


def test_the_toolbar_is_one_stop_with_arrows_inside(page):
    page.get_by_label("Summary").click()

    page.keyboard.press("Tab")
    assert focused(page) == "Undo"
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "Dividing line"
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Undo"
    page.keyboard.press("End")
    assert focused(page) == "Dividing line"
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Heading"
    page.keyboard.press("Tab")
    expect(text_of(page)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "Heading"


def test_tab_leaves_the_text_from_a_list_and_from_a_table(page):
    write(page, "")
    press(page, "List")
    page.keyboard.press("Tab")
    assert focused(page) == "Preview"

    write(page, "")
    press(page, "Table")
    expect(text_of(page)).to_be_focused()
    page.keyboard.press("Tab")
    assert focused(page) == "Preview"


def test_f10_leads_to_the_toolbar_and_escape_back(page):
    write(page, "")
    page.keyboard.press("Alt+F10")
    assert focused(page) == "Undo"

    page.keyboard.press("Escape")

    expect(text_of(page)).to_be_focused()


def test_the_label_leads_into_the_text(page):
    page.locator("#label-of-html").click()

    expect(text_of(page)).to_be_focused()
