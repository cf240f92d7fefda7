"""A trainer sees who needs what, a client that it works, and a learner what was done for them."""

import re

import pytest
from playwright.sync_api import expect

from courses.models import Message
from tests.browser import guided
from tests.browser.conftest import enter, without_javascript
from tests.browser.test_every_page import Inspector, in_both_languages
from tests.browser.test_keyboard import press, tab_to
from tests.conftest import begin, make_user
from tests.models.acts import complete, steps_of
from tests.tracking.conftest import make_group, membership_of
from tests.tracking.crowds import crowd, let_time_pass

pytestmark = [pytest.mark.browser, pytest.mark.browser_context_args(locale="en-GB", reduced_motion="reduce")]


@pytest.fixture
def cleo(db):
    return make_user("Cleo")


@pytest.fixture
def theme(db):
    return guided.make_guided_theme()


@pytest.fixture
def group(theme, tom, cleo, lars):
    """Lars completed two of four topics, and stalled."""
    complete(begin(lars, theme), *steps_of(theme)[:2])
    group = make_group(lars, themes=[theme], trainers=[tom], clients=[cleo])
    let_time_pass(lars, theme, 20)
    return group


@pytest.fixture
def toms(page, context, base_url, tom):
    """Tom's browser."""
    enter(context, base_url, tom, "en")
    return page


def heading(page):
    return page.get_by_role("heading", level=1)


def names(page):
    return page.locator("table.roster tbody th a")


def test_a_roster_of_500_by_keyboard(toms, group):
    crowd(group, 499)
    toms.goto(f"/track/groups/{group.public_id}/themes/vertrouwen/")
    expect(names(toms)).to_have_count(50)

    press(toms, "Stalled")
    expect(toms).to_have_url(re.compile("state=stalled"))
    press(toms, "Progress")
    expect(toms.locator("[aria-sort=descending]")).to_have_text(re.compile("Progress"))
    tab_to(toms, "Next page")
    toms.keyboard.press("Enter")
    expect(toms.get_by_text(re.compile("Page 2 of")).first).to_be_visible()
    assert "state=stalled" in toms.url
    assert "sort=-progress" in toms.url
    first = names(toms).first.inner_text()
    press(toms, first)

    expect(heading(toms)).to_have_text(first)


@without_javascript
def test_a_trainer_writes_to_who_stalled_on_a_phone(toms, group, lars):
    toms.set_viewport_size({"width": 320, "height": 700})
    toms.goto(f"/track/groups/{group.public_id}/themes/vertrouwen/")
    toms.get_by_role("link", name="Who stalled").click()
    toms.get_by_role("link", name="Write a message to Lars").click()

    draft = toms.get_by_label("Your message")
    expect(draft).to_have_value(re.compile("Loslaten"))
    assert not Message.objects.exists()
    draft.fill("Shall we have a call?")
    toms.get_by_role("button", name="Send").click()

    expect(toms.get_by_text("Your message to Lars stands on their own page.")).to_be_visible()
    expect(toms.get_by_text("a trainer wrote on")).to_be_visible()
    assert Message.objects.get().text == "Shall we have a call?"


def test_a_client_sees_numbers_from_five_people_on(page, context, base_url, cleo, group, lars):
    enter(context, base_url, cleo, "en")
    address = f"/track/groups/{group.public_id}/client/"
    crowd(group, 3)
    page.goto(address)
    expect(page.get_by_text("There is nothing to show here yet")).to_be_visible()
    expect(page.get_by_role("img")).to_have_count(0)

    crowd(group, 4, prefix="Meer")
    membership_of(lars, group).share_name(agreed=True)
    page.reload()

    expect(page.get_by_text(re.compile(r"of 8 learners completed this theme · \d+% on average"))).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("Where people stop"))).to_be_visible()
    expect(page.get_by_role("heading", name="Lars")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("Deelnemer")


@without_javascript
def test_what_a_trainer_completes_for_a_learner_the_learner_sees(toms, browser, base_url, group, lars):
    toms.goto(f"/track/groups/{group.public_id}/learners/{membership_of(lars, group).public_id}/")
    step = toms.locator("#vertrouwen-loslaten")
    step.get_by_text("Complete for them").first.click()
    step.get_by_label("Reason").fill("Done at our meeting.")
    step.get_by_role("button", name="Complete for them").click()
    expect(step).to_contain_text("Tom completed this for them on")

    his = browser.new_context(base_url=base_url, locale="en-GB")
    enter(his, base_url, lars, "en")
    page = his.new_page()
    page.goto("/themes/vertrouwen/loslaten/")

    expect(page.locator("#completion")).to_contain_text("Tom completed this for you on")
    expect(page.locator("#completion")).to_contain_text("Done at our meeting.")
    page.goto("/themes/vertrouwen/")
    expect(page.locator("#topic-loslaten")).to_contain_text("Tom completed this for you on")
    his.close()


@in_both_languages
def test_every_page_where_a_group_is_seen_holds(monkeypatch, page, context, base_url, language, tom, cleo, lea, lars):
    guided.with_short_pages(monkeypatch)
    stage = guided.build(tom, cleo, lea, lars, make_user("Noor"))
    tables = [(tom, guided.pages_of(*stage)), (cleo, guided.pages_for_clients(*stage[:3]))]
    inspector = Inspector(page, base_url)

    for person, table in tables:
        enter(context, base_url, person, language)
        inspector.visit_all(table, language)

    assert not inspector.findings, "\n".join(inspector.findings)
