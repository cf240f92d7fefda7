from tests.conftest import begin


def test_case_four_topics_none_completed(lea, theme):
    from courses.models.journey import journey_of

    begin(lea, theme)
    assert journey_of(lea, theme).standing.percentage == 0
