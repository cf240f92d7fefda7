"""Working on an outline in a real browser: by button, keyboard and pointer, never losing the place."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import enter, make_named_theme, with_and_without_javascript, without_javascript
from tests.conftest import begin
from tests.models.acts import complete, steps_of

pytestmark = pytest.mark.browser

OUTLINE = "/author/themes/samen-leren/"


@pytest.fixture
def theme(db):
    return make_named_theme("Samen leren", ["Luisteren", "Vragen", "Loslaten", "Oefenen"])


@pytest.fixture
def author(context, base_url, tom, theme):
    """Tom's browser, on the outline."""
    enter(context, base_url, tom, "en")
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 1400})
    page.goto(OUTLINE)
    return page


def shown(page):
    return [title.rstrip() for title in page.locator(".authored-step h3").all_inner_texts()]


def stored(theme):
    return [step.title for step in steps_of(theme)]


@with_and_without_javascript
def test_a_topic_is_moved_by_its_buttons(javascript, author, theme):
    author.get_by_role("button", name="Move Loslaten up").click()

    expect(author.get_by_role("status")).to_have_text("“Loslaten” now is number 2 of 4.")
    assert stored(theme) == ["Luisteren", "Loslaten", "Vragen", "Oefenen"]
    assert shown(author) == stored(theme)


def test_by_keyboard_the_focus_goes_along_to_the_top_and_stays(author, theme):
    up = author.get_by_role("button", name="Move Oefenen up")
    up.focus()

    for number in (3, 2, 1):
        author.keyboard.press("Enter")
        expect(author.get_by_role("status")).to_have_text(f"“Oefenen” now is number {number} of 4.")
        expect(up).to_be_focused()
    author.keyboard.press("Enter")

    expect(up).to_be_focused()
    assert stored(theme)[0] == "Oefenen"


def test_a_topic_is_dragged_by_its_grip(author, theme):
    grips = author.locator("[data-grip]")
    last, first = grips.nth(3).bounding_box(), author.locator(".authored-step").first.bounding_box()

    author.mouse.move(last["x"] + 5, last["y"] + 5)
    author.mouse.down()
    author.mouse.move(first["x"] + 5, first["y"] + 5, steps=8)
    author.mouse.up()

    expect(author.get_by_role("status")).to_have_text("“Oefenen” now is number 1 of 4.")
    assert stored(theme) == ["Oefenen", "Luisteren", "Vragen", "Loslaten"]


def test_escape_puts_back_what_is_being_dragged(author, theme):
    grip = author.locator("[data-grip]").nth(3).bounding_box()

    author.mouse.move(grip["x"] + 5, grip["y"] + 5)
    author.mouse.down()
    author.mouse.move(grip["x"] + 5, grip["y"] - 300, steps=8)
    author.keyboard.press("Escape")
    author.mouse.up()

    assert shown(author) == stored(theme) == ["Luisteren", "Vragen", "Loslaten", "Oefenen"]


def settings(page, topic):
    page.locator(f"#more-{topic} > summary").click()
    return page.locator(f"#more-{topic}")


def test_what_a_deed_does_to_people_is_asked_in_a_dialog(author, theme, lea):
    complete(begin(lea, theme), *steps_of(theme)[:3])
    settings(author, "oefenen").get_by_role("button", name="Take out of this theme").click()
    dialog = author.get_by_role("dialog")

    expect(dialog).to_contain_text("This change affects one learner.")
    expect(dialog).to_contain_text("One learner completes the theme by this change alone.")
    dialog.get_by_role("link", name="Cancel").click()
    expect(dialog).to_be_hidden()
    assert len(stored(theme)) == 4

    author.locator("#more-oefenen").get_by_role("button", name="Take out of this theme").click()
    dialog.get_by_role("button", name="Take out").click()

    expect(author.get_by_role("status")).to_contain_text("is taken out")
    assert stored(theme) == ["Luisteren", "Vragen", "Loslaten"]


@without_javascript
def test_without_javascript_it_is_asked_on_a_page(author, theme, lea):
    complete(begin(lea, theme), *steps_of(theme)[:3])

    settings(author, "oefenen").get_by_role("button", name="Take out of this theme").click()
    expect(author.get_by_role("heading", level=1)).to_have_text("Take “Oefenen” out of this theme?")
    author.get_by_role("button", name="Take out").click()

    assert stored(theme) == ["Luisteren", "Vragen", "Loslaten"]


@with_and_without_javascript
def test_what_was_taken_out_is_found_below_and_put_back(javascript, author, theme):
    settings(author, "vragen").get_by_role("button", name="Take out of this theme").click()
    author.get_by_text("One topic was taken out").click()
    author.get_by_role("button", name="Put Vragen back").click()

    expect(author.get_by_role("status")).to_contain_text("is back, at the end")
    assert stored(theme) == ["Luisteren", "Loslaten", "Oefenen", "Vragen"]


def test_settings_that_were_open_stay_open(author, theme):
    more = settings(author, "vragen")
    more.get_by_label("To be read from").fill("2027-06-03")
    author.locator("#save-release-vragen").click()

    expect(author.get_by_role("status")).to_contain_text("is saved")
    expect(author.locator("#more-vragen")).to_have_attribute("open", "")
    expect(author.locator("#step-vragen")).to_contain_text("3 June 2027")


@with_and_without_javascript
def test_a_field_of_the_theme_is_changed_by_itself(javascript, author, theme):
    row = author.locator(".about-row").first
    row.get_by_label("Change: Title").click()
    row.get_by_label("Title", exact=True).fill("Leren van elkaar")
    row.get_by_role("button", name="Save").click()

    expect(author.get_by_role("heading", level=1)).to_have_text("Leren van elkaar")
    theme.refresh_from_db()
    assert theme.title == "Leren van elkaar"


def test_the_way_back_to_an_earlier_outline(author, theme):
    author.get_by_role("button", name="Move Oefenen up").click()
    expect(author.get_by_role("status")).to_contain_text("number 3")

    author.get_by_role("link", name="History of the outline").click()
    author.get_by_role("link", name="Back to how it was").first.click()
    author.get_by_role("button", name="Go back to this").click()

    expect(author.get_by_role("status")).to_contain_text("Nobody's progress was touched.")
    assert stored(theme) == ["Luisteren", "Vragen", "Loslaten", "Oefenen"]


def test_in_a_preview_buttons_do_nothing(author, theme, tom):
    author.get_by_role("link", name="Preview", exact=True).first.click()
    frame = author.frame_locator("iframe.preview-frame")
    frame.get_by_role("link", name="Luisteren").click()
    frame.get_by_role("button", name="Mark as completed").click()

    expect(frame.get_by_role("heading", level=1)).to_have_text("Luisteren")
    assert not theme.participations.exists()
