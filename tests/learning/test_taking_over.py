"""A topic of two themes: what is offered, and the one click that copies it (rule 20)."""

import uuid

import pytest

from courses.models import Participation, Progress, ProgressEvent, Theme
from tests.conftest import begin, make_step, make_theme, signed_in


@pytest.fixture
def step(lea, theme):
    """Lea completed a topic in one theme; the step it is in another one."""
    lea.language = "en"
    lea.save()
    first = theme.steps.first()
    begin(lea, theme).complete(first, deed=uuid.uuid4())
    other = make_theme(0)
    make_step(other)
    return other.add(first.topic, slug="gedeeld")


def text_of(response):
    return " ".join(response.content.decode().split())


def take_over(client, step, **fields):
    return client.post(f"{step.get_absolute_url()}take-over/", {"deed": uuid.uuid4(), **fields})


def test_rule_20_the_theme_and_the_topic_page_offer_it(learner, theme, step):
    for page in (step.theme.get_absolute_url(), step.get_absolute_url()):
        shown = text_of(learner.get(page))
        assert "You read this on " in shown
        assert f"in “{theme.title}”" in shown
        assert f'action="{step.get_absolute_url()}take-over/"' in shown


def test_rule_20_nobody_else_is_offered_it(client, lars, step):
    for browser in (client, signed_in(lars)):
        for page in (step.theme.get_absolute_url(), step.get_absolute_url()):
            assert "take-over" not in text_of(browser.get(page))


def test_rule_20_a_hidden_theme_is_not_named(learner, theme, step):
    theme.describe(title="Zeer geheim", access=Theme.Access.GROUP)

    for page in (step.theme.get_absolute_url(), step.get_absolute_url()):
        shown = text_of(learner.get(page))
        assert "You read this on " in shown
        assert "Zeer geheim" not in shown


def test_rule_20_one_click_copies_it(learner, lea, step):
    response = take_over(learner, step)

    assert (response.status_code, response.url) == (303, step.get_absolute_url())
    event = ProgressEvent.objects.get(kind="copied")
    assert (event.participation.learner, event.topic_id) == (lea, step.topic_id)
    page = text_of(learner.get(step.get_absolute_url()))
    assert "is completed here too." in page
    assert "Completed on " in page
    assert "take-over" not in page


def test_rule_20_from_the_theme_page_one_stays_at_the_same_row(learner, step):
    response = take_over(learner, step, overview=1)

    assert response.url == f"{step.theme.get_absolute_url()}#topic-gedeeld"
    page = text_of(learner.get(response.url))
    assert 'class="step step-completed" id="topic-gedeeld"' in page
    assert "1 of 2 steps completed" in page


def test_rule_20_pressing_twice_is_pressing_once(learner, step):
    deed = uuid.uuid4()

    answers = [take_over(learner, step, deed=deed).status_code for _twice in range(2)]

    assert answers == [303, 303]
    assert ProgressEvent.objects.filter(kind="copied").count() == 1


def test_rule_20_where_there_is_nothing_to_copy_nothing_begins(lars, step):
    assert take_over(signed_in(lars), step).status_code == 303

    assert not Participation.objects.filter(learner=lars).exists()


def test_rule_20_what_was_only_opened_elsewhere_is_not_copied(learner, theme, step):
    Progress.objects.update(completed_at=None)

    take_over(learner, step)

    assert not ProgressEvent.objects.filter(kind="copied").exists()


def test_rule_20_what_cannot_be_read_yet_is_not_copied(learner, step):
    step.theme.describe(in_order=True)

    assert "take-over" not in text_of(learner.get(step.theme.get_absolute_url()))
    take_over(learner, step)

    assert not ProgressEvent.objects.filter(kind="copied").exists()


def test_rule_20_the_last_one_finishes_the_theme(learner, lea, step):
    begin(lea, step.theme).complete(step.theme.steps.first(), deed=uuid.uuid4())

    response = take_over(learner, step)

    assert response.url == step.theme.get_absolute_url()
    assert "You made it." in text_of(learner.get(response.url))


@pytest.mark.parametrize("deed", ["", "x", "0"])
def test_rule_09_without_a_deed_nothing_is_copied(learner, step, deed):
    assert take_over(learner, step, deed=deed).status_code == 400
    assert not ProgressEvent.objects.filter(kind="copied").exists()


@pytest.mark.parametrize("extra", ["source", "participation", "user", "learner", "edition", "completed_at"])
def test_rule_20_the_form_says_nothing_of_whose_and_what(learner, lars, step, extra):
    begin(lars, step.theme)

    take_over(learner, step, **{extra: "1"})

    event = ProgressEvent.objects.get(kind="copied")
    assert event.participation.learner.name == event.source.learner.name == "Lea"
