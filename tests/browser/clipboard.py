"""What Word, Google Docs and web pages put on the clipboard, faults and all."""

SIGN = (
    "<![if !supportLists]><span style='font-family:Symbol;mso-list:Ignore'>{}<span style='font:7.0pt \"Times New "
    "Roman\"'>&nbsp;&nbsp;&nbsp;</span></span><![endif]>"
)
ITEM = (
    "<p class=MsoListParagraphCxSp{} style='margin-left:36.0pt;text-indent:-18.0pt;mso-list:l0 level{} lfo1'>{}{}"
    "<o:p></o:p></p>"
)

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]-->
<style><!-- p.MsoNormal {{margin:0cm; font-size:11.0pt;}} --></style></head><body lang=NL><!--StartFragment-->
<h1 style='mso-line-height-rule:exactly'><b><span style='color:#2F5496'>Vertrouwen geven<o:p></o:p></span></b></h1>
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span style='font-family:"Calibri"'>Vet</span></b> en
<i><span lang=EN-US>cursief</span></i> en H<sub>2</sub>O.<o:p></o:p></p>
<h2><span style='mso-fareast-language:EN-US'>Drie stappen</span></h2>
{items}
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'><colgroup><col width=200></colgroup>
<tr style='mso-yfti-irow:0'><td width=200 valign=top><p class=MsoNormal>A1<o:p></o:p></p></td>
<td colspan=2><p class=MsoNormal>B1<o:p></o:p></p></td></tr></table>
<p class=MsoNormal><a name="_Toc1"></a><a href="#_Toc1">Terug</a> of <a href="https://voorbeeld.nl/"
style='color:blue'>verder</a>.</p>
<p class=MsoNormal><!--[if gte vml 1]><v:shape></v:shape><![endif]--><![if !vml]><img width=10 src="file:///C:/temp/plaatje.png"><![endif]></p>
<!--EndFragment--></body></html>""".format(
    items="".join(
        [
            ITEM.format("First", 1, SIGN.format("·"), "Kijk"),
            ITEM.format("Middle", 2, SIGN.format("1."), "eerst naar jezelf"),
            ITEM.format("Middle", 2, SIGN.format("2."), "dan naar de ander"),
            ITEM.format("Last", 1, SIGN.format("·"), "Vraag"),
        ]
    )
)
FROM_WORD = (
    "<h2>Vertrouwen geven</h2>\n"
    "<p><strong>Vet</strong> en <em>cursief</em> en H<sub>2</sub>O.</p>\n"
    "<h3>Drie stappen</h3>\n"
    "<ul><li>Kijk<ol><li>eerst naar jezelf</li><li>dan naar de ander</li></ol></li><li>Vraag</li></ul>\n"
    '<table><tbody><tr><td>A1</td><td colspan="2">B1</td></tr></tbody></table>\n'
    '<p>Terug of <a href="https://voorbeeld.nl/">verder</a>.</p>'
)

GOOGLE_DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1">
<h2 dir="ltr" style="line-height:1.38"><span style="font-size:16pt;font-weight:700">Wat is vertrouwen?</span></h2>
<p dir="ltr"><span style="font-weight:700;font-style:normal">Vet</span><span style="font-weight:400">, </span><span
style="font-style:italic">cursief</span><span style="text-decoration:line-through">, weg</span><span>.</span></p>
<ul style="margin-top:0"><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>Een</span></p></li>
<ul><li dir="ltr" aria-level="2"><p dir="ltr" role="presentation"><span>Twee</span></p></li></ul></ul><br>
<p dir="ltr"><span><span style="border:none"><img src="https://lh7-rt.googleusercontent.com/x"
width="100"></span></span></p></b>"""
FROM_GOOGLE_DOCS = (
    "<h2>Wat is vertrouwen?</h2>\n"
    "<p><strong>Vet</strong>, <em>cursief</em><s>, weg</s>.</p>\n"
    "<ul><li>Een<ul><li>Twee</li></ul></li></ul>"
)

WEB_PAGE = """<meta charset='utf-8'><article class="post" style="color: rgb(0,0,0)"><header><nav><a
href="/">Home</a></nav>
<h1 class="title">Leren van fouten</h1></header><div class="body"><div>Een fout is&nbsp; <a
href="javascript:alert(1)">geen</a> ramp.</div><div>Maar <span style="font-weight: bold">wel</span> een les.</div>
<figure><img src="https://elders.example/x.jpg" onerror="alert(1)"><figcaption>Een foto</figcaption></figure>
<blockquote onclick="alert(1)"><p>Fouten mogen.</p></blockquote><script>alert(1)</script><iframe src="//x"></iframe>
<form><input value="x"><button>Stuur</button></form></div></article>"""
FROM_WEB_PAGE = (
    "<h2>Leren van fouten</h2>\n"
    "<p>Een fout is geen ramp.</p>\n"
    "<p>Maar <strong>wel</strong> een les.</p>\n"
    "<p>Een foto</p>\n"
    "<blockquote><p>Fouten mogen.</p></blockquote>"
)
