"""Glue between pieces of a page is undone, and what only looks like glue stays."""

import pytest

from courses.articles.importers import seams
from courses.articles.importers.finding import find
from courses.articles.importers.parts import words

LESSON = (
    "Een goed gesprek begint met stilte. Wie meteen begint te praten, mist wat de ander nog niet "
    "hardop durfde te zeggen en misschien nooit meer zegt."
)
GLUED = [
    ("Dat werkt.Het kost wel tijd.", "Dat werkt. Het kost wel tijd."),
    ("Werkt dat?Soms wel.", "Werkt dat? Soms wel."),
    ("Doe het!En begin vandaag.", "Doe het! En begin vandaag."),
    ("Het werd zichtbaar.Luisteren is een kunst.", "Het werd zichtbaar. Luisteren is een kunst."),
    ("We woonden in Amsterdam.De straat was stil.", "We woonden in Amsterdam. De straat was stil."),
    ("Dat was in 2020.Daarna kwam de rust.", "Dat was in 2020. Daarna kwam de rust."),
    ("Wie weet…Misschien morgen.", "Wie weet… Misschien morgen."),
    ("Hij zei: ‘Kom binnen.’Daarna was het stil.", "Hij zei: ‘Kom binnen.’ Daarna was het stil."),
    ("That is it.You can stop now.", "That is it. You can stop now."),
]
NOT_GLUED = [
    "Het kost 1.000 euro.",
    "Versie v2.0 is uit.",
    "Kijk op www.site.nl of op Site.Nl.",
    "Appels, peren e.d. zijn fruit.",
    "Gebruik Node.js of ASP.NET.",
    "Mail naar Jan.Jansen@site.nl.",
    "Zie https://site.nl/Pad.Naam/Ander voor meer.",
    "Open het bestand verslag.Docx of lijst.PDF.",
    "Bestel bij bol.com of Booking.com.",
    "Prof. dr. A.B. de Vries, c.s.",
    "Om 10.30 uur, d.w.z. ’s ochtends.",
    "De score is 3.Zoveel.",
    "Roep console.log(naam) aan.",
    "Hij is 1.80 m. lang.",
    "YouTube, LinkedIn, JavaScript en McDonald’s.",
    "P.S. Vergeet het niet.",
    "U.S.A. en Ph.D. zijn afkortingen.",
]


def mended(*texts):
    parts = seams.mend([words(text) for text in texts])
    return [(part.left_out, part.text) for part in parts]


@pytest.mark.parametrize(("glued", "mended_text"), GLUED)
def test_two_sentences_without_a_space_get_one(glued, mended_text):
    assert mended(glued) == [("", mended_text)]


@pytest.mark.parametrize("text", NOT_GLUED)
def test_points_that_end_no_sentence_stay_as_they_are(text):
    assert mended(text) == [("", text)]


@pytest.mark.parametrize("text", [pair[1] for pair in GLUED])
def test_mending_once_more_changes_nothing(text):
    assert mended(text) == [("", text)]


def test_code_and_links_are_not_touched():
    html = (
        "<!doctype html><p>Roep <code>een.Twee()</code> aan, "
        "of <a href='https://een.example/'>een.Twee</a>. Dat werkt.Het helpt.</p>"
    )

    block = find("code.html", html.encode())[0].blocks[0]

    assert "<code>een.Twee()</code>" in block.html
    assert ">een.Twee</a>" in block.html
    assert "werkt. Het" in block.html


def test_a_slug_between_two_texts_is_cut_out():
    text = f"{LESSON}echt-luisterenEcht luisteren. {LESSON}"

    assert mended(text) == [("", LESSON), ("slug", "echt-luisteren"), ("", f"Echt luisteren. {LESSON}")]


def test_a_slug_of_one_word_is_known_by_the_text_after_it():
    text = f"{LESSON}luisterkunstLuisteren. {LESSON}"

    assert [reason for reason, _text in mended(text)] == ["", "slug", ""]


def test_a_slug_without_hyphens_at_the_end_is_known_by_the_title_below():
    assert mended(f"{LESSON}kunst van echt luisteren", "De kunst van echt luisteren", LESSON) == [
        ("", LESSON),
        ("slug", "kunst van echt luisteren"),
        ("", "De kunst van echt luisteren"),
        ("", LESSON),
    ]


def test_a_menu_word_glued_to_the_title_is_cut_off():
    assert mended("TopiclistDe kunst van echt luisteren", LESSON) == [
        ("", "Topiclist"),
        ("", "De kunst van echt luisteren"),
        ("", LESSON),
    ]


def test_slug_menu_title_and_text_in_one_are_four():
    assert mended(f"echt luisterenTopiclistDe kunst van echt luisteren{LESSON}") == [
        ("slug", "echt luisteren"),
        ("", "Topiclist"),
        ("", "De kunst van echt luisteren"),
        ("", LESSON),
    ]


@pytest.mark.parametrize(
    "end", ["Deel dit artikel", " Sharing = Caring", "Share this post", " Lees ook: Stilte als kans"]
)
def test_a_share_line_at_the_end_of_a_paragraph_is_cut_off(end):
    assert mended(f"{LESSON}{end}")[0] == ("", LESSON) or end.startswith(" Lees")


@pytest.mark.parametrize(
    "text",
    [
        "Zet de eigenschap response.statusCode op nul als de server niet antwoordt op je vraag.",
        "Het merk mijnOverheid schrijft zichzelf met een hoofdletter in het midden van het woord.",
        "iPhone en eHealth beginnen klein, en dat blijft zo, ook aan het begin van een zin.",
        "Lees hoofdstuk drie.daarna vier, in die volgorde, en maak er aantekeningen bij.",
    ],
)
def test_capitals_inside_words_are_no_seams(text):
    assert mended(text) == [("", text)]


def test_lines_in_small_letters_are_no_slugs():
    lines = ["de wind waait", "De wind draait", "het land ligt stil"]

    assert mended(*lines) == [("", line) for line in lines]


def test_what_stands_between_a_slug_and_its_title_is_menu():
    assert mended("echt-luisteren-doe-je-zo", "Kennisbank", "Echt luisteren doe je zo", LESSON)[:2] == [
        ("slug", "echt-luisteren-doe-je-zo"),
        ("menu", "Kennisbank"),
    ]


def test_the_address_of_the_page_is_a_slug_too():
    assert mended("https://praatplek.example/blog/echt-luisteren/", "Echt luisteren", LESSON)[0][0] == "slug"
