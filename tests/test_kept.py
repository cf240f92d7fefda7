"""What is kept of pages is the same for everyone: nothing of somebody's, and nothing out of date."""

import itertools
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.safestring import mark_safe
from django.utils.translation import override

from config.kept import drawn, kept
from tests.conftest import begin, make_step, signed_in


@pytest.fixture
def halfway(lea, lars, theme):
    """Lea completed two of four topics, Lars none."""
    participation = begin(lea, theme)
    for step in theme.steps.all()[:2]:
        participation.complete(step, deed=uuid4())
    begin(lars, theme)
    return theme


@pytest.fixture
def readers(lea, lars):
    return {"Lea": signed_in(lea), "Lars": signed_in(lars), "nobody": Client(headers={"accept-language": "nl"})}


def page(client, address):
    return client.get(address).content.decode()


@pytest.mark.parametrize("order", list(itertools.permutations(["Lea", "Lars", "nobody"])))
def test_nobody_sees_what_was_drawn_for_somebody_else(halfway, readers, order):
    sentences = {
        "Lea": "2 van de 4 stappen afgerond",
        "Lars": "0 van de 4 stappen afgerond",
        "nobody": "0 van de 4 stappen afgerond",
    }
    drawn.cache_clear()
    tokens = []

    for address in (halfway.get_absolute_url(), halfway.steps.first().get_absolute_url()):
        for name in order:
            found = page(readers[name], address)

            others = {"Lea", "Lars"} - {name}
            assert not [other for other in others if f">{other}<" in found]
            assert (f">{name}<" in found) == (name != "nobody")
            assert sentences[name] in found
            assert ("state-completed" in found) == (name == "Lea")
            tokens += [found.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]]

    assert len(set(tokens)) == len(tokens)


def test_who_signed_out_is_offered_to_sign_in(learner, theme):
    before = page(learner, theme.get_absolute_url())
    learner.logout()

    after = page(learner, theme.get_absolute_url())

    assert "/account/logout/" in before
    assert "/account/logout/" not in after
    assert "/account/login/" in after


def test_only_trainers_find_their_rooms(learner, trainer, theme):
    for_tom, for_lea = page(trainer, theme.get_absolute_url()), page(learner, theme.get_absolute_url())

    assert "/author/" in for_tom
    assert "/author/" not in for_lea


def test_a_page_follows_language_and_appearance(client, theme):
    def asked(language, appearance):
        client.cookies["appearance"] = appearance
        return client.get(theme.get_absolute_url(), headers={"accept-language": language}).content.decode()

    pages = [asked(language, appearance) for language in ("nl", "en") for appearance in ("light", "dark")]

    assert ["Licht" in one for one in pages] == [True, True, False, False]
    assert ['value="dark" aria-pressed="true"' in one for one in pages] == [False, True, False, True]


def test_a_change_is_seen_at_once(learner, theme):
    step = theme.steps.first()
    page(learner, theme.get_absolute_url())

    step.topic.retitle("Heel anders")
    theme.rename_step(step, "heel-anders")
    make_step(theme, "Erbij gekomen")

    found = page(learner, theme.get_absolute_url())
    assert "Heel anders" in found
    assert "/heel-anders/" in found
    assert "Erbij gekomen" in found


def test_completing_is_seen_at_once(lea, learner, theme):
    step = theme.steps.first()
    page(learner, theme.get_absolute_url())

    begin(lea, theme).complete(step, deed=uuid4())

    assert page(learner, theme.get_absolute_url()).count("step-completed") == 1


def test_text_that_is_safe_is_kept_apart_from_the_same_text_that_is_not():
    safe = kept("frame/name.html", site_name=mark_safe("<b>Wij</b>"), site_logo="icon.svg")

    unsafe = kept("frame/name.html", site_name="<b>Wij</b>", site_logo="icon.svg")

    assert "<b>Wij</b>" in safe
    assert "&lt;b&gt;Wij&lt;/b&gt;" in unsafe


def test_each_language_has_its_own():
    with override("nl"):
        dutch = kept("frame/leaving.html")
    with override("en"):
        english = kept("frame/leaving.html")

    assert "Sign out" not in dutch
    assert "Sign out" in english


def test_a_person_or_their_step_cannot_be_kept(lea, theme):
    from courses.models.journey import journey_of

    step = journey_of(lea, theme).steps[0]

    with pytest.raises(TypeError, match="no plain value"):
        kept("frame/name.html", site_name=lea)
    with pytest.raises(TypeError, match="no plain value"):
        kept("courses/learning/step.html", look=step)
    assert kept("courses/learning/step.html", look=step.look, language="nl", theme=theme.slug)


def test_what_is_kept_is_bounded():
    for number in range(drawn.cache_info().maxsize + 10):
        kept("frame/name.html", site_name=str(number), site_logo="icon.svg")

    assert drawn.cache_info().currsize == drawn.cache_info().maxsize


def test_nor_can_safe_text_inside_a_tuple_which_equals_the_same_text_that_is_not(theme):
    with pytest.raises(TypeError, match="no plain value"):
        kept("frame/name.html", site_name=(mark_safe("<b>Wij</b>"),), site_logo="icon.svg")
    assert "&lt;b&gt;Wij" in kept("frame/name.html", site_name=("<b>Wij</b>",), site_logo="icon.svg")
