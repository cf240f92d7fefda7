"""Whatever somebody brings: an answer in words, within the limits, and nothing left behind."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
from django.utils import translation

from courses.articles.importers import UnreadableError, bounded, is_theme_folder, read, read_pasted, unpack
from courses.articles.importers.bounded import SECONDS
from courses.articles.importers.finding import find
from courses.articles.importers.found import PROBLEMS
from tests.articles.importers import wordfiles
from tests.articles.importers.hostile import REFUSED, REFUSED_AT_A_GLANCE, png_header, zip_of
from tests.articles.importers.pictures import as_data, png
from tests.articles.importers.wordfiles import bold, p, picture, table, word

BUSY_SECONDS = 6 * SECONDS
"""On a machine that tests other things at the same time."""

TEXT = "Een brief begint met de lezer. Wat weet die al, en wat moet er daarna gebeuren?"


@pytest.fixture
def no_files_left(tmp_path, monkeypatch):
    """Temporary files of this test and of the processes that it starts would be in ``tmp_path``."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("no_files_left")
@pytest.mark.parametrize(("name", "content", "problem"), REFUSED.values(), ids=REFUSED.keys())
def test_it_is_refused_with_a_sentence_in_time(name, content, problem):
    with pytest.raises(UnreadableError) as caught:
        read(name, content, seconds=BUSY_SECONDS)

    assert caught.value.problem == problem
    assert caught.value.name == name
    with translation.override("en"):
        assert name in str(caught.value)
        assert str(caught.value).endswith(".")


BY_THE_PROCESS_ALONE = {"too-much", "too-many-posts", "too-large"}
"""What only its limits end, or what never gets there."""

REFUSED_BY_READING = {what: one for what, one in REFUSED.items() if one[2] not in BY_THE_PROCESS_ALONE}


@pytest.mark.parametrize(("name", "content", "problem"), REFUSED_BY_READING.values(), ids=REFUSED_BY_READING.keys())
def test_it_is_refused_by_reading_alone_without_the_help_of_a_limit(name, content, problem):
    with pytest.raises(UnreadableError) as caught:
        find(name, content)

    assert caught.value.problem == problem


@pytest.mark.parametrize(("name", "content", "problem"), REFUSED_AT_A_GLANCE.values(), ids=REFUSED_AT_A_GLANCE.keys())
def test_what_is_no_text_is_refused_with_what_to_do(name, content, problem):
    with pytest.raises(UnreadableError) as caught:
        find(name, content)

    assert caught.value.problem == problem


def test_every_problem_can_be_said():
    for problem in PROBLEMS:
        assert "les.docx" in str(UnreadableError("les.docx", problem, line=3))


def test_a_name_of_300_characters_is_said_in_short():
    error = UnreadableError("x" * 290 + ".docx", "empty")

    assert len(str(error)) < 150
    assert ".docx" in str(error)


READ = {
    "2 MB in one paragraph": ("les.txt", ("woord " * 350_000).encode()),
    "2 MB without a space": ("les.txt", b"a" * 2_000_000),
    "2 MB of points": ("les.txt", b"Punten\n\n" + b"." * 2_000_000),
    "2 MB in a docx": ("les.docx", word(p("Brief", "Titel"), p("woord " * 350_000))),
    "2 MB of html": ("les.html", b"<!doctype html><h1>Les</h1><p>" + b"woord <b>vet</b> " * 120_000),
    "500,000 openings": ("les.html", b"<!doctype html><h1>Les</h1>" + b"<" * 500_000),
    "60,000 open tags": ("les.html", b"<!doctype html><h1>Les</h1>" + b"<p><b>x" * 150),
    "not utf-8": ("les.md", b"# Les\n\n\xff\xfe\xe9 tekst"),
    "control characters": ("les.txt", b"Les\x0b\n\nMet een \x1b tab."),
    "300 characters in a title": ("les.md", f"# {'lang ' * 60}\n\n{TEXT}".encode()),
    "a name of 300 characters": ("x" * 300 + ".txt", TEXT.encode()),
    "a name with a path": ("../../etc/passwd", TEXT.encode()),
    "emoji and right to left": ("بريد.txt", "رسالة 🎉\n\nتبدأ الرسالة بالقارئ، ماذا يعرف؟".encode()),
    "macros": ("les.docm", word(p("Brief", "Titel"), p(TEXT), parts={"word/vbaProject.bin": b"x"})),
    "12,000 × 12,000 pixels": (
        "les.docx",
        word(p("Brief", "Titel"), p(TEXT), p(picture("Groot")), media=png_header(12_000, 12_000)),
    ),
    "pixels in html": (
        "les.html",
        f"<!doctype html><h1>Les</h1><p>{TEXT}</p><img src='{as_data(png_header(30_000, 30_000))}'>".encode(),
    ),
    "style that is based on itself": (
        "les.docx",
        word(p("Brief", "Rond"), p(TEXT), more_styles='<w:style w:styleId="Rond"><w:basedOn w:val="Rond"/></w:style>'),
    ),
    "relations that lead outside": (
        "les.docx",
        word(
            p("Brief", "Titel"),
            p(TEXT),
            p(picture("x", relation="r9")),
            relations=[("r9", "image", "../../../etc/passwd")],
        ),
    ),
    "entities in html": (
        "les.html",
        b'<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]><h1>Les</h1><p>Dit is &e; tekst.</p>',
    ),
    "a thousand tables": (
        "les.docx",
        word(p("Brief", "Titel"), *[table(wordfiles.row("a", "b")) for _n in range(1000)]),
    ),
}


@pytest.mark.usefixtures("no_files_left")
@pytest.mark.parametrize(("name", "content"), READ.values(), ids=READ.keys())
def test_it_is_read_in_time(name, content):
    articles = read(name, content, seconds=BUSY_SECONDS)

    assert articles[0].title
    assert len(articles[0].title) <= 300
    assert "root:" not in str(articles)


def test_what_is_in_a_picture_of_144_megapixels_is_never_decoded():
    (article,) = read(*READ["12,000 × 12,000 pixels"])

    assert [lost.what for lost in article.lost] == ["picture-large"]


def test_a_parser_that_runs_away_is_ended():
    began = time.monotonic()

    with pytest.raises(UnreadableError) as caught:
        read("les.txt", TEXT.encode() * 20_000, seconds=0.2)

    assert caught.value.problem == "too-much"
    assert time.monotonic() - began < SECONDS


def test_a_parser_that_takes_too_much_memory_is_ended():
    with pytest.raises(UnreadableError) as caught:
        read("les.html", b"<!doctype html><h1>Les</h1>" + b"<p>woord" * 400_000, memory=30_000_000)

    assert caught.value.problem == "too-much"


def test_the_process_knows_no_secrets_and_writes_no_files(tmp_path):
    """The limits, seen from inside."""
    code = (
        "import os, resource, sys\n"
        "from courses.articles.importers.child import limit\n"
        "limit(seconds=20, memory=10**8)\n"
        "try:\n    os.write(os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY), b'x')\n"
        "    print('wrote')\nexcept OSError:\n    print('refused')\n"
        "try:\n    b'x' * 10**9\n    print('took')\nexcept MemoryError:\n    print('refused')\n"
        "print(resource.getrlimit(resource.RLIMIT_CPU)[0])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "file"], capture_output=True, text=True, check=True, timeout=30
    )

    assert done.stdout.split() == ["refused", "refused", "20"]


def test_an_export_that_takes_too_long_is_to_be_made_in_parts():
    content = b'<rss xmlns:wp="http://wordpress.org/export/1.2/">' + b"<item/>" * 100_000

    with pytest.raises(UnreadableError) as caught:
        read("blog.xml", content, seconds=0.1)

    assert caught.value.problem == "too-many-posts"


def test_a_process_that_fails_is_told_of_in_the_log(caplog, monkeypatch):
    monkeypatch.setattr(bounded, "CHILD", "courses.no_such_module")

    with pytest.raises(UnreadableError) as caught:
        read("les.md", TEXT.encode())

    assert caught.value.problem == "too-much"
    assert "ended with" in caplog.text


def test_pictures_come_out_of_the_process_too():
    [article] = read("les.zip", zip_of(("les.md", f"# Les\n\n{TEXT}\n\n![Een boom](boom.png)\n"), ("boom.png", png())))

    assert list(article.pictures.values()) == [png()]


def test_many_at_once_from_threads_all_get_their_own_answer():
    titles = {}

    def bring(number):
        titles[number] = read("les.md", f"# Les {number}\n\n{TEXT}".encode())[0].title

    threads = [threading.Thread(target=bring, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert titles == {number: f"Les {number}" for number in range(8)}


def test_no_process_is_left():
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    before = children.read_text()

    with pytest.raises(UnreadableError):
        read("les.txt", TEXT.encode() * 20_000, seconds=0.2)

    assert children.read_text() == before


def test_what_is_pasted_has_the_same_limits():
    with pytest.raises(UnreadableError) as large:
        read_pasted("x" * 26 * 1024 * 1024)
    with pytest.raises(UnreadableError) as deep:
        read_pasted("", "<table><tr><td>" * 3000)
    with pytest.raises(UnreadableError) as empty:
        read_pasted("  \n ", " ")

    assert [caught.value.problem for caught in (large, deep, empty)] == ["too-large", "too-deep", "empty"]


def test_half_a_character_in_what_is_pasted_is_no_fault():
    (article,) = read_pasted(f"Brieven \ud83d\n\n{TEXT}")

    assert article.title.startswith("Brieven")


def test_a_zip_with_texts_and_pictures_is_several_articles():
    content = zip_of(
        ("02-twee.md", f"# Twee\n\n{TEXT}\n\n![Een stip](beeld/stip.png)"),
        ("beeld/stip.png", png_header(3, 3)[:50]),
        ("01-een.docx", word(p("Een", "Titel"), p(TEXT + " Nu."))),
        ("__MACOSX/._02-twee.md", b"\0\5\x16\7"),
        (".DS_Store", b"\0"),
        ("lees.pdf", b"%PDF-1.4 \xff\xff"),
    )

    articles = read("les.zip", content)

    assert [article.title for article in articles] == ["Een", "Twee"]
    assert [(lost.what, lost.name) for lost in articles[0].lost] == [("file", "lees.pdf")]
    assert [lost.what for lost in articles[1].lost] == ["picture-broken"]


FOLDER = [
    ("thema/theme.md", "---\ntitle: Brieven\n---\n"),
    ("thema/01-begin.md", "---\ntitle: Begin\n---\n"),
    ("thema/stip.png", b"x"),
]


def test_the_zip_of_a_theme_is_known_and_unpacked(tmp_path):
    content = zip_of(*FOLDER, ("__MACOSX/x", "x"))

    assert is_theme_folder(content)
    folder = unpack(content, tmp_path)

    assert folder == tmp_path / "thema"
    assert sorted(path.name for path in folder.iterdir()) == ["01-begin.md", "stip.png", "theme.md"]
    assert not (tmp_path / "__MACOSX").exists()


def test_the_files_of_a_theme_may_lie_at_the_top(tmp_path):
    content = zip_of(*((name.removeprefix("thema/"), text) for name, text in FOLDER))

    assert is_theme_folder(content)
    assert unpack(content, tmp_path) == tmp_path


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04kapot",
        zip_of(("les.md", "x")),
        zip_of(("a/theme.md", "x"), ("b/theme.md", "x")),
        word(p("Brief")),
        zip_of(("theme.md", "x"), ("../uit.md", "x")),
    ],
)
def test_other_zips_are_no_theme(content):
    assert not is_theme_folder(content)


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ([*FOLDER, ("thema/../../uit.md", "x")], "zip-paths"),
        ([*FOLDER, ("thema/theme.md/x", "x")], "zip-paths"),
        ([*FOLDER, ("thema/binnen.zip", zip_of(("x", "x")))], "zip-nested"),
        ([*FOLDER, (f"thema/{'x' * 300}.md", "x")], "zip-names"),
        ([("les.md", "x")], "zip-nothing"),
        ([*FOLDER, ("thema/bom.md", b"\0" * 60_000_000)], "zip-size"),
    ],
)
def test_of_a_bad_zip_nothing_is_unpacked(members, problem, tmp_path):
    with pytest.raises(UnreadableError) as caught:
        unpack(zip_of(*members), tmp_path, name="thema.zip")

    assert caught.value.problem == problem
    assert not list(tmp_path.iterdir())


def test_of_a_zip_with_one_damaged_file_nothing_is_unpacked(tmp_path):
    content = bytearray(zip_of(*FOLDER, ("thema/9.png", b"punt punt punt")))
    content[content.rindex(b"PK\x03\x04") + 44] ^= 0xFF

    with pytest.raises(UnreadableError) as caught:
        unpack(bytes(content), tmp_path)

    assert caught.value.problem == "zip-broken"
    assert not list(tmp_path.iterdir())


def test_bold_everywhere_is_no_trouble():
    (article,) = read("les.docx", word(p("Brief", "Titel"), *[p(bold(f"vet {n}")) for n in range(500)]))

    assert len(article.blocks) == 500
