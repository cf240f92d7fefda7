"""Word files: what they mean comes along, whatever language Word speaks."""

import pytest

from courses.articles.importers import read
from courses.articles.importers.finding import find
from tests.articles.importers import wordfiles
from tests.articles.importers.pictures import png
from tests.articles.importers.wordfiles import (
    bold,
    cell,
    deleted,
    inserted,
    link,
    notes_xml,
    p,
    picture,
    r,
    row,
    table,
    text_box,
    word,
)

TEXT = "Een brief begint met de lezer. Wat weet die al, wat wil die weten, en wat moet er daarna gebeuren?"


def article_of(*blocks, **options):
    (article,) = find("brief.docx", word(*blocks, **options))
    return article


def html_of(*blocks, **options):
    """The HTML of what is kept below a title and a paragraph."""
    article = article_of(p("Brieven schrijven", "Titel"), p(TEXT), *blocks, **options)
    assert article.title == "Brieven schrijven"
    return "".join(block.html for block in article.blocks[1:] if not block.left_out)


def test_a_word_file_is_read_in_a_process_of_its_own():
    (article,) = read("brief.docx", word(p("Brieven schrijven", "Titel"), p(TEXT)))

    assert (article.title, article.blocks[0].text) == ("Brieven schrijven", TEXT)


@pytest.mark.parametrize(
    ("blocks", "core_title", "title", "headings"),
    [
        ([p("Brieven", "Titel"), p(TEXT), p("Begin", "Kop1"), p(TEXT + " Nu.")], "", "Brieven", [(2, "Begin")]),
        ([p("Brieven", "Kop1"), p(TEXT), p("Begin", "Kop2"), p(TEXT + " Nu.")], "", "Brieven", [(2, "Begin")]),
        ([p(TEXT), p("Begin", "Kop1"), p(TEXT + " Nu.")], "Brieven", "Brieven", [(2, "Begin")]),
        (
            [p("Een", "Kop1"), p(TEXT), p("Twee", "Kop1"), p(TEXT + " Nu.")],
            "Brieven",
            "Brieven",
            [(2, "Een"), (2, "Twee")],
        ),
        ([p("Brieven"), p(TEXT), p(bold("Begin")), p(TEXT + " Nu.")], "Document1", "Brieven", [(2, "Begin")]),
        ([p(TEXT), p(TEXT + " Nu.")], "Microsoft Word - x.doc", "Brief", []),
    ],
)
def test_the_title_is_found_where_it_is(blocks, core_title, title, headings):
    article = article_of(*blocks, core_title=core_title)

    assert article.title == title
    assert [(block.level, block.text) for block in article.blocks if block.kind == "heading"] == headings


def test_headings_of_four_levels():
    assert html_of(*(p(f"Kop {n}", f"Kop{n}") + p(f"{TEXT} {n}") for n in range(1, 5))).count("<h") == 4


@pytest.mark.parametrize(
    "styles",
    [
        {"Kop1": "Kop 1", "Titel": "Titel"},
        {"Kop1": "Heading 1", "Titel": "Title"},
        {},
        {"Kop1": "heading 1", "Titel": "title"},
    ],
)
def test_styles_are_known_by_any_of_their_names(styles):
    assert html_of(p("Begin", "Kop1"), p(TEXT + " Nu."), styles=styles).startswith("<h2>Begin</h2>")


def test_a_style_of_ones_own_is_what_it_is_based_on():
    own = (
        '<w:style w:type="paragraph" w:styleId="Huiskop"><w:name w:val="Huiskop"/><w:basedOn w:val="Kop2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Kader"><w:name w:val="Kader"/><w:pPr>'
        '<w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Rond"><w:name w:val="Rond"/><w:basedOn w:val="Rond"/></w:style>'
    )

    html = html_of(
        p("Kader", "Kader"), p(f"{TEXT} 1"), p("Huis", "Huiskop"), p(f"{TEXT} 2"), p("rond", "Rond"), more_styles=own
    )

    assert "<h2>Kader</h2>" in html
    assert "<h3>Huis</h3>" in html
    assert "<p>rond</p>" in html


LISTS = {
    "bullets": ([p("een", "Lijstalinea", 1), p("twee", "Lijstalinea", 1)], "<ul><li>een</li><li>twee</li></ul>"),
    "numbers": ([p("een", "Lijstalinea", 2), p("twee", "Lijstalinea", 2)], "<ol><li>een</li><li>twee</li></ol>"),
    "nested": (
        [p("een", number=1), p("a", number=1, depth=1), p("diep", number=1, depth=2), p("twee", number=1)],
        "<ul><li>een<ul><li>a<ul><li>diep</li></ul></li></ul></li><li>twee</li></ul>",
    ),
    "bullets in numbers": (
        [p("een", number=3), p("a", number=3, depth=1), p("twee", number=3)],
        "<ol><li>een<ul><li>a</li></ul></li><li>twee</li></ol>",
    ),
    "another list inside": (
        [p("een", number=2), p("a", number=1, depth=1), p("twee", number=2)],
        "<ol><li>een<ul><li>a</li></ul></li><li>twee</li></ol>",
    ),
    "a level skipped": (
        [p("een", number=1), p("diep", number=1, depth=3)],
        "<ul><li>een<ul><li>diep</li></ul></li></ul>",
    ),
    "begins deep": ([p("een", number=1, depth=2), p("twee", number=1, depth=2)], "<ul><li>een</li><li>twee</li></ul>"),
    "nine levels": (
        [p(str(depth), number=1, depth=depth) for depth in range(9)],
        "".join(f"<ul><li>{depth}" for depth in range(9)) + "</li></ul>" * 9,
    ),
    "goes on": (
        [p("een", number=2), p("tussendoor"), p("twee", number=2)],
        '<ol><li>een</li></ol><p>tussendoor</p><ol start="2"><li>twee</li></ol>',
    ),
    "begins anew": ([p("een", number=2), p("twee", number=4)], "<ol><li>een</li></ol><ol><li>twee</li></ol>"),
    "by name of the style": (
        [p("een", "Lijstopsomteken"), p("a", "Lijstopsomteken2"), p("twee", "Lijstopsomteken")],
        "<ul><li>een<ul><li>a</li></ul></li><li>twee</li></ul>",
    ),
    "numbers by name": (
        [p("een", "Lijstnummering"), p("twee", "Lijstnummering")],
        "<ol><li>een</li><li>twee</li></ol>",
    ),
    "typed": ([p("•\teen"), p("•\ttwee")], "<ul><li>een</li><li>twee</li></ul>"),
}


@pytest.mark.parametrize(("blocks", "html"), LISTS.values(), ids=LISTS.keys())
def test_lists_are_lists(blocks, html):
    assert html_of(*blocks) == html


def test_a_numbered_heading_is_a_heading_and_no_item():
    assert html_of(p("Begin", "Kop1", 2), p(TEXT + " Nu.")).startswith("<h2>Begin</h2>")


def test_a_list_that_a_style_makes():
    style = (
        '<w:style w:type="paragraph" w:styleId="Huislijst"><w:name w:val="Huislijst"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )

    html = html_of(p("een", "Huislijst"), p("uit", "Huislijst", 0), p("twee", "Huislijst"), more_styles=style)

    assert html == "<ul><li>een</li></ul><p>uit</p><ul><li>twee</li></ul>"


HEAD = (
    '<thead><tr><th scope="col">Wie</th><th scope="col">Wat</th></tr></thead>'
    "<tbody><tr><td>Ans</td><td>notulen</td></tr></tbody>"
)
BODY = "<tbody><tr><td>Wie</td><td>Wat</td></tr><tr><td>Ans</td><td>notulen</td></tr></tbody>"
STYLED = (
    '<w:style w:type="table" w:styleId="Kleurig"><w:name w:val="Kleurig"/>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>'
)
TABLES = {
    "marked": ([row("Wie", "Wat", header=True), row("Ans", "notulen")], {}, HEAD),
    "bold": ([row(p(bold("Wie")), p(bold("Wat"))), row("Ans", "notulen")], {}, HEAD),
    "by its style": ([row("Wie", "Wat"), row("Ans", "notulen")], {"style": "Kleurig"}, HEAD),
    "style not shown": ([row("Wie", "Wat"), row("Ans", "notulen")], {"style": "Kleurig", "look": "0480"}, BODY),
    "plain": ([row("Wie", "Wat"), row("Ans", "notulen")], {}, BODY),
    "merged across": (
        [row(cell("Wie", '<w:gridSpan w:val="2"/>'), header=True), row("Ans", "notulen")],
        {},
        (
            '<thead><tr><th scope="col" colspan="2">Wie</th></tr></thead><tbody>'
            "<tr><td>Ans</td><td>notulen</td></tr></tbody>"
        ),
    ),
    "merged down": (
        [row(cell("Ans", '<w:vMerge w:val="restart"/>'), "een"), row(cell("", "<w:vMerge/>"), "twee")],
        {},
        '<tbody><tr><td rowspan="2">Ans</td><td>een</td></tr><tr><td>twee</td></tr></tbody>',
    ),
    "lists inside": (
        [row(p("een", number=1) + p("twee", number=1), "x")],
        {},
        "<tbody><tr><td><ul><li>een</li><li>twee</li></ul></td><td>x</td></tr></tbody>",
    ),
    "a table inside": (
        [row(cell(table(row("diep", "dieper")) + p()), "x")],
        {},
        (
            "<tbody><tr><td><table><tbody><tr><td>diep</td><td>dieper</td></tr></tbody>"
            "</table></td><td>x</td></tr></tbody>"
        ),
    ),
    "one cell": ([row("kader")], {}, "<tbody><tr><td>kader</td></tr></tbody>"),
    "a row deleted": (
        [
            row("Wie", "Wat"),
            "<w:tr><w:trPr><w:del w:id='1'/></w:trPr>" + cell("weg") + "</w:tr>",
            row("Ans", "notulen"),
        ],
        {},
        BODY,
    ),
    "rows in a control": (
        [f"<w:sdt><w:sdtPr/><w:sdtContent>{row('Wie', 'Wat')}</w:sdtContent></w:sdt>", row("Ans", "notulen")],
        {},
        BODY,
    ),
}


@pytest.mark.parametrize(("rows", "options", "html"), TABLES.values(), ids=TABLES.keys())
def test_tables_are_tables(rows, options, html):
    assert html_of(table(*rows, **options), more_styles=STYLED) == f"<table>{html}</table>"


def test_captions_join_their_table_and_figure():
    caption = p(f"{r('Figuur ')}<w:fldSimple w:instr='SEQ'>{r('1')}</w:fldSimple>{r(': een brief')}", "Bijschrift")

    html = html_of(p("Tabel 1: taken", "Bijschrift"), table(row("Ans", "notulen")), p(picture("Een brief")), caption)

    assert html == (
        "<table><caption>Tabel 1: taken</caption><tbody><tr><td>Ans</td><td>notulen</td></tr></tbody></table>"
        '<figure><img src="/pictures/import-1/" alt="Een brief"><figcaption>Figuur 1: een brief</figcaption></figure>'
    )


VML = '<w:r><w:pict><v:shape alt="Een brief"><v:imagedata r:id="rId90" o:title="brief"/></v:shape></w:pict></w:r>'
GROUP = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Groep" descr="Samen"/><a:graphic><a:graphicData uri="wpg">'
    '<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="a" descr="Links"/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="rId90"/></pic:blipFill></pic:pic>'
    '<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="b"/></pic:nvPicPr><pic:blipFill>'
    '<a:blip r:embed="rId90"/></pic:blipFill></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


@pytest.mark.parametrize(
    ("content", "alts"),
    [
        (picture("Een brief & een pen"), [' alt="Een brief &amp; een pen"']),
        (picture(decorative=True), [' alt=""']),
        (picture("toch niet", decorative=True), [' alt=""']),
        (picture(), [""]),
        (picture("Een brief", tag="anchor"), [' alt="Een brief"']),
        (VML, [' alt="Een brief"']),
        (GROUP, [' alt="Links"', ' alt="Samen"']),
    ],
)
def test_pictures_have_the_alt_text_that_they_had(content, alts):
    html = html_of(p(content))

    assert html == "".join(f'<figure><img src="/pictures/import-1/"{alt}></figure>' for alt in alts)


def test_a_picture_in_a_line_stands_behind_it():
    assert html_of(p(r("Zie ") + picture("Een brief") + r("hier."))) == (
        '<p>Zie hier.</p><figure><img src="/pictures/import-1/" alt="Een brief"></figure>'
    )


def test_the_bytes_of_a_picture_come_along():
    article = article_of(p("Brieven", "Titel"), p(TEXT), p(picture("Een brief")))

    assert article.pictures == {"/pictures/import-1/": png()}


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"media": b"\x01\x00\x00\x00 EMF"}, "picture-type"),
        ({"media": png()[:40]}, "picture-broken"),
        ({"relations": [("rId91", "image", "media/weg.png")]}, "picture-missing"),
        ({"relations": [("rId91", "image", "https://elders.example/brief.png")]}, "picture-elsewhere"),
    ],
)
def test_a_picture_that_cannot_come_along_is_told_by_its_alt_text(options, what):
    relation = "rId91" if "relations" in options else "rId90"

    article = article_of(p("Brieven", "Titel"), p(TEXT), p(picture("Een brief", relation=relation)), **options)

    assert [(lost.what, lost.name) for lost in article.lost] == [(what, "Een brief")]


@pytest.mark.parametrize(
    ("target", "html"),
    [
        ("https://pen.example/?a=1&b=2", '<p><a href="https://pen.example/?a=1&amp;b=2">pennen</a></p>'),
        ("javascript:alert(1)", "<p>pennen</p>"),
        ("file:///C:/pennen.docx", "<p>pennen</p>"),
        ("mailto:ans@pen.example", '<p><a href="mailto:ans@pen.example">pennen</a></p>'),
    ],
)
def test_links_go_through_the_same_rules(target, html):
    assert html_of(p(link("pennen", "rId50")), relations=[("rId50", "hyperlink", target)]) == html


def test_links_within_the_document_are_words():
    assert html_of(p(f'<w:hyperlink w:anchor="_Toc1">{r("elders")}</w:hyperlink>')) == "<p>elders</p>"


PIECES = {
    "bold and italic": (
        p(bold("vet") + r(" en ") + r("schuin", "<w:i/>") + r(".")),
        "<p><strong>vet</strong> en <em>schuin</em>.</p>",
    ),
    "runs that were cut": (p(bold("ve") + bold("t") + r(".")), "<p><strong>vet</strong>.</p>"),
    "bold switched off": (p(r("gewoon", '<w:b w:val="0"/>')), "<p>gewoon</p>"),
    "raised": (p(r("m") + r("2", '<w:vertAlign w:val="superscript"/>')), "<p>m<sup>2</sup></p>"),
    "quotation": (
        p("Wie schrijft", "Citaat") + p("die blijft.", "Duidelijkcitaat"),
        "<blockquote><p>Wie schrijft</p><p>die blijft.</p></blockquote>",
    ),
    "changes accepted": (p(r("een ") + inserted(r("nieuw")) + deleted("oud") + r(" woord")), "<p>een nieuw woord</p>"),
    "an end deleted": (p("een", more="<w:rPr><w:del w:id='1'/></w:rPr>") + p(" twee"), "<p>een twee</p>"),
    "moved": (
        p(f"<w:moveFrom w:id='1'>{r('weg')}</w:moveFrom>{r('blijft ')}")
        + p(f"<w:moveTo w:id='1'>{r('hier')}</w:moveTo>"),
        "<p>blijft</p><p>hier</p>",
    ),
    "hidden": (p(r("te zien") + r("niet te zien", "<w:vanish/>")), "<p>te zien</p>"),
    "a line end": (p("<w:r><w:t>een</w:t><w:br/><w:t>twee</w:t></w:r>"), "<p>een<br>twee</p>"),
    "a text box": (
        p(r("Buiten.") + text_box(p("Binnen."), p("Nog iets."))),
        "<p>Buiten.</p><p>Binnen.</p><p>Nog iets.</p>",
    ),
    "a table in a text box": (
        p(text_box(table(row("een", "twee")))),
        "<table><tbody><tr><td>een</td><td>twee</td></tr></tbody></table>",
    ),
    "a content control": (
        p(f"<w:sdt><w:sdtPr/><w:sdtContent>{r('in een veld')}</w:sdtContent></w:sdt>"),
        "<p>in een veld</p>",
    ),
    "a smart tag": (p(f"<w:smartTag w:uri='x'>{r('Utrecht')}</w:smartTag>"), "<p>Utrecht</p>"),
    "a symbol": (p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + r(" af")), "<p>✓ af</p>"),
    "a hyphen": (p("<w:r><w:t>auto</w:t><w:noBreakHyphen/><w:t>band</w:t></w:r>"), "<p>auto\u2011band</p>"),
    "text above text": (
        p(
            "<w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r>"
            "<w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        ),
        "<p>漢</p>",
    ),
    "emoji": (p("Klaar 🎉"), "<p>Klaar 🎉</p>"),
}


@pytest.mark.parametrize(("block", "html"), PIECES.values(), ids=PIECES.keys())
def test_pieces_become_ours(block, html):
    assert html_of(block) == html


def test_a_style_for_letters_is_bold_where_it_says_so():
    strong = '<w:style w:type="character" w:styleId="Zwaar"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'

    assert (
        html_of(p(r("vet", '<w:rStyle w:val="Zwaar"/>') + r(" niet")), more_styles=strong)
        == "<p><strong>vet</strong> niet</p>"
    )


def test_a_formula_is_its_characters_and_that_is_told():
    fraction = "<m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f>"
    formula = f"<m:oMath><m:r><m:t>x=</m:t></m:r>{fraction}</m:oMath>"

    article = article_of(p("Brieven", "Titel"), p(TEXT), p(r("Dus ") + formula))

    assert article.blocks[1].text == "Dus x=(a)/(b)"
    assert [lost.what for lost in article.lost] == ["formula"]


def test_footnotes_are_a_list_at_the_end():
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    parts = {
        "word/footnotes.xml": notes_xml("footnote", p(r("Zie ") + r("elders."))),
        "word/_rels/footnotes.xml.rels": wordfiles.relations_xml([]),
    }

    html = html_of(
        p(r("Een bewering") + note + r(".")), relations=[("rId60", "footnotes", "footnotes.xml")], parts=parts
    )

    assert html == "<p>Een bewering<sup>[1]</sup>.</p><ol><li>Zie elders.</li></ol>"


@pytest.mark.parametrize(
    ("block", "parts", "what"),
    [
        (p(r("x") + "<w:r><w:commentReference w:id='1'/></w:r>"), {}, "comment"),
        (p('<w:r><w:object><v:imagedata r:id="rId90"/></w:object></w:r>'), {}, "embedded-file"),
        (p("x"), {"word/vbaProject.bin": b"macro"}, "macro"),
        (
            p(
                '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
                "<c:chart/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
            ),
            {},
            "drawing",
        ),
    ],
)
def test_what_cannot_come_along_is_told(block, parts, what):
    article = article_of(p("Brieven", "Titel"), p(TEXT), block, parts=parts)

    assert [lost.what for lost in article.lost] == [what]


def test_the_table_of_contents_is_left_out():
    article = article_of(p("Brieven", "Titel"), p("Begin\t3", "Inhopg1"), p(TEXT), p("Begin", "Kop1"), p(TEXT + " Nu."))

    assert [block.left_out for block in article.blocks] == ["contents", "", "", ""]


def test_a_strict_file_is_read_as_any():
    usual = word(p("Brieven", "Titel"), p(TEXT), p("Begin", "Kop1"), p(f"{TEXT} Nu."), p(picture("Een brief")))
    strict = rewritten(usual, wordfiles.W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    strict = rewritten(strict, wordfiles.OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")

    assert find("brief.docx", strict) == find("brief.docx", usual)


def rewritten(content, old, new):
    import io
    import zipfile

    archive = zipfile.ZipFile(io.BytesIO(content))
    return wordfiles.zipped(
        {name: archive.read(name).replace(old.encode(), new.encode()) for name in archive.namelist()}
    )


def test_the_document_may_have_another_name():
    (article,) = find(
        "brief.docx",
        word(
            p("Brieven", "Titel"),
            p(TEXT),
            main="word/document2.xml",
            parts={"word/_rels/document2.xml.rels": wordfiles.relations_xml([])},
        ),
    )

    assert article.title == "Brieven"


def test_a_share_line_in_a_word_file_is_left_out():
    article = article_of(p("Brieven", "Titel"), p(TEXT), p("Deel dit artikel"))

    assert [block.left_out for block in article.blocks] == ["", "share"]
