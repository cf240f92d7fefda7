"""What the process that reads answers, whatever becomes of the reading; asked without the process and its limits."""

import io
import json
import zipfile

import pytest

from courses.articles.importers.child import answer
from tests.articles.importers.pictures import png

TEXT = "Vertrouwen groeit in het doen, niet in het zeggen. " * 4


class Exhausting(dict):
    """A request over which the process runs out of something."""

    def __init__(self, error):
        super().__init__(name="les.md")
        self.error = error

    def get(self, key, default=None):
        raise self.error


def answered(request, content):
    """The line that came out, as an object, and the bytes behind it."""
    out = io.BytesIO()
    answer(request, content, out)
    line, _newline, pictures = out.getvalue().partition(b"\n")
    return json.loads(line), pictures


def folder(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return content.getvalue()


def test_articles_come_with_their_pictures_behind_them():
    content = folder(les_md=f"# Les\n\n{TEXT}\n\n![Een boom](boom.png)\n", boom_png=png())

    said, pictures = answered({"name": "les.zip"}, content)

    [article] = said["articles"]
    [[_address, size]] = article["pictures"]
    assert article["title"] == "Les"
    assert pictures == png()
    assert size == len(pictures)


def test_what_is_pasted_comes_as_html_and_as_text():
    html = f"<h1>Les</h1><p>{TEXT}</p>".encode()

    said, pictures = answered({"name": "", "pasted": True, "html": len(html)}, html + TEXT.encode())

    assert said["articles"][0]["title"] == "Les"
    assert pictures == b""


def test_what_cannot_be_read_says_why():
    said, pictures = answered({"name": "les.docx"}, b"%PDF-1.7")

    assert said["problem"] == "pdf"
    assert pictures == b""


@pytest.mark.parametrize(("error", "problem"), [(RecursionError(), "too-deep"), (MemoryError(), "too-much")])
def test_what_takes_too_much_says_so(error, problem):
    assert answered(Exhausting(error), b"") == ({"problem": problem, "values": {}}, b"")
