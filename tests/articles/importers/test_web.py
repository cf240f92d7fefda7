"""Web pages: the article, and around it what is left out with its words."""

import pytest

from courses.articles.importers.finding import find
from tests.articles.importers.pictures import as_data, jpeg, png

TEXT = (
    "Een broodje bakken begint de avond ervoor. Meng bloem, water, zout en gist, dek de kom af, "
    "en laat het deeg een nacht staan op een plek waar het niet tocht."
)
MORE = (
    "De volgende ochtend is het deeg twee keer zo groot. Vouw het voorzichtig, zonder de lucht eruit te drukken, "
    "en leg het in een hete pan met een deksel."
)


def page(body, *, head="<title>Brood bakken | Bakplek</title>"):
    return find("brood.html", f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode())[0]


def kept(article):
    return [(block.kind, block.html) for block in article.blocks if not block.left_out]


def left_out(article):
    return [(block.left_out, block.text) for block in article.blocks if block.left_out]


def html_of(body):
    """The HTML of what is kept, below a title and a paragraph."""
    return "".join(html for _kind, html in kept(page(f"<h1>Brood</h1><p>{TEXT}</p>{body}"))[1:])


BLOG = f"""
<header class="site-header"><a href="/">Bakplek</a>
<nav><ul><li><a href="/">Home</a></li><li><a href="/blog">Blog</a></li></ul></nav></header>
<div class="breadcrumbs"><a href="/">Home</a> &gt; <a href="/blog">Blog</a></div>
<div class="layout has-sidebar"><main><article>
  <header><h1>Brood bakken</h1><div class="entry-meta">Door Els Bakker op 3 mei 2020</div></header>
  <div class="entry-content"><p>{TEXT}</p><h2>Bakken</h2><p>{MORE}</p>
    <aside>Tip: een gietijzeren pan houdt de warmte het langst vast, maar een stenen schaal werkt ook.</aside>
    <div class="sharedaddy"><h3>Dit delen:</h3><ul><li>Facebook</li><li>Twitter</li></ul></div>
  </div>
  <footer class="entry-footer">Geplaatst in Recepten</footer></article>
  <section id="comments"><h2>2 reacties</h2><p>Jan: Lekker!</p>
    <form><label>Naam <input name="n"></label><button>Verzenden</button></form></section>
</main><aside class="sidebar"><h2>Recente berichten</h2><ul><li><a href="/a">Appeltaart</a></li></ul></aside></div>
<div class="newsletter-box"><p>Elke week een recept? Vul je adres in.</p></div>
<footer><p>© 2020 Bakplek</p><p><a href="/privacy">Privacyverklaring</a></p></footer>
<div id="cookie-banner" role="dialog"><p>Wij gebruiken cookies.</p><button>Accepteren</button></div>
"""


def test_the_article_of_a_blog_is_kept_and_nothing_else():
    article = page(BLOG)

    assert article.title == "Brood bakken"
    assert kept(article) == [
        ("paragraph", f"<p>{TEXT}</p>"),
        ("heading", "<h2>Bakken</h2>"),
        ("paragraph", f"<p>{MORE}</p>"),
        (
            "paragraph",
            "<p>Tip: een gietijzeren pan houdt de warmte het langst vast, maar een stenen schaal werkt ook.</p>",
        ),
    ]


def test_around_it_everything_is_left_out_with_its_words():
    assert left_out(page(BLOG)) == [
        ("menu", "Bakplek Home Blog"),
        ("breadcrumb", "Home > Blog"),
        ("date-author", "Door Els Bakker op 3 mei 2020"),
        ("share", "Dit delen: Facebook Twitter"),
        ("menu", "Geplaatst in Recepten"),
        ("comments", "2 reacties Jan: Lekker! Naam Verzenden"),
        ("menu", "Recente berichten Appeltaart"),
        ("newsletter", "Elke week een recept? Vul je adres in."),
        ("privacy", "© 2020 Bakplek Privacyverklaring"),
        ("privacy", "Wij gebruiken cookies. Accepteren"),
    ]


def test_a_page_without_landmarks_is_read_whole():
    article = page(f"<div><div><h1>Brood</h1><p>{TEXT}</p></div><div><h2>Bakken</h2><p>{MORE}</p></div></div>")

    assert article.title == "Brood"
    assert [kind for kind, _html in kept(article)] == ["paragraph", "heading", "paragraph"]


def test_a_form_around_the_whole_page_takes_nothing_away():
    article = page(f"<form action='/'><h1>Brood</h1><p>{TEXT}</p><p>{MORE}</p><input type='submit'></form>")

    assert len(kept(article)) == 2


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Brood bakken | Bakplek</title>", "Brood bakken"),
        ("<title>Brood bakken - Bakplek</title>", "Brood bakken"),
        ("<title>Bakplek » Brood bakken</title><meta property='og:site_name' content='Bakplek'>", "Brood bakken"),
        ("<title>Iets anders</title><meta property='og:title' content='Brood bakken'>", "Brood bakken"),
        ("<title>Zelf-gebakken brood</title>", "Zelf-gebakken brood"),
    ],
)
def test_without_a_heading_the_page_says_its_title(head, title):
    assert page(f"<p>{TEXT}</p><p>{MORE}</p>", head=head).title == title


def test_the_title_that_stands_in_the_text_too_is_left_out_there():
    article = page(f"<main><h2>Brood bakken</h2><p>{TEXT}</p><h2>Bakken</h2><p>{MORE}</p></main>")

    assert article.title == "Brood bakken"
    assert left_out(article) == [("twice", "Brood bakken")]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [("h1 h2 h3", "2 3"), ("h1 h3 h4", "2 3"), ("h1 h2 h3 h4 h5 h6", "2 3 4 4 4"), ("h1 h4", "2")],
)
def test_headings_begin_at_the_second_level_and_skip_none(levels, expected):
    body = "".join(f"<{tag}>Kop {tag}</{tag}><p>{TEXT} {tag}</p>" for tag in levels.split())

    article = page(body)

    assert " ".join(str(block.level) for block in article.blocks if block.kind == "heading") == expected


PIECES = {
    "bold and italic": ("<p><b>vet</b> en <i>schuin</i></p>", "<p><strong>vet</strong> en <em>schuin</em></p>"),
    "styles": (
        "<p><span style='font-weight: 700'>vet</span>, <span style='font-style:italic'>schuin</span></p>",
        "<p><strong>vet</strong>, <em>schuin</em></p>",
    ),
    "bold that is none": ("<p><b style='font-weight:normal'>gewoon</b></p>", "<p>gewoon</p>"),
    "two line ends": ("<p>een<br><br>twee</p>", "<p>een</p><p>twee</p>"),
    "one line end": ("<p>een<br>twee</p>", "<p>een<br>twee</p>"),
    "loose text": ("<div>los<p>vast</p>weer los</div>", "<p>los</p><p>vast</p><p>weer los</p>"),
    "link": (
        "<p><a href='https://meel.example/' class='x'>meel</a></p>",
        '<p><a href="https://meel.example/">meel</a></p>',
    ),
    "script link": ("<p><a href='javascript:alert(1)'>klik</a></p>", "<p>klik</p>"),
    "nested list": ("<ul><li>een<ul><li>a</li></ul></li></ul>", "<ul><li>een<ul><li>a</li></ul></li></ul>"),
    "list in a list without an item": (
        "<ul><li>een</li><ul><li>a</li></ul></ul>",
        "<ul><li>een<ul><li>a</li></ul></li></ul>",
    ),
    "list from five": ("<ol start=5><li>vijf</li></ol>", '<ol start="5"><li>vijf</li></ol>'),
    "tasks": ("<ul><li><input type=checkbox checked> af</li></ul>", "<ul><li>☑  af</li></ul>"),
    "definitions": ("<dl><dt>gist</dt><dd>laat rijzen</dd></dl>", "<dl><dt>gist</dt><dd>laat rijzen</dd></dl>"),
    "quotation": ("<blockquote>Brood is leven.</blockquote>", "<blockquote><p>Brood is leven.</p></blockquote>"),
    "listing": ("<pre>een\n  twee</pre>", "<pre><code>een\n  twee</code></pre>"),
    "details": (
        "<details><summary>Meer</summary><p>Gist</p></details>",
        "<details><summary>Meer</summary><p>Gist</p></details>",
    ),
    "heading in an item": (
        "<ul><li><h3>Een</h3><p>tekst</p></li></ul>",
        "<ul><li><p><strong>Een</strong></p><p>tekst</p></li></ul>",
    ),
    "invisible": ("<p>zicht<span hidden>weg</span>baar<span style='display: none'>weg</span></p>", "<p>zichtbaar</p>"),
    "own elements": (
        "<x-card><p>in een kaart</p></x-card><p>een <x-term>woord</x-term></p>",
        "<p>in een kaart</p><p>een <em>woord</em></p>",
    ),
    "emoji": ("<p>lekker <img class='emoji' alt='🍞' src='https://s.example/1.svg'></p>", "<p>lekker 🍞</p>"),
    "spaces": ("<p>een&nbsp;&nbsp;twee&shy;drie</p>", "<p>een  tweedrie</p>"),
    "direction": ("<p dir='rtl'>خبز</p>", '<p dir="rtl">خبز</p>'),
    "layout table": ("<table><tr><td><p>een</p><p>twee</p></td></tr></table>", "<p>een</p><p>twee</p>"),
    "bold header": (
        "<table><tr><td><b>Dag</b></td><td><b>Uur</b></td></tr><tr><td>ma</td><td>9</td></tr></table>",
        '<table><thead><tr><th scope="col">Dag</th><th scope="col">Uur</th></tr></thead>'
        "<tbody><tr><td>ma</td><td>9</td></tr></tbody></table>",
    ),
    "header column": (
        "<table><tr><th>ma</th><td>9</td></tr><tr><th>di</th><td>8</td></tr></table>",
        (
            '<table><tbody><tr><th scope="row">ma</th><td>9</td></tr><tr><th scope="row">'
            "di</th><td>8</td></tr></tbody></table>"
        ),
    ),
    "caption": (
        "<table><caption>Tijden</caption><tr><td>9</td></tr></table>",
        "<table><caption>Tijden</caption><tbody><tr><td>9</td></tr></tbody></table>",
    ),
    "video": (
        "<iframe src='https://www.youtube.com/embed/dQw4w9WgXcQ' title='Zo bak je'></iframe>",
        '<figure data-video="youtube:dQw4w9WgXcQ"><figcaption>Zo bak je</figcaption></figure>',
    ),
    "video of a link": (
        "<p><a href='https://vimeo.com/76979871'>Kijk mee</a></p>",
        '<figure data-video="vimeo:76979871"><figcaption>Kijk mee</figcaption></figure>',
    ),
}


@pytest.mark.parametrize(("html", "expected"), PIECES.values(), ids=PIECES.keys())
def test_pieces_become_ours(html, expected):
    found = html_of(html).replace("<x-term>", "<em>")

    assert found == expected.replace("<em>woord</em>", "woord")


def test_a_picture_inside_the_page_comes_along_with_alt_text_and_caption():
    image = (
        f"<figure><a href='/groot.png'><img src='{as_data(png())}' alt='Een brood'></a>"
        "<figcaption>Vers <b>brood</b></figcaption></figure>"
    )
    article = page(
        f"<h1>Brood</h1><p>{TEXT}</p>{image}<p><img src='{as_data(jpeg(), 'image/jpeg')}' alt=''>"
        f"</p><img src='{as_data(png())}'>"
    )

    assert [html for kind, html in kept(article) if kind == "figure"] == [
        (
            '<figure><img src="/pictures/import-1/" alt="Een brood"><figcaption>'
            "Vers <strong>brood</strong></figcaption></figure>"
        ),
        '<figure><img src="/pictures/import-2/" alt=""></figure>',
        '<figure><img src="/pictures/import-1/"></figure>',
    ]
    assert article.pictures == {"/pictures/import-1/": png(), "/pictures/import-2/": jpeg()}


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("https://bakplek.example/brood.png", "picture-elsewhere"),
        ("//bakplek.example/brood.png", "picture-elsewhere"),
        ("brood_bestanden/brood.png", "picture-missing"),
        ("file:///C:/brood.png", "picture-missing"),
        ("data:image/svg+xml,<svg/>", "picture-type"),
        ("data:image/gif;base64,R0lGODlhAQABAAAAACw=", "picture-type"),
        ("data:image/png;base64,iVBORw0KGgo=", "picture-broken"),
        ("data:image/png;base64,€", "picture-broken"),
        ("", "picture-missing"),
        ("http://[kapot", "picture-missing"),
    ],
)
def test_a_picture_that_cannot_come_along_is_told_and_its_caption_left_out(source, what):
    article = page(
        f"<h1>Brood</h1><p>{TEXT}</p><figure><img src='{source}' alt='Een brood'><figcaption>Vers</figcaption></figure>"
    )

    assert [lost.what for lost in article.lost] == [what]
    assert "Een brood" in str(article.lost[0])
    assert left_out(article) == [("picture", "Vers")]
    assert "img" not in "".join(html for _kind, html in kept(article))


def test_links_within_the_old_site_are_told_and_unlinked_unless_the_page_says_where_it_was():
    body = f"<h1>Brood</h1><p>{TEXT} Zie <a href='/gist'>gist</a>.</p><p>{MORE}</p>"

    without = page(body)
    within = page(body, head="<link rel='canonical' href='https://bakplek.example/brood/'>")

    assert [(lost.what, lost.name) for lost in without.lost] == [("link", "gist")]
    assert "<a" not in without.blocks[0].html
    assert '<a href="https://bakplek.example/gist">gist</a>' in within.blocks[0].html


def test_what_plays_elsewhere_is_told():
    article = page(
        f"<h1>Brood</h1><p>{TEXT}</p><iframe src='https://kaart.example/'></iframe><audio src='brood.mp3'></audio>"
    )

    assert [lost.what for lost in article.lost] == ["embedded", "video"]


def test_a_table_of_contents_in_the_page_is_left_out():
    contents = "<ul><li><a href='#a'>Deeg</a></li><li><a href='#b'>Bakken</a></li></ul>"

    article = page(f"<h1>Brood</h1><h2>Inhoudsopgave</h2>{contents}<p>{TEXT}</p><h2 id='a'>Deeg</h2><p>{MORE}</p>")

    assert [reason for reason, _text in left_out(article)] == ["contents", "contents"]


def test_the_largest_of_several_articles_is_the_article():
    teasers = "".join(f"<article><h2>Koek {n}</h2><p>Kort.</p></article>" for n in range(3))

    article = page(f"<main><article><h1>Brood</h1><p>{TEXT}</p><p>{MORE}</p></article>{teasers}</main>")

    assert article.title == "Brood"
    assert len(kept(article)) == 2
    assert len(left_out(article)) == 3


def test_several_texts_of_one_size_are_read_as_one():
    body = "".join(
        f"<article><h2>Brood {n}</h2><p>{text}</p></article>" for n, text in enumerate([TEXT, MORE, f"{TEXT} {MORE}"])
    )

    assert [kind for kind, _html in kept(page(f"<main>{body}</main>"))].count("paragraph") == 3
