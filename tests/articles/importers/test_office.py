"""What Word, Google Docs and Outlook put on the clipboard becomes what it looked like."""

import pytest

from courses.articles.importers import read_pasted
from courses.articles.importers.finding import find_pasted

TEXT = "Wie een vergadering voorzit, let op de tijd en op de mensen, en vooral op wie er nog niets heeft gezegd."

WORD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {{margin:0cm}} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=NL><!--StartFragment-->
<p class=MsoTitle>Een vergadering voorzitten<o:p></o:p></p>
<p class=MsoNormal>{TEXT} <b style='mso-bidi-font-weight:normal'>Let op</b>, en <i>kijk rond</i>.<o:p></o:p></p>
<h1>Voorbereiden<o:p></o:p></h1>
<p class=MsoNormal><span style='mso-fareast-language:NL'>{TEXT} Bereid je voor.</span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
 style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
 style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>een agenda</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:
 Ignore'>o<span>&nbsp;</span></span><![endif]>met tijden</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span
 style='mso-list:Ignore'>·</span>een <b>voorzitter</b></p>
<p class=MsoNormal>Daarna:</p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l1 level1 lfo2'><span
 style='mso-list:Ignore'>1.<span>&nbsp;</span></span>openen</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.</span>sluiten</p>
<h2>Zwijgen</h2>
<p class=MsoQuote>Wie zwijgt, stemt niet toe.</p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>Wie</b></p></td>
<td><p class=MsoNormal><b>Wat</b></p></td></tr>
<tr><td><p class=MsoNormal>Ans</p></td><td><p class=MsoNormal>notulen</p></td></tr></table>
<p class=MsoCaption>Tabel 1: de taken</p>
<p class=MsoNormal><img width=100 src="file:///C:/Users/ans/AppData/clip_image002.png" alt="Een zaal"></p>
<p class=MsoNormal><del cite="mailto:ans" datetime="2020-01-01">oude tekst</del><ins
 cite="mailto:ans">nieuwe tekst</ins></p>
<!--EndFragment--></body></html>"""

GOOGLE = f"""<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1234">
<p dir="ltr" style="line-height:1.38"><span style="font-size:26pt;font-weight:400">Een vergadering voorzitten</span></p>
<p dir="ltr"><span style="font-size:11pt;font-weight:400">{TEXT} </span><span
 style="font-size:11pt;font-weight:700">Let op</span><span
 style="font-size:11pt;font-style:italic">, en kijk rond.</span></p>
<h1 dir="ltr"><span style="font-size:20pt;font-weight:400">Voorbereiden</span></h1>
<p dir="ltr"><span>{TEXT} Bereid je voor.</span></p>
<ul><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>een agenda</span></p></li>
<ul><li dir="ltr" aria-level="2"><p dir="ltr"><span>met tijden</span></p></li></ul>
<li dir="ltr"><p dir="ltr"><span>een </span><span style="font-weight:700">voorzitter</span></p></li></ul>
<p dir="ltr"><span>Daarna:</span></p>
<ol><li dir="ltr"><p dir="ltr"><span>openen</span></p></li><li dir="ltr"><p dir="ltr"><span>sluiten</span></p></li></ol>
<h2 dir="ltr"><span>Zwijgen</span></h2><p dir="ltr"><span>Wie zwijgt, stemt niet toe.</span></p>
<div dir="ltr" align="left"><table><colgroup><col width="300"/><col/></colgroup><tbody>
<tr><td><p dir="ltr"><span style="font-weight:700">Wie</span></p></td>
<td><p dir="ltr"><span style="font-weight:700">Wat</span></p></td></tr>
<tr><td><p dir="ltr"><span>Ans</span></p></td><td><p dir="ltr"><span>notulen</span></p></td></tr></tbody></table></div>
<p dir="ltr"><span><img src="https://lh7.googleusercontent.com/abc" alt="Een zaal" width="10"/></span></p></b>
<br class="Apple-interchange-newline">"""

LIST = "<ul><li>een agenda<ul><li>met tijden</li></ul></li><li>een <strong>voorzitter</strong></li></ul>"
STEPS = "<ol><li>openen</li><li>sluiten</li></ol>"
HEADER = '<thead><tr><th scope="col">Wie</th><th scope="col">Wat</th></tr></thead>'


@pytest.fixture(params=[WORD, GOOGLE], ids=["word", "google"])
def article(request):
    (article,) = find_pasted("", "", request.param.replace('dir="ltr"', ""))
    return article


def html_of(article):
    return [block.html for block in article.blocks if not block.left_out]


def test_the_title_is_found(article):
    assert article.title == "Een vergadering voorzitten"


def test_headings_begin_at_the_second_level(article):
    assert [html for html in html_of(article) if html.startswith("<h")] == ["<h2>Voorbereiden</h2>", "<h3>Zwijgen</h3>"]


def test_lists_are_lists_again(article):
    assert [html for html in html_of(article) if html.startswith(("<ul", "<ol"))] == [LIST, STEPS]


def test_bold_and_italic_stay_and_nothing_else_becomes_it(article):
    first = html_of(article)[0]

    assert "<strong>Let op</strong>" in first
    assert "<em>" in first
    assert first.startswith("<p>Wie")
    assert first.count("<strong>") == 1


def test_a_bold_first_row_is_a_header(article):
    (table,) = [html for html in html_of(article) if html.startswith("<table")]

    assert HEADER in table
    assert "<td>notulen</td>" in table


def test_pictures_of_the_clipboard_are_told(article):
    assert ["Een zaal" in str(lost) for lost in article.lost] == [True]


def test_quotations_captions_and_tracked_changes_of_word_are_read():
    (article,) = find_pasted("", "", WORD)

    html = "".join(html_of(article))
    assert "<blockquote><p>Wie zwijgt, stemt niet toe.</p></blockquote>" in html
    assert "<caption>Tabel 1: de taken</caption>" in html
    assert "nieuwe tekst" in html
    assert "oude tekst" not in html


def test_lines_of_a_mail_are_paragraphs():
    html = f"<div>Hallo allemaal</div><div><br></div><div>{TEXT}</div><div>&nbsp;</div><div>{TEXT} Tot morgen.</div>"

    (article,) = find_pasted("", "", html)

    assert article.title == "Hallo allemaal"
    assert len(article.blocks) == 2


def test_bullets_that_were_typed_are_a_list():
    html = f"<h1>Taken</h1><p>{TEXT}</p><p>• openen</p><p>•&nbsp;sluiten</p><p>– geen lijst</p>"

    (article,) = find_pasted("", "", html)

    assert html_of(article)[1:] == ["<ul><li>openen</li><li>sluiten</li><li>geen lijst</li></ul>"]


def test_a_bold_line_over_a_paragraph_is_a_heading():
    html = f"<p>Voorzitten</p><p><b>Voorbereiden</b></p><p>{TEXT}</p><p><b>Let op:</b></p><p>{TEXT} Echt.</p>"

    (article,) = find_pasted("", "", html)

    assert html_of(article)[0] == "<h2>Voorbereiden</h2>"
    assert "<p><strong>Let op:</strong></p>" in html_of(article)


def test_lines_of_text_say_more_than_html_without_blocks():
    text = f"Voorzitten\n\n{TEXT}\n\nVoorbereiden\n\n{TEXT} Bereid je voor."

    (article,) = find_pasted("", text, f"<meta charset='utf-8'><span>{text}</span>")

    assert [block.kind for block in article.blocks] == ["paragraph", "heading", "paragraph"]


def test_rich_text_is_read_in_a_process_of_its_own():
    (article,) = read_pasted("Een vergadering voorzitten", WORD)

    assert article.title == "Een vergadering voorzitten"
