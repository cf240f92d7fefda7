"""The theme page: how far, what next, and what stays true after finishing."""

import datetime
import uuid

import pytest
import time_machine
from django.utils import timezone

from courses.models import Participation
from tests.conftest import begin, make_step, make_theme, signed_in


def complete(participation, *steps):
    for step in steps:
        participation.complete(step, deed=uuid.uuid4())


def text_of(response):
    return " ".join(response.content.decode().split())


def test_a_learner_sees_sentence_bar_and_percentage_as_three_elements(learner, theme):
    page = text_of(learner.get(theme.get_absolute_url()))

    assert '<span class="progress-sentence">0 van de 4 stappen afgerond</span>' in page
    assert '<span class="progress-percentage">0 %</span>' in page
    assert 'aria-valuetext="0 van de 4 stappen afgerond"' in page
    assert "4 onderwerpen" in page


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_title_inside_a_sentence_of_another_language_says_in_which_it_is(lea, theme, language):
    lea.language = language
    lea.save()
    first, second, *_others = theme.steps.select_related("topic__published_edition")
    complete(begin(lea, theme), first)

    page = text_of(signed_in(lea).get(theme.get_absolute_url()))

    there = {"nl": f"Verder met: {second.title}</a>", "en": f'Continue with: <span lang="nl">{second.title}</span></a>'}
    assert there[language] in page


def test_an_empty_theme_has_no_percentage_and_no_bar(learner):
    theme = make_theme(0)

    page = text_of(learner.get(theme.get_absolute_url()))

    assert "Nog geen onderwerpen" in page
    assert "<progress" not in page


def test_a_theme_begins_with_a_button_and_goes_on_with_a_link(lea, theme):
    client, first = signed_in(lea), theme.steps.first()
    assert ">Begin</button>" in text_of(client.get(theme.get_absolute_url()))

    client.post(f"{first.get_absolute_url()}open/")

    assert f"Verder met: {first.title}" in text_of(client.get(theme.get_absolute_url()))


def test_rule_16_history_and_today_are_two_facts(lea, theme):
    steps = list(theme.steps.all())
    with time_machine.travel(datetime.datetime(2026, 5, 12, 12, tzinfo=datetime.UTC), tick=False):
        theme = make_theme(4)
        steps = list(theme.steps.all())
        complete(begin(lea, theme), *steps)
    make_step(theme, "Het nieuwe")

    page = text_of(signed_in(lea).get(theme.get_absolute_url()))

    assert "Afgerond op 12 mei 2026 (4 van de 4)" in page
    assert "Sindsdien is er 1 nieuw onderwerp. Lees het als je wilt; je afronding blijft staan." in page
    assert "Nu 4 van de 5 stappen · 1 nieuw" in page
    assert "80 %" in page


def test_why_75_percent_names_what_counts_what_is_missing_and_what_changed(lea, theme):
    participation = begin(lea, theme)
    first, second, third, fourth = theme.steps.all()
    complete(participation, first, second, third)
    extra = make_step(theme, "Iets extra’s", required=False)
    removed = make_step(theme, "Kort gebleven")
    theme.take_out(removed)
    theme.take_out(third)
    added = make_step(theme, "Erbij gekomen")

    page = text_of(signed_in(lea).get(theme.get_absolute_url()))
    why = page[page.index("<details") : page.index("</details>")]

    assert "Waarom 50 %?" in why
    assert f'<a href="{fourth.get_absolute_url()}">{fourth.title}</a>' in why
    assert f'<a href="{added.get_absolute_url()}">Erbij gekomen</a>' in why
    assert "‘Erbij gekomen’ kwam erbij op" in why
    assert "‘Kort gebleven’ ging eruit op" in why
    assert f'{third.title} <span class="soft">(door jou afgerond, maar het hoort niet meer bij het thema)' in why
    assert extra.title in why


def test_rule_31_what_is_missing_is_named_and_linked(lea, theme):
    first, second, third, fourth = theme.steps.all()
    complete(begin(lea, theme), first, second, third)

    page = text_of(signed_in(lea).get(theme.get_absolute_url()))

    assert f'Nog open: <a href="{fourth.get_absolute_url()}">{fourth.title}</a>' in page


def test_only_what_is_finished_can_be_followed_again(lea, theme):
    complete(begin(lea, theme), theme.steps.first())

    response = signed_in(lea).post(f"/restart/{theme.slug}/", {"attempt": "1"})

    assert response.status_code == 404
    assert Participation.objects.count() == 1


def test_a_theme_of_extras_begins_with_the_first(learner):
    theme = make_theme(0)
    make_step(theme, required=False)

    assert ">Begin</button>" in text_of(learner.get(theme.get_absolute_url()))


def test_following_again_starts_empty_and_shows_the_earlier_time(lea, theme):
    client = signed_in(lea)
    complete(begin(lea, theme), *theme.steps.all())

    for _click in range(2):
        client.post(f"/restart/{theme.slug}/", {"attempt": "1"})

    page = text_of(client.get(theme.get_absolute_url()))
    assert "0 van de 4 stappen afgerond" in page
    assert "Keer 1 · Afgerond op" in page
    assert Participation.objects.count() == 2


@pytest.mark.parametrize(("days", "words"), [(1, "Volgt op"), (0, "Nog niet begonnen")])
def test_a_topic_with_a_release_date_follows_on_that_day(learner, days, words):
    theme = make_theme(0)
    step = make_step(theme, release_date=timezone.localdate() + datetime.timedelta(days=days))

    page = text_of(learner.get(theme.get_absolute_url()))

    assert words in page
    assert (f'href="{step.get_absolute_url()}"' in page) == (days == 0)


def test_a_topic_to_come_counts_and_says_so(learner):
    theme = make_theme(2)
    make_step(theme, release_date=timezone.localdate() + datetime.timedelta(days=9))
    make_step(theme, release_date=timezone.localdate() + datetime.timedelta(days=9))

    assert "0 van de 4 stappen afgerond · 2 volgen nog" in text_of(learner.get(theme.get_absolute_url()))


def test_in_order_a_locked_topic_says_what_comes_first(learner):
    theme = make_theme(3, in_order=True)
    first, second, _third = theme.steps.all()

    page = text_of(learner.get(theme.get_absolute_url()))

    assert page.count(f'Eerst: <a href="{first.get_absolute_url()}">{first.title}</a>') == 2
    assert f'href="{second.get_absolute_url()}"' not in page


@pytest.mark.parametrize(("access", "shown"), [("open", True), ("signed-in", False)])
def test_only_open_themes_introduce_themselves_elsewhere(learner, access, shown):
    theme = make_theme(1, access=access, summary="Waar het over gaat.")

    page = learner.get(theme.get_absolute_url()).content.decode()

    assert ('property="og:title"' in page) == shown
    assert ('content="noindex"' in page) != shown
