"""Short lines that stand as headings, and short lines that do not."""

import pytest

from courses.articles.importers.finding import find

TEXT = "Wie een band plakt, zoekt eerst het gat. Houd de band onder water en kijk waar de belletjes vandaan komen."
MORE = (
    "Laat de lijm vijf minuten drogen voordat je de pleister erop drukt, anders laat hij bij de eerste bocht weer los."
)


def headings(*lines):
    (article,) = find("", "\n\n".join(["Een band plakken", TEXT, *lines]).encode())
    return [block.text for block in article.blocks if block.kind == "heading"]


@pytest.mark.parametrize(
    "line",
    [
        "Het gat zoeken",
        "Waar zit het gat?",
        "Nu de lijm!",
        "1. Het gat zoeken",
        "Stap 2: de lijm",
        "Tip 3",
        "Lijm: hoeveel en waar?",
        "LIJMEN",
        "De lijm, de pleister en het geduld",
        "’s Avonds plakken",
        "Lijm",
        "Über Kleber",
        "2024 in het kort",
    ],
)
def test_a_line_over_a_longer_paragraph_is_a_heading(line):
    assert headings(line, MORE) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Dit is een zin.",
        "Je hebt nodig:",
        "lijm en een pleister",
        "“Waar zit het gat?”",
        "– Ga je mee?",
        "En toen…",
        "eerst dit, dan dat,",
        "Deze regel is te lang om een kop te zijn, want hij gaat maar door en door over van alles en nog wat",
        "www.band.example",
    ],
)
def test_other_lines_are_none(line):
    assert headings(line, MORE) == []


def test_a_line_after_a_colon_is_an_example():
    assert headings("De fietsenmaker zei:", "Kom morgen maar terug", MORE) == []


def test_a_line_at_the_end_is_none():
    assert headings("Veel plezier ermee") == []


def test_a_line_over_a_list_is_a_heading():
    assert headings("Materiaal", "- lijm\n- een pleister") == ["Materiaal"]


def test_a_line_over_a_short_sentence_and_a_paragraph_is_a_heading():
    assert headings("De lijm opbrengen", "Dun, dus.", MORE) == ["De lijm opbrengen"]


def test_two_lines_are_a_heading_and_the_one_below_it():
    assert headings("Lijmen", "Wat heb je nodig?", MORE) == ["Lijmen", "Wat heb je nodig?"]


def test_more_lines_are_a_row_of_lines():
    assert headings("Rood", "Wit", "Blauw", MORE) == []


def test_who_speaks_is_no_heading():
    assert headings("Els: Heb je lijm?", "Jan: In de la", MORE) == []


def test_numbers_say_how_deep_a_heading_lies():
    text = "\n\n".join(["Een band plakken", "1 Zoeken", TEXT, "1.1 Onder water", MORE, "2 Plakken", TEXT + " Droog."])
    (article,) = find("", text.encode())

    assert [(block.level, block.text) for block in article.blocks if block.kind == "heading"] == [
        (2, "1 Zoeken"),
        (3, "1.1 Onder water"),
        (2, "2 Plakken"),
    ]


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        (f"Een band plakken\n\n{TEXT}", "x.txt", "Een band plakken"),
        (f"Hoe plak je een band?\n\n{TEXT}", "x.txt", "Hoe plak je een band?"),
        (f"Band plakken: zo doe je dat\n\n{TEXT}", "x.txt", "Band plakken: zo doe je dat"),
        (f"{TEXT}\n\n{MORE}", "03-band_plakken.txt", "Band plakken"),
        (f"{TEXT}\n\n{MORE}", "2024.txt", "Wie een band plakt, zoekt eerst het gat"),
        (f"{TEXT}\n\n{MORE}", "", "Wie een band plakt, zoekt eerst het gat"),
        (f"band-plakken\n\n{TEXT}\n\n{MORE}", "x.txt", "Band plakken"),
        (f"- lijm\n- pleister\n\n{TEXT}", "band.txt", "Band"),
    ],
)
def test_the_title_is_the_first_line_that_reads_as_one(text, name, title):
    assert find(name, text.encode())[0].title == title


def test_a_title_that_stands_there_twice_is_left_out_the_second_time():
    (article,) = find("", f"Een band plakken\n\nEen band plakken\n\n{TEXT}".encode())

    assert [block.left_out for block in article.blocks] == ["twice", ""]
