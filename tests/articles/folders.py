"""Theme folders: one that is right, and everything that can be wrong with it."""

from pathlib import Path

from tests.models.pictures import png

RIGHT = {
    "theme.md": "---\ntitle: Vertrouwen\nslug: vertrouwen\nsummary: Waar het over gaat\n---\n\nWelkom.\n",
    "01-een.md": "---\ntitle: Eén\nsummary: Het eerste\n---\n\nLees dit.\n\n![Cirkels](cirkels.png)\n",
    "02-twee.md": "---\ntitle: Twee\nrequired: false\n---\n\nLees dat.\n",
    "cirkels.png": png(),
}


def make_folder(folder, **changes):
    """Write the right folder with other files; None leaves one out, a ``Path`` makes a link to it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {**RIGHT, **changes}.items():
        place = folder / name
        if isinstance(content, Path):
            place.symlink_to(content)
        elif content is ...:
            place.mkdir()
        elif content is not None:
            place.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def topic(*lines, text="Lees dit."):
    return "\n".join(["---", *lines, "---", "", text, ""])


def theme(*lines, text="Welkom."):
    return topic("title: Vertrouwen", "slug: vertrouwen", *lines, text=text)


BROKEN = {
    "no theme.md": ({"theme.md": None}, None, "has no theme.md"),
    "no front matter": ({"theme.md": "Welkom.\n"}, "theme.md, line 1", "does not begin with front matter"),
    "an empty file": ({"02-twee.md": ""}, "02-twee.md, line 1", "does not begin with front matter"),
    "front matter without an end": ({"01-een.md": "---\ntitle: Eén\n"}, "01-een.md, line 1", "without an end"),
    "a colon too many": ({"01-een.md": topic("title: Eén", "summary: a: b")}, "01-een.md, line 3", "mapping values"),
    "a bracket too few": ({"01-een.md": topic("title: Eén", "slug: een", "x: ]")}, "01-een.md, line 4", "bad front"),
    "a tab": ({"01-een.md": topic("title: Eén", "\tslug: een")}, "01-een.md, line 3", "bad front matter"),
    "an object of Python": (
        {"01-een.md": topic("title: !!python/name:os.system x")},
        "01-een.md, line 2",
        "constructor",
    ),
    "a list instead": ({"01-een.md": topic("- title")}, "01-een.md, line 2", "expected lines such as title"),
    "an unknown key": ({"01-een.md": topic("title: Eén", "titel: x")}, "01-een.md, line 3", "unknown key 'titel'"),
    "a key of the theme in a topic": (
        {"01-een.md": topic("title: Eén", "access: open")},
        "01-een.md, line 3",
        "unknown",
    ),
    "yes that is no yes": ({"01-een.md": topic("title: Eén", "required: ja")}, "01-een.md, line 3", "true or false"),
    "a number for a title": ({"01-een.md": topic("summary: x", "title: 5")}, "01-een.md, line 3", "must be text"),
    "order that is no order": ({"theme.md": theme("in_order: 1")}, "theme.md, line 4", "true or false"),
    "a day that is no day": (
        {"01-een.md": topic("title: Eén", "required: true", "release_date: 2027-13-45")},
        "01-een.md, line 4",
        "month must be",
    ),
    "a word for a day": ({"01-een.md": topic("title: Eén", "release_date: morgen")}, "01-een.md, line 3", "a date"),
    "an hour with a day": (
        {"01-een.md": topic("title: Eén", "release_date: 2027-06-03 10:00:00")},
        "01-een.md, line 3",
        "a date",
    ),
    "no title": ({"01-een.md": topic("summary: x")}, "01-een.md, line 2", "has no title"),
    "an empty title": ({"01-een.md": topic('title: "  "')}, "01-een.md, line 2", "has no title"),
    "no front matter to speak of": ({"01-een.md": "---\n---\n\nx\n"}, "01-een.md, line 2", "has no title"),
    "a title too long": ({"01-een.md": topic(f"title: {'x' * 301}")}, "01-een.md, line 2", "longer than 300"),
    "a summary too long": ({"01-een.md": topic("title: x", f"summary: {'x' * 501}")}, "01-een.md, line 3", "than 500"),
    "a title of two lines": (
        {"01-een.md": topic("title: |", "  een", "  twee")},
        "01-een.md, line 2",
        "must be one line",
    ),
    "a slug too long": ({"01-een.md": topic("title: x", f"slug: {'x' * 81}")}, "01-een.md, line 3", "longer than 80"),
    "a file name too long for an address": ({f"03-{'x' * 81}.md": topic("title: x")}, "03-xxx", "longer than 80"),
    "half a character": ({"01-een.md": topic('title: "x\\uD800"')}, "01-een.md, line 2", "must be one line"),
    "brackets without end": ({"01-een.md": topic("title: x", f"slug: {'[' * 400}")}, "01-een.md, line 3", "bad front"),
    "a slug that is no address": ({"01-een.md": topic("title: x", "slug: a/b")}, "01-een.md, line 3", "an address"),
    "a name that is no address": (
        {"01-één.md": topic("title: x"), "01-een.md": None},
        "01-één.md, line 1",
        "cannot be an address",
    ),
    "a theme's slug that is no address": (
        {"theme.md": topic("title: x", "slug: Vertrouwen & zo")},
        "theme.md, line 3",
        "cannot be an address",
    ),
    "two topics with one slug": (
        {"03-drie.md": topic("title: Drie", "slug: een")},
        "03-drie.md, line 3",
        "same slug as 01-een.md",
    ),
    "two files with one number": ({"1-drie.md": topic("title: x")}, "1-drie.md", "the same number as 01-een.md"),
    "a file without a number": ({"inleiding.md": topic("title: x")}, "inleiding.md", "named as in 01-first-topic.md"),
    "a file without a name": ({"03-.md": topic("title: x")}, "03-.md", "named as in 01-first-topic.md"),
    "a folder named as a topic": ({"03-drie.md": ...}, "03-drie.md", "cannot be read"),
    "another encoding": (
        {"01-een.md": topic("title: x").encode() + b"\nEen caf\xe9.\n"},
        "01-een.md, line 7",
        "is not UTF-8",
    ),
    "access that there is not": ({"theme.md": theme("access: iedereen")}, "theme.md, line 4", "access must be one of"),
    "a language that there is not": (
        {"theme.md": theme("language: fr")},
        "theme.md, line 4",
        "language must be one of",
    ),
    "a missing picture": (
        {"01-een.md": topic("title: x", text="Kijk:\n\n![](weg.png)")},
        "01-een.md, line 7",
        "the picture weg.png is missing",
    ),
    "a missing picture in the introduction": (
        {"theme.md": theme(text="![](weg.png)")},
        "theme.md, line 6",
        "the picture weg.png is missing",
    ),
    "a picture outside the folder": (
        {"01-een.md": topic("title: x", text="![](../cirkels.png)")},
        "01-een.md, line 5",
        "not a PNG or JPEG beside the text",
    ),
    "a picture from the root": (
        {"01-een.md": topic("title: x", text="![](/etc/cirkels.png)")},
        "01-een.md, line 5",
        "not a PNG or JPEG beside the text",
    ),
    "a picture with dots in disguise": (
        {"01-een.md": topic("title: x", text="![](%2e%2e/cirkels.png)")},
        "01-een.md: ../cirkels.png",
        "not a PNG or JPEG beside the text",
    ),
    "a picture of another site": (
        {"01-een.md": topic("title: x", text="![](https://example.org/x.png)")},
        "01-een.md, line 5",
        "not a PNG or JPEG beside the text",
    ),
    "a picture of another kind": (
        {"01-een.md": topic("title: x", text="![](x.svg)"), "x.svg": "<svg/>"},
        "01-een.md, line 5",
        "not a PNG or JPEG beside the text",
    ),
    "a picture without a name": ({"01-een.md": topic("title: x", text="![]()")}, "01-een.md: ", "not a PNG or JPEG"),
    "a picture that is a link": (
        {"01-een.md": topic("title: x", text="![](link.png)"), "link.png": Path("cirkels.png")},
        "01-een.md, line 5",
        "the picture link.png is missing",
    ),
}
"""What is wrong → (other files, where it is said to be, what is said)"""
