"""Two authors, one text: nothing is stored over anybody, and both texts are there to choose from."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from courses.models import Topic
from tests.authoring.writing import (
    address,
    make_written_step,
    sent,
    text_of,
)
from tests.conftest import make_user, signed_in

THREADS = 50


@pytest.fixture
def step(db):
    return make_written_step()


@pytest.fixture
def tess(db):
    return make_user("Tess", is_trainer=True)


def test_a_save_from_an_old_version_stores_nothing_and_shows_what_stands_there(trainer, tess, step):
    sent(step, client=signed_in(tess), html="<p>Van Tess.</p>")

    response = sent(step, client=trainer, html="<p>Van Tom.</p>")

    assert response.status_code == 409
    answer = response.json()
    assert (answer["version"], answer["by"]) == (2, "Tess")
    assert "Tess" in answer["message"]
    assert answer["stored"]["html"] == "<p>Van Tess.</p>"
    assert text_of(step).html == "<p>Van Tess.</p>"


def test_the_same_text_sent_twice_is_no_conflict(trainer, step):
    """The answer to the first got lost on the way."""
    first, second = (sent(step, client=trainer, html="<p>Van Tom.<br></p>") for _time in range(2))

    assert (first.status_code, second.status_code) == (200, 200)
    assert second.json()["version"] == 2


def test_without_javascript_a_conflict_shows_both_texts(trainer, tess, step):
    sent(step, client=signed_in(tess), title="Tess haar titel", html="<p>Van Tess.</p>")

    response = sent(step, client=trainer, quiet=False, title="Toms titel", html="<p>Van Tom.</p>")

    page = response.content.decode()
    assert response.status_code == 409
    for text in ("Tess haar titel", "Toms titel", "<p>Van Tess.</p>", 'name="base" value="2"'):
        assert text in page


TWO = "<p>Eerste zin van Tess over luisteren.</p><p>Alleen van Tess: een heel ander verhaal.</p>"
MINE = "<p>Eerste zin van Tom over luisteren.</p><h2>Alleen van Tom</h2>"


@pytest.fixture
def conflict(trainer, tess, step):
    sent(step, client=signed_in(tess), title="Van Tess", html=TWO)
    return {"client": trainer, "name": "merge_topic", "title": "Van Tom", "html": MINE, "base": 2}


@pytest.mark.parametrize(
    ("choice", "title", "kept", "gone"),
    [
        ("new", "Van Tom", ["van Tom over", "Alleen van Tom"], ["van Tess"]),
        ("old", "Van Tess", ["van Tess over", "Alleen van Tess"], ["van Tom"]),
        ("both", "Van Tom", ["van Tess over", "van Tom over", "Alleen van Tess", "Alleen van Tom"], []),
    ],
)
def test_one_of_two_texts_is_taken_or_both_are(step, conflict, choice, title, kept, gone):
    response = sent(step, **conflict, all=choice)

    text = text_of(step)
    assert (response.status_code, response.url) == (303, address("topic", step) + "#merged")
    assert text.title == title
    assert all(words in text.html for words in kept)
    assert not any(words in text.html for words in gone)


@pytest.mark.parametrize("choices", [{}, {"all": "neither"}, {"part-0": "old"}, {"choice-title": "new"}])
def test_without_a_choice_for_everything_nothing_is_stored(step, conflict, choices):
    response = sent(step, **conflict, **choices)

    assert response.status_code == 409
    assert "van Tom over luisteren" in response.content.decode()
    assert text_of(step).html.startswith("<p>Eerste zin van Tess")


def test_a_choice_over_an_older_text_is_asked_again(step, conflict, tess):
    sent(step, client=signed_in(tess), html="<p>Derde.</p>", base=2)

    response = sent(step, **conflict, all="new")

    page = response.content.decode()
    assert response.status_code == 409
    assert 'name="base" value="3"' in page
    assert "Derde." in page
    assert "van Tom over luisteren" in page
    assert text_of(step).html == "<p>Derde.</p>"


@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("quiet", [True, False], ids=["by itself", "by the form"])
def test_of_fifty_saves_from_one_base_one_is_stored_and_nothing_is_lost(step, tom, quiet):
    clients = [signed_in(tom) for _thread in range(THREADS)]
    barrier = Barrier(THREADS)

    def save(number):
        barrier.wait()
        try:
            return sent(step, client=clients[number], quiet=quiet, html=f"<p>Tekst van nummer {number}.</p>")
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(save, range(THREADS)))

    codes = [answer.status_code for answer in answers]
    winner = codes.index(200 if quiet else 303)
    assert sorted(codes) == ([200] if quiet else [303]) + [409] * (THREADS - 1)
    assert text_of(step).html == f"<p>Tekst van nummer {winner}.</p>"
    assert Topic.objects.get().text_version == 2
    if not quiet:
        losers = [number for number in range(THREADS) if number != winner]
        assert all(f"Tekst van nummer {number}." in answers[number].content.decode() for number in losers)
