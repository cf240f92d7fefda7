"""What hardly ever arrives, and is read all the same."""

from types import SimpleNamespace

import pytest
from lxml import etree
from lxml import html as lxml_html

from courses.articles.importers import clutter, glue, inline, invitations, media, pictures, web, worddress, wordxml
from courses.articles.importers.building import with_its_echoes
from courses.articles.importers.finding import find, find_pasted
from courses.articles.importers.found import Article, Block, UnreadableError
from courses.articles.importers.parts import Part, made, words
from courses.articles.importers.pictures import Pictures
from courses.articles.importers.plain_lists import Item, nested
from courses.articles.importers.wordpress import player
from tests.articles.importers.hostile import png_header
from tests.articles.importers.pictures import as_data, png
from tests.articles.importers.wordfiles import CONTENT_TYPES, W, p, row, table, word, zipped

TEXT = "Vertrouwen groeit in het doen, niet in het zeggen, en dat merk je pas als je het een tijd volhoudt. " * 3
OTHER = (
    "Wie luistert zonder te antwoorden, hoort wat er eigenlijk gevraagd wordt, "
    "en dat is zelden wat er eerst gezegd werd."
)


def page(body):
    return f"<!doctype html><html><body>{body}</body></html>".encode()


def html_of(body):
    """The HTML of the only article on a page."""
    [article] = find("les.html", page(f"<h1>Les</h1><p>{TEXT}</p>{body}"))
    return "".join(block.html for block in article.blocks if not block.left_out)


MARKED = {
    "crossed out": ('<span style="text-decoration:line-through">oud</span>', "<s>oud</s>"),
    "bold and italic at once": (
        '<span style="font-weight:bold;font-style:italic">beide</span>',
        "<strong><em>beide</em></strong>",
    ),
    "an address that is none": ('<a href="http://[kapot/">daar</a>', "daar"),
    "neighbours": ("<strong><em>een</em></strong><strong>twee</strong>", "<strong><em>een</em>twee</strong>"),
    "neighbours with nothing in them": ("<strong>een</strong><strong>twee</strong>", "<strong>eentwee</strong>"),
    "a break at the edge": ("<br>begin<br>", "begin"),
}


@pytest.mark.parametrize(("written", "read"), MARKED.values(), ids=MARKED.keys())
def test_words_keep_what_they_meant(written, read):
    assert read in html_of(f"<p>Dit is {written} hier.</p>" if "br" not in written else f"<p>{written}</p>")


def test_a_table_that_only_lays_out_is_its_text():
    assert "<table" not in html_of(f'<table role="presentation"><tr><td><p>{OTHER}</p></td></tr></table>')


def test_a_heading_keeps_its_words_whatever_lies_in_it():
    assert "<h2>Een kop</h2>" in html_of("<h2><div>Een</div><div>kop</div></h2><p>En dan de tekst.</p>")


def test_code_in_lines_keeps_them():
    assert "een\ntwee" in html_of("<pre>een<br>twee</pre>")


def test_a_quotation_keeps_the_words_of_its_footer():
    assert "Anna" in html_of(f"<blockquote><p>{OTHER}</p><footer>Anna</footer></blockquote>")


def test_a_word_file_that_says_nowhere_what_it_is_may_still_be_one():
    [article] = find("les.docx", word(p("Brief", "Titel"), p(TEXT)))

    assert article.title == "Brief"


FORMULAS = {
    "a root": ("<m:rad><m:e><m:t>x</m:t></m:e></m:rad>", "√(x)"),
    "a fraction": ("<m:f><m:num><m:t>1</m:t></m:num><m:den><m:t>2</m:t></m:den></m:f>", "(1)/(2)"),
    "above": ("<m:sSup><m:e><m:t>x</m:t></m:e><m:sup><m:t>2</m:t></m:sup></m:sSup>", "x^2"),
    "below": ("<m:sSub><m:e><m:t>x</m:t></m:e><m:sub><m:t>i</m:t></m:sub></m:sSub>", "x_i"),
    "brackets": ("<m:d><m:e><m:t>x</m:t></m:e></m:d>", "(x)"),
}


@pytest.mark.parametrize(("formula", "line"), FORMULAS.values(), ids=FORMULAS.keys())
def test_a_formula_becomes_a_line(formula, line):
    root = etree.fromstring(f'<m:oMath xmlns:m="{wordxml.M.strip("{}")}">{formula}</m:oMath>')

    assert wordxml.linear(root) == line


def test_a_player_without_an_address_is_told_of():
    lost = Pictures()

    assert player(("[video]", "", "", ""), lost).strip() == ""
    assert [one.what for one in lost.lost] == ["video"]


def test_no_more_is_told_of_than_somebody_reads():
    lost = Pictures()
    for number in range(pictures.MOST_LOST + 1):
        lost.lose("picture", str(number))

    assert len(lost.lost) == pictures.MOST_LOST


def test_a_picture_of_too_many_pixels_is_told_of():
    assert pictures.problem_with(png_header(6_000, 5_000)) == "picture-large"
    assert not pictures.problem_with(png())


@pytest.mark.parametrize("asks", [invitations.weight, invitations.asks_to_subscribe])
def test_a_long_text_is_no_invitation(asks):
    assert not asks("Schrijf je in. " * 5_000)


def test_a_page_without_a_body_says_nothing():
    with pytest.raises(UnreadableError) as caught:
        find("les.html", b"<html><frameset><frame src='x'></frameset></html>")

    assert caught.value.problem == "nothing"


def test_a_text_of_which_nothing_is_kept_belongs_to_the_one_before_it():
    first = Article("Een", (Block("paragraph", "<p>een</p>"),))
    second = Article("Twee", (Block("paragraph", "<p>twee</p>", left_out="menu"),))

    [only] = with_its_echoes([first, second])

    assert (only.title, [block.text for block in only.blocks]) == ("Een", ["een", "twee"])


def test_a_main_element_with_little_in_it_is_not_where_the_text_is():
    [article] = find("les.html", page(f"<main><p>Kort.</p></main><h1>Les</h1><p>{TEXT}</p><p>{OTHER}</p>"))

    assert [block.text for block in article.blocks if not block.left_out][-1] == OTHER


def test_a_title_above_the_main_element_is_found_and_what_stands_around_it_is_not():
    above = "<header><nav>Home Cursussen</nav><h1>Les een</h1><p>Cursussen Contact</p></header>"

    [article] = find("les.html", page(f"{above}<main><p>{TEXT}</p><p>{OTHER}</p></main>"))

    assert article.title == "Les een"
    assert "Contact" not in "".join(block.text for block in article.blocks if not block.left_out)


def test_pasted_markdown_is_read_as_such():
    [article] = find_pasted("", f"# Les\n\n{TEXT}\n\n- een\n- twee\n", "")

    assert article.title == "Les"


def test_a_bold_line_lies_below_the_heading_above_it():
    html = html_of(f"<h2>Kop</h2><p>{OTHER}</p><p><b>Vet gezegd</b></p><p>Nog een alinea, en die is lang genoeg.</p>")

    assert "<h3>Vet gezegd</h3>" in html


def test_an_address_that_is_none_is_left_as_it_is_on_a_page_with_an_address_of_its_own():
    head = '<head><base href="https://example.org/les/"></head>'
    body = f'<body><h1>Les</h1><p>{TEXT}</p><p>Kijk <a href="http://[kapot/">daar</a>.</p></body>'

    [article] = find("les.html", f"<!doctype html><html>{head}{body}</html>".encode())

    assert article.blocks[-1].text == "Kijk daar."


def export(*items):
    spaces = 'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f"<rss {spaces}><channel>{''.join(items)}</channel></rss>".encode()


POST = (
    "<item><title>Les</title><wp:post_type>post</wp:post_type>"
    f"<content:encoded><![CDATA[<p>{TEXT}</p>]]></content:encoded></item>"
)


def test_an_export_may_lack_its_first_line():
    [article] = find("les.xml", export(POST))

    assert article.title == "Les"


def test_a_post_without_a_title_and_without_words_is_no_article():
    assert len(find("les.xml", export("<item><wp:post_type>post</wp:post_type></item>", POST))) == 1


ITEM = '<p class="MsoListParagraph" style="mso-list:l0 level1 lfo1">'
OFFICE = {
    "contents": ('<p class="MsoToc1">Eerst iets</p>', "Eerst iets", False),
    "a typed bullet": ('<p class="MsoListParagraph" style="mso-list:l0 level1 lfo1">· een ding</p>', "een ding", True),
    "no bullet": (
        '<p class="MsoListParagraph" style="mso-list:l0 level1 lfo1">een ander ding</p>',
        "een ander ding",
        True,
    ),
}


@pytest.mark.parametrize(("written", "words", "kept"), OFFICE.values(), ids=OFFICE.keys())
def test_paragraphs_of_word_pasted_as_a_page(written, words, kept):
    articles = find_pasted("", "", f"<h1>Les</h1><p>{TEXT}</p>{written}<p>{OTHER}</p>")

    found = [block for article in articles for block in article.blocks if words in block.text]
    assert [not block.left_out for block in found] == [kept]


def test_an_item_of_a_list_may_be_a_picture():
    figure = f'<figure><img src="{as_data(png())}" alt="Een boom"></figure>'

    assert 'alt="Een boom"' in html_of(f"<ul><li>{figure}</li><li>Tekst</li></ul><p>{OTHER}</p>")


def test_what_stands_loose_in_a_list_is_an_item():
    assert "<li>los</li>" in html_of("<ul><p>los</p><li>vast</li></ul>")


def test_a_picture_needs_no_caption():
    assert "<figcaption" not in html_of(f'<figure><img src="{as_data(png())}" alt="Een boom"></figure>')


def test_pictures_of_a_menu_leave_nothing():
    assert "img" not in html_of('<nav><img src="menu.png" alt=""></nav>')


def test_a_list_of_lines_may_change_its_kind():
    [article] = find_pasted("", f"Les\n\n{TEXT}\n\n- een\n- twee\n1. drie\n2. vier\n", "")

    assert [block.kind for block in article.blocks if block.kind == "list"] == ["list", "list"]


def test_a_page_of_nothing_says_so():
    with pytest.raises(UnreadableError) as caught:
        web.parsed_page("les.html", "")

    assert caught.value.problem == "nothing"


def test_the_second_title_of_a_word_file_is_a_heading():
    articles = find("les.docx", word(p("Brief", "Titel"), p(TEXT), p("Antwoord", "Titel"), p(OTHER)))

    assert articles[0].title == "Brief"
    assert "Antwoord" in [article.title for article in articles] + [block.text for block in articles[0].blocks]


def test_a_word_file_is_found_where_it_always_lies():
    document = f'<w:document xmlns:w="{W}"><w:body>{p("Brief")}{p(TEXT)}</w:body></w:document>'
    content = zipped({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": document})

    assert TEXT.strip() in find("les.docx", content)[0].blocks[-1].text


def test_a_row_that_is_no_header_after_all_is_none():
    no_header = row("een", "twee").replace("<w:tr>", '<w:tr><w:trPr><w:tblHeader w:val="0"/></w:trPr>', 1)

    [article] = find("les.docx", word(p("Brief", "Titel"), p(TEXT), table(no_header, row("drie", "vier"))))

    assert "<th" not in article.blocks[-1].html


def test_ends_of_lines_and_tabs_of_word_stay_apart():
    odd = "<w:r><w:t>een</w:t><w:cr/><w:t>twee</w:t><w:ptab/><w:t>drie</w:t></w:r>"

    [article] = find("les.docx", word(p("Brief", "Titel"), p(TEXT), p(odd)))

    assert article.blocks[-1].text.split()[:2] == ["een", "twee"]


def test_a_picture_of_word_without_bytes_is_none():
    graphic = "<a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic>"
    none = f"<w:r><w:drawing><wp:inline>{graphic}</wp:inline></w:drawing></w:r>"

    [article] = find("les.docx", word(p("Brief", "Titel"), p(TEXT), p(none), p(OTHER)))

    assert [block.kind for block in article.blocks] == ["paragraph", "paragraph"]


# The pieces themselves, in states that few texts bring about


def element(html):
    return lxml_html.fragment_fromstring(html)


def reasons(parts, mark):
    mark(parts)
    return [part.left_out for part in parts]


def test_titles_behind_a_menu_are_still_other_articles():
    menu, titles = Part(element("<p>Home</p>"), "menu"), Part(element("<ul><li>Een titel</li><li>Nog een</li></ul>"))

    assert reasons([Part(element("<p>Lees ook</p>"), "related"), menu, titles], clutter.mark_related) == [
        "related",
        "menu",
        "related",
    ]


def test_a_list_of_known_words_above_the_text_is_a_menu():
    menu = Part(element("<ul><li>Home</li><li>Contact</li></ul>"))

    assert all(reasons([menu, words(OTHER)], clutter.mark_lists)[:1])


def test_words_about_the_author_go_with_their_heading():
    parts = [Part(element("<p>Over de auteur</p>"), "date-author"), words("Anna schrijft.")]

    assert reasons(parts, clutter.mark_about_author) == ["date-author", "date-author"]


def test_a_menu_glued_to_a_heading_is_cut_off():
    assert [part.text for part in glue.cut_at_menu("MenuWaarom dit helpt")] == ["Menu", "Waarom dit helpt"]
    assert [part.text for part in glue.cut_at_menu("wandelen-tijdens-werk Menu")] == ["wandelen-tijdens-werk", "Menu"]


def test_a_heading_glued_to_its_text_is_cut_off():
    parts = glue.cut_at_heading(words(f"Begin kleinAls je begint, begin dan klein. {TEXT}"))

    assert parts[0].text == "Begin klein"


def test_two_kinds_of_marks_make_two_lists():
    assert [block.tag for block in nested([Item(0, "-", "een"), Item(0, "1.", "twee")])] == ["ul", "ol"]


def test_the_body_itself_stays_whatever_it_says():
    for attributes in ({"hidden": ""}, {}):
        body = made("div", "Tekst")
        body.attrib.update(attributes)
        inline.clean(body, Pictures())

        assert body.text_content() == "Tekst"
    assert media.media_in(made("img"), Pictures()) == []


def word_xml(xml):
    return etree.fromstring(f'<w:root xmlns:w="{W}">{xml}</w:root>')


def test_a_row_with_properties_becomes_a_header_by_the_style_of_its_table():
    rows = "<w:tr><w:trPr/><w:tc/></w:tr><w:tr><w:tc/></w:tr>"
    styled = f'<w:tblPr><w:tblStyle w:val="Mooi"/><w:tblLook w:firstRow="1"/></w:tblPr>{rows}'
    [found] = word_xml(f"<w:tbl>{styled}</w:tbl>")

    worddress.mark_header(found, SimpleNamespace(headed_tables={"Mooi"}))

    assert [len(row.findall(f"{{{W}}}trPr/{{{W}}}tblHeader")) for row in found.findall(f"{{{W}}}tr")] == [1, 0]


def test_a_text_box_that_hangs_on_nothing_is_gone():
    root = word_xml("<w:txbxContent><w:p/></w:txbxContent>")
    wordxml.take_out_text_boxes(root)

    assert len(root) == 0


def test_a_picture_without_a_relation_is_drawn_without_one():
    drawing = wordxml.drawing_of("", "Een boom")

    assert [blip.attrib for blip in drawing.iter(f"{wordxml.A}blip")] == [{}]


def test_a_caption_in_a_block_of_its_own_is_a_caption():
    figure = (
        f'<figure><img src="{as_data(png())}" alt="Tafel"><figcaption><div>Samen aan tafel</div></figcaption></figure>'
    )

    assert "<figcaption>Samen aan tafel</figcaption>" in html_of(figure)
