"""Hostile and broken files through the real page: a clear answer, nothing made, never a fault of ours."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from courses.models import Edition, Import
from tests.articles.folders import RIGHT
from tests.articles.hostile import HANDLERS, SCRIPTS
from tests.authoring.brought import ARTICLE, docx, proposal_of
from tests.authoring.conftest import words
from tests.authoring.rows import everything
from tests.models.pictures import png
from tests.models.test_pictures import huge_png

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

READ = "/author/import/read/"


def zip_of(members, method=zipfile.ZIP_DEFLATED):
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return output.getvalue()


def docx_with(**parts):
    """A Word file in which some parts are other ones, or there is more of them."""
    with zipfile.ZipFile(io.BytesIO(docx())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return zip_of(members | {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()})


def theme_zip(**changes):
    files = {**RIGHT, **changes}
    return zip_of({f"vertrouwen/{name}": content for name, content in files.items() if content is not None})


DEEP = "<table><tr><td>" * 3000 + "diep" + "</td></tr></table>" * 3000
ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><rss><channel>&e;</channel></rss>'

REFUSED = {
    "an empty file": ("x.txt", b""),
    "nothing but blanks": ("x.txt", b" \n\t\n"),
    "a PDF": ("x.docx", b"%PDF-1.7 ..."),
    "an old Word file": ("x.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)),
    "a picture": ("x.docx", png()),
    "a program": ("x.txt", b"\x7fELF" + bytes(range(256))),
    "bytes of no kind": ("x.txt", bytes(range(256)) * 20),
    "a damaged zip": ("x.zip", zip_of({"a.txt": "Goed."})[:-30]),
    "a zip that ends in the middle": ("x.docx", docx()[:2000]),
    "a zip of nothing": ("x.zip", zip_of({})),
    "a zip of pictures": ("x.zip", zip_of({"a.png": png()})),
    "a zip bomb": ("x.zip", zip_of({"a.txt": bytes(150 * 1024 * 1024)})),
    "a bomb in a Word file": ("x.docx", docx_with(word__document_xml=b"<w>" + bytes(150 * 1024 * 1024))),
    "a zip in a zip": ("x.zip", zip_of({"a.zip": zip_of({"b.txt": "Goed."})})),
    "too many files": ("x.zip", zip_of({f"{n}.txt": "x" for n in range(2001)})),
    "a way out of the folder": ("x.zip", zip_of({"../../etc/x.txt": "Goed."})),
    "a way from the root": ("x.zip", zip_of({"/etc/x.txt": "Goed."})),
    "a way out of the folder of a theme": ("x.zip", zip_of({"../theme.md": RIGHT["theme.md"]})),
    "definitions of XML": ("x.xml", ENTITIES.encode()),
    "a file of the server": ("x.xml", XXE.encode()),
    "XML of something else": ("x.xml", b'<?xml version="1.0"?><svg/>'),
    "an export without posts": (
        "x.xml",
        b'<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/"></rss>',
    ),
    "definitions in a Word file": ("x.docx", docx_with(word__document_xml=ENTITIES)),
    "a Word file without a document": ("x.docx", zip_of({"[Content_Types].xml": "<x/>", "word/x.xml": "<x/>"})),
    "a theme without front matter": ("x.zip", theme_zip(**{"01-een.md": "Geen."})),
    "a theme that is not UTF-8": ("x.zip", theme_zip(**{"01-een.md": b"---\ntitle: E\xe9n\n---\n"})),
    "a theme that runs Python": ("x.zip", theme_zip(**{"01-een.md": "---\ntitle: !!python/name:os.system x\n---\n"})),
    "a theme with a huge picture": ("x.zip", theme_zip(**{"cirkels.png": huge_png(12_000, 12_000)})),
    "a theme of more topics than fit": (
        "x.zip",
        theme_zip(**{f"{n}-x{n}.md": f"---\ntitle: x{n}\n---\n" for n in range(10, 400)}),
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_at_the_file_and_nothing_is_made(trainer, what):
    name, content = REFUSED[what]
    then = everything()

    response = trainer.post(READ, {"text": ARTICLE, "files": SimpleUploadedFile(name, content)})

    assert response.status_code == 400
    assert list(response.context["form"].errors) == ["files"]
    assert name in response.context["form"].errors["files"][0]
    assert "Samen rust vinden" in words(response)
    assert everything() == then
    assert not Import.objects.exists()


THEMES_REFUSED = [what for what in REFUSED if what.startswith("a theme")]


@pytest.mark.parametrize("what", THEMES_REFUSED)
def test_a_theme_that_cannot_be_read_says_what_is_wrong_with_it(trainer, what):
    name, content = REFUSED[what]

    response = trainer.post(READ, {"files": SimpleUploadedFile(name, content)})

    assert response.status_code == 400
    assert name in " ".join(error for errors in response.context["form"].errors.values() for error in errors)
    assert not Import.objects.exists()


LOOK = "Kijk:\n\n![Een boom](a.png)\n"
READ_BOUNDED = {
    "3,000 tables in each other": ("x.html", DEEP.encode()),
    "3,000 quotations in each other": ("x.md", b">" * 3000 + b" diep"),
    "3,000 lists in each other": ("x.html", b"<ul><li>" * 3000 + b"diep"),
    "2 MB of text": ("x.txt", ("Lees dit eens rustig door. " * 40 + "\n\n").encode() * 1900),
    "2 MB in one line": ("x.txt", b"x" * 2_000_000),
    "100 kB of brackets": ("x.md", b"[" * 100_000),
    "2 MB of tags": ("x.html", b"<b>" * 700_000),
    "formatting that never ends": ("x.html", b"<p><font size=7><b><i>x" * 5000),
    "not UTF-8": ("x.txt", "Één café, één idee.\n\nRustig.".encode("cp1252")),
    "half a character": ("x.txt", b"Goed \xc3\n\nRustig."),
    "zeros in the text": ("x.html", b"<p>a\x00b</p>"),
    "a name of 300 characters": ("n" * 296 + ".txt", b"Rust\n\nWees eens stil."),
    "a name with a script": ("<script>alert(1)</script>.txt", b"Rust\n\nWees eens stil."),
    "a name that turns around": ("\u202egnp.txt", b"Rust\n\nWees eens stil."),
    "a name of the server": ("../../../etc/passwd", b"Rust\n\nWees eens stil."),
    "a Word file with macros": ("x.docm", docx_with(word__vbaProject_bin=b"Sub AutoOpen()")),
    "a Word file with a huge picture": ("x.docx", docx_with(word__media__image1_png=huge_png(12_000, 12_000))),
    "a picture of 12,000 by 12,000": ("x.zip", zip_of({"a.md": LOOK, "a.png": huge_png(12_000, 12_000)})),
    "a picture that is none": ("x.zip", zip_of({"a.md": LOOK, "a.png": "nee"})),
    "a theme of 3,000 tables": ("x.zip", theme_zip(**{"01-een.md": f"---\ntitle: x\n---\n\n{DEEP}\n"})),
}


@pytest.mark.parametrize("what", READ_BOUNDED)
def test_what_is_too_much_is_refused_or_read_within_bounds(trainer, what):
    name, content = READ_BOUNDED[what]
    then = everything()

    response = trainer.post(READ, {"files": SimpleUploadedFile(name, content)})

    assert response.status_code in (303, 400)
    assert everything()[0] == then[0]
    assert Import.objects.count() == (response.status_code == 303)
    if response.status_code == 303:
        page = trainer.get(response.url)
        assert page.status_code == 200
        assert "<script>alert" not in words(page)


@pytest.mark.parametrize("name", ["2 MB of text", "not UTF-8", "a name of 300 characters", "a name of the server"])
def test_what_is_only_unusual_is_read(trainer, name):
    assert trainer.post(READ, {"files": SimpleUploadedFile(*READ_BOUNDED[name])}).status_code == 303


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("a picture of 12,000 by 12,000", "A picture of more than 25 megapixels: Een boom"),
        ("a picture that is none", "A picture that is neither PNG nor JPEG: Een boom"),
    ],
)
def test_a_picture_that_is_not_acceptable_is_reported_and_the_text_comes_along(trainer, what, sentence):
    response = trainer.post(READ, {"files": SimpleUploadedFile(*READ_BOUNDED[what])})
    imported = Import.objects.get()

    assert sentence in words(trainer.get(response.url))
    trainer.post(f"{imported.get_absolute_url()}make/")

    assert "Kijk:" in Edition.objects.get().html
    assert "<img" not in Edition.objects.get().html


@pytest.mark.parametrize("field", ["text", "html", "x.html", "x.md", "x.txt"])
def test_nothing_that_hurts_comes_through_any_field(trainer, field):
    hostile = "<p>Begin</p>" + "".join(SCRIPTS + HANDLERS) + '<a href="javascript:alert(1)">klik</a>'
    fields = (
        {"files": SimpleUploadedFile(field, hostile.encode())} if "." in field else {"text": "Begin", field: hostile}
    )

    response = trainer.post(READ, fields)
    assert response.status_code == 303
    shown = trainer.get(response.url).content.decode().split('id="proposal"')[1]
    imported = Import.objects.get()
    trainer.post(f"{imported.get_absolute_url()}make/")

    made = "".join(Edition.objects.values_list("html", flat=True))
    for html in (made, shown):
        assert "<script" not in html.lower()
        assert "javascript:" not in html.lower() or field in ("text", "x.txt")
    assert "onerror=" not in made.lower() or "&lt;" in made


def test_a_posted_title_of_a_megabyte_is_cut_and_kept(trainer):
    trainer.post(READ, {"text": ARTICLE})
    imported = Import.objects.get()

    response = trainer.post(
        f"{imported.get_absolute_url()}titles/", {"title-0": "Rust " * 200_000, "theme_title": "x\x00" * 9000}
    )

    assert response.status_code == 303
    assert len(proposal_of(imported).topics[0].title) <= 300
    assert len(proposal_of(imported).theme_title) <= 300
