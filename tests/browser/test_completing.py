"""What htmx saves a page load for, and what must be true all the same."""

import re

import pytest
from playwright.sync_api import expect

from courses.models import Progress, ProgressEvent
from tests.browser.conftest import read, today, without_javascript

pytestmark = pytest.mark.browser

THEME = "/themes/samen-leren/"
SECOND = THEME + "vragen/"


@pytest.fixture
def reading(reader, four_steps):
    """Lea reads the second topic; a mark on the window tells whether the page was loaded anew."""
    read(reader, SECOND)
    reader.evaluate("window.notLoadedAnew = true")
    return reader


def is_the_same_page(page):
    return page.evaluate("window.notLoadedAnew === true")


def mark(page):
    page.get_by_role("button", name="Markeer als afgerond").click()
    expect(status(page)).to_have_text(f"Afgerond op {today()}")


def status(page):
    return page.locator("#completion .completion-state")


def state_beside(page, title):
    """The state of a topic in the list beside the article."""
    topics = page.locator(".theme-nav")
    return topics.get_by_role("listitem").filter(has=page.get_by_role("link", name=title)).locator(".state")


def test_completing_saves_the_page_load(reading):
    mark(reading)

    assert is_the_same_page(reading)
    expect(reading.get_by_role("button", name="Markeer als afgerond")).to_have_count(0)


def test_after_completing_the_focus_is_on_what_became_of_it(reading):
    mark(reading)

    expect(status(reading)).to_be_focused()
    expect(status(reading)).to_be_in_viewport()


def test_after_reopening_the_focus_is_on_what_became_of_it(reading):
    mark(reading)
    reading.get_by_role("button", name="Toch nog niet afgerond").click()

    expect(status(reading)).to_have_text("Dit onderwerp staat weer open.")
    expect(status(reading)).to_be_focused()
    assert is_the_same_page(reading)


def test_the_list_beside_the_article_follows(reading):
    expect(state_beside(reading, "Luisteren")).to_have_text("Nog niet begonnen")

    mark(reading)
    expect(state_beside(reading, "Vragen")).to_have_text("Afgerond")
    expect(reading.locator(".theme-nav .progress-sentence")).to_have_text("1 van de 4 stappen afgerond")
    expect(reading.locator(".theme-nav .progress-percentage")).to_have_text("25 %")

    reading.get_by_role("button", name="Toch nog niet afgerond").click()
    expect(state_beside(reading, "Vragen")).to_have_text("Bezig")
    expect(reading.locator(".theme-nav .progress-sentence")).to_have_text("0 van de 4 stappen afgerond")


def test_the_page_does_not_jump_when_a_topic_is_completed(reading):
    button = reading.get_by_role("button", name="Markeer als afgerond")
    button.scroll_into_view_if_needed()
    before = reading.evaluate("scrollY")

    mark(reading)

    assert abs(reading.evaluate("scrollY") - before) < 200


def test_reloading_shows_the_truth(reading):
    mark(reading)

    reading.reload()

    expect(status(reading)).to_have_text(f"Afgerond op {today()}")
    assert ProgressEvent.objects.filter(kind=ProgressEvent.Kind.COMPLETED).count() == 1


def test_the_back_button_shows_the_truth(reading):
    mark(reading)
    reading.get_by_role("link", name="Volgende: Loslaten").click()
    expect(reading.get_by_role("heading", level=1)).to_have_text("Loslaten")

    reading.go_back()

    expect(status(reading)).to_have_text(f"Afgerond op {today()}")
    expect(state_beside(reading, "Vragen")).to_have_text("Afgerond")


def test_the_back_button_shows_the_truth_about_a_theme(reader, four_steps):
    reader.goto(THEME)
    reader.get_by_role("link", name="Vragen").click()
    mark(reader)

    reader.go_back()

    expect(reader.locator(".theme-progress .progress-sentence")).to_have_text("1 van de 4 stappen afgerond")


@without_javascript
def test_reloading_after_completing_sends_nothing_again(reader, four_steps):
    reader.goto(SECOND)
    mark(reader)

    reader.reload()

    expect(status(reader)).to_have_text(f"Afgerond op {today()}")
    assert ProgressEvent.objects.filter(kind=ProgressEvent.Kind.COMPLETED).count() == 1


@pytest.mark.parametrize("button", ["Markeer als afgerond", "Afronden en verder"])
def test_a_double_click_is_one_deed(reading, button):
    reading.get_by_role("button", name=button).dblclick()

    expect(state_beside(reading, "Vragen")).to_have_text("Afgerond")
    reading.wait_for_load_state("networkidle")
    assert ProgressEvent.objects.filter(kind=ProgressEvent.Kind.COMPLETED).count() == 1
    assert Progress.objects.completed().count() == 1
    expect(reading.locator("main .state-completed").first).to_be_visible()


@without_javascript
def test_a_double_click_is_one_deed_without_javascript(reader, four_steps):
    reader.goto(SECOND)

    reader.get_by_role("button", name="Markeer als afgerond").dblclick()

    expect(status(reader)).to_have_text(f"Afgerond op {today()}")
    assert ProgressEvent.objects.filter(kind=ProgressEvent.Kind.COMPLETED).count() == 1


def test_going_on_by_htmx_opens_the_next_topic_at_its_beginning(reading):
    reading.get_by_role("button", name="Afronden en verder").click()

    expect(reading).to_have_url(re.compile("/loslaten/$"))
    expect(reading.get_by_role("heading", level=1)).to_be_in_viewport()


def test_home_goes_on_with_the_topic_that_was_opened_last(reader, four_steps):
    for slug in ["luisteren", "oefenen", "vragen"]:
        read(reader, f"{THEME}{slug}/")
    reader.goto("/")

    reader.get_by_role("link", name="Verder met: Vragen").click()

    expect(reader).to_have_url(re.compile(SECOND + "$"))


def test_the_percentage_says_why_and_links_what_is_missing(reader, four_steps):
    *done, last = four_steps.steps.all()
    for step in done:
        reader.goto(step.get_absolute_url())
        mark(reader)
    reader.goto(THEME)

    reader.get_by_text("Waarom 75 %?").click()

    answer = reader.locator(".why-answer")
    expect(answer.get_by_text("4 onderwerpen tellen mee.")).to_be_visible()
    expect(answer.get_by_role("link")).to_have_text([last.title])
    answer.get_by_role("link", name=last.title).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(last.title)
