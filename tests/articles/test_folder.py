"""A theme as a folder, on the disk."""

import datetime
from dataclasses import replace

import pytest

from courses.articles.folder import BrokenFolderError, TopicText, read
from courses.articles.packing import write
from tests.articles.folders import BROKEN, RIGHT, files, make_folder, theme, topic
from tests.models.pictures import png


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "vertrouwen"


def test_a_folder_is_read(folder):
    text = read(make_folder(folder))

    assert (text.slug, text.title, text.summary, text.text) == (
        "vertrouwen",
        "Vertrouwen",
        "Waar het over gaat",
        "Welkom.",
    )
    assert [one.title for one in text.topics] == ["Eén", "Twee"]
    assert text.topics[0].text == "Lees dit.\n\n![Cirkels](cirkels.png)"
    assert text.pictures == {"cirkels.png": RIGHT["cirkels.png"]}


def test_what_is_not_said_is_as_usual(folder):
    text = read(make_folder(folder, **{"theme.md": topic("title: Vertrouwen")}))

    assert (text.language, text.access, text.in_order, text.draft) == ("nl", "open", False, False)
    assert text.topics[0] == TopicText(
        slug="een",
        title="Eén",
        summary="Het eerste",
        text="Lees dit.\n\n![Cirkels](cirkels.png)",
        source="01-een.md",
    )


def test_what_is_said_is_done(folder):
    changes = {
        "theme.md": theme("language: en", "access: signed-in", "in_order: true", "draft: true"),
        "02-twee.md": topic(
            "title: Twee", "slug: tweede", "release_date: 2027-06-03", "draft: true", "required: false"
        ),
    }

    text = read(make_folder(folder, **changes))

    assert (text.language, text.access, text.in_order, text.draft) == ("en", "signed-in", True, True)
    assert text.topics[1] == TopicText(
        slug="tweede",
        title="Twee",
        text="Lees dit.",
        required=False,
        release_date=datetime.date(2027, 6, 3),
        draft=True,
        source="02-twee.md",
    )


def test_the_folders_name_is_the_slug_if_none_is_given(folder):
    assert read(make_folder(folder, **{"theme.md": topic("title: Anders")})).slug == "vertrouwen"


def test_topics_stand_in_the_order_of_their_numbers_and_numbers_may_be_left_out(folder):
    changes = {f"{number}-x{number}.md": topic(f"title: Nummer {number}") for number in (10, 9, 100)}

    text = read(make_folder(folder, **changes))

    assert [one.title for one in text.topics] == ["Eén", "Twee", "Nummer 9", "Nummer 10", "Nummer 100"]


def test_a_theme_may_have_no_topics_and_no_text(folder):
    folder.mkdir()
    (folder / "theme.md").write_text("---\ntitle: Leeg\n---\n")

    text = read(folder)

    assert (text.text, text.topics, text.pictures) == ("", [], {})


def test_windows_line_ends_and_a_byte_order_mark_make_no_difference(folder, tmp_path):
    other = {
        name: b"\xef\xbb\xbf" + content.replace("\n", "\r\n").encode()
        for name, content in RIGHT.items()
        if name.endswith(".md")
    }

    assert read(make_folder(tmp_path / "windows", **other)) == read(make_folder(folder))


@pytest.mark.parametrize("name", ["met een spatie.png", "FOTO.PNG", "één.png", "a&b.png"])
def test_a_picture_may_have_any_name(folder, name):
    text = read(make_folder(folder, **{"02-twee.md": topic("title: x", text=f"![](<{name}>)"), name: png()}))

    assert text.pictures[name] == png()


def test_what_is_not_shown_is_not_read(folder):
    text = read(make_folder(folder, **{"ongebruikt.png": png(), "aantekeningen.txt": "x", ".DS_Store": b"\xff"}))

    assert list(text.pictures) == ["cirkels.png"]


# What is wrong


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_folder_is_refused_with_file_line_and_reason(folder, what):
    changes, place, reason = BROKEN[what]
    make_folder(folder, **changes)

    with pytest.raises(BrokenFolderError) as refusal:
        read(folder)

    assert str(refusal.value).startswith(f"{place or folder}")
    assert reason in str(refusal.value)


def test_what_is_no_folder_is_refused(tmp_path):
    with pytest.raises(BrokenFolderError, match="is not a folder"):
        read(tmp_path / "bestaat-niet")


# Writing


def test_what_is_written_is_what_is_read(folder, tmp_path):
    text = read(make_folder(folder))

    write(text, tmp_path / "uit")

    assert read(tmp_path / "uit") == text


def test_the_same_theme_always_gives_the_same_bytes(folder, tmp_path):
    text = read(make_folder(folder))

    for name in ("een", "twee"):
        write(text, tmp_path / name)

    assert files(tmp_path / "een") == files(tmp_path / "twee")


@pytest.mark.parametrize(
    "words",
    [
        "a: b",
        "- a",
        "# a",
        "'a' \"b\"",
        "true",
        "null",
        "5",
        "2027-06-03",
        "---",
        "é 🙂 שלום",
        "{a}",
        "[a]",
        "%a",
        "@a",
        "a\u2028b",
        "x" * 300,
    ],
)
def test_any_words_may_be_a_title_and_a_summary(folder, tmp_path, words):
    text = replace(read(make_folder(folder)), title=words, summary=words)

    write(text, tmp_path / "uit")

    assert read(tmp_path / "uit") == text


def test_from_a_hundred_topics_on_numbers_have_three_figures(folder, tmp_path):
    text = read(make_folder(folder))
    many = [replace(text.topics[1], slug=f"x{number}", source=f"{number:03}-x{number}.md") for number in range(1, 101)]

    write(replace(text, topics=many, pictures={}), tmp_path / "uit")

    assert (tmp_path / "uit" / "001-x1.md").exists()
    assert read(tmp_path / "uit").topics == many


def test_nothing_is_written_over(folder):
    make_folder(folder)
    then = files(folder)

    with pytest.raises(BrokenFolderError, match="is not empty"):
        write(read(folder), folder)

    assert files(folder) == then


def test_an_empty_folder_may_be_written_in(folder, tmp_path):
    (tmp_path / "leeg").mkdir()

    write(read(make_folder(folder)), tmp_path / "leeg")

    assert set(files(tmp_path / "leeg")) == set(RIGHT)
