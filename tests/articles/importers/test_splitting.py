"""The proposal to split, and what an article keeps when it is stored."""

import json

import pytest
from django.utils import translation

from courses.articles.importers import Article, Block, Lost, sections

LONG = f"<p>Dit is een alinea van meer dan een regel, want zij gaat {'en gaat ' * 12}door.</p>"


def heading(text, level=2, left_out=""):
    return Block("heading", f"<h{level}>{text}</h{level}>", level, left_out)


def paragraph(text="Een alinea.", left_out=""):
    return Block("paragraph", text if text.startswith("<") else f"<p>{text}</p>", 0, left_out)


def split(*blocks, **options):
    return [
        (part.title, [block.html for block in part.blocks])
        for part in sections(Article("Heel", tuple(blocks), **options))
    ]


def test_an_article_is_split_at_its_highest_headings():
    assert split(
        heading("Een"), paragraph("a"), heading("Onder", 3), paragraph("b"), heading("Twee"), paragraph("c")
    ) == [
        ("Een", ["<p>a</p>", "<h2>Onder</h2>", "<p>b</p>"]),
        ("Twee", ["<p>c</p>"]),
    ]


def test_a_level_that_occurs_once_is_passed_over():
    assert [
        title for title, _html in split(heading("Een"), paragraph(), heading("A", 3), paragraph(), heading("B", 3))
    ] == [
        "Heel",
        "A",
        "B",
    ]


@pytest.mark.parametrize(
    "blocks",
    [
        (),
        (paragraph(),),
        (heading("Een"), paragraph()),
        (heading("Een"), heading("Twee", left_out="menu"), paragraph()),
    ],
)
def test_there_may_be_nothing_to_split(blocks):
    article = Article("Heel", blocks)

    assert sections(article) == [article]


def test_what_stands_before_is_a_part_if_it_is_more_than_a_line():
    assert split(paragraph(LONG), heading("Een"), heading("Twee"))[0] == ("Heel", [LONG])
    assert split(paragraph("Kort."), heading("Een"), heading("Twee"))[0] == ("Een", ["<p>Kort.</p>"])
    assert split(paragraph("menu", left_out="menu"), heading("Een"), heading("Twee"))[0] == ("Een", ["<p>menu</p>"])


def test_no_block_is_lost():
    blocks = (paragraph(LONG), heading("Een"), paragraph("x", left_out="share"), heading("Twee"), paragraph("y"))

    parts = sections(Article("Heel", blocks))

    assert [block for part in parts for block in part.blocks] == [blocks[0], blocks[2], blocks[4]]
    assert [part.title for part in parts] == ["Heel", "Een", "Twee"]


def test_each_part_has_its_own_pictures_and_the_first_says_what_was_lost():
    figure = Block("figure", '<figure><img src="/pictures/import-1/" alt="x"></figure>')
    article = Article(
        "Heel", (heading("Een"), heading("Twee"), figure), {"/pictures/import-1/": b"1"}, lost=(Lost("macro"),)
    )

    first, second = sections(article)

    assert (first.pictures, second.pictures) == ({}, {"/pictures/import-1/": b"1"})
    assert (first.lost, second.lost) == ((Lost("macro"),), ())


def test_headings_inside_a_part_are_raised_with_what_is_in_them():
    (_title, html), *_others = split(heading("A"), heading("Een <em>h3</em>", 4), heading("B"))

    assert html == ["<h2>Een <em>h3</em></h2>"]


def test_an_article_is_stored_as_json_without_its_pictures():
    article = Article(
        "Brieven 🎉",
        (heading("Een"), paragraph(left_out="share")),
        {"/pictures/import-1/": b"1"},
        (Lost("link", "hier"),),
    )

    again = Article.from_json(json.loads(json.dumps(article.as_json())), article.pictures)

    assert again == article
    assert Article.from_json(article.as_json()).pictures == {}


def test_the_text_of_a_block_is_its_words():
    assert Block("list", "<ul><li>een<ul><li>twee</li></ul></li></ul>").text == "een twee"
    assert Block("figure", '<figure><img src="/pictures/import-1/" alt="x"></figure>').text == ""


def test_what_was_lost_is_said_in_the_language_of_the_reader():
    with translation.override("en"):
        assert str(Lost("link", "hier")) == "A link to another place on its old site: hier"
