"""What an author is told before an article is published."""

import pytest
from django.utils import translation
from hypothesis import given

from courses.articles.checks import Finding, check
from courses.articles.outline import derive
from courses.articles.sanitise import parsed, sanitise
from tests.articles.fragments import articles, torn


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def kinds(html):
    return [finding.kind for finding in check(html)]


RIGHT = (
    "<p>Inleiding met een <a href='/themes/a/'>stuk over luisteren</a>.</p>"
    "<h2>Kop</h2><h3>Kop</h3><h4>Kop</h4><h2>Kop</h2>"
    "<figure><img src='/pictures/x/' alt='Twee cirkels'></figure><p><img src='/pictures/x/' alt=''>Versierd.</p>"
    "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>"
    "<figure data-video='vimeo:76979871'><figcaption>Luisteren</figcaption></figure>"
    "<p><a href='/themes/b/'><img src='/pictures/x/' alt='Naar het tweede stuk'></a>"
    " <a href='mailto:tom@example.org'>tom@example.org</a> <a>geen link</a></p>"
)
PICTURE = "<img src='/pictures/x/'>"


def test_an_article_that_is_right_is_left_in_peace():
    assert check(RIGHT) == []
    assert check(derive(RIGHT).html) == []


# What blocks publication


def test_a_picture_without_a_text_blocks_publication():
    html = f"<p>Kijk.</p><figure>{PICTURE}<figcaption>Twee cirkels</figcaption></figure><p>En {PICTURE}.</p>"

    assert check(html) == [
        Finding("picture-without-alt", "The picture “Twee cirkels” has no text yet for those who cannot see it.", 1),
        Finding("picture-without-alt", "Picture 2 has no text yet for those who cannot see it.", 2),
    ]
    assert all(finding.blocking for finding in check(html))


@pytest.mark.parametrize(
    "html", ["", " ", "<p></p>", "<hr><hr>", "<div><p><br></p></div>", "<script>alert(1)</script>"]
)
def test_an_article_without_anything_to_read_blocks_publication(html):
    (finding,) = check(html)

    assert finding == Finding("empty-article", "There is no text yet.", 0)
    assert finding.blocking


@pytest.mark.parametrize(
    "html", ["<p>x</p>", "<figure data-video='vimeo:12345'></figure>", "<p><img src='/pictures/x/' alt=''></p>"]
)
def test_a_word_a_picture_or_a_video_is_something_to_read(html):
    assert "empty-article" not in kinds(html)


# What is advice


@pytest.mark.parametrize(
    ("html", "skips"),
    [
        ("<h2>a</h2><h3>b</h3><h4>c</h4><h2>d</h2><h3>e</h3>", 0),
        ("<h3>a</h3>", 1),
        ("<h2>a</h2><h4>b</h4>", 1),
        ("<h2>a</h2><h4>b</h4><h4>c</h4>", 1),
        ("<h4>a</h4><h2>b</h2><h4>c</h4>", 2),
        ("<h2>a</h2><details><summary>x</summary><h4>b</h4></details>", 1),
        ("<h1>a</h1><h2>b</h2>", 0),
    ],
)
def test_a_skipped_level_of_headings_is_pointed_out(html, skips):
    assert kinds(html) == ["skipped-heading"] * skips


def test_a_heading_is_named_with_the_one_above_it():
    messages = [finding.message for finding in check("<h3>Begin</h3><h2>Kop</h2><h4>Te diep</h4>")]

    assert messages == [
        "The first heading, “Begin”, is at level 3; it should be at level 2.",
        "The heading “Te diep” is at level 4, right below one at level 2.",
    ]


@pytest.mark.parametrize("html", ["<h2></h2>", "<h2> <br></h2>", "<h3><strong></strong></h3>"])
def test_a_heading_without_text_is_pointed_out(html):
    assert kinds(f"<p>x</p>{html}") == ["empty-heading"]


@pytest.mark.parametrize("text", ["", " ", "<br>", "<img src='/pictures/x/' alt=''>"])
def test_a_link_without_text_is_pointed_out(text):
    (finding,) = check(f"<p>x <a href='https://example.org/a'>{text}</a></p>")

    assert finding == Finding("empty-link", "The link to https://example.org/a has no text.", 0)


@pytest.mark.parametrize("address", ["", "#"])
def test_a_link_that_leads_nowhere_is_pointed_out(address):
    (finding,) = check(f"<p><a href='{address}'>Luisteren</a></p>")

    assert finding == Finding("empty-link", "The link “Luisteren” leads nowhere.", 0)


VAGUE = (
    """
    klik hier|Klik hier!|hier|Lees meer »|LEES VERDER|meer|link|deze link|→ meer info|meer informatie…|dit|<em>hier</em>
    here|Click here|read more|More…|this|[link]|learn more ›|https://example.org/a?b=c|www.example.org|HTTP://EXAMPLE.ORG
""".strip()
    .replace("\n    ", "|")
    .split("|")
)


@pytest.mark.parametrize("text", VAGUE)
def test_a_link_that_names_nothing_is_pointed_out(text):
    (finding,) = check(f"<p>x</p><p>Zie <a href='/themes/a/'>{text}</a>.</p>")

    assert (finding.kind, finding.block, finding.blocking) == ("vague-link", 1, False)


@pytest.mark.parametrize(
    "text", ["meer over luisteren", "Hierarchie", "Lees meer over vertrouwen", "Thisbe", "example.org", "1"]
)
def test_a_link_that_names_something_is_left_in_peace(text):
    assert kinds(f"<p><a href='/themes/a/'>{text}</a></p>") == []


def test_a_table_without_headers_is_pointed_out():
    (finding,) = check("<table><tbody><tr><td>maandag</td><td>tien uur</td></tr></tbody></table>")

    assert finding.kind == "table-without-headers"
    assert finding.message == "The table that begins with “maandag tien uur” has no headers."


@pytest.mark.parametrize("caption", ["", "<figcaption> </figcaption>"])
def test_a_video_without_a_title_is_pointed_out(caption):
    (finding,) = check(f"<p>x</p><figure data-video='youtube:dQw4w9WgXcQ'>{caption}</figure>")

    assert finding == Finding("video-without-title", "A video of YouTube has no title.", 1)


def test_findings_stand_in_the_order_of_the_article():
    html = f"<p><a href='/a/'>hier</a></p><h4>x</h4><ul><li>{PICTURE}</li><li><a href='/b/'></a></li></ul><h2></h2>"

    assert [(finding.kind, finding.block) for finding in check(html)] == [
        ("vague-link", 0),
        ("skipped-heading", 1),
        ("picture-without-alt", 2),
        ("empty-link", 2),
        ("empty-heading", 3),
    ]


def test_a_long_name_is_shortened_and_remains_text():
    (finding,) = check(f"<h3>&lt;b&gt; {'lang ' * 100}</h3>")

    assert finding.message.startswith("The first heading, “<b> lang")
    assert len(finding.message) < 200


@given(articles | torn)
def test_every_finding_leads_to_a_block(html):
    found = check(html)

    count = len(parsed(sanitise(html)))
    assert all(0 <= finding.block < max(1, count) for finding in found)
    assert found == check(derive(html).html)
