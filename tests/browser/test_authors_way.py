"""The whole way of an author, from an empty site to a theme that somebody follows; by mouse, and by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from courses.models import Theme
from courses.models.journey import journey_of
from tests.authoring.brought import ARTICLE, SECOND
from tests.browser.conftest import enter
from tests.browser.test_keyboard import tab_to
from tests.browser.writing import (
    is_saved,
    make_trainer,
    sit_down,
    text_of,
    write,
)
from tests.conftest import begin, make_theme, make_topic
from tests.models.acts import complete, steps_of
from tests.models.pictures import png

pytestmark = pytest.mark.browser

PICTURE = {"name": "boom.png", "mimeType": "image/png", "buffer": png((60, 40))}


def by_mouse(page, role, name):
    page.get_by_role(role, name=name, exact=True).first.click()


def by_keyboard(page, role, name):
    """Go there by Tab, from the top of the page where the focus is behind it, and press Enter."""
    if "#" in page.url:
        page.goto(page.url.partition("#")[0])
    tab_to(page, name)
    page.keyboard.press("Enter")


@pytest.mark.browser_context_args(reduced_motion="reduce")
@pytest.mark.parametrize("go", [by_mouse, by_keyboard])
def test_from_an_empty_site_to_a_published_theme_of_two_articles(go, context, base_url, browser):
    page = sit_down(context, base_url, make_trainer("Tom"), "/author/")
    page.set_viewport_size({"width": 1280, "height": 1000})
    for article, ready in [(ARTICLE, "Add another text"), (SECOND, None)]:
        if page.url.endswith("/author/"):
            go(page, "link", "Begin with a text")
        page.get_by_label("Paste a text").focus()
        page.keyboard.insert_text(article)
        go(page, "button", "See what becomes of it")
        expect(page.get_by_role("heading", level=1)).to_have_text("What becomes of your text")
        if ready:
            go(page, "link", ready)
    title = page.get_by_label("Title of the new theme")
    title.focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("Rust en luisteren")
    go(page, "button", "Make drafts")
    expect(page.get_by_role("heading", level=1)).to_have_text("What was made of your text")
    go(page, "link", "To the theme")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rust en luisteren")

    go(page, "link", "Luisteren naar elkaar")
    expect(page.locator(".ProseMirror")).to_be_visible()
    add_a_table(page)
    add_a_picture(page)
    is_saved(page)
    go(page, "link", "Publish…")
    expect(page.get_by_role("heading", level=1)).to_have_text("Publish this topic")
    go(page, "button", "Publish")
    expect(page.get_by_role("status")).to_contain_text("“Luisteren naar elkaar” is published.")
    go(page, "link", "Publish…")
    expect(page.get_by_role("heading", level=1)).to_have_text("Publish this theme")
    go(page, "button", "Publish")

    expect(page.get_by_role("status")).to_contain_text("“Rust en luisteren” is published.")
    as_a_reader(browser, base_url)


def add_a_table(page):
    """At the end of the text, from the toolbar."""
    write(page, "")
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+F10")
    while page.evaluate("document.activeElement.dataset.command") != "table":
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".ProseMirror")).to_be_focused()
    for word in ("Maandag", "Dinsdag", "Woensdag", "Luisteren"):
        page.keyboard.type(word)
        page.keyboard.press("ArrowRight")


def add_a_picture(page):
    write(page, "")
    with page.expect_file_chooser() as choosing:
        page.keyboard.press("Alt+F10")
        while page.evaluate("document.activeElement.dataset.command") != "picture":
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
    choosing.value.set_files(PICTURE)
    alt = page.get_by_label("What is to be seen").first
    expect(alt).to_be_visible()
    alt.focus()
    page.keyboard.type("Een boom")
    page.keyboard.press("Tab")


def as_a_reader(browser, base_url):
    theme = Theme.objects.get()
    reader = browser.new_context(base_url=base_url).new_page()
    reader.goto(theme.get_absolute_url())
    reader.get_by_role("link", name="Luisteren naar elkaar").first.click()
    expect(reader.get_by_role("img", name="Een boom")).to_be_visible()
    expect(reader.get_by_role("columnheader", name="Maandag")).to_be_visible()


@pytest.fixture
def followed(db, lea, lars):
    """Lea finished it, Lars did the first of two; the third is a draft."""
    theme = make_theme(0, title="Samen", slug="samen")
    for slug in ("luisteren", "vragen"):
        theme.add(make_topic(slug.capitalize()), slug=slug)
    complete(begin(lea, theme), *steps_of(theme))
    complete(begin(lars, theme), steps_of(theme)[0])
    theme.add(make_topic("Oefenen", published=False), slug="oefenen")
    return theme


def test_publishing_says_whom_it_concerns_and_does_just_that(context, base_url, browser, followed, lea, lars):
    author = sit_down(context, base_url, make_trainer("Tom"), "/author/themes/samen/topics/oefenen/publish/")
    learners = browser.new_context(base_url=base_url, locale="en-GB")
    enter(learners, base_url, lea)
    learner = learners.new_page()
    learner.goto("/themes/samen/")

    expect(author.locator(".effect-numbers")).to_have_text(
        "This change affects 2 learners. One of them has already completed this theme."
    )
    author.get_by_label("Ask it of them, with this reason:").check()
    author.get_by_role("textbox", name="Reason").fill("Voor maandag")
    author.get_by_role("button", name="Publish").click()
    expect(author.get_by_role("status")).to_contain_text("is published")

    learner.reload()
    expect(learner.locator("main")).to_contain_text("Voor maandag")
    expect(learner.locator("main")).to_contain_text(re.compile(r"2 (of|van de) 3|2 of 3"))
    assert followed.participations.get(learner=lea).completed_at
    assert journey_of(lars, followed).standing.required_count == 3


def test_a_check_leads_to_its_place_in_the_text(context, base_url):
    html = "<p>Een.</p><p>Twee.</p><p>Lees <a href='https://example.org/'>hier</a> meer.</p>"
    theme = make_theme(0, title="Samen", slug="samen")
    theme.add(make_topic("Luisteren", html, published=False), slug="luisteren")
    page = sit_down(context, base_url, make_trainer("Tom"), "/author/themes/samen/topics/luisteren/publish/")

    page.get_by_role("link", name=re.compile("Go there")).click()

    expect(text_of(page)).to_be_focused()
    assert page.evaluate("getSelection().anchorNode.textContent").startswith("Lees")


def test_an_earlier_edition_comes_back(context, base_url):
    theme = make_theme(0, title="Samen", slug="samen")
    topic = make_topic("Luisteren", "<p>Zo was het.</p>")
    theme.add(topic, slug="luisteren")
    topic.write(title="Luisteren", html="<p>Zo werd het.</p>")
    topic.publish()
    page = sit_down(context, base_url, make_trainer("Tom"), "/author/themes/samen/topics/luisteren/history/")

    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".difference-changed")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Bring back as a draft").last.click()

    expect(text_of(page)).to_have_text("Zo was het.")
