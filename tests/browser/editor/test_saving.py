"""What is typed is saved by itself; without network or session it waits, and says so."""

import re

import pytest
from playwright.sync_api import expect

from courses.models import Topic
from tests.browser.conftest import enter
from tests.browser.writing import (
    SAVE,
    html_of,
    is_saved,
    make_trainer,
    text_of,
    trouble,
    version_of,
    write,
)

pytestmark = pytest.mark.browser


# By itself


def test_the_title_and_the_summary_are_saved_too(page, topic):
    page.get_by_label("Title").fill("Goed luisteren")
    page.get_by_label("Summary").fill("Waar het om gaat.")

    is_saved(page)
    text = Topic.objects.get(pk=topic.pk).text
    assert (text.title, text.summary) == ("Goed luisteren", "Waar het om gaat.")


def test_an_empty_title_is_saved_as_it_is(page, topic):
    page.get_by_label("Title").fill("")

    is_saved(page)
    assert Topic.objects.get(pk=topic.pk).text.title == ""


def test_saving_never_writes_into_what_is_being_typed(page, topic):
    """The server leaves out what does not belong, and the page does not notice."""
    page.get_by_label("Title").fill("Goed   luisteren ")
    write(page, " En   meer ")
    before = text_of(page).inner_html()

    is_saved(page)

    expect(page.get_by_label("Title")).to_have_value("Goed   luisteren ")
    assert text_of(page).inner_html() == before


def test_somebody_who_types_on_is_saved_in_between(page, topic):
    write(page, "")
    page.keyboard.type(" En dan nog dit." * 9, delay=80)

    assert version_of(topic) > 1


def test_opening_and_leaving_stores_nothing(page, topic):
    text_of(page).click()
    page.goto("/")

    assert version_of(topic) == 1


def test_that_it_is_saved_is_said_once(page, topic):
    write(page, " Een.")
    is_saved(page)
    heard = page.get_by_role("status").filter(has_text="Saved at")
    expect(heard).to_have_count(1)
    page.evaluate("""
        heard = 0;
        new MutationObserver(() => heard++).observe(document.querySelector("[data-heard]"), { childList: true });
    """)

    write(page, " Twee.")
    expect(page.locator("[data-status]")).to_have_text("Not saved yet")
    is_saved(page)

    assert page.evaluate("heard") == 0


def test_a_link_onward_waits_until_all_is_saved(page, topic):
    write(page, " Het laatste woord.")

    page.get_by_role("link", name="Preview").click()

    page.wait_for_url("**/preview/")
    assert "Het laatste woord." in html_of(topic)


def test_another_tab_in_front_saves_at_once(page, topic):
    write(page, " Nog net.")
    with page.expect_response(SAVE):
        page.evaluate("""
            Object.defineProperty(document, "hidden", { get: () => true });
            document.dispatchEvent(new Event("visibilitychange"));
        """)

    assert "Nog net." in html_of(topic)


# No network, no session


def test_without_network_the_text_waits_and_is_saved_when_it_is_back(page, topic):
    page.context.set_offline(True)
    write(page, " In de trein.")
    expect(trouble(page)).to_contain_text("Not saved: no connection, your text is safe on this device")

    write(page, " En verder.")
    page.context.set_offline(False)

    is_saved(page)
    expect(trouble(page)).to_be_hidden()
    assert html_of(topic) == "<p>Wie luistert, hoort meer. In de trein. En verder.</p>"


def test_a_server_that_is_out_of_reach_is_asked_again(page, topic):
    page.context.route(SAVE, lambda route: route.fulfill(status=503))
    write(page, " Even geduld.")
    expect(trouble(page)).to_contain_text("no connection")
    page.context.unroute_all()

    page.get_by_role("button", name="Try again").click()

    is_saved(page)
    assert "Even geduld." in html_of(topic)


def test_after_a_lost_session_one_signs_in_elsewhere_and_goes_on(page, topic, tom, base_url):
    cookies = page.context.cookies()
    page.context.clear_cookies()
    write(page, " Uitgelogd.")
    expect(trouble(page)).to_contain_text("Not saved: you are signed out, your text is safe on this device")
    link = page.get_by_role("link", name="Sign in, in a new tab")
    expect(link).to_have_attribute("href", re.compile("/account/login/.next=/author/themes/samen/"))
    expect(link).to_have_attribute("target", "_blank")

    page.context.add_cookies([cookie for cookie in cookies if "csrf" not in cookie["name"]])
    page.get_by_role("button", name="Try again").click()

    is_saved(page)
    assert "Uitgelogd." in html_of(topic)


def test_who_is_signed_in_by_then_must_be_the_same_person(page, topic, base_url):
    page.context.clear_cookies()
    write(page, " Van Tom.")
    expect(trouble(page)).to_contain_text("signed out")

    enter(page.context, base_url, make_trainer("Tess"))
    page.get_by_role("button", name="Try again").click()

    expect(trouble(page)).to_contain_text("somebody else is signed in here now")
    assert version_of(topic) == 1


def test_a_device_that_keeps_nothing_says_so_and_warns_who_leaves(page, topic):
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('full'); }; }")
    page.context.set_offline(True)
    write(page, " Nergens.")
    expect(trouble(page)).to_contain_text("this device keeps no copy")

    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.context.set_offline(False)
    page.context.route(SAVE, lambda route: route.abort())
    page.goto("/")

    assert asked == ["beforeunload"]


def test_what_the_server_refuses_stays_and_is_said(page, topic):
    page.get_by_label("Title").evaluate("field => field.removeAttribute('maxlength')")
    page.get_by_label("Title").fill("t" * 301)

    expect(trouble(page)).to_be_visible()
    expect(page.get_by_label("Title")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Title").fill("Korter")

    is_saved(page)
    expect(page.get_by_label("Title")).to_have_attribute("aria-invalid", "false")
