"""Plain text: paragraphs, lists, quotations, tables and listings."""

import pytest

from courses.articles.importers.finding import find

LESSON = (
    "Wie een tuin begint, begint met kijken. Waar valt de zon, waar blijft het water staan, "
    "en welke planten groeien er al zonder dat iemand ze heeft gezet?"
)


def found(text):
    """The kinds and the HTML of an article that has this text below a title and a paragraph."""
    (article,) = find("", f"Een tuin beginnen\n\n{LESSON}\n\n{text}".encode())
    assert article.title == "Een tuin beginnen"
    return [(block.kind, block.html) for block in article.blocks[1:]]


LISTS = {
    "hyphens": ("- zon\n- water", "<ul><li>zon</li><li>water</li></ul>"),
    "asterisks": ("* zon\n* water", "<ul><li>zon</li><li>water</li></ul>"),
    "bullets": ("• zon\n• water", "<ul><li>zon</li><li>water</li></ul>"),
    "bullets and tabs": ("•\tzon\n•\twater", "<ul><li>zon</li><li>water</li></ul>"),
    "dashes": ("– zon\n– water", "<ul><li>zon</li><li>water</li></ul>"),
    "numbers": ("1. kijken\n2. graven", "<ol><li>kijken</li><li>graven</li></ol>"),
    "numbers with a bracket": ("1) kijken\n2) graven", "<ol><li>kijken</li><li>graven</li></ol>"),
    "letters": ("a) kijken\nb) graven", "<ol><li>kijken</li><li>graven</li></ol>"),
    "from three": ("3. planten\n4. wachten", '<ol start="3"><li>planten</li><li>wachten</li></ol>'),
    "blank lines": ("- zon\n\n- water\n\n- wind", "<ul><li>zon</li><li>water</li><li>wind</li></ul>"),
    "nested": (
        "- zon\n  - ochtend\n  - middag\n- water",
        "<ul><li>zon<ul><li>ochtend</li><li>middag</li></ul></li><li>water</li></ul>",
    ),
    "nested by tabs": (
        "1. kijken\n\t- zon\n\t- water\n2. graven",
        "<ol><li>kijken<ul><li>zon</li><li>water</li></ul></li><li>graven</li></ol>",
    ),
    "broken lines": ("- zon in de\n  ochtend\n- water", "<ul><li>zon in de ochtend</li><li>water</li></ul>"),
    "one item": ("- alleen zon", "<ul><li>alleen zon</li></ul>"),
}


@pytest.mark.parametrize(("text", "html"), LISTS.values(), ids=LISTS.keys())
def test_lists_are_lists(text, html):
    assert found(text) == [("list", html)]


def test_a_list_follows_its_paragraph_without_a_blank_line():
    assert found("Je hebt nodig:\n- een schep\n- een gieter") == [
        ("paragraph", "<p>Je hebt nodig:</p>"),
        ("list", "<ul><li>een schep</li><li>een gieter</li></ul>"),
    ]


def test_two_kinds_of_list_are_two_lists():
    assert [kind for kind, _html in found("- zon\n- water\n1. kijken\n2. graven")] == ["list", "list"]


def test_an_asterisk_alone_is_a_note():
    assert found("* De namen zijn veranderd.") == [("paragraph", "<p>* De namen zijn veranderd.</p>")]


def test_lines_with_a_mark_are_a_quotation():
    assert found("> Wie zaait,\n> zal oogsten.") == [
        ("quotation", "<blockquote><p>Wie zaait,</p><p>zal oogsten.</p></blockquote>")
    ]


def test_columns_with_tabs_are_a_table():
    assert found("Plant\tMaand\nroos\tjuni\ntulp\tapril") == [
        (
            "table",
            '<table><tbody><tr><th scope="col">Plant</th><th scope="col">Maand</th>'
            "</tr><tr><td>roos</td><td>juni</td></tr>"
            "<tr><td>tulp</td><td>april</td></tr></tbody></table>",
        )
    ]


def test_columns_with_bars_are_a_table():
    ((kind, html),) = found("| Plant | Maand |\n|---|---|\n| roos | juni |")

    assert kind == "table"
    assert '<th scope="col">Plant</th>' in html
    assert "<td>juni</td>" in html


def test_lines_between_fences_are_a_listing():
    assert found("```\nplant(<roos>)\n  geef_water()\n```") == [
        ("listing", "<pre><code>plant(&lt;roos&gt;)\n  geef_water()</code></pre>")
    ]


def test_a_line_of_stars_is_a_rule():
    assert found("* * *")[0][0] == "rule"


def test_short_lines_together_are_a_poem_and_stay_together():
    assert found("De tuin is stil\nde lucht is grijs\nhet gras is nat\n\n" + LESSON)[0] == (
        "paragraph",
        "<p>De tuin is stil<br>de lucht is grijs<br>het gras is nat</p>",
    )


def test_an_address_is_a_link_without_the_point_behind_it():
    assert found("Kijk op https://tuin.example/zaaien?maand=4. Of op www.tuin.example, als je wilt.")[0][1] == (
        '<p>Kijk op <a href="https://tuin.example/zaaien?maand=4">https://tuin.example/zaaien?maand=4</a>. '
        'Of op <a href="https://www.tuin.example">www.tuin.example</a>, als je wilt.</p>'
    )


def test_the_address_of_a_video_alone_is_a_video():
    assert found("https://www.youtube.com/watch?v=dQw4w9WgXcQ") == [
        ("figure", '<figure data-video="youtube:dQw4w9WgXcQ"></figure>')
    ]


def test_underlined_lines_are_headings():
    kinds = found(f"Zaaien\n======\n\n{LESSON} Eerst.\n\nIn rijen\n--------\n\n{LESSON} Daarna.")

    assert [html for kind, html in kinds if kind == "heading"] == ["<h2>Zaaien</h2>", "<h3>In rijen</h3>"]


def test_what_looks_like_html_is_text():
    assert found("Schrijf <b>vet</b> & klaar is Kees, zei de tuinman terwijl hij zijn schep neerlegde.")[0][1] == (
        "<p>Schrijf &lt;b&gt;vet&lt;/b&gt; &amp; klaar is Kees, zei de tuinman terwijl hij zijn schep neerlegde.</p>"
    )


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Café – één “tuin”"),
        ("utf-8-sig", "Café – één “tuin”"),
        ("utf-16", "Café – één “tuin”"),
        ("cp1252", "Café – één “tuin”"),
        ("latin-1", "Café en één tuin"),
    ],
)
def test_letters_of_every_usual_encoding_arrive(encoding, text):
    (article,) = find("", f"{text}\n\n{LESSON}".encode(encoding))

    assert article.title == text


def test_text_from_right_to_left_and_emoji_arrive():
    title = "كيف تبدأ حديقة 🌱"
    (article,) = find("", f"{title}\n\n{LESSON}".encode())

    assert article.title == title


def test_a_file_of_one_line_has_that_line_in_its_text():
    (article,) = find("tuin.txt", b"Een tuin")

    assert [block.text for block in article.blocks] == ["Een tuin"]
