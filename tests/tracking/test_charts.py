"""A picture of numbers says in words what it shows, and stands beside its table."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from courses.tracking.charts import Bar, Chart, steps_in_words, weeks_in_words

TITLE = "Een heel lang onderwerp " * 8


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def chart(*counts, highest=12):
    bars = [Bar(f"Onderwerp {n}", count, highest, n) for n, count in enumerate(counts)]
    return Chart("steps", "Where people stop", "Topic", "Completed by", "In words.", bars, "nl")


def drawn(chart, **context):
    return " ".join(render_to_string("components/chart.html", {"chart": chart, **context}).split())


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([("A", 11), ("B", 9), ("C", 3)], "Most completed “A”: 11 of 12. Fewest completed “C”: 3."),
        ([("A", 5), ("B", 5)], "Each topic was completed by 5 of 12 learners."),
        ([], "No topics yet"),
    ],
)
def test_the_highest_and_the_lowest_are_told(counts, told):
    assert steps_in_words(counts, 12).startswith(told)


def test_the_largest_step_down_is_told():
    told = steps_in_words([("A", 11), ("B", 9), ("C", 3), ("D", 2)], 12)

    assert told.endswith("The largest step down is at “C”: 6 fewer than the one before it.")


def test_where_nobody_was_lost_no_step_down_is_told():
    assert "step down" not in steps_in_words([("A", 3), ("B", 9)], 12)


def test_weeks_are_told():
    assert weeks_in_words([("4 May", 2), ("11 May", 9)], 9) == (
        "Most in the week of 11 May: 9. Fewest in the week of 4 May: 2."
    )
    assert weeks_in_words([("4 May", 0)] * 12, 0) == "Nothing was completed in these 12 weeks."


@pytest.mark.parametrize("upright", [True, False])
def test_a_picture_is_named_and_described_and_has_its_table(upright):
    page = drawn(chart(11, 9, 3), upright=upright)

    assert 'role="img" aria-labelledby="steps-title steps-told"' in page
    assert 'id="steps-title"' in page
    assert 'id="steps-told"' in page
    assert re.findall(r'<th scope="row" lang="nl">([^<]+)</th><td>(\d+)</td>', page) == [
        ("Onderwerp 0", "11"),
        ("Onderwerp 1", "9"),
        ("Onderwerp 2", "3"),
    ]
    assert "style=" not in page


def test_bars_are_as_long_as_their_share():
    with translation.override("nl"):
        page = drawn(chart(12, 6, 1, 0), upright=False)

    assert re.findall(r'class="chart-bar" width="([^"]+)"', page) == ["100.0", "50.0", "8.33", "0.0"]


def test_upright_bars_stand_on_the_ground():
    with translation.override("nl"):
        page = drawn(chart(9, 4, 0, highest=9), upright=True)

    for top, height in re.findall(r'class="chart-bar" x="\d+" y="([^"]+)" width="20" height="([^"]+)"', page):
        assert float(top) + float(height) == pytest.approx(108)


def test_what_somebody_called_a_topic_is_text():
    page = drawn(Chart("steps", "Stop", "Topic", "By", "Told.", [Bar("<script>alert(1)</script>", 1, 2)]))

    assert "<script>" not in page


def test_the_table_stands_open_where_that_is_asked():
    assert '<details class="chart-table" open>' in drawn(chart(1), open=True)
    assert '<details class="chart-table">' in drawn(chart(1))


def test_nobody_at_all_draws_nothing_too_wide():
    bar = Bar(TITLE, 0, 0)

    assert (bar.length, bar.height) == (0, 0)
