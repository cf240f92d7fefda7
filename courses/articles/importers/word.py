"""Word files: made simple, converted by mammoth, read as HTML."""

import io
import posixpath
import zipfile
from urllib.parse import quote

import mammoth
from lxml import etree

from courses.articles.importers import archives, building, captions, inline, shape, web
from courses.articles.importers.found import UnreadableError
from courses.articles.importers.parts import LEFT_OUT
from courses.articles.importers.pictures import Pictures
from courses.articles.importers.worddress import CONTENT_TYPES, START, STYLE_MAP, STYLE_SHEET, dress
from courses.articles.importers.wordstyles import Numbering, Styles
from courses.articles.importers.wordxml import DECORATION, parsed, simplify

RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
DOCUMENT = "/officeDocument"
EMPTY_TITLES = (
    "microsoft word",
    "document",
    "word document",
    "word-document",
    "powerpoint",
    "untitled",
    "naamloos",
    "titel",
    "title",
)


def read(name, content):
    """Return the articles in a Word file; raises ``UnreadableError``."""
    package = Package(name, archives.opened(name, content))
    pictures = Pictures(package.picture)
    try:
        html = package.html(pictures.lose)
    except (UnreadableError, RecursionError, MemoryError):
        raise
    except Exception as error:  # mammoth trusts a file to be as Word writes it, and fails in any way if it is not
        raise UnreadableError(name, "docx-broken") from error
    if package.has_macros:
        pictures.lose("macro")
    body = web.read_body(name, html)
    title = take_title(body)
    for mark in body.xpath(".//p[@class='contents']"):
        mark.set(LEFT_OUT, "contents")
    for caption in body.xpath(".//p[@class='caption']"):
        caption.set("data-caption", "yes")
    for table in body.iter("table"):
        table.set("data-document", "yes")
    number_lists(body)
    inline.clean(body, pictures)
    parts = captions.joined(shape.parts_in(body, pictures))
    return building.articles_from(parts, name=name, title=title, fallback=package.title, pictures=pictures)


def take_title(body):
    """The first paragraph in the style of a title; others in that style are headings."""
    titles = [title for title in body.xpath(".//p[@class='title']") if title.text_content().strip()]
    for other in titles[1:]:
        other.tag = "h1"
    if not titles:
        return ""
    titles[0].drop_tree()
    return " ".join(titles[0].text_content().split())


def number_lists(body):
    """Give numbered lists the number that they begin with, which stands before them."""
    for mark in body.xpath(".//p[@class='start']"):
        following = mark.getnext()
        number = mark.text_content().strip(START)
        if following is not None and following.tag == "ol" and number != "1":
            following.set("start", number)
        mark.drop_tree()


class Package:
    """A Word file: its parts by name, and how they hang together."""

    def __init__(self, name, archive):
        self.name, self.archive = name, archive
        self.names = set(archive.namelist())
        self.has_macros = any(path.endswith("vbaProject.bin") for path in self.names)
        self.main = self.path_of_main()
        self.folder = posixpath.dirname(self.main)
        self.relations = self.relations_of(self.main)
        self.styles = Styles(self.part_of("styles"))
        self.numbering = Numbering(self.part_of("numbering"), self.styles)

    def bytes(self, path):
        return archives.bytes_of(self.name, self.archive, self.archive.getinfo(path))

    def xml(self, path):
        return parsed(self.name, self.bytes(path)) if path in self.names else None

    def path_of_main(self):
        for kind, target in self.relations_of("").values():
            if kind.endswith(DOCUMENT) and target.lstrip("/") in self.names:
                return target.lstrip("/")
        if "word/document.xml" not in self.names:
            raise UnreadableError(self.name, "docx-broken")
        return "word/document.xml"

    def relations_of(self, path):
        folder, base = posixpath.split(path)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        return {
            relation.get("Id", ""): (relation.get("Type", ""), relation.get("Target", ""))
            for relation in ([] if root is None else root.iter(RELATIONS))
        }

    def resolved(self, target):
        """The name of the part that a relation of the document points to."""
        return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(self.folder, target))

    def part_of(self, kind):
        target = next((target for type, target in self.relations.values() if type.endswith(f"/{kind}")), f"{kind}.xml")
        return self.xml(self.resolved(target))

    @property
    def title(self):
        root = self.xml("docProps/core.xml")
        found = "" if root is None else root.findtext("{http://purl.org/dc/elements/1.1/}title") or ""
        title = " ".join(found.split())
        junk = (
            title.lower().startswith(("microsoft word", "powerpoint"))
            or title.lower().rstrip("0123456789 ") in EMPTY_TITLES
        )
        return "" if junk or len(title) > 200 else title

    def picture(self, path):
        return self.bytes(path) if path in self.names else None

    def html(self, lose):
        """The text as mammoth's HTML; a picture has the name of its part, or its address, as source."""
        simple = io.BytesIO()
        with zipfile.ZipFile(simple, "w") as archive:
            archive.writestr("[Content_Types].xml", CONTENT_TYPES)
            archive.writestr("word/styles.xml", STYLE_SHEET)
            for kind, path in self.texts():
                self.write_text(archive, kind, path, lose)
        return mammoth.convert_to_html(
            simple,
            style_map=STYLE_MAP,
            include_default_style_map=False,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(source_of),
        ).value

    def texts(self):
        """The body and the notes: (what it is called in the simple file, where it is in this one)."""
        yield "document", self.main
        for kind in ("footnotes", "endnotes"):
            for type, target in self.relations.values():
                if type.endswith(f"/{kind}") and self.resolved(target) in self.names:
                    yield kind, self.resolved(target)
                    break

    def write_text(self, archive, kind, path, lose):
        """Write one text, and in the place of each picture the name of its part."""
        root = self.xml(path)
        simplify(root, lose)
        dress(root, self.styles, self.numbering)
        relations = []
        for number, (id, (type, target)) in enumerate(self.relations_of(path).items()):
            if type.endswith("/image"):
                inside = self.resolved(target)
                archive.writestr(f"word/{kind}-{number}.png", inside if inside in self.names else target)
                relations.append((id, type, f"{kind}-{number}.png"))
            elif type.endswith("/hyperlink"):
                relations.append((id, type, target))
        archive.writestr(f"word/{kind}.xml", etree.tostring(root))
        archive.writestr(f"word/_rels/{kind}.xml.rels", relations_sheet(relations))


def source_of(image):
    with image.open() as part:
        source = {"src": quote(part.read().decode(), safe=":/?&=%")}
    return {**source, "alt": ""} if image.alt_text == DECORATION else source


def relations_sheet(relations):
    root = etree.Element(f"{RELATIONS[: RELATIONS.index('}')]}}}Relationships")
    for id, type, target in relations:
        etree.SubElement(root, RELATIONS, Id=id, Type=type, Target=target)
    return etree.tostring(root)
