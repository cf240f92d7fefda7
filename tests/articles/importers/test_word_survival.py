"""How much of a Word file survives, counted over files that are made at random but always the same."""

import io
import random
from collections import Counter
from dataclasses import dataclass, field

import docx
import pytest
from lxml import html as lxml_html

from courses.articles.importers.finding import find
from tests.articles.importers import wordfiles
from tests.articles.importers.pictures import png
from tests.articles.importers.wordfiles import bold, inserted, link, p, picture, r, row, table, text_box, word

FILES = 16
ENOUGH = 0.95
WORDS = "brief lezer zin woord punt komma begin einde toon vorm doel vraag antwoord voorbeeld alinea regel".split()


@dataclass
class Written:
    """What was put into a file: Counters of headings, items, tables and alt texts."""

    blocks: list = field(default_factory=list)
    headings: list = field(default_factory=list)
    items: list = field(default_factory=list)
    tables: list = field(default_factory=list)
    alts: list = field(default_factory=list)


class Author:
    """Writes a document of a few chapters, each with things at random; subclasses write them down."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311 (the same files every time)
        self.count = 0
        self.written = Written()

    def phrase(self, least=2, most=4):
        self.count += 1
        words = " ".join(self.random.choices(WORDS, k=self.random.randint(least, most)))
        return f"{words.capitalize()} {self.count}"

    def sentence(self):
        return f"{self.phrase(14, 24)}, en daarmee is deze zin af."

    def document(self):
        self.title("Een document over brieven")
        self.paragraph(self.sentence())
        for _chapter in range(self.random.randint(2, 4)):
            self.chapter(1)
        return self.content()

    def chapter(self, level):
        title = self.phrase()
        self.written.headings.append(title)
        self.heading(title, level)
        self.paragraph(self.sentence())
        for _thing in range(self.random.randint(1, 4)):
            self.random.choice([self.a_list, self.a_table, self.a_picture, self.more])()
        if level < 4 and self.random.random() < 0.6:
            self.chapter(level + 1)

    def more(self):
        self.paragraph(self.sentence())

    def a_list(self):
        self.paragraph(self.sentence())
        depth, tags = 0, [self.random.choice(["ul", "ol"])] * 3
        for number in range(self.random.randint(2, 6)):
            depth = self.random.randint(0, min(depth + 1, 2)) if number else 0
            text = self.phrase()
            self.written.items.append((tags[depth], depth, text))
            self.item(text, depth, tags[depth])
        self.paragraph(self.sentence())

    def a_table(self):
        columns = self.random.randint(2, 4)
        rows = [[self.phrase(1, 2) for _column in range(columns)] for _row in range(self.random.randint(2, 4))]
        header = self.random.random() < 0.6
        self.written.tables.append((header, tuple(map(tuple, rows))))
        self.table(rows, header=header)
        self.paragraph(self.sentence())

    def a_picture(self):
        alt = "" if self.random.random() < 0.2 else self.phrase()
        self.written.alts.append(alt)
        self.picture(alt)


class DutchWord(Author):
    """A Dutch Word: ids in Dutch, text in runs, changes, fields and controls."""

    def title(self, text):
        self.written.blocks.append(p(text, "Titel"))

    def heading(self, text, level):
        bookmark = '<w:bookmarkStart w:id="7" w:name="_Toc"/>'
        self.written.blocks.append(p(f"{bookmark}{self.runs(text)}<w:bookmarkEnd w:id='7'/>", f"Kop{level}"))

    def runs(self, text):
        cut = self.random.randint(1, len(text) - 1)
        wrap = self.random.choice(
            [r, r, lambda text: inserted(r(text)), lambda text: f"<w:smartTag>{r(text)}</w:smartTag>", bold]
        )
        return wrap(text[:cut]) + "<w:proofErr w:type='spellStart'/>" + wrap(text[cut:])

    def paragraph(self, text):
        content = self.random.choice(
            [r(text), r(text[:9]) + link(text[9:], "rId50"), r(text) + wordfiles.deleted("weg")]
        )
        self.written.blocks.append(p(content))

    def item(self, text, depth, tag):
        self.written.blocks.append(p(self.runs(text), "Lijstalinea", {"ul": 1, "ol": 2}[tag], depth))

    def table(self, rows, *, header):
        first = [p(bold(text)) for text in rows[0]] if header and self.random.random() < 0.5 else rows[0]
        marked = header and first is rows[0]
        self.written.blocks.append(table(row(*first, header=marked), *(row(*texts) for texts in rows[1:])))

    def picture(self, alt):
        drawing = picture(alt or None, decorative=not alt, tag=self.random.choice(["inline", "anchor"]))
        wrap = self.random.choice([p, p, lambda run: p(r("Zie de afbeelding.") + run), lambda run: p(text_box(p(run)))])
        self.written.blocks.append(wrap(drawing))

    def content(self):
        return word(*self.written.blocks, relations=[("rId50", "hyperlink", "https://brief.example/")])


class PythonDocx(Author):
    """An English Word, as python-docx writes it with its own template."""

    def __init__(self, seed):
        super().__init__(seed)
        self.file = docx.Document()

    def title(self, text):
        self.file.add_heading(text, 0)

    def heading(self, text, level):
        self.file.add_heading(text, level)

    def paragraph(self, text):
        self.file.add_paragraph(text)

    def item(self, text, depth, tag):
        style = {"ul": "List Bullet", "ol": "List Number"}[tag] + (f" {depth + 1}" if depth else "")
        self.file.add_paragraph(text, style=style)

    def table(self, rows, *, header):
        grid = self.file.add_table(len(rows), len(rows[0]), style="Light List Accent 1" if header else "Table Grid")
        for cells, texts in zip(grid.rows, rows, strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                cell.text = text

    def picture(self, alt):
        self.file.add_picture(io.BytesIO(png()))
        properties = self.file.inline_shapes[-1]._inline.docPr
        if alt:
            properties.set("descr", alt)
        else:
            mark = f'<a:ext {wordfiles.NAMES}><adec:decorative val="1"/></a:ext>'
            properties.append(docx.oxml.parse_xml(mark))

    def content(self):
        file = io.BytesIO()
        self.file.save(file)
        return file.getvalue()


def found_in(content):
    """The same things as ``Written`` has, read from the blocks that are kept."""
    (article,) = find("brieven.docx", content)
    body = lxml_html.fragment_fromstring("".join(b.html for b in article.blocks if not b.left_out), create_parent="div")
    return {
        "headings": [heading.text_content() for heading in body.iter("h2", "h3", "h4")],
        "items": [(item.getparent().tag, depth(item), own_text(item)) for item in body.iter("li")],
        "tables": [(table.find("thead") is not None, cells_of(table)) for table in body.iter("table")],
        "alts": [image.get("alt") for image in body.iter("img")],
    }


def depth(item):
    return len(list(item.iterancestors("li")))


def own_text(item):
    return " ".join("".join(piece for piece in item.xpath("text()|strong//text()|em//text()|a//text()")).split())


def cells_of(table):
    return tuple(
        tuple(" ".join(cell.text_content().split()) for cell in row.iter("td", "th")) for row in table.iter("tr")
    )


@pytest.mark.parametrize("author", [DutchWord, PythonDocx])
def test_nearly_all_structure_survives(author):
    written, survived = Counter(), Counter()

    for seed in range(FILES):
        writer = author(seed)
        found = found_in(writer.document())
        for kind, things in found.items():
            expected = Counter(getattr(writer.written, kind))
            written[kind] += expected.total()
            survived[kind] += (expected & Counter(things)).total()

    shares = {kind: survived[kind] / written[kind] for kind in written}
    print(author.__name__, dict(written), shares)
    assert min(written.values()) > 50
    assert min(shares.values()) >= ENOUGH, shares
