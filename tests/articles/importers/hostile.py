"""Files that are broken, or made to break things; each with what is said about it."""

import io
import itertools
import stat
import struct
import zipfile
import zlib

from tests.articles.importers.pictures import png
from tests.articles.importers.wordfiles import CONTENT_TYPES, W, p, relations_xml, table, word, zipped

DTD = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def bomb(levels=9):
    names = "abcdefghijkl"[:levels]
    entities = ['<!ENTITY a "haha">'] + [
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in itertools.pairwise(names)
    ]
    return f"<!DOCTYPE x [{''.join(entities)}]>", f"&{names[-1]};"


def rss(dtd, content):
    return (
        f'<?xml version="1.0"?>{dtd}<rss xmlns:wp="http://wordpress.org/export/1.2/">'
        f"<channel><item><title>{content}</title>"
        "<wp:post_type>post</wp:post_type></item></channel></rss>"
    ).encode()


def docx_with(document, **parts):
    return zipped(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": relations_xml([("r", "officeDocument", "word/document.xml")]),
            "word/document.xml": document,
            **parts,
        }
    )


def zip_of(*members, **options):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content, **options)
    return file.getvalue()


def link_in_zip():
    member = zipfile.ZipInfo("les.md")
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zip_of((member, "/etc/passwd"))


def locked_zip():
    """A zip that says of its member that it has a password."""
    content = bytearray(zip_of(("les.md", "# Les")))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    return bytes(content)


def lying_zip():
    """A zip of which the table of contents promises fewer bytes than there are."""
    content = bytearray(zip_of(("les.md", "# Les\n" * 1000)))
    place = content.index(b"PK\x01\x02") + 24
    content[place : place + 4] = struct.pack("<I", 10)
    return bytes(content)


def zip_of_nothing(times):
    """A zip of which the table of contents names the same empty file time and again."""
    content = zip_of(("les.md", ""))
    begin, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    line = content[begin:end]
    tail = bytearray(content[end:])
    tail[8:12] = struct.pack("<HH", min(times, 65_535), min(times, 65_535))
    tail[12:16] = struct.pack("<I", len(line) * times)
    return content[:begin] + line * times + bytes(tail)


def with_flipped_byte(content):
    broken = bytearray(content)
    broken[len(broken) // 3] ^= 0xFF
    return bytes(broken)


def deep_html(tag, times):
    return (
        f"<!doctype html><html><body><h1>Diep</h1>{f'<{tag}>' * times}diep{f'</{tag}>' * times}</body></html>".encode()
    )


def deep_tables(times):
    return ("<!doctype html><body>" + "<table><tr><td>" * times + "diep" + "</td></tr></table>" * times).encode()


def deep_word(times):
    return docx_with(
        f'<w:document xmlns:w="{W}"><w:body>{"<w:tbl><w:tr><w:tc>" * times}<w:p/>'
        f"{'</w:tc></w:tr></w:tbl>' * times}</w:body></w:document>"
    )


def png_header(width, height):
    """A PNG of a few bytes that says to be this large."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


WORD = word(p("Brief", "Titel"), p("Een brief begint met de lezer."))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ODT = zip_of(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<x/>"))
EPUB = zip_of(("mimetype", "application/epub+zip"), ("chapter.xhtml", "<p>x</p>"))

LAUGHS_IN_UTF_16 = (
    f'<?xml version="1.0" encoding="UTF-16"?>{bomb()[0]}<w:document xmlns:w="{W}"><w:body/></w:document>'
).encode("utf-16")

REFUSED_AT_A_GLANCE = {
    # wrong types
    "pdf": ("les.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "pdf"),
    "pdf called docx": ("les.docx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf"),
    "doc": ("les.doc", OLE, "old-word"),
    "docx with a password": ("les.docx", OLE, "old-word"),
    "odt": ("les.odt", ODT, "odt"),
    "rtf": ("les.rtf", b"{\\rtf1\\ansi Een les}", "rtf"),
    "pages": ("les.pages", zip_of(("Index/Document.iwa", b"\0\1")), "pages"),
    "xlsx": ("les.xlsx", zip_of(("[Content_Types].xml", "<x/>"), ("xl/workbook.xml", "<x/>")), "sheet"),
    "pptx": ("les.pptx", zip_of(("[Content_Types].xml", "<x/>"), ("ppt/presentation.xml", "<x/>")), "slides"),
    "epub": ("les.epub", EPUB, "epub"),
    "png": ("les.png", png(), "picture"),
    "png called txt": ("les.txt", png(), "picture"),
    "jpeg": ("les.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "picture"),
    "exe": ("les.exe", b"MZ\x90\0\3\0\0\0", "program"),
    "script": ("les.sh", b"#!/bin/sh\nrm -rf /\n", "program"),
    "gz": ("les.gz", b"\x1f\x8b\x08\0\0\0\0\0", "packed"),
    "7z": ("les.7z", b"7z\xbc\xaf\x27\x1c\0\4", "packed"),
    "rar": ("les.rar", b"Rar!\x1a\7\1\0", "packed"),
    "noise": ("les.txt", bytes(range(256)) * 20, "binary"),
    "zeros": ("les.txt", b"\0" * 5000, "binary"),
    "utf-16 without a mark": ("les.txt", "Een les".encode("utf-16-le"), "binary"),
    "other xml": ("les.xml", b'<?xml version="1.0"?><svg xmlns="x"/>', "unknown-xml"),
    # nothing
    "empty": ("les.txt", b"", "empty"),
    "spaces": ("les.txt", b" \r\n\t \n", "empty"),
    "empty zip": ("les.zip", b"PK\x05\x06" + b"\0" * 18, "empty"),
    "html without words": ("les.html", b"<!doctype html><html><body><script>x</script></body></html>", "nothing"),
    "docx without words": ("les.docx", word(p()), "nothing"),
    "markdown without words": ("les.md", b"---\ntitle: Les\n---\n", "nothing"),
    "a scan": ("les.html", b"<!doctype html><body><!-- alleen commentaar --></body>", "nothing"),
}
"""what → (name, bytes, problem)"""

REFUSED = {
    # too much
    "26 MB": ("les.txt", b"woord " * (26 * 1024 * 1024 // 6 + 1), "too-large"),
    "3,000 nested tables in html": ("les.html", deep_tables(3000), "too-deep"),
    "3,000 nested tables in docx": ("les.docx", deep_word(3000), "too-deep"),
    "100,000 nested divs": ("les.html", deep_html("div", 100_000), "too-deep"),
    "5,000 nested quotations": ("les.md", b">" * 5000 + b" diep", "too-deep"),
    "30,000 paragraphs": ("les.txt", "\n\n".join(f"Alinea {n}." for n in range(30_000)).encode(), "too-long"),
    # xml
    "entity in docx": (
        "les.docx",
        docx_with(f'<?xml version="1.0"?>{DTD}<w:document xmlns:w="{W}"><w:body>&e;</w:body></w:document>'),
        "entities",
    ),
    "laughs in docx": (
        "les.docx",
        docx_with(
            f'{bomb()[0]}<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{bomb()[1]}</w:t>'
            f"</w:r></w:p></w:body></w:document>"
        ),
        "entities",
    ),
    "laughs in its relations": (
        "les.docx",
        zipped({"[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": f"{bomb()[0]}<x>{bomb()[1]}</x>"}),
        "entities",
    ),
    "laughs in utf-16": ("les.docx", docx_with(LAUGHS_IN_UTF_16), "entities"),
    "entity in wordpress": ("les.xml", rss(DTD, "&e;"), "entities"),
    "laughs in wordpress": ("les.xml", rss(*bomb()), "entities"),
    "dtd elsewhere": ("les.xml", rss('<!DOCTYPE rss SYSTEM "http://kwaad.example/x.dtd">', "x"), "entities"),
    "wordpress cut off": ("les.xml", rss("", "x")[:-30], "broken-xml"),
    "wordpress without posts": ("les.xml", rss("", "x").replace(b">post<", b">attachment<"), "no-posts"),
    # word
    "docx without document.xml": (
        "les.docx",
        zipped({"[Content_Types].xml": CONTENT_TYPES, "word/styles.xml": "<x/>"}),
        "docx-broken",
    ),
    "docx of other xml": ("les.docx", docx_with("<html><body>x</body></html>"), "docx-broken"),
    "docx of no xml": ("les.docx", docx_with("geen xml"), "docx-broken"),
    "docx cut off": ("les.docx", WORD[: len(WORD) // 2], "zip-broken"),
    "docx with a flipped byte": ("les.docx", with_flipped_byte(WORD), "zip-broken"),
    "docx with odd numbers": (
        "les.docx",
        word(table('<w:tr><w:tc><w:tcPr><w:gridSpan w:val="veel"/></w:tcPr><w:p/></w:tc></w:tr>')),
        "docx-broken",
    ),
    "docx that is a bomb": ("les.docx", docx_with(b" " * 60_000_000), "zip-size"),
    # zips
    "zip cut off": ("les.zip", zip_of(("les.md", "# Les"))[:-10], "zip-broken"),
    "zip with a password": ("les.zip", locked_zip(), "zip-password"),
    "zip that lies about its size": ("les.zip", lying_zip(), "zip-broken"),
    "2,001 files": ("les.zip", zip_of(*((f"{n}.md", "x") for n in range(2001))), "zip-members"),
    "400,000 files": ("les.zip", zip_of_nothing(400_000), "zip-members"),
    "a bomb": ("les.zip", zip_of(("les.md", b"\0" * 50_000_000)), "zip-size"),
    "101 MB": ("les.zip", zip_of(*((f"{n}.md", bytes([n]) * 17_000_000) for n in range(6))), "zip-size"),
    "traversal": ("les.zip", zip_of(("../../les.md", "# Les")), "zip-paths"),
    "traversal with backslashes": ("les.zip", zip_of(("..\\..\\les.md", "# Les")), "zip-paths"),
    "absolute": ("les.zip", zip_of(("/etc/les.md", "# Les")), "zip-paths"),
    "a drive": ("les.zip", zip_of(("C:\\les.md", "# Les")), "zip-paths"),
    "a symbolic link": ("les.zip", link_in_zip(), "zip-paths"),
    "a zip inside": ("les.zip", zip_of(("binnen.zip", zip_of(("les.md", "# Les")))), "zip-nested"),
    "a zip inside, called md": ("les.zip", zip_of(("les.md", zip_of(("les.md", "# Les")))), "zip-nested"),
    "no texts": ("les.zip", zip_of(("a.png", png()), ("b.exe", b"MZ\0")), "zip-nothing"),
}
"""what → (name, bytes, problem)"""
