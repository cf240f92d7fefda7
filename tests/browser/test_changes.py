"""What an author changes, and how a learner finds out: rules 17, 20 and 21, by mouse and by keyboard."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from courses.models import Progress, ProgressEvent
from tests.browser.conftest import make_named_theme, with_and_without_javascript
from tests.conftest import begin, make_step, make_topic

pytestmark = pytest.mark.browser

THEME = "/themes/samen-leren/"
TOPIC = THEME + "vragen/"
BEFORE = (
    "<p>Een vraag is een cadeau voor wie hem krijgt.</p><p>Weg hiermee, voorgoed.</p>" + "<p>Dit blijft staan.</p>" * 4
)
AFTER = (
    "<p>Een vraag is een geschenk voor wie hem krijgt.</p>" + "<p>Dit blijft staan.</p>" * 4 + "<p>En dit is nieuw.</p>"
)
BADGE = "Updated since you read this"


@pytest.fixture(autouse=True)
def in_english(lea):
    lea.language = "en"
    lea.save()


@pytest.fixture
def step(lea, db):
    """A topic that Lea completed."""
    theme = make_named_theme("Samen leren", ["Luisteren"])
    step = theme.add(make_topic("Vragen", BEFORE), slug="vragen")
    begin(lea, theme).complete(step, deed=uuid4())
    return step


def renew(step, author):
    """Tom publishes a major edition."""
    step.topic.write(title="Vragen", html=AFTER, author=author)
    step.topic.publish(major=True, note="Een beter woord, en een alinea erbij.")


def row(page, title):
    return page.locator(".step").filter(has=page.get_by_role("heading", name=title, exact=True))


def press(page, control):
    """Reach a control by tabbing, from where the focus is, and press it."""
    for _key in range(60):
        page.keyboard.press("Tab")
        if control.evaluate("element => element === document.activeElement"):
            page.keyboard.press("Enter")
            return
    pytest.fail(f"{control} cannot be reached")


@with_and_without_javascript
def test_rule_21_a_learner_finds_what_changed_by_keyboard_and_says_seen(reader, javascript, step, tom):
    renew(step, tom)
    reader.goto(THEME)
    expect(row(reader, "Vragen")).to_contain_text("Completed")

    press(reader, reader.get_by_role("link", name=BADGE))
    expect(reader.get_by_role("heading", level=1)).to_have_text("What changed")
    expect(reader.get_by_text("Een beter woord, en een alinea erbij.")).to_be_visible()
    changed, removed, added = (reader.locator(f".difference-{kind}") for kind in ("changed", "removed", "added"))
    expect(changed.locator("del")).to_contain_text("cadeau")
    expect(changed.locator("ins")).to_contain_text("geschenk")
    expect(removed).to_contain_text("Weg hiermee, voorgoed.")
    expect(added).to_contain_text("En dit is nieuw.")
    expect(reader.get_by_text("Dit blijft staan.").first).to_be_hidden()
    press(reader, reader.locator("summary"))
    expect(reader.get_by_text("Dit blijft staan.").first).to_be_visible()
    press(reader, reader.get_by_role("button", name="Seen"))

    expect(reader).to_have_url(f"{reader.url.split('/themes/')[0]}{TOPIC}")
    expect(reader.get_by_role("status")).to_have_text("Noted: you have seen what changed.")
    expect(reader.get_by_text(BADGE)).to_have_count(0)
    reader.goto(THEME)
    expect(reader.get_by_text(BADGE)).to_have_count(0)
    expect(row(reader, "Vragen")).to_contain_text("Completed")
    assert Progress.objects.get(topic=step.topic).edition.number == 1


@with_and_without_javascript
def test_rule_21_seen_with_one_click_above_the_article(reader, javascript, step, tom):
    renew(step, tom)
    reader.goto(TOPIC)
    notice = reader.get_by_role("region", name=BADGE)
    expect(notice).to_contain_text("Een beter woord, en een alinea erbij.")
    expect(notice.get_by_role("link", name="See what changed")).to_be_visible()

    notice.get_by_role("button", name="Seen").click()

    expect(reader.get_by_role("heading", level=1)).to_have_text("Vragen")
    expect(notice).to_have_count(0)
    expect(reader.locator("#completion")).to_contain_text("Completed on")


def test_rule_21_what_was_marked_is_told_to_who_cannot_see_the_marks(reader, step, tom):
    renew(step, tom)
    reader.goto(f"{TOPIC}changes/")

    told = reader.locator(".difference-changed").evaluate("element => element.innerText")

    assert "removed: cadeau" in " ".join(told.split())
    assert "added: geschenk" in " ".join(told.split())
    hidden = reader.locator(".difference-changed .visually-hidden").first.bounding_box()
    assert hidden["width"] <= 1
    assert hidden["height"] <= 1


@with_and_without_javascript
def test_rule_20_a_learner_takes_over_what_they_completed_in_another_theme(reader, javascript, step):
    other = make_named_theme("Beter vragen", ["Doorvragen"])
    other.add(step.topic, slug="vragen")
    reader.goto("/themes/beter-vragen/")
    shared = row(reader, "Vragen")
    expect(shared).to_contain_text("Not started")
    expect(shared).to_contain_text("in “Samen leren”")

    shared.get_by_role("button", name="Copy my progress").click()

    expect(row(reader, "Vragen").locator(".state")).to_have_text("Completed")
    expect(reader.get_by_text("1 of 2 steps completed")).to_be_visible()
    expect(reader.get_by_role("button", name="Copy my progress")).to_have_count(0)
    assert ProgressEvent.objects.get(kind="copied").source.theme == step.theme


@with_and_without_javascript
def test_rule_20_the_topic_page_offers_it_too_by_keyboard(reader, javascript, step):
    other = make_named_theme("Beter vragen", ["Doorvragen"])
    other.add(step.topic, slug="vragen")
    reader.goto("/themes/beter-vragen/vragen/")

    press(reader, reader.get_by_role("button", name="Copy my progress"))

    expect(reader.get_by_role("status")).to_have_text("“Vragen” is completed here too.")
    expect(reader.locator("#completion")).to_contain_text("Completed on")
    expect(reader.get_by_role("button", name="Copy my progress")).to_have_count(0)


def test_rule_17_what_the_trainer_asks_is_the_next_thing_to_do(reader, lea, step):
    theme = step.theme
    begin(lea, theme).complete(theme.steps.get(slug="luisteren"), deed=uuid4())
    theme.ask(make_step(theme, "De nieuwe wet", slug="wet"), reason="Die geldt vanaf januari.")
    reader.goto(THEME)
    shown = reader.get_by_role("region", name="Your progress")
    expect(shown).to_contain_text("Your trainer asks you to read: De nieuwe wet — Die geldt vanaf januari.")
    expect(shown).to_contain_text("(2 of 2)")

    shown.get_by_role("link", name="Continue with: De nieuwe wet").click()

    expect(reader.get_by_role("heading", level=1)).to_have_text("De nieuwe wet")
