"""What is derived from an article once, when it is published."""

import pytest
from hypothesis import given, settings
from lxml import html as lxml_html

from courses.articles.outline import WORDS_PER_MINUTE, derive
from courses.articles.sanitise import sanitise
from tests.articles.fragments import articles, torn

ARTICLE = (
    "<p>Inleiding.</p>"
    "<h2>Hoe werkt <em>vertrouwen</em>?</h2><p>Zo.</p>"
    "<h3>Vijf verschillen</h3><ul><li>een</li><li>twee</li></ul>"
    "<h2>Hoe werkt vertrouwen?</h2><p>Nog eens.</p>"
)


def anchors(html):
    return [heading.get("id") for heading in lxml_html.fragment_fromstring(html, "div").iter("h2", "h3", "h4")]


def test_every_heading_gets_an_anchor_and_a_place_in_the_contents():
    derived = derive(ARTICLE)

    assert derived.outline == [
        {"level": 2, "title": "Hoe werkt vertrouwen?", "anchor": "h-hoe-werkt-vertrouwen"},
        {"level": 3, "title": "Vijf verschillen", "anchor": "h-vijf-verschillen"},
        {"level": 2, "title": "Hoe werkt vertrouwen?", "anchor": "h-hoe-werkt-vertrouwen-2"},
    ]
    assert anchors(derived.html) == [heading["anchor"] for heading in derived.outline]


def test_the_text_stays_as_it_was_written():
    derived = derive(ARTICLE)

    assert '<h2 id="h-hoe-werkt-vertrouwen">Hoe werkt <em>vertrouwen</em>?</h2>' in derived.html
    assert sanitise(derived.html) == sanitise(ARTICLE)


@pytest.mark.parametrize("titles", [["Kop"] * 4, ["Kop", "Kop 2", "Kop"], ["Kop-2", "Kop", "Kop"], ["!", "?", "🙂"]])
def test_no_two_anchors_are_the_same(titles):
    derived = derive("".join(f"<h2>{title}</h2>" for title in titles))

    assert len(set(anchors(derived.html))) == len(titles)


@pytest.mark.parametrize("title", ["שלום", "日本語", "!!!", "🙂"])
def test_a_title_without_latin_letters_gets_an_anchor_too(title):
    assert anchors(derive(f"<h2>{title}</h2>").html) == ["h-1"]


def test_a_link_to_an_anchor_stays_right_when_text_is_added_behind_it():
    before = derive(ARTICLE)

    after = derive(ARTICLE + "<h2>Tot slot</h2><p>Meer.</p>")

    assert after.outline[:3] == before.outline


def test_an_anchor_that_was_pasted_along_is_replaced():
    assert anchors(derive('<h2 id="completion">Kop</h2>').html) == ["h-kop"]


def test_plain_text_has_a_line_for_each_block():
    text = derive("<h2>Kop</h2><p>Een\n <em>twee</em> drie.</p><ul><li>vier</li><li>vijf</li></ul>").text

    assert text.split("\n")[:2] == ["Kop", "Een twee drie."]
    assert len(text.split("\n")) == 3


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>vier</li><li>vijf</li></ul>",
        "<table><tbody><tr><td>vier</td><td>vijf</td></tr></tbody></table>",
        "<blockquote><p>vier</p><p>vijf</p></blockquote>",
        "<p>vier<br>vijf</p>",
        "<p>vi<em>er</em></p><p>vi<strong>j</strong>f</p>",
    ],
)
def test_plain_text_keeps_apart_what_stands_apart_and_together_what_is_one_word(html):
    assert derive(html).text.split() == ["vier", "vijf"]


@pytest.mark.parametrize(
    ("words", "minutes"),
    [(0, 1), (1, 1), (WORDS_PER_MINUTE, 1), (WORDS_PER_MINUTE + 1, 2), (5 * WORDS_PER_MINUTE, 5)],
)
def test_reading_takes_at_least_a_minute(words, minutes):
    assert derive(f"<p>{'woord ' * words}</p>").reading_minutes == minutes


def test_pictures_get_their_size_so_that_the_page_does_not_jump():
    html = '<figure><img src="/pictures/x/" alt=""></figure><figure><img src="/pictures/y/" alt=""></figure>'

    derived = derive(html, {"/pictures/x/": (640, 480)})

    assert '<img src="/pictures/x/" alt="" width="640" height="480">' in derived.html
    assert '<img src="/pictures/y/" alt="">' in derived.html
    assert sanitise(derived.html) == sanitise(html)


VIDEO = '<figure data-video="youtube:dQw4w9WgXcQ">{}</figure>'
LINK = (
    '<a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ" rel="noreferrer"'
    ' data-player="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ">{}</a>'
)


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        (
            "<figcaption>Luisteren,\n in <em>drie</em> stappen &amp; meer</figcaption>",
            "Luisteren, in drie stappen &amp; meer",
        ),
        ("<figcaption></figcaption>", "YouTube"),
        ("", "YouTube"),
    ],
)
def test_a_video_is_a_link_to_its_page_that_knows_its_player(caption, title):
    derived = derive(VIDEO.format(caption))

    assert derived.html == VIDEO.format(LINK.format(title) + caption)
    assert sanitise(derived.html) == VIDEO.format(caption)


def test_the_title_of_a_video_is_read_once():
    derived = derive(VIDEO.format("<figcaption>Luisteren</figcaption>"))

    assert derived.text == "Luisteren"


def test_a_picture_of_which_nothing_was_decided_stays_so():
    html = '<figure><img src="/pictures/x/"></figure>'

    assert 'alt="' not in derive(html, {"/pictures/x/": (640, 480)}).html


def test_two_thousand_headings_alike_get_anchors_at_once():
    anchored = derive("<h2>Kop</h2>" * 2000).outline

    assert [heading["anchor"] for heading in anchored[:2]] == ["h-kop", "h-kop-2"]
    assert anchored[-1]["anchor"] == "h-kop-2000"


def test_nothing_gives_nothing():
    derived = derive("")

    assert (derived.html, derived.outline, derived.text, derived.reading_minutes) == ("", [], "", 1)


@settings(max_examples=300)
@given(torn)
def test_deriving_is_stable_whatever_was_written(html):
    derived = derive(html)

    assert derive(html) == derived
    assert derive(derived.html) == derived
    assert sanitise(derived.html) == sanitise(html)
    assert len(set(anchors(derived.html))) == len(derived.outline)


@given(articles)
def test_deriving_an_article_is_stable(html):
    derived = derive(html, {"/pictures/a/": (640, 480)})

    assert derive(derived.html, {"/pictures/a/": (640, 480)}) == derived
    assert sanitise(derived.html) == sanitise(html)
