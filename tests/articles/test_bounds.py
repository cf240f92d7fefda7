"""Texts of a shape that would keep a parser busy for minutes, or fill the memory."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from courses.articles.bounds import MOST_OPEN, SHORT, bounded
from courses.articles.outline import derive
from courses.articles.sanitise import BLOCKS, DEEPEST, INLINE, NOT_EVEN_THEIR_TEXT, PARTS, parsed, sanitise
from tests.articles.fragments import articles
from tests.articles.harmless import is_harmless

SIZE = 400_000
SECONDS = 8  # measured: at most 2; without bounds up to 20, and 3 GB


def repeated(html):
    return html * (SIZE // len(html))


def numbered(html):
    return "".join(html.format(number) for number in range(SIZE // len(html)))


SHAPES = {
    "deep": repeated("<div>"),
    "deep, of two kinds": repeated("<dd><li>"),
    "lists in lists": repeated("<ul><li>"),
    "tables in tables": repeated("<table><tr><td>"),
    "drawings": "<svg>" + repeated("<g>"),
    "formatting that never ends": numbered("<p><font size={}>x"),
    "formatting that never ends, in lists": numbered("<li><font size={}>x"),
    "formatting that never ends, in divisions": numbered("<div><em lang=x{}>x</div>"),
    "formatting in formatting": numbered("<em lang=x{}>"),
    "a link that never ends": f'<p><a href="https://example.org/{"a" * 2000}">' + repeated("<p>x"),
    "a link as long as the text": f'<p><a href="https://example.org/{"a" * SIZE}">' + repeated("<p>x"),
    "tags torn apart": repeated("<b><i><p></b></i>"),
    "tags torn apart, of blocks": repeated("<span><div></span>"),
    "lines in a table, in no cell": "<table>" + repeated("<br>"),
    "words in a table, in no cell": "<table>" + repeated("x<i></i>"),
    "words in many tables, in no cell": repeated("<table>x<br>"),
    "attributes": f"<p {numbered('a{}=1 ')}>x",
    "attributes without values": f"<p {numbered('a{}/')}>x",
    "ampersands": repeated("& "),
    "references to nothing": repeated("&a;"),
    "references": repeated("&amp;"),
    "ends of nothing": repeated("</p>"),
    "empty paragraphs": repeated("<p></p>x"),
    "comments": repeated("<!--"),
    "half tags": repeated("<a b='"),
    "less than": repeated("<"),
    "headings alike": repeated("<h2>a</h2>"),
    "one word": "x" * SIZE,
    "paragraphs": repeated("<p>Wie luistert, <em>hoort</em> meer.</p>\n"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_no_shape_keeps_the_machine_busy(shape):
    begun = time.process_time()

    clean = sanitise(SHAPES[shape])

    assert time.process_time() - begun < SECONDS
    assert sanitise(clean) == clean


@pytest.mark.parametrize(
    "unit", ["<table><tr><td>", "<div>", "<ul><li>", "<blockquote>", "<em>", "<section><h2>", "<dl><dd>"]
)
def test_three_thousand_levels_become_a_hundred_and_no_word_is_lost(unit):
    ends = "".join(f"</{name}>" for name in reversed(re.findall(r"\w+", unit)))
    html = "".join(f"{unit}woord{number} " for number in range(3000)) + ends * 3000 + "<p>slot</p>"

    clean = sanitise(html)

    found = parsed(clean)
    assert max(len(list(element.iterancestors())) for element in found.iter()) <= DEEPEST
    assert sorted(re.findall(r"woord\d+|slot", found.text_content())) == sorted(re.findall(r"woord\d+|slot", html))
    assert is_harmless(clean)
    assert sanitise(derive(clean).html) == clean


def test_what_lay_too_deep_stays_apart():
    deep = "<div>" * DEEPEST + "een<br>twee<p>drie</p><ul><li>vier</li><li>vijf</li></ul>"

    assert parsed(sanitise(deep)).text_content().split() == ["een", "twee", "drie", "vier", "vijf"]


def test_formatting_that_was_never_closed_still_reads_as_text():
    html = numbered("<p><font size={0}>woord{0} ")

    words = parsed(sanitise(html)).text_content().split()

    assert words == re.findall(r"woord\d+", html)


@pytest.mark.parametrize("closing", ["</p>", "", "</font></p>"])
def test_a_long_text_from_an_old_word_processor_keeps_its_paragraphs(closing):
    html = f"<p><font face=Arial><b>Kop</b> en tekst.{closing}\n" * 2000

    assert sanitise(html).count("<p>Kop en tekst.") == 2000


@pytest.mark.parametrize(
    "html",
    [
        "<p>een<p>twee",
        "<ul><li>een<li>twee<ul><li>drie</ul></ul>",
        "<dl><dt>een<dd>twee<dt>drie<dd>vier</dl>",
        "<table><thead><tr><th>een<th>twee<tbody><tr><td>drie<td>vier<tr><td>vijf</table>",
        "<p>1 < 2 & 3 > 2 &amp; AT&T &copy 2027 <a href='/x/?a=1&b=2'>x</a></p>",
        "<p title='a>b' data-x=\"<p>\">een</p><!-- <div> --><style>p > b {}</style><svg><g/></svg><p>twee</p>",
        '<figure data-video="vimeo:12345"><figcaption>Titel</figcaption></figure>',
        "<p>een<script>if (a < b) document.write('<div>')</script><br>twee<img src='/pictures/x/'></p>",
    ],
)
def test_a_long_text_is_read_as_a_short_one(html):
    """Tags that may be left out are: no more stand open than a browser would have."""
    times = max(SHORT // len(html), MOST_OPEN) + 1

    assert sanitise(html * times) == "\n".join([sanitise(html)] * times)


@given(st.lists(articles, min_size=1, max_size=3))
def test_a_long_article_is_left_as_it_is(several):
    clean = "\n".join(part for part in map(sanitise, several) if part)
    long = "\n".join([clean] * (SHORT // (len(clean) or SHORT) + 1)) if clean else ""

    assert bounded(long, NOT_EVEN_THEIR_TEXT) == long


tags = st.sampled_from(sorted(BLOCKS | INLINE | PARTS | {"b", "font", "center", "form"}))
nested = st.lists(tags, min_size=1, max_size=4)


@settings(max_examples=60)
@given(nested, st.integers(50, 500), st.booleans(), st.lists(st.integers(0, 2000), max_size=5))
def test_whatever_is_nested_comes_to_rest_and_keeps_its_words(tags, times, closed, torn_at):
    unit = "".join(f"<{tag}>" for tag in tags)
    parts = [f"{unit}woord{number} " for number in range(times)]
    parts += ["".join(f"</{tag}>" for tag in reversed(tags))] * times if closed else []
    for place in torn_at:
        parts.insert(place, "</div>tekst<p>")
    html = "".join(parts)

    clean = sanitise(html)

    assert is_harmless(clean)
    assert sanitise(clean) == clean
    assert sanitise(derive(clean).html) == clean
    read = lxml_html.fromstring(f"<div>{clean}</div>", parser=lxml_html.HTMLParser(huge_tree=True)).text_content()
    assert set(re.findall(r"woord\d+", read)) == set(re.findall(r"woord\d+", html))
