"""Word files written by hand, with what python-docx does not write: Dutch styles, numbering, boxes, changes."""

import io
import zipfile
from xml.sax.saxutils import escape

from tests.articles.importers.pictures import png

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DUTCH = {
    "Titel": "Title",
    "Ondertitel": "Subtitle",
    "Kop1": "heading 1",
    "Kop2": "heading 2",
    "Kop3": "heading 3",
    "Kop4": "heading 4",
    "Citaat": "Quote",
    "Duidelijkcitaat": "Intense Quote",
    "Lijstalinea": "List Paragraph",
    "Lijstopsomteken": "List Bullet",
    "Lijstopsomteken2": "List Bullet 2",
    "Lijstnummering": "List Number",
    "Bijschrift": "caption",
    "Inhopg1": "toc 1",
    "Standaard": "Normal",
}
"""The ids of a Dutch Word, and the names that it keeps in English."""

FORMATS = {
    "1": ["bullet"] * 9,
    "2": ["decimal", "lowerLetter", *["decimal"] * 7],
    "3": ["decimal", "bullet", *["bullet"] * 7],
}


# Pieces


def r(text, marks=""):
    properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(content="", style="", number=None, depth=0, more=""):
    inner = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number is not None:
        inner += f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    content = content if content.startswith("<") or not content else r(content)
    return f"<w:p><w:pPr>{inner}{more}</w:pPr>{content}</w:p>"


def bold(text):
    return r(text, "<w:b/>")


def cell(content, properties=""):
    content = content if content.startswith("<w:p") or content.startswith("<w:tbl") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells, header=False):
    properties = "<w:trPr><w:tblHeader/></w:trPr>" if header else ""
    return f"<w:tr>{properties}{''.join(c if c.startswith('<w:tc>') else cell(c) for c in cells)}</w:tr>"


def table(*rows, style="", look="04A0"):
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblLook w:val="{look}"/></w:tblPr>'
        f"<w:tblGrid><w:gridCol/></w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def picture(alt=None, *, relation="rId90", decorative=False, tag="inline"):
    description = f' descr="{escape(alt)}"' if alt is not None else ""
    mark = '<a:extLst><a:ext uri="{C183D7F6}"><adec:decorative val="1"/></a:ext></a:extLst>' if decorative else ""
    return (
        f'<w:r><w:drawing><wp:{tag}><wp:docPr id="1" name="Afbeelding 1"{description}>'
        f"{mark}</wp:docPr><a:graphic><a:graphicData "
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        '<pic:nvPicPr><pic:cNvPr id="0" name="a.png"/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/></pic:blipFill></pic:pic></a:graphicData>'
        f"</a:graphic></wp:{tag}></w:drawing></w:r>"
    )


def text_box(*paragraphs):
    """As Word writes one: for new readers as a shape, for old ones as VML, the text in both."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
        '<wp:docPr id="2" name="Tekstvak 2"/><a:graphic><a:graphicData '
        f'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape>"
        f"</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def link(text, relation):
    return f'<w:hyperlink r:id="{relation}">{r(text)}</w:hyperlink>'


def inserted(content):
    return f'<w:ins w:id="1" w:author="Ans" w:date="2020-01-01T00:00:00Z">{content}</w:ins>'


def deleted(text):
    return f'<w:del w:id="2" w:author="Ans"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


# The file


def word(
    *blocks, styles=None, more_styles="", relations=(), parts=None, media=None, core_title="", main="word/document.xml"
):
    """Return the bytes of a Word file with these blocks.

    ``relations`` are (id, kind, target); ``parts`` are more members of the zip.
    """
    styles = DUTCH if styles is None else styles
    document = f"<w:document {NAMES}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>"
    all_relations = [
        ("rId90", "image", "media/image1.png"),
        ("rId1", "styles", "styles.xml"),
        ("rId2", "numbering", "numbering.xml"),
        *relations,
    ]
    content = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relations_xml([("rId1", "officeDocument", main)]),
        main: document,
        "word/_rels/document.xml.rels": relations_xml(all_relations),
        "word/styles.xml": styles_xml(styles, more_styles),
        "word/numbering.xml": numbering_xml(),
        "word/media/image1.png": png() if media is None else media,
        **({"docProps/core.xml": core_xml(core_title)} if core_title else {}),
        **(parts or {}),
    }
    return zipped(content)


def zipped(members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="png" ContentType="image/png"/><Default Extension="xml" ContentType="application/xml"/></Types>'
)


def relations_xml(relations):
    items = "".join(
        f'<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{escape(target)}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if kind == 'hyperlink' else ''}/>"
        for id, kind, target in relations
    )
    return f'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'


def styles_xml(styles, more=""):
    items = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/></w:style>'
        for id, name in styles.items()
    )
    return f'<?xml version="1.0"?><w:styles xmlns:w="{W}">{items}{more}</w:styles>'


def numbering_xml():
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{id}">'
        + "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/></w:lvl>'
            for level, format in enumerate(formats)
        )
        + "</w:abstractNum>"
        for id, formats in FORMATS.items()
    )
    numbers = "".join(f'<w:num w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>' for id in FORMATS)
    anew = (
        '<w:num w:numId="4"><w:abstractNumId w:val="2"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    return f'<?xml version="1.0"?><w:numbering xmlns:w="{W}">{abstract}{numbers}{anew}</w:numbering>'


def core_xml(title):
    return (
        '<?xml version="1.0"?><cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title></cp:coreProperties>'
    )


def notes_xml(kind, *notes):
    items = "".join(f'<w:{kind} w:id="{number}">{content}</w:{kind}>' for number, content in enumerate(notes, 1))
    separator = f'<w:{kind} w:type="separator" w:id="-1"><w:p/></w:{kind}>'
    return f'<?xml version="1.0"?><w:{kind}s {NAMES}>{separator}{items}</w:{kind}s>'
