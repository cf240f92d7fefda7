"""Markdown in, Markdown out, without loss."""

import pytest
from hypothesis import given, settings

from courses.articles.markdown import from_html, picture_names, to_html
from courses.articles.sanitise import sanitise
from tests.articles.fragments import articles, torn

# What a person writes

READ = {
    "*Een* **twee** `drie` ~~vier~~": "<p><em>Een</em> <strong>twee</strong> <code>drie</code> <s>vier</s></p>",
    "# Kop\n\n## Kop\n\n### Kop": "<h2>Kop</h2>\n<h2>Kop</h2>\n<h3>Kop</h3>",
    "- een\n- twee": "<ul>\n<li>een</li>\n<li>twee</li>\n</ul>",
    "3. drie\n4. vier": '<ol start="3">\n<li>drie</li>\n<li>vier</li>\n</ol>',
    "> Een citaat.": "<blockquote>\n<p>Een citaat.</p>\n</blockquote>",
    "[x](https://example.org)": '<p><a href="https://example.org">x</a></p>',
    "| a | b |\n| --- | --- |\n| c | d |": "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n"
    "<tbody>\n<tr>\n<td>c</td>\n<td>d</td>\n</tr>\n</tbody>\n</table>",
    "```\na\n\n  b\n```": "<pre><code>a\n\n  b\n</code></pre>",
    "een\\\ntwee": "<p>een<br>\ntwee</p>",
    "---": "<hr>",
    "": "",
}


@pytest.mark.parametrize("markdown", READ)
def test_markdown_is_read(markdown):
    assert to_html(markdown) == READ[markdown]


@pytest.mark.parametrize(
    "html", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))"]
)
def test_markdown_is_no_way_round_the_allow_list(html):
    read = to_html(f"Tekst.\n\n{html}\n\nMeer.")

    assert "alert" not in read.replace("[x](javascript:alert(1))", "")
    assert "Meer." in read


def test_html_in_markdown_stays_what_it_is():
    aside = '<aside data-callout="tip"><p>Een tip.</p></aside>'

    assert to_html(f"Tekst.\n\n{aside}\n\nMeer.") == f"<p>Tekst.</p>\n{aside}\n<p>Meer.</p>"


# Pictures

PICTURE = '<img src="/pictures/x/" alt="Twee cirkels">'
ADDRESS = {"cirkels.png": "/pictures/x/", "met een spatie.png": "/pictures/y/"}.get


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("![Twee cirkels](cirkels.png)", f"<figure>{PICTURE}</figure>"),
        (
            '![Twee cirkels](cirkels.png "Een *bijschrift*")',
            f"<figure>{PICTURE}<figcaption>Een *bijschrift*</figcaption></figure>",
        ),
        ("Kijk: ![Twee cirkels](cirkels.png)", f"<p>Kijk: {PICTURE}</p>"),
        ("![](<met een spatie.png>)", '<figure><img src="/pictures/y/" alt=""></figure>'),
        ("![](met%20een%20spatie.png)", '<figure><img src="/pictures/y/" alt=""></figure>'),
        ("![](onbekend.png)", ""),
    ],
)
def test_a_picture_alone_is_a_figure_and_its_title_the_caption(markdown, html):
    assert to_html(markdown, ADDRESS).replace("<figure></figure>", "") == html


def test_the_pictures_in_a_text_are_named_in_order():
    markdown = '![](b.png)\n\n- ![x](a%20b.png "y")\n\n<figure><img src="c.png"></figure>\n\n`![](d.png)`'

    assert picture_names(markdown) == ["b.png", "a b.png", "c.png"]


def test_a_picture_goes_out_under_its_name_and_comes_back_at_its_address():
    html = f"<figure>{PICTURE}<figcaption>Een bijschrift</figcaption></figure>"

    markdown = from_html(html, {"/pictures/x/": "cirkels.png"}.get)

    assert markdown == '![Twee cirkels](cirkels.png "Een bijschrift")'
    assert to_html(markdown, ADDRESS) == html


@pytest.mark.parametrize(
    ("alt", "markdown"), [(' alt=""', "![](cirkels.png)"), ("", '<figure><img src="cirkels.png"></figure>')]
)
def test_only_a_picture_of_which_nothing_was_decided_goes_out_as_html(alt, markdown):
    html = f'<figure><img src="/pictures/x/"{alt}></figure>'

    assert from_html(html, {"/pictures/x/": "cirkels.png"}.get) == markdown
    assert to_html(markdown, ADDRESS) == html


# What a person would write

WRITTEN = [
    "Een *twee* **drie** `vier` ~~vijf~~",
    "## Kop\n\nTekst met [een link](https://example.org).",
    "- een\n- twee\n  - half\n- drie",
    "1. een\n2. twee",
    "> Een citaat.\n>\n> Nog een.",
    "| a | b |\n| --- | --- |\n| c | d |",
    "```\na\n\n  b\n```",
    "een\\\ntwee",
    "Jip & Janneke: 1 < 2",
    "\\# geen kop",
]


@pytest.mark.parametrize("markdown", WRITTEN)
def test_markdown_comes_out_as_a_person_would_write_it(markdown):
    assert from_html(to_html(markdown)) == markdown


KEPT = {
    "adjacent lists": "<ul><li>een</li></ul><ul><li>twee</li></ul>",
    "adjacent numbered lists": "<ol><li>een</li></ol><ol><li>een</li></ol>",
    "a list from three": '<ol start="3"><li>drie<ul><li>half</li></ul></li></ol>',
    "blank lines in code": "<pre><code>a\n\n\n  b\n</code></pre>",
    "code that begins with blank lines": "<pre>\n\n\ncode</pre>",
    "backticks in code": "<pre><code>```\na\n```\n</code></pre><p><code>`</code> en <code>``</code></p>",
    "a caption with emphasis": f"<figure>{PICTURE}<figcaption>Een <em>bijschrift</em></figcaption></figure>",
    "quotes in a caption": f'<figure>{PICTURE}<figcaption>Een "bijschrift" \\ meer</figcaption></figure>',
    "marks in an alternative text": '<figure><img src="/pictures/x/" alt="[a] *b* \\ &lt;c&gt; &amp;amp;"></figure>',
    "a picture in a paragraph of its own": f"<p>{PICTURE}</p>",
    "a callout": '<aside data-callout="tip"><p>Een tip.</p><p>Nog een.</p></aside>',
    "a callout of another kind": '<aside data-callout="warning"><h3>Let op</h3><ul><li>een</li></ul></aside>',
    "a callout with blank lines in code": '<aside data-callout="example"><pre>a\n\nb</pre></aside>',
    "a video": '<figure data-video="youtube:dQw4w9WgXcQ"><figcaption>Luisteren</figcaption></figure>',
    "a video without a title": '<figure data-video="vimeo:76979871"></figure>',
    "a picture of which nothing was decided": '<figure><img src="/pictures/x/"></figure>',
    "a picture in a sentence of which nothing was decided": '<p>Kijk: <img src="/pictures/x/">.</p>',
    "a picture that only decorates": '<figure><img src="/pictures/x/" alt=""></figure>',
    "a picture with a caption of which nothing was decided": '<figure><img src="/pictures/x/">'
    "<figcaption>Een bijschrift</figcaption></figure>",
    "entities": "<p>&amp;amp; &amp;lt;b&amp;gt; &lt;b&gt; &amp;copy;</p>",
    "emoji and other ways to write": "<p>🙂 👩🏽‍🏫 שלום עולם é</p>",
    "what looks like Markdown": "<p># geen kop</p><p>- geen punt</p><p>1. geen nummer</p><p>*geen* [geen](link)</p>",
    "a link around blocks": '<a href="/themes/a/"><h3>Kop</h3><p>Tekst</p></a>',
    "what looks like HTML": "<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;!-- --&gt;</p>",
    "a pipe in a table": "<table><thead><tr><th>a|b</th></tr></thead><tbody><tr><td>c|d</td></tr></tbody></table>",
    "a table without a head": "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
    "a language": '<p lang="en">Say what you saw.</p>',
    "spaces that do not break": "<p>10&nbsp;km</p>",
}


@pytest.mark.parametrize("what", KEPT)
def test_what_markdown_cannot_say_is_not_lost(what):
    html = KEPT[what]

    markdown = from_html(html)

    assert to_html(markdown) == sanitise(html)
    assert from_html(to_html(markdown)) == markdown


def test_what_is_nested_to_the_limit_goes_out_and_comes_back():
    html = sanitise("<ul><li>" * 200 + "<blockquote><table><tr><td>" * 50 + "diep")

    assert to_html(from_html(html)) == html


@settings(max_examples=150)
@given(articles)
def test_any_article_goes_out_and_comes_back_the_same(html):
    markdown = from_html(html)

    assert to_html(markdown) == sanitise(html)
    assert from_html(to_html(markdown)) == markdown


@settings(max_examples=150)
@given(torn)
def test_whatever_was_written_goes_out_and_comes_back_the_same(html):
    markdown = from_html(html)

    assert to_html(markdown) == sanitise(html)
    assert from_html(to_html(markdown)) == markdown
