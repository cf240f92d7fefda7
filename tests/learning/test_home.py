"""The front page: where was I, what do I follow, what else is there."""

import uuid

from tests.conftest import begin, make_step, make_theme, signed_in


def page(client):
    return " ".join(client.get("/").content.decode().split())


def test_a_visitor_sees_what_this_is_and_the_open_themes(client, theme):
    make_theme(1, title="Alleen met account", access="signed-in")

    text = page(client)

    assert theme.title in text
    assert "Alleen met account" not in text
    assert "Inloggen" in text


def test_a_visitor_of_an_empty_site_hears_so(client, db):
    assert "Er zijn nog geen open thema’s" in page(client)


def test_a_learner_without_themes_is_told_what_to_expect(learner):
    assert "Er zijn nog geen thema’s voor je" in page(learner)
    assert "/author/import/" not in page(learner)


def test_a_trainer_without_themes_is_led_to_making_one(trainer):
    assert "Er zijn nog geen thema’s voor je" not in page(trainer)
    assert 'href="/author/import/"' in page(trainer)


def test_rule_30_goes_on_where_the_learner_was_last(lea, theme):
    participation, steps = begin(lea, theme), list(theme.steps.all())
    participation.open(steps[1])
    participation.open(steps[2])
    participation.open(steps[1])

    assert f"Verder met: {steps[1].title}" in page(signed_in(lea))


def test_rule_30_else_with_the_first_that_is_not_completed(lea, theme):
    participation, steps = begin(lea, theme), list(theme.steps.all())
    participation.complete(steps[0], deed=uuid.uuid4())

    assert f"Verder met: {steps[1].title}" in page(signed_in(lea))


def test_a_finished_theme_keeps_its_date_and_tells_what_is_new(lea, theme):
    participation = begin(lea, theme)
    for step in theme.steps.all():
        participation.complete(step, deed=uuid.uuid4())
    make_step(theme)

    text = page(signed_in(lea))

    assert "(4 van de 4)" in text
    assert "1 nieuw onderwerp" in text
    assert "Verder met" not in text


def test_my_themes_come_before_the_others(lea, theme):
    other = make_theme(1, title="Aan de andere kant")
    begin(lea, theme).open(theme.steps.first())

    text = page(signed_in(lea))

    assert text.index(theme.title) < text.index("Andere thema’s") < text.index(other.title)
