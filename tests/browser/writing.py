"""A trainer at work on a topic: Tom, and Tess who has the same one open."""

import re

from playwright.sync_api import expect

from courses.models import Topic
from tests.browser.conftest import enter, script_errors
from tests.browser.test_every_page import NOTE_VIOLATIONS
from tests.conftest import make_theme, make_topic, make_user

ADDRESS = "/author/themes/samen/topics/luisteren/"
SAVED = re.compile(r"Saved at \d\d:\d\d")
SAVE = re.compile("/save/$")
GO_TO_THE_END = """
() => {
    const { editor } = document.querySelector(".ProseMirror");
    editor.commands.setTextSelection(editor.state.doc.content.size);
    editor.view.focus();
}
"""
PASTE = """
([types, target]) => {
    const data = new DataTransfer();
    for (const [type, text] of Object.entries(types)) data.setData(type, text);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    document.querySelector(target).dispatchEvent(event);
}
"""


def make_written_topic(html="<p>Wie luistert, hoort meer.</p>", **fields):
    """The topic that stands at ``ADDRESS``."""
    theme = make_theme(0, slug="samen", title="Samen leren")
    topic = make_topic("Luisteren", html, **fields)
    theme.add(topic, slug="luisteren")
    return topic


def make_trainer(name):
    trainer = make_user(name, is_trainer=True)
    trainer.language = "en"
    trainer.save()
    return trainer


def sit_down(context, base_url, person, address=ADDRESS):
    """Open the topic in a browser in which ``person`` is signed in."""
    enter(context, base_url, person)
    page = context.new_page()
    page.add_init_script(NOTE_VIOLATIONS)
    page.on("pageerror", lambda error: script_errors.append(f"{error} {error.stack}"))
    page.goto(address)
    return page


def start_over(page, topic, html="<p>Wie luistert, hoort meer.</p>"):
    """As if the topic was just opened with this text; much cheaper than a browser of its own."""
    Topic.objects.get(pk=topic.pk).write(title="Luisteren", html=html)
    page.goto(ADDRESS)


def text_of(page):
    return page.get_by_role("textbox", name="Text", exact=True)


def write(page, words):
    """Type at the end of the text; the cursor is put there by the editor, for it hears late of Ctrl+End."""
    page.evaluate(GO_TO_THE_END)
    page.keyboard.type(words)


def paste(page, **types):
    """Paste what stands on the clipboard as html, as plain text, or as both."""
    names = {"html": "text/html", "plain": "text/plain"}
    page.evaluate(PASTE, [{names[kind]: text for kind, text in types.items()}, ".ProseMirror"])


def is_saved(page):
    expect(page.locator("[data-status]")).to_have_text(SAVED, timeout=15_000)


def trouble(page):
    """What the page says when something is not saved."""
    return page.locator("[data-trouble]")


def offer(page):
    """What the page says of text of another visit that was not saved."""
    return page.get_by_role("region", name="Text that was not saved")


def version_of(topic):
    return Topic.objects.get(pk=topic.pk).text_version


def html_of(topic):
    return Topic.objects.get(pk=topic.pk).text.html


def press(page, name):
    page.get_by_role("toolbar").get_by_role("button", name=name, exact=True).click()
