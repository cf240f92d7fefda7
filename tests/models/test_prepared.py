"""Queries that are turned into SQL once answer each time for what they are asked."""

import pytest

from courses.models.facts import revision_of
from courses.models.journey import taking_part
from tests.conftest import begin, make_theme


def test_each_call_answers_for_its_own_arguments(lea, lars, theme):
    other = make_theme(1)
    begin(lea, theme)
    begin(lars, other)

    found = [taking_part(one.slug, who.pk) for one in (theme, other) for who in (lea, lars)]

    assert [[row[0] for row in rows] for rows in found] == [[theme.pk], [], [], [other.pk]]


def test_what_changed_meanwhile_is_found(theme):
    before = revision_of(theme.pk)
    theme.describe(title="Anders")

    assert revision_of(theme.pk) == [(theme.revision,)] != before


def test_moments_come_as_from_the_orm(lea, theme):
    participation = begin(lea, theme)
    participation.refresh_from_db()

    [(_theme, _revision, _pk, _attempt, started_at, *_rest)] = taking_part(theme.slug, lea.pk)

    assert started_at == participation.started_at
    assert started_at.tzinfo


@pytest.mark.engines
def test_threads_ask_at_the_same_time(transactional_db, crowd):
    themes = [make_theme(0) for _number in range(8)]

    found = crowd([lambda theme=theme: revision_of(theme.pk) for theme in themes])

    assert found == [[(theme.revision,)] for theme in themes]
