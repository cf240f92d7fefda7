"""A crash in the middle of typing loses nothing."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import enter
from tests.browser.writing import (
    ADDRESS,
    SAVE,
    html_of,
    is_saved,
    make_trainer,
    offer,
    text_of,
    trouble,
    version_of,
    write,
)

pytestmark = pytest.mark.browser


def wait_until(condition):
    for _time in range(50):
        if condition():
            return
        time.sleep(0.1)
    pytest.fail("that never happened")


def crash(page):
    """The page is gone in the middle of typing. One that is closed still sends what it has; a crashed one does not."""
    page.wait_for_timeout(700)  # a copy on the device is made a moment after the last key
    page.evaluate("() => { window.fetch = () => new Promise(() => {}); }")
    page.close()


def reopened(page):
    page.context.unroute_all()
    fresh = page.context.new_page()
    fresh.goto(ADDRESS)
    return fresh


def saving_is_out_of_order(page):
    page.context.route(SAVE, lambda route: route.abort())


def answers_get_lost(page):
    """What is sent arrives, but nobody hears of it."""
    page.context.route(SAVE, lambda route: (route.fetch(), route.abort()))


def test_what_was_typed_before_a_crash_is_offered_and_restored(page, topic):
    saving_is_out_of_order(page)
    page.get_by_label("Title").fill("Luisteren, deel 2")
    write(page, " Halverwege een zin")
    crash(page)
    assert version_of(topic) == 1

    fresh = reopened(page)
    expect(text_of(fresh)).to_have_text("Wie luistert, hoort meer.")
    offer(fresh).get_by_text("Look at it").click()
    look = "Luisteren, deel 2\n\nWie luistert, hoort meer. Halverwege een zin"
    expect(offer(fresh).locator("pre")).to_have_text(look)
    offer(fresh).get_by_role("button", name="Restore what you typed").click()

    expect(text_of(fresh)).to_have_text("Wie luistert, hoort meer. Halverwege een zin")
    expect(fresh.get_by_label("Title")).to_have_value("Luisteren, deel 2")
    is_saved(fresh)
    assert "Halverwege een zin" in html_of(topic)
    fresh.reload()
    text_of(fresh).wait_for()
    expect(offer(fresh)).to_have_count(0)


def test_a_crash_between_two_keys_costs_half_a_second(page, topic):
    saving_is_out_of_order(page)
    write(page, "")
    page.keyboard.type(" een twee drie vier vijf zes zeven acht negen tien", delay=60)
    page.evaluate("() => { window.fetch = () => new Promise(() => {}); window.Storage.prototype.setItem = () => {}; }")
    page.close()

    fresh = reopened(page)
    offer(fresh).get_by_text("Look at it").click()

    expect(offer(fresh).locator("pre")).to_contain_text("een twee drie vier vijf zes")


def test_what_was_typed_before_a_crash_can_be_discarded(page, topic):
    saving_is_out_of_order(page)
    write(page, " Onzin")
    crash(page)

    fresh = reopened(page)
    offer(fresh).get_by_role("button", name="Discard").click()

    expect(offer(fresh)).to_have_count(0)
    fresh.reload()
    text_of(fresh).wait_for()
    expect(offer(fresh)).to_have_count(0)
    assert version_of(topic) == 1


def test_closing_the_page_still_saves(page, topic):
    write(page, " Tot de laatste letter")

    page.close()

    wait_until(lambda: "Tot de laatste letter" in html_of(topic))


def test_a_crash_after_saving_leaves_nothing_to_offer(page, topic):
    """The answer never came, but the text is there: that is no news, and no conflict either."""
    answers_get_lost(page)
    write(page, " Toch bewaard.")
    expect(trouble(page)).to_contain_text("no connection")
    crash(page)
    assert "Toch bewaard." in html_of(topic)

    fresh = reopened(page)

    expect(text_of(fresh)).to_contain_text("Toch bewaard.")
    expect(offer(fresh)).to_have_count(0)


def test_what_was_typed_after_an_unanswered_save_is_restored_without_a_conflict(page, topic):
    answers_get_lost(page)
    write(page, " Aangekomen.")
    expect(trouble(page)).to_contain_text("no connection")
    page.context.unroute_all()
    saving_is_out_of_order(page)
    write(page, " Niet aangekomen.")
    crash(page)

    fresh = reopened(page)
    offer(fresh).get_by_role("button", name="Restore what you typed").click()

    is_saved(fresh)
    assert html_of(topic) == "<p>Wie luistert, hoort meer. Aangekomen. Niet aangekomen.</p>"


def test_a_copy_is_for_who_typed_it(page, topic, base_url):
    saving_is_out_of_order(page)
    write(page, " Van Tom")
    crash(page)
    enter(page.context, base_url, make_trainer("Tess"))

    fresh = reopened(page)
    text_of(fresh).wait_for()

    expect(offer(fresh)).to_have_count(0)


def test_what_is_typed_before_restoring_is_put_aside(page, topic):
    saving_is_out_of_order(page)
    write(page, " Oud")
    crash(page)
    fresh = page.context.new_page()
    fresh.goto(ADDRESS)
    write(fresh, " Nieuw")

    offer(fresh).get_by_role("button", name="Restore what you typed").click()

    expect(text_of(fresh)).to_have_text("Wie luistert, hoort meer. Oud")
    fresh.wait_for_timeout(500)
    fresh.reload()
    for _copy in range(2):
        offer(fresh).first.get_by_text("Look at it").click()
        texts = offer(fresh).locator("pre").all_inner_texts()
        if any("Nieuw" in text for text in texts):
            return
        offer(fresh).get_by_role("button", name="Discard").click()
    pytest.fail("what was typed first is nowhere")
