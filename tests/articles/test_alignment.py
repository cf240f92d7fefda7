"""Which parts of two rows belong together."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.articles.alignment import longest_rising, matched

rows = st.lists(st.sampled_from("abcdefgh"), max_size=30)


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ("", "", []),
        ("a b c", "a b c", [(0, 0), (1, 1), (2, 2)]),
        ("a b c", "b c", [(1, 0), (2, 1)]),
        ("a c", "a b c", [(0, 0), (1, 2)]),
        ("a b", "c d", []),
        ("a x b x c", "a x c", [(0, 0), (1, 1), (4, 2)]),
        ("a b c d e", "a c d b e", [(0, 0), (2, 1), (3, 2), (4, 4)]),
    ],
)
def test_what_is_the_same_belongs_together(old, new, pairs):
    assert matched(old.split(), new.split()) == pairs


@given(rows, rows)
def test_pairs_rise_on_both_sides_and_are_equal(old, new):
    pairs = matched(old, new)

    assert all(old[place] == new[new_place] for place, new_place in pairs)
    assert all(one < other and new_one < new_other for (one, new_one), (other, new_other) in pairwise(pairs))


@given(rows)
def test_a_row_belongs_to_itself(row):
    assert matched(row, row) == [(place, place) for place in range(len(row))]


@given(rows, st.lists(st.sampled_from("xyz"), max_size=10), st.integers(0, 30))
def test_what_stayed_around_an_insertion_is_found(row, inserted, place):
    place = min(place, len(row))

    assert len(matched(row, row[:place] + inserted + row[place:])) == len(row)


def test_what_resembles_belongs_together_in_order():
    like = {("A", "a"): 0.5, ("B", "b"): 0.9, ("A", "b"): 0.6}

    assert matched(["A", "B"], ["x", "a", "b"], lambda one, other: like.get((one, other), 0)) == [(0, 1), (1, 2)]


def test_what_hardly_resembles_belongs_together_only_if_it_is_alone():
    assert matched(["=", "A", "="], ["=", "a", "="], lambda one, other: 0.1) == [(0, 0), (1, 1), (2, 2)]
    assert matched(["A"], ["a"], lambda one, other: 0.0) == []
    assert matched(["A", "B"], ["a", "b"], lambda one, other: 0.1) == []


@given(st.lists(st.integers(0, 20), unique=True))
def test_the_longest_rising_row_is_as_long_as_can_be(values):
    rising = longest_rising(list(enumerate(values)))

    lengths: list[int] = []
    for place, value in enumerate(values):
        lengths.append(1 + max((lengths[before] for before in range(place) if values[before] < value), default=0))
    assert len(rising) == max(lengths, default=0)
    assert rising == sorted(rising, key=lambda pair: pair[1])


@pytest.mark.parametrize("old", [["x"] * 20_000, ["x", "y"] * 10_000, [str(number) for number in range(20_000)]])
@pytest.mark.parametrize(
    "new", [["y"] * 20_000, ["y", "x", "x"] * 7_000, [str(number) for number in range(20_000, 0, -1)]]
)
def test_the_cost_grows_with_the_length(old, new):
    begun = time.process_time()

    matched(old, new)

    assert time.process_time() - begun < 8
