"""What holds for any two articles, and what comparing them costs."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.articles.differences import blocks, chosen, differences
from courses.articles.sanitise import sanitise
from tests.articles.fragments import articles, torn
from tests.articles.harmless import is_harmless


def without_marks(html):
    return re.sub(r"</?(?:ins|del)>", "", html)


written = articles | torn


def edited(html, draw):
    """The same article after somebody worked in it."""
    parts = blocks(sanitise(html))
    for _time in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(parts)))
        parts[place : place + draw(st.integers(0, 1))] = draw(st.sampled_from([[], ["<p>Nieuw.</p>"], parts[:1]]))
    words = draw(
        st.sampled_from([("e", "ë"), (" ", "  "), ("tip", "warning"), ("/a/", "/b/"), ("<em>", "<strong>"), ("x", "")])
    )
    return "\n".join(parts).replace(*words)


@st.composite
def pairs(draw):
    old = draw(written)
    return old, draw(written) if draw(st.booleans()) else edited(old, draw)


@given(written)
def test_any_article_is_its_blocks_and_does_not_differ_from_itself(html):
    assert "\n".join(blocks(sanitise(html))) == sanitise(html)
    assert {difference.kind for difference in differences(html, html)} <= {"same"}


@settings(max_examples=200)
@given(pairs())
def test_of_any_two_articles_every_law_holds(pair):
    """All of them on each pair: to think of one costs ten times as much as to compare it."""
    found = differences(*pair)

    all_the_old_makes_the_old_and_all_the_new_the_new(pair, found)
    for difference in found:
        what_is_shown_is_harmless(difference)
        every_change_can_be_read(difference)


def all_the_old_makes_the_old_and_all_the_new_the_new(pair, found):
    count = sum(difference.kind != "same" for difference in found)

    assert chosen(found, ["old"] * count) == sanitise(pair[0])
    assert chosen(found, ["new"] * count) == sanitise(pair[1])
    assert is_harmless(chosen(found, ["both"] * count))


def what_is_shown_is_harmless(difference):
    shown = difference.marked

    assert is_harmless(without_marks(shown))
    assert difference.kind == "changed" or "<ins" not in shown + "<del"
    assert shown.count("<ins>") == shown.count("</ins>")
    assert shown.count("<del>") == shown.count("</del>")


def every_change_can_be_read(difference):
    kind = difference.kind

    assert (difference.old == difference.new) == (kind == "same")
    assert (not difference.old, not difference.new) == (kind == "added", kind == "removed")
    assert ("<ins>" in difference.marked or "<del>" in difference.marked) == (kind == "changed")


# Cost

WORDS = [f"woord{number}" for number in range(997)]


def long_article(count, size, step=1, change=0):
    """``count`` paragraphs of ``size`` words, of each of which the seventh is another one than without ``change``."""
    texts = ([WORDS[(number * 31 + place * step) % 997] for place in range(size)] for number in range(count))
    return "".join(f"<p>{' '.join([*text[:7], WORDS[change], *text[8:]])}</p>" for text in texts)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (long_article(1000, 60), long_article(1000, 60, change=5)),
        (long_article(1000, 60), long_article(1000, 60, step=2)),
        (long_article(3, 20_000), long_article(3, 20_000, change=5)),
        ("<p>x y</p>" * 10_000, "<p>y x</p>" * 10_000),
        (f"<p>{'x y ' * 20_000}</p>", f"<p>{'y x x ' * 20_000}</p>"),
        ("<blockquote>" * 90 + "een twee drie", "<blockquote>" * 90 + "een twee vier"),
    ],
    ids=["1000 changed", "1000 rewritten", "long ones", "alike", "alike words", "deep"],
)
def test_comparing_takes_seconds_at_most(old, new):
    begun = time.process_time()

    found = differences(old, new)

    assert time.process_time() - begun < 15
    assert chosen(found, ["new"] * sum(difference.kind != "same" for difference in found)) == sanitise(new)
