"""The page of a topic in every state it can be in, looked at from all sides; and without scripts."""

import pytest
from playwright.sync_api import expect

from courses.models import Picture, Presence, Topic
from tests.browser.conftest import enter, without_javascript
from tests.browser.pages import WIDE_TITLE
from tests.browser.test_every_page import Inspector, in_both_languages
from tests.browser.writing import (
    ADDRESS,
    html_of,
    make_trainer,
    make_written_topic,
    sit_down,
)
from tests.conftest import make_theme, make_topic
from tests.models.pictures import png

pytestmark = pytest.mark.browser

RICH = """
<h2>Kop</h2><p>Tekst met een <a href="https://voorbeeld.nl/">link</a>, <code>code</code> en {wide}.</p>
<ul><li>Een<ul><li>Twee</li></ul></li></ul><blockquote><p>Citaat</p></blockquote><pre>{wide}</pre>
<table><caption>Wie doet wat</caption><thead><tr>{head}</tr></thead><tbody><tr>{cells}</tr></tbody></table>
<figure><img src="{address}"><figcaption>Bijschrift</figcaption></figure><figure><img src="{address}" alt=""></figure>
<aside data-callout="tip"><p>Tip</p></aside><aside data-callout="warning"><p>Let op</p></aside><aside><p>x</p></aside>
<figure data-video="vimeo:123456"><figcaption>Film</figcaption></figure><hr>
<details><summary>Meer</summary><p>Nog iets.</p></details><dl><dt>a</dt><dd>b</dd></dl><section><p>x</p></section>
"""
STUCK = "<p><q>een <q>twee</q></q></p>"
OLD = {
    "title": "Toms titel",
    "summary": WIDE_TITLE,
    "html": "<p>Van Tom, iets over luisteren.</p><h2>Nieuw</h2>",
    "base": 0,
}


def build(tom):
    """The topic at ``ADDRESS`` has everything in it; others stand beside it in the same theme."""
    topic = make_written_topic()
    picture = Picture.store(png((1200, 300)), name="breed.png", topic=topic)
    html = RICH.format(address=picture.address, wide="w" * 200, head="<th>Kolom</th>" * 9, cells="<td>Waarde</td>" * 9)
    topic.write(title=WIDE_TITLE, summary="Kort.", html=html, author=tom)
    theme = topic.steps.get().theme
    make_theme(0, slug="elders", title=WIDE_TITLE).add(topic, slug="luisteren")
    Presence.objects.announce(topic, make_trainer("Tess"))
    for slug, html in [("leeg", ""), ("vast", STUCK)]:
        theme.add(make_topic(slug, html, published=False), slug=slug)
    return topic


def opened(slug="luisteren", deed=lambda page: None):
    def arrive(page):
        response = page.goto(ADDRESS.replace("luisteren", slug))
        page.locator("[data-editor]:visible, [data-not-carried]:visible").first.wait_for()
        deed(page)
        return response

    return arrive


def in_the_table(page):
    page.locator(".ProseMirror td").first.click()
    page.locator("[data-within=table]").wait_for()


def dialog(command):
    def deed(page):
        page.locator(f"[data-command={command}]").click()
        page.locator("dialog[open]").wait_for()

    return deed


def in_trouble(page):
    page.context.route("**/save/", lambda route: route.abort())
    page.locator("#id_summary").fill("Anders.")
    page.locator("[data-trouble]").wait_for()
    page.context.unroute_all()


def with_a_copy(page):
    page.evaluate("""() => {
        const { owner } = document.querySelector("form[data-topic]").dataset;
        const copy = { title: "Oud", summary: "", html: "<p>Niet bewaard.</p>", base: 1, at: 0, sent: [] };
        localStorage.setItem(`stapwijs.copy.${owner}.x`, JSON.stringify(copy));
    }""")
    page.reload()
    page.locator("[data-copies] summary").click()


def uploading(page):
    page.locator("[data-choose-pictures]").set_input_files({"name": "x.png", "mimeType": "image/png", "buffer": b"x"})
    page.locator(".upload [data-wrong]:visible").wait_for()


def sent(**fields):
    """Send the form as a browser without scripts would."""

    def arrive(page):
        page.goto(ADDRESS)
        with page.expect_navigation() as navigation:
            page.evaluate(
                """fields => {
                    const form = document.querySelector("form[data-topic]");
                    for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
                    form.submit();
                }""",
                fields,
            )
        return navigation.value

    return arrive


STATES = {
    "empty": (200, opened("leeg")),
    "full": (200, opened()),
    "in a table": (200, opened(deed=in_the_table)),
    "asking for a link": (200, opened(deed=dialog("link"))),
    "asking for a video": (200, opened(deed=dialog("video"))),
    "as HTML": (200, opened("vast")),
    "not saved": (200, opened(deed=in_trouble)),
    "with a copy of before": (200, opened("leeg", deed=with_a_copy)),
    "a picture refused": (200, opened("leeg", deed=uploading)),
    "refused": (400, sent(title="t" * 301)),
    "two texts": (409, sent(**OLD)),
}


@in_both_languages
def test_the_page_of_a_topic_holds_in_every_state(page, context, base_url, language):
    tom = make_trainer("Tom")
    build(tom)
    enter(context, base_url, tom, language)
    inspector = Inspector(page, base_url)
    page.remove_listener("console", inspector.listen)  # the browser logs what is refused on purpose
    inspector.visit_all(STATES, language)

    assert not inspector.findings, "\n".join(inspector.findings)


# Without scripts


@without_javascript
def test_without_scripts_an_article_is_written_as_html(context, base_url):
    topic = make_written_topic()
    page = sit_down(context, base_url, make_trainer("Tom"))
    field = page.get_by_role("textbox", name="Text", exact=True)
    expect(field).to_have_value("<p>Wie luistert, hoort meer.</p>")
    expect(page.get_by_text("Written as HTML")).to_be_visible()

    field.fill("<h2>Kop</h2><p onclick='x'>Tekst<script>alert(1)</script></p>")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("status").first).to_contain_text("Saved at")
    expect(field).to_have_value("<h2>Kop</h2>\n<p>Tekst</p>")
    assert html_of(topic) == "<h2>Kop</h2>\n<p>Tekst</p>"


@without_javascript
def test_without_scripts_one_chooses_from_two_texts_too(context, base_url):
    topic = make_written_topic()
    page = sit_down(context, base_url, make_trainer("Tom"))
    topic.write(title="Luisteren", html="<p>Wie luistert, hoort alles.</p>", author=make_trainer("Tess"))

    page.get_by_role("textbox", name="Text", exact=True).fill("<p>Wie luistert, hoort veel.</p>")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose what stays")
    page.get_by_role("group", name="Paragraph 1").get_by_label("Text of Tess").check()
    page.get_by_role("button", name="Save what I chose").click()

    expect(page.get_by_role("textbox", name="Text", exact=True)).to_have_value("<p>Wie luistert, hoort alles.</p>")
    assert Topic.objects.get(pk=topic.pk).text_version == 3


@without_javascript
def test_without_scripts_what_is_refused_is_still_there(context, base_url):
    topic = make_written_topic()
    page = sit_down(context, base_url, make_trainer("Tom"))

    page.get_by_role("textbox", name="Text", exact=True).fill("<p>Getypt.</p>" + "x" * 1_000_001)
    page.get_by_role("button", name="Save").click()

    expect(page.locator("#topic .errorlist")).to_be_visible()
    assert page.get_by_role("textbox", name="Text", exact=True).input_value().startswith("<p>Getypt.</p>")
    assert Topic.objects.get(pk=topic.pk).text_version == 1
