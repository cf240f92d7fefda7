"""A simple Word file in which every paragraph has one of our styles, and how mammoth reads these."""

from lxml import etree

from courses.articles.importers.wordlists import Lists
from courses.articles.importers.wordstyles import W, marks_in, value
from courses.articles.importers.wordxml import made, made_run, remark, restyle

START = "\u2063"
"""Begins the text of a paragraph that says with which number the next list begins."""

LEVELS = range(1, 10)
STYLE_MAP = "\n".join(
    [
        "p.Title => p.title:fresh",
        *(f"p.Heading{level} => h{min(level, 6)}:fresh" for level in LEVELS),
        "p.Quote => blockquote > p:fresh",
        "p.Caption => p.caption:fresh",
        "p.Contents => p.contents:fresh",
        "p.Code => pre:separator('\\n')",
        "p.Start => p.start:fresh",
        *(
            f"p.{name}{depth} => {'ul|ol > li > ' * (depth - 1)}{tag} > li:fresh"
            for depth in LEVELS
            for name, tag in (("Bullet", "ul"), ("Number", "ol"))
        ),
    ]
)

NAMES = [
    *("Title", "Quote", "Caption", "Contents", "Code", "Start"),
    *(f"{name}{level}" for name in ("Heading", "Bullet", "Number") for level in LEVELS),
]
STYLE_SHEET = (
    f'<w:styles xmlns:w="{W[1:-1]}">'
    + "".join(f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/></w:style>' for name in NAMES)
    + "</w:styles>"
)
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/></Types>'
)


def dress(root, styles, numbering):
    """Give every paragraph of a simplified text one of our styles, its runs the marks that they show."""
    lists = Lists(styles, numbering)
    for paragraph in list(root.iter(f"{W}p")):
        style_id = value(paragraph, f"pPr/{W}pStyle")
        meaning = styles.meaning(style_id)
        mark_runs(paragraph, styles, style_id, is_plain=meaning.name not in ("Title", "Heading"))
        item = lists.item(paragraph, style_id, meaning)
        restyle(paragraph, style_of(lists, paragraph, item) if item else name_of(meaning))
    for table in root.iter(f"{W}tbl"):
        mark_header(table, styles)


def name_of(meaning):
    if meaning.name == "Heading":
        return f"Heading{meaning.level}"
    return meaning.name if meaning.name in NAMES else ""


def style_of(lists, paragraph, item):
    """The style of an item; before the first of a numbered list comes a paragraph with its number."""
    depth, first = lists.add(paragraph, item)
    if first:
        start = made("p")
        start.append(made_run(f"{START}{first}"))
        restyle(start, "Start")
        paragraph.addprevious(start)
    return f"{'Number' if item.ordered else 'Bullet'}{depth + 1}"


def mark_runs(paragraph, styles, style_id, *, is_plain):
    styled = styles.marks(style_id) if is_plain else {}
    for run in list(paragraph.iter(f"{W}r")):
        properties = run.find(f"{W}rPr")
        named = styles.marks(value(properties, "rStyle")) if properties is not None else {}
        marks = {**styled, **named, **marks_in(properties)}
        if marks.pop("vanish", False):
            run.getparent().remove(run)
        else:
            remark(run, {**marks, "b": is_plain and marks.get("b")})
    join_runs(paragraph)


def join_runs(paragraph):
    """Put words together that Word keeps apart, for its spelling or its history; it makes reading far quicker."""
    previous, shown = None, b""
    for run in list(paragraph.iter(f"{W}r")):
        marks = etree.tostring(run[0])
        only_words = all(child.tag == f"{W}t" for child in run[1:])
        if only_words and previous is not None and run.getprevious() is previous and marks == shown:
            previous.extend(run[1:])
            run.getparent().remove(run)
        else:
            previous, shown = (run, marks) if only_words else (None, b"")


def mark_header(table, styles):
    """Mark the first row as a header where the style of the table shows it as one."""
    for mark in list(table.iter(f"{W}tblHeader")):
        if mark.get(f"{W}val") in ("0", "false", "off"):
            mark.getparent().remove(mark)
    rows = table.findall(f"{W}tr")
    look = table.find(f"{W}tblPr/{W}tblLook")
    headed = value(table, f"tblPr/{W}tblStyle") in styles.headed_tables and look is not None and shows_first_row(look)
    if headed and len(rows) > 1 and rows[0].find(f"{W}trPr/{W}tblHeader") is None:
        properties = rows[0].find(f"{W}trPr")
        if properties is None:
            properties = made("trPr")
            rows[0].insert(0, properties)
        properties.append(made("tblHeader"))


def shows_first_row(look):
    if look.get(f"{W}firstRow"):
        return look.get(f"{W}firstRow") in ("1", "true", "on")
    return bool(int(look.get(f"{W}val") or "0", 16) & 0x20)
