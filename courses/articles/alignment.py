"""Which parts of two rows belong together: blocks of two articles, rows of two tables, words of two sentences.

What occurs once on both sides holds the rows together; between such anchors the best pairs are sought near
the diagonal. So the cost grows with the length, not with its square, whatever stands in the rows.
"""

from bisect import bisect_left
from collections import Counter

ROUNDS = 4
MOST_LOOKED_AT = 30_000
NARROWEST = 3
LEAST_LIKENESS = 0.4


def equal(one, other):
    return float(one == other)


def matched(old, new, likeness=equal, *, most=MOST_LOOKED_AT):
    """Return pairs of places (in ``old``, in ``new``), rising on both sides.

    The rows hold hashable things. ``likeness`` of two is 1 if they are the same, 0 if they can be no pair; where
    only one is left on either side, any likeness will do. Between two anchors ``most`` pairs are looked at, or a
    few for each place.
    """
    return list(Alignment(likeness, most).pairs(old, new))


class Alignment:
    def __init__(self, likeness, most):
        self.likeness = likeness
        self.most = most

    def pairs(self, old, new, rounds=ROUNDS):
        """First equal beginnings and ends, then what is between them."""
        head = length_of_common(zip(old, new, strict=False))
        old, new = old[head:], new[head:]
        tail = length_of_common(zip(reversed(old), reversed(new), strict=False))
        yield from ((place, place) for place in range(head))
        between = self.pairs_between(old[: len(old) - tail], new[: len(new) - tail], rounds)
        yield from ((head + place, head + new_place) for place, new_place in between)
        yield from ((head + len(old) - left, head + len(new) - left) for left in range(tail, 0, -1))

    def pairs_between(self, old, new, rounds):
        """Around each anchor anew: what occurs twice in an article may occur once in a part of it."""
        held = anchors(old, new) if rounds else []
        if not held:
            yield from self.best_pairs(old, new)
            return
        place = new_place = 0
        for anchor, new_anchor in [*held, (len(old), len(new))]:
            for one, other in self.pairs(old[place:anchor], new[new_place:new_anchor], rounds - 1):
                yield place + one, new_place + other
            if anchor < len(old):
                yield anchor, new_anchor
            place, new_place = anchor + 1, new_anchor + 1

    def best_pairs(self, old, new):
        """The pairs that are together most alike, in order; in long rows only those that stand about as far."""
        if len(old) == len(new) == 1:
            return [(0, 0)] if self.likeness(old[0], new[0]) else []
        best, taken = self.scores(old, new)
        pairs = []
        place, new_place = len(old), len(new)
        while place and new_place:
            if (place, new_place) in taken:
                place, new_place = place - 1, new_place - 1
                pairs.append((place, new_place))
            elif best.get((place - 1, new_place), -1) >= best.get((place, new_place - 1), -1):
                place -= 1
            else:
                new_place -= 1
        return pairs[::-1]

    def scores(self, old, new):
        """For each place near the diagonal the most that can be reached up to it, and where a pair is part of that."""
        best: dict[tuple[int, int], float] = {}
        taken = set()
        longest = max(len(old), len(new))
        width = longest if len(old) * len(new) <= self.most else max(NARROWEST, self.most // (2 * longest))
        for place in range(1, len(old) + 1):
            middle = place * len(new) // len(old)
            for new_place in range(max(1, middle - width), min(len(new), middle + width) + 1):
                without = max(best.get((place - 1, new_place), 0), best.get((place, new_place - 1), 0))
                alike = self.likeness(old[place - 1], new[new_place - 1])
                together = best.get((place - 1, new_place - 1), 0) + alike
                if alike >= LEAST_LIKENESS and together > without:
                    taken.add((place, new_place))
                best[place, new_place] = together if (place, new_place) in taken else without
        return best, taken


def length_of_common(pairs):
    length = 0
    for one, other in pairs:
        if one != other:
            break
        length += 1
    return length


def anchors(old, new):
    """The longest rising row of places of what occurs exactly once on both sides."""
    once, new_once = ({value for value, times in Counter(row).items() if times == 1} for row in (old, new))
    both = once & new_once
    places = {value: place for place, value in enumerate(new) if value in both}
    return longest_rising([(place, places[value]) for place, value in enumerate(old) if value in both])


def longest_rising(pairs):
    """Of pairs that rise on the left, as many as possible that rise on the right too."""
    lasts: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for index, (_place, new_place) in enumerate(pairs):
        length = bisect_left(lasts, new_place)
        before.append(ends[length - 1] if length else None)
        lasts[length : length + 1] = [new_place]
        ends[length : length + 1] = [index]
    rising = []
    last = ends[-1] if ends else None
    while last is not None:
        rising.append(pairs[last])
        last = before[last]
    return rising[::-1]
