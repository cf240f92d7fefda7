"""What a trainer did for a learner, the learner sees (rule 28)."""

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format

from tests.conftest import begin, signed_in
from tests.learning.test_costs import queries_of
from tests.models.acts import complete, reopen, steps_of


@pytest.fixture
def read_in_english(lea):
    lea.language = "en"
    lea.save()


def pages(learner, theme, step):
    return [
        " ".join(learner.get(address).content.decode().split())
        for address in (theme.get_absolute_url(), step.get_absolute_url())
    ]


@pytest.mark.usefixtures("read_in_english")
def test_rule_28_a_learner_sees_who_completed_for_them_when_and_why(learner, lea, theme, tom):
    step = steps_of(theme)[1]
    complete(begin(lea, theme), step, actor=tom, reason="Done on <paper>.")

    with translation.override("en"):
        told = f"Tom completed this for you on {date_format(timezone.localdate())}: Done on &lt;paper&gt;."

    assert all(told in page for page in pages(learner, theme, step))
    assert told not in pages(learner, theme, steps_of(theme)[0])[1]


@pytest.mark.usefixtures("read_in_english")
def test_rule_28_a_learner_sees_who_reopened_for_them(learner, lea, theme, tom):
    step = steps_of(theme)[1]
    complete(begin(lea, theme), step)
    reopen(begin(lea, theme), step, actor=tom, reason="Once more.")

    assert all("Tom reopened this for you on" in page for page in pages(learner, theme, step))


@pytest.mark.usefixtures("read_in_english")
def test_it_is_told_no_more_when_the_learner_acts_themselves(learner, lea, theme, tom):
    step = steps_of(theme)[1]
    complete(begin(lea, theme), step, actor=tom, reason="Done.")
    reopen(begin(lea, theme), step)

    assert all("for you on" not in page for page in pages(learner, theme, step))


@pytest.mark.usefixtures("read_in_english")
def test_who_left_is_not_named(learner, lea, theme, tom):
    step = steps_of(theme)[1]
    tom.name = ""
    tom.save()
    complete(begin(lea, theme), step, actor=tom, reason="Done.")

    assert all("A trainer completed this for you on" in page for page in pages(learner, theme, step))
    assert all("tom@example.org" not in page for page in pages(learner, theme, step))


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_one_query_more_for_any_number_of_steps(lea, theme, tom, django_assert_max_num_queries, count):
    steps = steps_of(theme)
    participation = begin(lea, theme)
    complete(participation, *steps)
    browser = signed_in(lea)
    pages = [theme.get_absolute_url(), steps[0].get_absolute_url()]
    before = [queries_of(browser, page, django_assert_max_num_queries) for page in pages]
    for step in steps[:count]:
        reopen(participation, step, actor=tom, reason="Again.")

    after = [queries_of(browser, page, django_assert_max_num_queries) for page in pages]

    assert [after[n] - before[n] for n in range(2)] == [1, 1]
