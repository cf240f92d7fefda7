"""The XML of a Word file, made simple: what is deleted gone, what is wrapped opened, text boxes in the text."""

import re

from lxml import etree

from courses.articles.importers.found import UnreadableError
from courses.articles.importers.wordstyles import VAL, W

STRICT = [
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
]
"""The names in files that are saved as Strict Open XML, and the usual ones."""

DEFINITIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
PRIVATE = re.compile(r"[\ue000-\uf8ff]")
"""Characters that only a font such as Wingdings knows: bullets, nearly always."""

DECORATION = "\u2063"
"""Stands for the alt text of a picture that is marked as decorative."""

GONE = [
    f"{W}{name}"
    for name in (
        "proofErr sectPr bookmarkStart bookmarkEnd commentReference commentRangeStart commentRangeEnd "
        "rPrChange pPrChange"
    ).split()
]
WRAPPERS = [
    f"{W}{name}" for name in ("ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "fldSimple", "dir", "bdo")
]
NOT_IN_SDT = [f"{W}{name}" for name in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr")]


def parsed(name, content):
    """Return the root of one part of the file; raises ``UnreadableError`` if it defines entities, or is broken."""
    if DEFINITIONS.search(content.replace(b"\0", b"")):
        raise UnreadableError(name, "entities")
    for strict, usual in STRICT:
        content = content.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        deep = "xcessive depth" in str(error)
        raise UnreadableError(name, "too-deep" if deep else "docx-broken") from error
    return root


def simplify(root, lose):
    """Make a body, or notes, simple in place; ``lose`` is told what cannot come along."""
    for alternative in list(root.iter(f"{MC}AlternateContent")):
        choices = [*alternative.iter(f"{MC}Choice"), *alternative.iter(f"{MC}Fallback")]
        replace(alternative, list(choices[0]) if choices else [])
    if next(root.iter(f"{W}commentReference"), None) is not None:
        lose("comment")
    drop_deleted(root)
    etree.strip_elements(root, *GONE, *NOT_IN_SDT, with_tail=False)
    etree.strip_tags(root, *WRAPPERS)
    rewrite_formulas(root, lose)
    rewrite_ruby(root)
    rewrite_objects(root, lose)
    for end_of_line in root.iter(f"{W}cr"):
        end_of_line.tag = f"{W}br"
    for tab in root.iter(f"{W}ptab"):
        tab.tag = f"{W}tab"
    take_out_text_boxes(root)
    rewrite_drawings(root, lose)


def drop_deleted(root):
    """Take away what tracked changes deleted; of an end of a paragraph and of a row only the mark is there."""
    for deleted in list(root.iter(f"{W}del", f"{W}moveFrom")):
        if deleted.getparent().tag in (f"{W}rPr", f"{W}trPr"):
            deleted.tag = f"{W}del"
        else:
            deleted.getparent().remove(deleted)


def replace(element, others):
    for other in others:
        element.addprevious(other)
    element.getparent().remove(element)


def made(tag, **attributes):
    element = etree.Element(f"{W}{tag}")
    for name, text in attributes.items():
        element.set(f"{W}{name}", text)
    return element


def made_run(text):
    run = made("r")
    words = made("t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(words)
    return run


def rewrite_formulas(root, lose):
    for formula in list(root.iter(f"{M}oMath")):
        lose("formula")
        replace(formula, [made_run(linear(formula))])
    etree.strip_tags(root, f"{M}oMathPara")
    etree.strip_elements(root, f"{M}oMathParaPr", with_tail=False)


def linear(formula):
    """A formula in a line: ``a/b``, ``x^2``, ``√(y)``."""
    if formula.tag == f"{M}t":
        return formula.text or ""
    parts = {child.tag.removeprefix(M): linear(child) for child in formula}
    if formula.tag == f"{M}f":
        return f"({parts.get('num', '')})/({parts.get('den', '')})"
    if formula.tag == f"{M}sSup":
        return f"{parts.get('e', '')}^{parts.get('sup', '')}"
    if formula.tag == f"{M}sSub":
        return f"{parts.get('e', '')}_{parts.get('sub', '')}"
    if formula.tag == f"{M}rad":
        return f"√({parts.get('e', '')})"
    if formula.tag == f"{M}d":
        return f"({parts.get('e', '')})"
    return "".join(linear(child) for child in formula)


def rewrite_ruby(root):
    """Of text with its pronunciation above it, the text."""
    for ruby in list(root.iter(f"{W}ruby")):
        base = ruby.find(f"{W}rubyBase")
        text = "".join(base.itertext()) if base is not None else ""
        words = made("t")
        words.text = text
        replace(ruby, [words])


def rewrite_objects(root, lose):
    for embedded in list(root.iter(f"{W}object", f"{W}altChunk")):
        lose("embedded-file")
        embedded.getparent().remove(embedded)


def take_out_text_boxes(root):
    """Put what stands in a text box behind the paragraph that it hangs on."""
    boxes = [box for box in root.iter(f"{W}txbxContent") if next(box.iterancestors(f"{W}txbxContent"), None) is None]
    for box in reversed(boxes):
        host = next(box.iterancestors(f"{W}p"), None)
        blocks = [block for block in box if block.tag in (f"{W}p", f"{W}tbl")]
        box.getparent().remove(box)
        if host is None:
            continue
        for block in reversed(blocks):
            host.addnext(block)
        for block in blocks:
            take_out_text_boxes(block)


def rewrite_drawings(root, lose):
    """Leave of a drawing only its pictures, each with its alt text."""
    for drawing in list(root.iter(f"{W}drawing", f"{W}pict")):
        pictures = list(pictures_in(drawing))
        if not pictures and is_drawn(drawing):
            lose("drawing")
        replace(drawing, [drawing_of(relation, alt) for relation, alt in pictures])


def is_drawn(drawing):
    """Whether there was something to see: a chart, a diagram; not a line, and not the frame of a text box."""
    return any(
        "chart" in data.get("uri", "") or "diagram" in data.get("uri", "") for data in drawing.iter(f"{A}graphicData")
    )


def pictures_in(drawing):
    """Yield (relation, alt text) of each picture; the alt text None if there is none."""
    outer = alt_of(next(drawing.iter(f"{WP}docPr"), None))
    pictures = list(drawing.iter(f"{PIC}pic"))
    for picture in pictures:
        blip = next(picture.iter(f"{A}blip"), None)
        if blip is not None:
            own = alt_of(next(picture.iter(f"{PIC}cNvPr"), None))
            yield (
                blip.get(f"{R}embed") or blip.get(f"{R}link"),
                (outer or own) if len(pictures) == 1 else (own or outer),
            )
    for shape in drawing.iter(f"{V}imagedata"):
        holder = shape.getparent()
        alt = (holder.get("alt") if holder is not None else None) or shape.get(
            "{urn:schemas-microsoft-com:office:office}title"
        )
        yield shape.get(f"{R}id"), alt


def alt_of(properties):
    if properties is None:
        return None
    if any(mark.get("val") in ("1", "true") for mark in properties.iter(DECORATIVE)):
        return DECORATION
    return (properties.get("descr") or "").strip() or (properties.get("title") or "").strip() or None


def drawing_of(relation, alt):
    drawing = made("drawing")
    inline = etree.SubElement(drawing, f"{WP}inline")
    properties = etree.SubElement(inline, f"{WP}docPr")
    if alt:
        properties.set("descr", alt)
    data = etree.SubElement(etree.SubElement(inline, f"{A}graphic"), f"{A}graphicData")
    blip = etree.SubElement(etree.SubElement(etree.SubElement(data, f"{PIC}pic"), f"{PIC}blipFill"), f"{A}blip")
    if relation:
        blip.set(f"{R}embed", relation)
    return drawing


def restyle(paragraph, style):
    """Give a paragraph one style, and nothing else but that its end was deleted."""
    old = paragraph.find(f"{W}pPr")
    properties = made("pPr")
    if style:
        properties.append(made("pStyle", val=style))
    if old is not None:
        if old.find(f"{W}rPr/{W}del") is not None:
            properties.append(made("rPr"))
            properties[-1].append(made("del"))
        paragraph.remove(old)
    paragraph.insert(0, properties)


def remark(run, marks):
    """Give a run these marks; of its own formatting only raised and lowered letters stay."""
    old = run.find(f"{W}rPr")
    raised = old.find(f"{W}vertAlign") if old is not None else None
    if old is not None:
        run.remove(old)
    properties = made("rPr")
    properties.extend(made(name) for name in ("b", "i", "strike") if marks.get(name))
    if raised is not None:
        properties.append(made("vertAlign", val=raised.get(VAL, "baseline")))
    run.insert(0, properties)
    for words in run.iter(f"{W}t"):
        words.text = PRIVATE.sub("•", words.text or "")
