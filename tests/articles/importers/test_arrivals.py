"""Texts as people bring them: what is found, and what is left out and shown."""

import re

import pytest

from courses.articles.importers import REASONS, read, read_pasted
from courses.articles.importers.finding import find
from tests.articles.importers.arrivals import ARRIVALS, NO_CLEAR_SEAM, SLUG_AND_MENU


def blocks_of(articles):
    return [block for article in articles for block in article.blocks]


@pytest.fixture(params=ARRIVALS.values(), ids=ARRIVALS.keys())
def arrival(request):
    return request.param


def test_titles_are_found(arrival):
    articles = find("", arrival.text.encode())

    assert [article.title for article in articles] == arrival.titles


def test_headings_are_found_and_nothing_else_is_taken_for_one(arrival):
    blocks = blocks_of(find("", arrival.text.encode()))

    assert [block.text for block in blocks if block.kind == "heading" and not block.left_out] == arrival.headings


def test_what_is_no_lesson_is_left_out_and_nothing_else(arrival):
    blocks = blocks_of(find("", arrival.text.encode()))

    left_out = [(block.left_out, block.text) for block in blocks if block.left_out]
    assert [reason for reason, _text in left_out] == [reason for reason, _begin in arrival.left_out], left_out
    for (_reason, text), (_same, begin) in zip(left_out, arrival.left_out, strict=True):
        assert text.startswith(begin)


def test_no_word_is_lost(arrival):
    articles = find("", arrival.text.encode())

    titles = [article.title for article in articles][: len(articles) - arrival.made_titles]
    found = " ".join([*titles, *(block.text for block in blocks_of(articles))])
    assert letters(found) == letters(arrival.text)


def letters(text):
    """How often each letter and digit occurs; not the marks and the numbers of lists, which become tags."""
    text = re.sub(r"(?m)^\s*\d\.(?=\s)|\(https:.*?\)", "", text)
    counts = {}
    for letter in text:
        if letter.isalpha():
            counts[letter] = counts.get(letter, 0) + 1
    return counts


def test_every_reason_has_a_label(arrival):
    assert all(block.left_out in REASONS for block in blocks_of(find("", arrival.text.encode())) if block.left_out)


def test_a_file_is_read_the_same_in_a_process_of_its_own():
    articles = read("wandelen.txt", SLUG_AND_MENU.text.encode())

    assert articles == find("wandelen.txt", SLUG_AND_MENU.text.encode())


def test_what_is_pasted_is_read_as_a_file_would_be():
    articles = read_pasted(SLUG_AND_MENU.text)

    assert articles == find("", SLUG_AND_MENU.text.encode())


def test_the_same_article_in_other_line_ends_is_the_same_article():
    once = find("", NO_CLEAR_SEAM.text.encode())

    again = find("", NO_CLEAR_SEAM.text.replace("\n", "\r\n").encode("utf-16"))

    assert again == once
