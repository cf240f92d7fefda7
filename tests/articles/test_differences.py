"""What changed between two articles, block by block."""

import re

import pytest
from django.utils import translation

from courses.articles.differences import Difference, chosen, differences
from courses.articles.outline import derive


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def marked(old, new):
    """What is shown of the only block."""
    (difference,) = differences(old, new)
    assert difference.kind == "changed"
    return difference.marked


def kinds(old, new):
    return [difference.kind for difference in differences(old, new)]


LIST = "<ul><li>een appel</li><li>twee peren</li><li>drie bananen</li></ul>"
ROWS = "<tr><td>maandag</td><td>tien uur</td></tr><tr><td>dinsdag</td><td>elf uur</td></tr>"
PICTURE = '<figure><img src="/pictures/a/" alt="Twee cirkels"><figcaption>Vertrouwen</figcaption></figure>'
VIDEO = '<figure data-video="vimeo:76979871"><figcaption>Luisteren</figcaption></figure>'
LINK = '<p>Lees <a href="/themes/a/">dit stuk</a> eens.</p>'


# Blocks


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("", "<p>een</p>", ["added"]),
        ("<p>een</p>", "", ["removed"]),
        ("<p>een</p><p>twee</p>", "<p>een</p><h2>half</h2><p>twee</p>", ["same", "added", "same"]),
        ("<p>een</p><h2>half</h2><p>twee</p>", "<p>een</p><p>twee</p>", ["same", "removed", "same"]),
        ("<p>een twee drie</p>", "<p>een twee vier</p>", ["changed"]),
        ("<p>iets</p>", "<p>anders</p>", ["changed"]),
        ("<p>een</p>", "<h2>een</h2>", ["removed", "added"]),
        ("<p>a b c</p><p>d e f</p>", "<p>x y z</p><p>a b q</p><p>d e q</p>", ["added", "changed", "changed"]),
        ("<p>een</p><p>twee</p><p>drie</p>", "<p>drie</p><p>een</p><p>twee</p>", ["added", "same", "same", "removed"]),
        ("<hr><p>een</p><hr>", "<hr><hr>", ["same", "removed", "same"]),
    ],
)
def test_blocks_are_the_same_changed_added_or_removed(old, new, expected):
    assert kinds(old, new) == expected


def test_a_block_is_given_as_it_was_and_as_it_is():
    found = differences("<p>een twee drie</p><p>weg</p>", "<p>een twee vier</p><h2>erbij</h2>")

    assert found == [
        Difference(
            "changed",
            "<p>een twee drie</p>",
            "<p>een twee vier</p>",
            "<p>een twee <del>drie</del><ins>vier</ins></p>",
        ),
        Difference("removed", "<p>weg</p>", "", "<p>weg</p>"),
        Difference("added", "", "<h2>erbij</h2>", "<h2>erbij</h2>"),
    ]


def test_what_publication_added_is_no_difference():
    article = f"<h2>Kop</h2>{PICTURE}{VIDEO}<table>{ROWS}</table>"

    assert set(kinds(derive(article, {"/pictures/a/": (640, 480)}).html, article)) == {"same"}


# Words


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Een oude dag.", "Een nieuwe dag.", "Een <del>oude </del><ins>nieuwe </ins>dag."),
        ("Een dag.", "Een mooie dag.", "Een <ins>mooie </ins>dag."),
        ("Een mooie dag.", "Een dag.", "Een <del>mooie </del>dag."),
        ("in de oude tuin", "op de mooie tuin", "<del>in de oude </del><ins>op de mooie </ins>tuin"),
        ("Wat? Ja.", "Wat! Ja.", "Wat<del>? </del><ins>! </ins>Ja."),
        ("1 &lt; 2", "1 &lt; 3 &amp; 4", "1 &lt; <del>2</del><ins>3 &amp; 4</ins>"),
        ("geheel iets", "wat anders", "<del>geheel iets</del><ins>wat anders</ins>"),
        ("👩🏽‍🏫 leert", "👩🏽‍🏫 luistert", "👩🏽‍🏫 <del>leert</del><ins>luistert</ins>"),
        ("een<br>twee", "een<br>drie", "een<br><del>twee</del><ins>drie</ins>"),
    ],
)
def test_words_are_marked(old, new, expected):
    assert marked(f"<p>{old}</p>", f"<p>{new}</p>") == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "een <strong>oude wijze</strong> raad",
            "een <strong>goede wijze</strong> raad",
            "een <strong><del>oude </del><ins>goede </ins>wijze</strong> raad",
        ),
        ("een raad", "een <em>raad</em>", "een <del>raad</del><em><ins>raad</ins></em>"),
        ("een <em>raad</em>", "een raad", "een <em><del>raad</del></em><ins>raad</ins>"),
    ],
)
def test_emphasis_stays_around_the_marks(old, new, expected):
    assert marked(f"<p>{old}</p>", f"<p>{new}</p>") == f"<p>{expected}</p>"


def test_spaces_count_in_code_only():
    assert "Only the formatting" in marked("<p>een twee</p>", "<p>een  twee</p>")
    assert marked("<pre>a\n  b</pre>", "<pre>a\n b</pre>") == "<pre><del>a\n  </del><ins>a\n </ins>b</pre>"


def test_code_keeps_the_blank_line_it_begins_with():
    assert marked("<pre>\n\na\nb</pre>", "<pre>\n\na\nc</pre>") == "<pre>\n\na\n<del>b</del><ins>c</ins></pre>"


# Blocks within blocks


def test_list_items_are_compared_one_by_one():
    new = LIST.replace("peren", "kersen").replace("<li>drie bananen</li>", "<li>iets</li><li>anders</li>")

    assert marked(LIST, new) == (
        "<ul><li>een appel</li><li>twee <del>peren</del><ins>kersen</ins></li>"
        "<li><del>drie bananen</del></li><li><ins>iets</ins></li><li><ins>anders</ins></li></ul>"
    )


def test_a_list_in_a_list_is_compared_too():
    old = "<ul><li>fruit<ul><li>appel</li></ul></li></ul>"

    assert marked(old, old.replace("</li></ul></li>", "</li><li>peer</li></ul></li>")) == (
        "<ul><li>fruit<ul><li>appel</li><li><ins>peer</ins></li></ul></li></ul>"
    )


def test_table_rows_and_cells_are_compared_one_by_one():
    old = f"<table><tbody>{ROWS}</tbody></table>"
    new = old.replace("tien", "negen").replace("</tbody>", "<tr><td>woensdag</td><td>vrij</td></tr></tbody>")

    assert marked(old, new) == (
        "<table><tbody><tr><td>maandag</td><td><del>tien </del><ins>negen </ins>uur</td></tr>"
        "<tr><td>dinsdag</td><td>elf uur</td></tr>"
        "<tr><td><ins>woensdag</ins></td><td><ins>vrij</ins></td></tr></tbody></table>"
    )


def test_a_cell_with_another_number_stays_in_its_column():
    row = "<table><tbody><tr><td>appels</td><td>{}</td><td>peren</td></tr></tbody></table>"

    assert marked(row.format(3), row.format(4)) == row.format("<del>3</del><ins>4</ins>")


def test_paragraphs_in_a_quotation_are_compared_one_by_one():
    old = "<blockquote><p>een twee drie</p><p>vier</p></blockquote>"

    assert marked(old, old.replace("drie", "vijf")) == (
        "<blockquote><p>een twee <del>drie</del><ins>vijf</ins></p><p>vier</p></blockquote>"
    )


def test_loose_words_between_blocks_are_compared_as_words():
    assert marked("<div>een twee<p>drie</p></div>", "<div>een vier<p>drie</p></div>") == (
        "<div>een <del>twee</del><ins>vier</ins><p>drie</p></div>"
    )


# What is noticed besides words


@pytest.mark.parametrize(
    ("old", "new", "del_", "ins"),
    [
        (PICTURE, PICTURE.replace("Twee", "Drie"), "picture: Twee cirkels", "picture: Drie cirkels"),
        (PICTURE, PICTURE.replace("Twee cirkels", ""), "picture: Twee cirkels", "decorative picture"),
        (PICTURE, PICTURE.replace(' alt="Twee cirkels"', ""), "picture: Twee cirkels", "picture without text"),
        (PICTURE, PICTURE.replace("/a/", "/b/"), "picture: Twee cirkels", "picture: Twee cirkels"),
        (LINK, LINK.replace("/a/", "/b/"), "/themes/a/", "/themes/b/"),
        (VIDEO, VIDEO.replace("76979871", "76979872"), "https://vimeo.com/76979871", "https://vimeo.com/76979872"),
        (
            '<aside data-callout="tip"><p>x</p></aside>',
            '<aside data-callout="warning"><p>x</p></aside>',
            "Tip",
            "Warning",
        ),
        ("<aside><p>x</p></aside>", '<aside data-callout="example"><p>x</p></aside>', "Aside", "Example"),
    ],
)
def test_what_is_noticed_besides_words_is_said_in_words(old, new, del_, ins):
    html = marked(old, new)

    assert re.findall(r"<del>(.*?)</del>", html)[0].strip(" ()") == del_
    assert re.findall(r"<ins>(.*?)</ins>", html)[0].strip(" ()") == ins


def test_only_the_picture_as_it_is_now_is_shown():
    html = marked(PICTURE, PICTURE.replace("/a/", "/b/"))

    assert re.findall(r'src="(.*?)"', html) == ["/pictures/b/"]


def test_the_address_of_a_new_link_is_not_read_out():
    assert marked("<p>Lees dit stuk eens.</p>", LINK) == (
        '<p>Lees <del>dit stuk </del><a href="/themes/a/"><ins>dit stuk</ins></a> eens.</p>'
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<p lang="en">a</p>', '<p lang="nl">a</p>'),
        ("<ol><li>a</li></ol>", '<ol start="2"><li>a</li></ol>'),
        ("<table><tbody><tr><td>a</td></tr></tbody></table>", "<table><tbody><tr><th>a</th></tr></tbody></table>"),
    ],
)
def test_a_change_that_cannot_be_seen_is_said(old, new):
    html = marked(old, new)

    assert html.endswith("<p><ins>Only the formatting is different.</ins></p>")


def test_what_was_written_cannot_pose_as_a_mark_or_a_script():
    html = marked('<p title="x">&lt;ins&gt; a</p>', "<p>&lt;ins&gt; &lt;script&gt; b</p>")

    assert html == "<p>&lt;ins&gt; <del>a</del><ins>&lt;script&gt; b</ins></p>"


# Choosing


def test_of_each_difference_the_old_the_new_or_both_can_be_chosen():
    found = differences("<h2>a</h2><p>b c d</p><p>weg</p>", "<h2>a</h2><p>b c e</p><hr>")

    assert chosen(found, ["old", "new", "old"]) == "<h2>a</h2>\n<p>b c d</p>"
    assert chosen(found, ["both", "old", "new"]) == "<h2>a</h2>\n<p>b c d</p>\n<p>b c e</p>\n<p>weg</p>\n<hr>"
    assert chosen(found, ["new", "both", "both"]) == "<h2>a</h2>\n<p>b c e</p>\n<p>weg</p>\n<hr>"


@pytest.mark.parametrize("choices", [[], ["old"], ["old", "new"], ["old", "new", "beide"], ["old"] * 4])
def test_every_difference_must_be_chosen_from(choices):
    found = differences("<h2>a</h2><p>b c d</p><p>weg</p>", "<h2>a</h2><p>b c e</p><hr>")

    with pytest.raises(ValueError, match=r"old|\[\]"):
        chosen(found, choices)
