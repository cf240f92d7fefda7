"""Reading in peace: lines of the right length, room to press, on paper and in forced colours."""

from itertools import product

import pytest
from playwright.sync_api import expect

from tests.browser.pages import WIDE_TITLE, build
from tests.conftest import begin

pytestmark = pytest.mark.browser

THEME = "/themes/cultuur-van-vertrouwen/"
TOPIC = THEME + "persoonlijk-leiderschap/"

FULL_LINES = """
() => [...document.querySelectorAll(".prose > p")].flatMap(paragraph => {
    const lines = new Map(), range = document.createRange();
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        for (let at = 0; at < walker.currentNode.length; at++) {
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + 1);
            const [box] = range.getClientRects();
            if (box) lines.set(Math.round(box.bottom / 8), (lines.get(Math.round(box.bottom / 8)) || 0) + 1);
        }
    }
    return [...lines.values()].slice(0, -1);
})
"""
SMALL_TARGETS = """
() => [...document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select")]
    .filter(target => target.checkVisibility() && !target.closest(".skip-link"))
    .filter(target => {
        const inSentence = getComputedStyle(target).display === "inline"
            && [...target.parentNode.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        const box = target.getBoundingClientRect();
        return !inSentence && (box.width < 24 || box.height < 24);
    })
    .map(target => {
        const box = target.getBoundingClientRect();
        return `${target.innerText || target.tagName} ${box.width.toFixed(1)} × ${box.height.toFixed(1)}`;
    })
"""
RUNNING = "document.getAnimations().map(animation => animation.animationName || animation.transitionProperty)"


def test_a_full_line_holds_60_to_75_characters(page, demo_theme, subtests):
    page.goto(TOPIC)
    for width in (1280, 768):
        with subtests.test(f"{width} px"):
            page.set_viewport_size({"width": width, "height": 900})

            lines = page.evaluate(FULL_LINES)

            assert len(lines) > 20
            assert 60 <= sum(lines) / len(lines) <= 75


def test_at_400_percent_nothing_is_lost(reader, demo_theme):
    reader.set_viewport_size({"width": 1280, "height": 1024})
    reader.goto(TOPIC)
    before = reader.locator("main").inner_text().split()

    reader.set_viewport_size({"width": 320, "height": 256})
    reader.locator(".theme-nav-topics summary").click()

    after = reader.locator("main").inner_text().split()
    assert set(before) <= set(after)
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for control in reader.locator("main").get_by_role("button").all():
        control.scroll_into_view_if_needed()
        expect(control).to_be_in_viewport(ratio=0.9)


def test_there_is_room_to_press(reader, lea, demo_theme, subtests):
    begin(lea, demo_theme)
    for width, address in product((1280, 320), (THEME, TOPIC)):
        with subtests.test(f"{address} at {width} px"):
            reader.set_viewport_size({"width": width, "height": 900})
            reader.goto(address)
            for summary in reader.locator("main summary:visible").all():
                summary.click()

            assert reader.evaluate(SMALL_TARGETS) == []


def test_a_wide_table_scrolls_by_itself(page, lea):
    build(lea)
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto("/themes/wide/first/")

    table = page.locator(".prose table")
    table.get_by_role("cell").last.scroll_into_view_if_needed()

    expect(page.get_by_role("heading", level=1)).to_have_text(WIDE_TITLE)
    expect(table.get_by_role("cell").last).to_be_in_viewport()
    assert table.evaluate("table => table.scrollLeft") > 0
    assert page.evaluate("scrollX") == 0


@pytest.mark.browser_context_args(forced_colors="active")
def test_in_forced_colours_the_states_keep_their_sign_and_the_bar_its_length(reader, demo_theme):
    reader.goto(TOPIC)
    reader.get_by_role("button", name="Markeer als afgerond").click()
    reader.locator(".state-completed").first.wait_for()
    reader.goto(THEME)

    sign = reader.locator(".state-completed").evaluate("state => getComputedStyle(state, '::before').backgroundColor")
    paper = reader.evaluate("getComputedStyle(document.body).backgroundColor")

    assert reader.evaluate("matchMedia('(forced-colors: active)').matches")
    assert sign != paper
    expect(reader.get_by_role("progressbar")).to_be_visible()
    expect(reader.get_by_text("25 %", exact=True)).to_be_visible()
    expect(reader.get_by_role("link", name="Verder met: Leider of manager?")).to_be_visible()


@pytest.mark.parametrize(
    ("moves", "running"),
    [
        pytest.param("no-preference", ["climb"], id="welcome"),
        pytest.param("reduce", [], id="not wanted", marks=pytest.mark.browser_context_args(reduced_motion="reduce")),
    ],
)
def test_the_arrival_moves_only_for_who_likes_that(reader, four_steps, moves, running):
    for step in four_steps.steps.all():
        reader.goto(step.get_absolute_url())
        reader.get_by_role("button", name="Markeer als afgerond").click()
        reader.locator(".state-completed").first.wait_for()

    expect(reader.get_by_role("heading", name="Je bent er.")).to_be_visible()

    assert reader.evaluate(f"matchMedia('(prefers-reduced-motion: {moves})').matches")
    assert [name for name in reader.evaluate(RUNNING) if name == "climb"] == running
    expect(reader.locator(".arrival")).to_be_in_viewport()


@pytest.mark.browser_context_args(reduced_motion="reduce")
def test_nothing_moves_for_who_asked_for_that(reader, demo_theme):
    for address in ["/", THEME, TOPIC, "/account/"]:
        reader.goto(address)

        assert reader.evaluate(RUNNING) == []
        assert reader.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_on_paper_there_is_the_article_and_no_controls(reader, demo_theme):
    reader.goto(TOPIC)

    reader.emulate_media(media="print")

    expect(reader.get_by_role("heading", level=1)).to_be_visible()
    expect(reader.locator(".prose > p").last).to_be_visible()
    for gone in [".site-header", ".site-footer", ".skip-link", ".theme-nav", ".contents", ".completion", ".neighbours"]:
        expect(reader.locator(gone)).to_be_hidden()
    expect(reader.locator("button:visible, nav:visible, summary:visible")).to_have_count(0)


def test_a_theme_on_paper_is_a_list_with_states_and_no_controls(reader, demo_theme):
    reader.goto(THEME)

    reader.emulate_media(media="print")

    expect(reader.locator(".step:visible")).to_have_count(4)
    expect(reader.get_by_text("0 van de 4 stappen afgerond")).to_be_visible()
    expect(reader.locator("button:visible, nav:visible, summary:visible, .button:visible")).to_have_count(0)
