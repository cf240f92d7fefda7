"""What the documents say is there: pictures, links, commands, targets, and the words on the screen."""

import re
import subprocess
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.core.management import get_commands, load_command_class

DOCUMENTS = [Path("README.md"), Path("SECURITY.md"), *sorted(Path("docs").rglob("*.md"))]
PAIRS = {"docs/learners.md": "docs/nl/deelnemers.md", "docs/trainers.md": "docs/nl/trainers.md"}
"""The same for the same reader, in English and in Dutch."""
OF_THE_SCREEN = {**dict.fromkeys(["docs/theme-folder.md", *PAIRS], "en"), **dict.fromkeys(PAIRS.values(), "nl")}
"""In which every bold word is one that stands on the screen, in this language."""
LARGEST = 60_000

each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=str)


def pictures_of(document):
    """(alt text, path) of each picture."""
    found = re.findall(r"!\[([^]]*)\]\(([^)\s]+)\)", prose(document))
    return [(alt, document.parent / path) for alt, path in found]


def prose(document):
    return re.sub(r"^ *```.*?^ *```", "", document.read_text(), flags=re.DOTALL | re.MULTILINE)


def code(document):
    """What is meant to be typed, line by line: blocks and spans."""
    text = document.read_text()
    blocks = re.findall(r"^ *```\w*\n(.*?)^ *```", text, flags=re.DOTALL | re.MULTILINE)
    spans = [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", prose(document))]
    return [line.split("#")[0].strip() for line in [*"\n".join(blocks).splitlines(), *spans]]


def bold(path):
    return [" ".join(words.split()) for words in re.findall(r"\*\*(.+?)\*\*", prose(Path(path)), flags=re.DOTALL)]


def anchor(heading):
    """As GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@each_document
def test_each_picture_is_there_and_says_what_is_to_be_seen(document):
    for alt, path in pictures_of(document):
        assert len(alt) > 10, path
        assert path.is_file()
        assert path.stat().st_size <= LARGEST, path


def test_every_picture_is_shown_somewhere():
    shown = {path.resolve() for document in DOCUMENTS for _alt, path in pictures_of(document)}

    assert {path.resolve() for path in Path("docs/pictures").iterdir()} == shown


@each_document
def test_each_link_leads_somewhere(document):
    for link in re.findall(r"(?<!!)\[[^]]+\]\(([^)\s]+)\)", prose(document)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, fragment = link.partition("#")
        target = document.parent / path if path else document
        assert target.exists(), link
        if fragment:
            headings = re.findall(r"^#+ (.+)$", target.read_text(), flags=re.MULTILINE)
            assert fragment in map(anchor, headings), link


@each_document
def test_each_command_exists_with_its_options(document):
    apps = get_commands()
    for line in code(document):
        for name, rest in re.findall(r"(?:manage\.py|^stapwijs) ([a-z_]+)(.*)", line):
            assert name in apps, line
            known = load_command_class(apps[name], name).create_parser("manage.py", name)._option_string_actions
            assert set(re.findall(r"(?<![\w-])--[a-z-]+", rest)) <= set(known), line


@each_document
def test_each_target_of_make_exists(document):
    targets = re.findall(r"^([a-z-]+):", Path("Makefile").read_text(), flags=re.MULTILINE)

    assert {match[1] for line in code(document) if (match := re.match(r"make ([a-z-]+)", line))} <= set(targets)


@pytest.fixture(scope="module")
def messages():
    """msgid → a pattern of each of its texts, per language."""
    with Path("locale/nl/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = [message for message in read_po(file, locale="nl") if message.id]
    return {
        "en": [(message.id, patterns(message.id)) for message in catalogue],
        "nl": [(message.id, patterns(message.string)) for message in catalogue],
    }


def patterns(texts):
    """Of texts with enough words of their own; what the page fills in may be anything."""
    texts = [texts] if isinstance(texts, str) else texts
    pieces = [re.split(r"%\(\w+\)[sd]", " ".join(text.split())) for text in texts]
    return [
        re.compile("(?:.+)".join(re.escape(piece.replace("%%", "%")) for piece in parts))
        for parts in pieces
        if len(parts) == 1 or sum(map(str.isalpha, "".join(parts))) >= 3
    ]


def meant_by(words, messages):
    return {str(msgid) for msgid, known in messages if any(pattern.fullmatch(words) for pattern in known)}


@pytest.mark.parametrize(("path", "language"), OF_THE_SCREEN.items())
def test_what_is_bold_stands_on_the_screen(path, language, messages):
    words = bold(path)

    assert words
    assert [one for one in words if not meant_by(one, messages[language])] == []


@pytest.mark.parametrize(("english", "dutch"), PAIRS.items())
def test_both_languages_name_the_same_buttons(english, dutch, messages):
    ours = [meant_by(words, messages["en"]) for words in bold(english)]
    theirs = [meant_by(words, messages["nl"]) for words in bold(dutch)]

    assert [one for one in ours if not any(one & other for other in theirs)] == []
    assert [one for one in theirs if not any(one & other for other in ours)] == []


@pytest.mark.parametrize(("english", "dutch"), PAIRS.items())
def test_both_languages_show_the_same_pictures_and_as_many_headings(english, dutch):
    names = [[path.stem for _alt, path in pictures_of(Path(document))] for document in (english, dutch)]
    headings = [re.findall(r"^#+ ", Path(document).read_text(), re.MULTILINE) for document in (english, dutch)]

    assert [name.replace("-en", "-nl") for name in names[0]] == names[1]
    assert headings[0] == headings[1]


def test_the_command_of_the_keeper_runs_as_the_site_does():
    command = Path("deploy/one-machine/stapwijs")
    script, unit = command.read_text(), Path("deploy/systemd/stapwijs-.service.d/common.conf").read_text()

    assert command.stat().st_mode & 0o111
    assert "cd /opt/stapwijs\n" in script
    assert "WorkingDirectory=/opt/stapwijs\n" in unit
    assert ". /etc/stapwijs/environment\n" in script
    assert "EnvironmentFile=/etc/stapwijs/environment\n" in unit
    assert "-u stapwijs " in script
    assert "User=stapwijs\n" in unit


@pytest.mark.parametrize("layout", ["one-machine", "many-machines"])
def test_a_shell_reads_the_file_of_the_environment_too(layout):
    path = Path("deploy", layout, "environment")

    read = subprocess.run(["/bin/sh", "-euc", f'. ./{path}; printf %s "$EMAIL_FROM"'], capture_output=True, text=True)

    assert read.stdout == "Stapwijs <leren@example.org>"
    assert read.stderr == ""
