"""Markdown, with or without front matter."""

import pytest

from courses.articles.importers.finding import find
from tests.articles.importers.pictures import as_data, png

TEXT = "Een kaart lezen begint bij het noorden: draai de kaart totdat boven ook echt boven is."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"---\ntitle: Kaartlezen\ndate: 2020-01-01\n---\n\n{TEXT}\n\n## Noord\n\n{TEXT} Echt.", "Kaartlezen"),
        (f'---\ntitle: "Kaart: lezen"\n---\n{TEXT}\n\n## Noord\n\n{TEXT} Echt.', "Kaart: lezen"),
        (f"+++\ntitle = 'Kaartlezen'\n+++\n{TEXT}\n\n## Noord\n\n{TEXT} Echt.", "Kaartlezen"),
        (f"# Kaartlezen\n\n{TEXT}\n\n## Noord\n\n{TEXT} Echt.", "Kaartlezen"),
        (f"Kaartlezen\n==========\n\n{TEXT}\n\nNoord\n-----\n\n{TEXT} Echt.", "Kaartlezen"),
        (f"{TEXT}\n\n## Noord\n\n{TEXT} Echt.", "Kaart lezen"),
    ],
)
def test_the_title_is_found(text, title):
    (article,) = find("02-kaart_lezen.md", text.encode())

    assert article.title == title
    assert [block.html for block in article.blocks if block.kind == "heading"] == ["<h2>Noord</h2>"]


def test_everything_markdown_says_is_kept():
    text = (
        f"# Kaart\n\n{TEXT}\n\n- [ ] een\n  - a\n- *twee*\n\n> citaat\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n"
        "```py\nx = 1\n```\n\n---\n\n~~weg~~"
    )

    (article,) = find("kaart.md", text.encode())

    assert [block.kind for block in article.blocks] == [
        "paragraph",
        "list",
        "quotation",
        "table",
        "listing",
        "rule",
        "paragraph",
    ]


def test_pictures_and_scripts_obey_the_same_rules_as_in_html():
    text = (
        f'# Kaart\n\n{TEXT}\n\n![Een kaart]({as_data(png())} "Het noorden")\n\n![elders](https://kaart.example/k.png)\n'
        f"\n"
        "[klik](javascript:alert(1))\n\n<script>alert(1)</script>\n"
    )

    (article,) = find("kaart.md", text.encode())

    assert article.blocks[1].html == (
        '<figure><img src="/pictures/import-1/" alt="Een kaart"><figcaption>Het noorden</figcaption></figure>'
    )
    assert [lost.what for lost in article.lost] == ["picture-elsewhere"]
    assert "script" not in article.blocks[2].html.replace("javascript:alert(1)", "")


def test_markdown_in_a_text_file_is_known_by_its_marks():
    (article,) = find("kaart.txt", f"# Kaart\n\n{TEXT}\n\n## Noord\n\n**Let op**: {TEXT}".encode())

    assert article.title == "Kaart"
    assert "<strong>Let op</strong>" in article.blocks[2].html


def test_a_number_sign_alone_is_no_markdown():
    (article,) = find("kaart.txt", f"Kaart\n\n# noord\n\n{TEXT}".encode())

    assert "# noord" in [block.text for block in article.blocks]
