"""What was changed, by whom; and the way back, which touches nobody's progress."""

import pytest

from courses.models import Version
from tests.authoring.conftest import outline, words
from tests.conftest import make_user, signed_in
from tests.models.acts import standing, steps_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


# Of the outline


def history(trainer):
    return words(trainer.get("/author/themes/vertrouwen/history/"))


def test_it_says_who_did_what(theme, do, trainer):
    do("topics/loslaten/move", position=1)
    do("describe", title="Anders")
    do("topics/vragen/require", required="no")
    do("topics/vragen/reschedule", release_date="2027-06-03")

    page = history(trainer)

    for sentence in (
        "Other order: Loslaten, Luisteren, Vragen",
        "Title: “Vertrouwen” became “Anders”",
        "“Vragen” became an extra",
        "“Vragen” from 3 June 2027",
    ):
        assert sentence in page
    assert page.count('<p class="soft">Tom</p>') == 4


def restore(theme, do):
    """Go back to how it was before the last change."""
    then = theme.structures.all()[1]
    return do(f"history/{then.public_id}/restore")


@pytest.mark.parametrize("deed", ["move", "take out", "extra", "title"])
def test_the_way_back_undoes_it(deed, theme, do):
    ways = {
        "move": ("topics/loslaten/move", {"position": 1}),
        "take out": ("topics/vragen/take-out", {}),
        "extra": ("topics/vragen/require", {"required": "no"}),
        "title": ("describe", {"title": "Anders"}),
    }
    before = theme.structures.first().snapshot
    name, fields = ways[deed]
    do(name, **fields)

    restore(theme, do)

    assert theme.structures.first().snapshot == before


def test_rule_25_going_back_shows_first_what_it_does(followed, trainer):
    then = followed.structures.first()
    followed.take_out(followed.steps.get(slug="vragen"))

    page = words(trainer.get(f"/author/themes/vertrouwen/history/{then.public_id}/"))

    assert outline(followed) == ["luisteren", "loslaten"]
    assert "Added: “Vragen”" in page
    assert "One more step counts for those under way." in page


def test_progress_is_as_it_was(followed, do, lea):
    do("topics/vragen/take-out", confirmed="yes")

    restore(followed, do)

    assert (standing(lea, followed).completed_count, standing(lea, followed).required_count) == (3, 3)


def test_where_it_stands_as_it_did_there_is_nothing_to_go_back_to(theme, trainer):
    now = theme.structures.first()

    assert "Nothing: it stands like this now." in words(
        trainer.get(f"/author/themes/vertrouwen/history/{now.public_id}/")
    )


def test_a_long_history_has_pages(theme, trainer):
    for number in range(60):
        theme.describe(title=f"Titel {number}")

    first, second = history(trainer), words(trainer.get("/author/themes/vertrouwen/history/?page=2"))

    assert "Page 1 of 2" in first
    assert "Begins here" in second
    assert "“Titel 9” became “Titel 10”" in first + second


# Of a text


@pytest.fixture
def topic(theme, tom):
    """Luisteren: published twice, and a draft of Tom."""
    topic = steps_of(theme)[0].topic
    topic.write(title="Luisteren", html="<p>Een.</p><p>Blijft.</p>", author=tom)
    topic.publish(major=True, note="Een voorbeeld erbij")
    topic.write(title="Luisteren", html="<p>Twee.</p><p>Blijft.</p>", author=tom)
    return topic


TEXT = "/author/themes/vertrouwen/topics/luisteren/history/"


def test_every_edition_and_the_draft_are_told(topic, trainer):
    page = words(trainer.get(TEXT))

    assert page.index("Draft") < page.index("Edition 2") < page.index("Edition 1")
    assert "Een voorbeeld erbij" in page
    assert "readers were told" in page


def test_what_another_trainer_overwrote_is_still_there(topic, trainer):
    tess = make_user("Tess", is_trainer=True)
    topic.write(title="Luisteren", html="<p>Van Tess.</p>", author=tess)

    page = words(trainer.get(TEXT))

    assert page.count("Earlier draft") == 1


def test_a_text_of_then_can_be_read(topic, trainer):
    assert "<p>Een.</p>" in words(trainer.get(f"{TEXT}edition-2/"))


def test_two_texts_are_compared_the_earlier_one_first(topic, trainer):
    page = words(trainer.get(f"{TEXT}compare/?before=draft&after=edition-2"))

    assert page.index("Edition 2") < page.index("Draft (")
    assert "Changed" in page


@pytest.mark.parametrize("query", ["", "?before=draft", "?before=draft&after=x", "?after=draft"])
def test_a_comparison_of_what_is_not_there_is_not_found(query, topic, trainer):
    assert trainer.get(f"{TEXT}compare/{query}").status_code == 404


def test_an_earlier_edition_comes_back_as_a_draft(topic, do):
    do("topics/luisteren/history/edition-1/restore")

    topic.refresh_from_db()
    assert topic.draft.html == "<p>Lees dit.</p>"
    assert topic.published_edition.number == 2


def test_the_draft_that_stood_is_not_lost_by_it(topic, do, tom):
    before = topic.draft.html
    signed_in(tom)
    Version.objects.update(name="Vastgehouden")

    do("topics/luisteren/history/edition-1/restore")

    assert before in {version.html for version in topic.versions.all()}


def test_a_version_gets_a_name_and_is_found_by_it(topic, do, trainer):
    do("topics/luisteren/history/draft/name", name="Voor de vakantie")
    topic.write(title="Luisteren", html="<p>Drie.</p>")

    assert "Voor de vakantie" in words(trainer.get(TEXT))
    assert topic.versions.get(name="Voor de vakantie").html.startswith("<p>Twee.</p>")


def test_an_edition_has_no_name_of_its_own(topic, do):
    do("topics/luisteren/history/edition-1/name", name="Naam")

    assert not topic.versions.exclude(name="").exists()


def test_a_discarded_draft_stands_in_the_history(topic, do):
    page = words(do("topics/luisteren/discard"))

    topic.refresh_from_db()
    assert topic.draft is None
    assert "Earlier draft" in page


@pytest.mark.parametrize("texts", [2, 30])
def test_the_history_costs_the_same_for_any_number_of_texts(texts, topic, trainer, django_assert_num_queries):
    for number in range(texts):
        topic.write(title="Luisteren", html=f"<p>Nummer {number}.</p>")
        topic.publish()

    with django_assert_num_queries(6):
        trainer.get(TEXT)
