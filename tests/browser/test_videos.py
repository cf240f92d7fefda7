"""Videos: nothing of the provider before a click, its player after it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import with_and_without_javascript, without_javascript
from tests.conftest import make_theme, make_topic

pytestmark = pytest.mark.browser

VIDEO = '<p>Kijk eerst.</p><figure data-video="youtube:dQw4w9WgXcQ"><figcaption>Zo vraag je door</figcaption></figure>'
PLAYER = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
TOPIC = "/themes/kijken/doorvragen/"


@pytest.fixture
def asked(context, base_url, db):
    """What the browser asked of others; it gets an empty page from them."""
    theme = make_theme(0, title="Kijken", slug="kijken")
    theme.add(make_topic("Doorvragen", VIDEO * 2), slug="doorvragen")
    theme.add(make_topic("Nog een"), slug="nog-een")
    asked = []

    def answer(route):
        asked.append((route.request.url, route.request.headers.get("referer")))
        route.fulfill(body="<p>De speler</p>", content_type="text/html")

    context.route(lambda url: not url.startswith(base_url), answer)
    return asked


def video(page):
    return page.locator("figure[data-video]").first


@with_and_without_javascript
def test_nothing_is_asked_of_the_provider_before_a_click(page, javascript, asked):
    page.goto(TOPIC, wait_until="networkidle")
    page.mouse.wheel(0, 2000)
    video(page).get_by_role("link").hover()
    page.wait_for_timeout(300)

    assert asked == []
    expect(page.locator("iframe")).to_have_count(0)


@pytest.mark.browser_context_args(locale="en-GB")
def test_the_page_says_in_words_what_pressing_does(page, asked):
    page.goto(TOPIC)

    link = video(page).get_by_role("link", name="Zo vraag je door")

    told = "This video comes from YouTube. Nothing is loaded from there until you press it."
    expect(link).to_have_accessible_description(told)
    expect(video(page).locator(".video-note")).to_be_visible()


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
def test_pressing_plays_it_in_its_place_and_only_that_one(page, base_url, asked, way):
    page.goto(TOPIC)
    link = video(page).get_by_role("link")

    if way == "mouse":
        link.click()
    else:
        link.focus()
        page.keyboard.press("Enter")

    frame = video(page).locator("iframe")
    expect(frame).to_have_attribute("title", "Zo vraag je door")
    expect(frame).to_be_focused()
    expect(frame.content_frame.get_by_text("De speler")).to_be_visible()
    expect(page.locator("iframe")).to_have_count(1)
    expect(video(page).get_by_text("Zo vraag je door")).to_be_visible()
    assert asked == [(PLAYER, f"{base_url}/")]
    assert page.url == base_url + TOPIC
    box = frame.bounding_box()
    assert box["width"] / box["height"] == pytest.approx(16 / 9, rel=0.02)


@without_javascript
def test_without_javascript_it_is_a_link_to_the_provider(page, asked):
    page.goto(TOPIC)

    link = video(page).get_by_role("link", name="Zo vraag je door")

    expect(link).to_have_attribute("href", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    expect(video(page).locator(".video-note")).to_have_count(0)


def test_after_completing_the_videos_can_still_be_played(reader, asked):
    reader.goto(TOPIC)
    reader.get_by_role("button", name="Markeer als afgerond").click()
    expect(reader.locator("#completion .state-completed")).to_be_visible()
    expect(video(reader).locator(".video-note")).to_have_count(1)

    video(reader).get_by_role("link").click()

    expect(video(reader).locator("iframe")).to_have_count(1)
    assert [url for url, _referer in asked] == [PLAYER]


def test_in_print_the_address_stands_there(page, asked):
    page.goto(TOPIC)
    page.emulate_media(media="print")

    link = video(page).get_by_role("link")

    printed = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert "attr(href)" in printed or "https://www.youtube.com/watch?v=dQw4w9WgXcQ" in printed
    expect(video(page).locator(".video-note")).to_be_hidden()
