"""Whatever the bytes: articles come out, or a sentence; and no words are lost."""

import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from courses.articles.importers import UnreadableError
from courses.articles.importers.finding import find, find_pasted
from courses.articles.sanitise import sanitise
from tests.articles.fragments import articles, torn
from tests.articles.importers.hostile import WORD

PIECES = [
    "Een zin die lang genoeg is om een alinea te zijn, want hij gaat nog even door tot hier.",
    "Een kop",
    "een-slug-van-de-tekst",
    "Topiclist",
    "Deel dit artikel",
    "Home > Blog",
    "12 maart 2021",
    "- een",
    "1. twee",
    "> drie",
    "| a | b |",
    "a\tb",
    "```",
    "***",
    "====",
    "# Kop",
    "**vet**",
    "Voel je vrij om contact met mij op te nemen.",
    "3 reacties",
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "einde.Begin",
    "glijsluitingGlijden. Het",
    "\x0b",
    "\ud83d",
    "ﷺ 🎉",
    " ",
    "",
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=14).map("\n".join)
quick = settings(deadline=None, max_examples=50)


def tried(find_it):
    """The articles, or none if it cannot be read; any other fault is one."""
    try:
        return find_it()
    except UnreadableError:
        return []


@quick
@given(texts)
def test_any_text_is_read(text):
    for article in tried(lambda: find("les.txt", text.encode(errors="replace"))):
        assert article.title.strip()
        assert all(block.html == sanitise(block.html) for block in article.blocks)


@quick
@given(
    st.lists(st.sampled_from([piece for piece in PIECES if re.fullmatch(r"[\w .,-]+", piece)]), min_size=1, max_size=12)
)
def test_no_word_of_any_text_is_lost(lines):
    read = tried(lambda: find("", "\n\n".join(lines).encode()))

    found = " ".join(text for article in read for text in [article.title, *(block.text for block in article.blocks)])
    assert not letters(" ".join(lines)) - letters(found)


def letters(text):
    """How often each letter stands in a text; not the digits, which may be those of a list."""
    return Counter(letter for letter in text if letter.isalpha())


@quick
@given(articles | torn | st.text(max_size=200))
def test_any_html_is_read(html):
    for article in [
        *tried(lambda: find("les.html", html.encode(errors="replace"))),
        *tried(lambda: find_pasted("", "", html)),
    ]:
        assert all(block.html == sanitise(block.html) for block in article.blocks)


@quick
@given(texts)
def test_any_markdown_is_read(text):
    tried(lambda: find("les.md", text.encode(errors="replace")))


@quick
@given(st.binary(max_size=300), st.sampled_from(["les.txt", "les.docx", "les.xml", "les.html", "les.zip", "les"]))
def test_any_bytes_are_answered(content, name):
    tried(lambda: find(name, content))


@quick
@given(st.integers(0, len(WORD) - 1), st.integers(1, 255))
def test_any_damaged_word_file_is_answered(place, change):
    damaged = bytearray(WORD)
    damaged[place] ^= change

    tried(lambda: find("les.docx", bytes(damaged)))
