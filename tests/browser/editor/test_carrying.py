"""Nothing is lost by opening an article in the editor and saving it: it carries all of it, or does not open it."""

import re

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from lxml import html as lxml_html
from playwright.sync_api import expect

from courses.articles.sanitise import sanitise
from courses.articles.videos import video_of
from courses.models import Theme
from tests.articles import fragments
from tests.browser.writing import (
    html_of,
    is_saved,
    start_over,
    text_of,
    write,
)

pytestmark = pytest.mark.browser

OPEN_AND_SAVE = """
async html => {
    const [{ createDocument }, { written }, { sense }] = await Promise.all(
        [import("django-prose-editor/editor"), import("authoring/written"), import("authoring/sense")]);
    const article = createDocument(html, document.querySelector(".ProseMirror").editor.schema);
    article.check();
    const saved = written(article);
    return [saved, sense(saved) === sense(html)];
}
"""
EVERYTHING = {
    "headings": "<h2>Een</h2><h3>Twee</h3><h4>Drie</h4>",
    "emphasis": "<p><strong>a</strong> <em>b</em> <u>c</u> <s>d</s> <sub>e</sub> <sup>f</sup> <mark>g</mark></p>",
    "kinds of words": "<p><code>a</code> <kbd>b</kbd> <cite>c</cite> <q>d</q> <small>e</small></p>",
    "explained words": '<p><abbr title="Ee">e</abbr> <time datetime="2026-05-12">f</time></p>',
    "emphasis in emphasis": "<p><em>a <strong>b <a href='/x/'>c</a></strong></em> <strong><em>d</em></strong></p>",
    "abbreviations in each other": '<p><abbr title="A"><abbr title="B">c</abbr></abbr></p>',
    "languages": '<p lang="en">A <span lang="nl">b <span dir="rtl">c</span></span></p>',
    "a quotation in French": '<blockquote lang="fr"><p>d</p></blockquote>',
    "links": '<p><a href="https://example.org/?a=1&b=2">a</a> <a href="mailto:a@b.nl">b</a> <a href="#d">d</a></p>',
    "lists": '<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul><ol start="3"><li>e</li></ol>',
    "things in lists": "<ul><li><h3>a</h3><p>b</p></li><li><table><tr><td>c</td></tr></table></li><li></li></ul>",
    "definitions": "<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd><p>d</p><p>e</p></dd></dl>",
    "quotations": "<blockquote><p>a</p><p><cite>b</cite></p></blockquote><blockquote>c</blockquote>",
    "listings": "<pre><code>a\n  b</code></pre><pre>\n\nc <strong>d</strong></pre>",
    "a table": "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>c</td></tr></tbody></table>",
    "a table with everything": """
        <table><caption>a</caption><thead><tr><td></td><th scope="col" colspan="2">b</th></tr></thead><tbody>
        <tr><th scope="row" rowspan="2">c</th><td>d</td><td><ul><li>e</li></ul></td></tr><tr><td>f</td><td>g</td></tr>
        </tbody><tfoot><tr><td>h</td><td>i</td><td>j</td></tr></tfoot></table>""",
    "a picture": '<figure><img src="/pictures/a/" alt="b"><figcaption>c <em>d</em></figcaption></figure>',
    "a picture undecided": '<figure><img src="/pictures/a/"></figure>',
    "a decorative picture": '<figure><img src="/pictures/a/" alt=""></figure>',
    "pictures in text": '<p>a <img src="/pictures/a/" alt="b"> <a href="/x/"><img src="/pictures/c/" alt=""></a></p>',
    "a quotation as a figure": "<figure><blockquote><p>a</p></blockquote><figcaption>b</figcaption></figure>",
    "a caption without a figure": "<figure><figcaption>c</figcaption></figure>",
    "two pictures, one figure": """
        <figure><figcaption>d</figcaption><img src="/pictures/a/" alt="b"><img src="/pictures/c/"></figure>""",
    "a video": '<figure data-video="youtube:abcdefghijk"><figcaption>a</figcaption></figure>',
    "a video without a title": '<figure data-video="vimeo:123456"></figure>',
    "boxes": '<aside data-callout="warning"><p>a</p></aside><aside><p>b</p></aside>',
    "parts": "<section><h2>c</h2></section><div><p>d</p></div>",
    "what folds": "<details><summary>a</summary><p>b</p></details><details><p>c</p></details>",
    "a link around blocks": '<div><a href="/x/"><h3>a</h3><p>b</p></a></div>',
    "lines": "<p>a<br>b</p><hr><p><br></p>",
    "other alphabets": '<p dir="rtl">‏שלום עולם</p><p>👩🏽‍🏫 é&nbsp;ë</p>',
}
NOT_CARRIED = {
    "a quotation in a quotation in a line": "<p><q>a <q>b</q></q></p>",
    "a caption with emphasis": "<table><caption>a <em>b</em></caption><tbody><tr><td>c</td></tr></tbody></table>",
    "a heading in a summary": "<details><summary><h3>a</h3></summary><p>b</p></details>",
}


def words_and_things(html):
    """An article in another light than the editor's own: all its text, its links, pictures and kinds of elements."""
    body = lxml_html.fragment_fromstring(html, create_parent="div")
    text = "".join(body.itertext()).replace("\n", "").replace(" ", "").replace("\t", "")
    links = [link.get("href") for link in body.iter("a") if link.text_content().strip() or link.xpath(".//img")]
    things = [*links, *(image.get("src") for image in body.iter("img"))]
    kinds = {element.tag for element in body.iter()} - {"p", "span", "colgroup", "col", "tbody", "thead", "div"}
    return text, set(filter(None, things)), kinds


def test_whatever_an_article_may_hold_is_carried(page, subtests):
    for kind, article in EVERYTHING.items():
        with subtests.test(kind):
            html = sanitise(article)

            saved, carried = page.evaluate(OPEN_AND_SAVE, html)

            assert carried
            assert words_and_things(sanitise(saved)) == words_and_things(html)
            assert page.evaluate(OPEN_AND_SAVE, sanitise(saved)) == [saved, True]


def test_generated_articles_are_carried_or_not_opened(page):
    """With the fields of the editor's own measure: what it takes for the same is so in another light too."""
    taken = []

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(fragments.articles)
    def open_and_save(article):
        html = sanitise(article)
        saved, carried = page.evaluate(OPEN_AND_SAVE, html)
        taken.append(carried)
        if carried:
            assert words_and_things(sanitise(saved))[:2] == words_and_things(html)[:2]

    open_and_save()
    assert sum(taken) > len(taken) * 0.6


def test_the_demo_is_carried_as_it_is(page):
    for slug in ("cultuur-van-vertrouwen", "giving-feedback"):
        call_command("import_theme", f"courses/demo/{slug}", verbosity=0)
    for theme in Theme.objects.exclude(slug="samen"):
        for step in theme.steps.all():
            html = step.topic.text.source
            saved, carried = page.evaluate(OPEN_AND_SAVE, html)
            assert carried
            assert sanitise(saved) == sanitise(re.sub(r">\s+<", "><", html))


# What the editor cannot carry


def test_what_cannot_be_carried_is_edited_as_html(page, topic, subtests):
    for kind, article in NOT_CARRIED.items():
        with subtests.test(kind):
            html = sanitise(article)
            start_over(page, topic, html)

            field = page.get_by_role("textbox", name="Text", exact=True)
            expect(field).to_have_value(html)
            expect(page.get_by_text("There is something in this text that the editor would lose.")).to_be_visible()
            field.fill(f"{html}<p>Erbij.</p>")

            is_saved(page)
            assert html_of(topic) == sanitise(f"{html}<p>Erbij.</p>")


def test_it_is_opened_in_the_editor_only_if_one_says_so(page, topic):
    topic.write(title="Luisteren", html=NOT_CARRIED["a quotation in a quotation in a line"])
    page.reload()

    page.get_by_role("button", name="Open it in the editor all the same").click()

    expect(text_of(page)).to_have_attribute("contenteditable", "true")
    assert html_of(topic) == NOT_CARRIED["a quotation in a quotation in a line"]
    write(page, " c")
    is_saved(page)
    assert html_of(topic) == "<p><q>a b c</q></p>"


# Addresses


ADDRESSES = [
    "https://www.youtube.com/watch?v=abcdefghijk&t=3",
    "https://youtu.be/abcdefghijk?si=x",
    "https://m.youtube.com/shorts/abcdefghijk",
    "https://www.youtube-nocookie.com/embed/abcdefghijk",
    "https://www.youtube.com/embed/videoseries?list=x",
    "https://www.youtube.com/playlist?list=PL1",
    "https://vimeo.com/123456789",
    "https://player.vimeo.com/video/123456789",
    "https://vimeo.com/123456789/geheim",
    "https://vimeo.com/channels/leren/123456789",
    "https://elders.example/watch?v=abcdefghijk",
    "javascript:youtube.com/watch?v=abcdefghijk",
    "geen adres",
    "",
]


def test_the_page_knows_a_video_as_the_server_does(page, subtests):
    for address in ADDRESSES:
        with subtests.test(address):
            known = page.evaluate("async typed => (await import('authoring/addresses')).videoAt(typed)", address)

            assert known == video_of(address)
            assert known is None or re.fullmatch(r"(youtube:abcdefghijk|vimeo:123456789)", known)
