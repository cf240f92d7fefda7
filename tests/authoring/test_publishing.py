"""From draft to what learners read: checked, shown what it does, and done all at once."""

import pytest

from courses.models import Edition
from tests.authoring.conftest import words
from tests.conftest import begin, make_step, make_theme, make_topic, signed_in
from tests.models.acts import complete, standing, steps_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def edited(theme, tom):
    """Luisteren has a draft beside what learners read."""
    topic = steps_of(theme)[0].topic
    topic.write(title="Luisteren", html="<p>Luister beter.</p>", author=tom)
    return topic


@pytest.fixture
def klad(theme):
    """A topic that nobody read yet."""
    return theme.add(make_topic("Oefenen", published=False), slug="oefenen").topic


def as_looked_at(slug, topic, **fields):
    """What the form of ``topic`` sends."""
    topic.refresh_from_db()
    values = {"version": topic.text_version, **fields}
    return {f"{slug}-{name}": value for name, value in values.items()}


def read_by_learners(topic):
    topic.refresh_from_db()
    return topic.published_edition.source if topic.published else None


# One topic


def test_a_draft_is_published_as_it_was_looked_at(edited, do):
    do("topics/luisteren/publish", **as_looked_at("luisteren", edited))

    assert read_by_learners(edited) == "<p>Luister beter.</p>"


def test_rule_21_a_small_edition_unless_the_author_says_otherwise(edited, do):
    do("topics/luisteren/publish", **as_looked_at("luisteren", edited))

    edited.refresh_from_db()
    assert (edited.published_edition.major, edited.published_edition.note) == (False, "")


def test_rule_21_a_major_edition_with_a_line_on_what_changed(edited, do):
    do("topics/luisteren/publish", **as_looked_at("luisteren", edited, major="yes", note="Een voorbeeld erbij"))

    edited.refresh_from_db()
    assert (edited.published_edition.major, edited.published_edition.note) == (True, "Een voorbeeld erbij")


def test_a_first_edition_is_never_a_major_one(klad, do):
    do("topics/oefenen/publish", **as_looked_at("oefenen", klad, major="yes"))

    assert not Edition.objects.get(topic=klad).major


def test_a_text_that_changed_while_one_looked_is_not_published(edited, do):
    form = as_looked_at("luisteren", edited)
    edited.write(title="Luisteren", html="<p>Nog anders.</p>")

    page = words(do("topics/luisteren/publish", **form))

    assert read_by_learners(edited) == "<p>Lees dit.</p>"
    assert "Nothing is published yet: look again." in page


@pytest.mark.parametrize("missing", ["title", "alternative text", "text"])
def test_what_must_be_seen_to_first_holds_publication(missing, theme, do):
    broken = {
        "title": {"title": "", "html": "<p>Tekst.</p>"},
        "alternative text": {"title": "Beeld", "html": '<p>Kijk.</p><figure><img src="/pictures/x/"></figure>'},
        "text": {"title": "Leeg", "html": ""},
    }
    topic = make_topic("Klad", published=False)
    theme.add(topic, slug="klad")
    topic.write(**broken[missing])

    response = do("topics/klad/publish", **as_looked_at("klad", topic))

    assert response.status_code == 400
    assert "Something must be seen to first." in words(response)
    assert read_by_learners(topic) is None


def test_advice_does_not_hold_publication(klad, do):
    klad.write(title="Oefenen", html="<h4>Diepe kop</h4><p>Tekst.</p>")

    do("topics/oefenen/publish", **as_looked_at("oefenen", klad))

    assert read_by_learners(klad)


def test_rule_25_the_page_says_whom_it_concerns_before_the_button(followed, klad, trainer):
    page = words(trainer.get("/author/themes/vertrouwen/topics/oefenen/publish/"))

    assert "This change affects 2 learners. One of them has already completed this theme." in page
    assert "One more step counts for those under way." in page
    assert "For learners who had completed the theme" in page


def test_rule_17_who_had_finished_stays_finished(followed, klad, do, lea):
    do("topics/oefenen/publish", **as_looked_at("oefenen", klad))

    assert (standing(lea, followed).completed_count, standing(lea, followed).required_count) == (3, 4)
    assert followed.participations.get(learner=lea).completed_at
    assert followed.steps.get(slug="oefenen").owed_at is None


def test_rule_17_it_can_be_asked_of_them_with_a_reason(followed, klad, do):
    form = as_looked_at("oefenen", klad)

    do("topics/oefenen/publish", **form, ask="yes", reason="Voor maandag")

    assert followed.steps.get(slug="oefenen").owed_reason == "Voor maandag"


def test_a_topic_in_two_themes_is_asked_in_each(followed, klad, do, lea):
    other = make_theme(1, title="Ander thema")
    complete(begin(lea, other), *steps_of(other))
    other.add(klad, slug="ook-hier")

    do("topics/oefenen/publish", **as_looked_at("oefenen", klad), ask="yes", reason="Voor maandag")

    assert other.steps.get(slug="ook-hier").owed_reason == "Voor maandag"


def test_where_nothing_is_new_there_is_nothing_to_publish(theme, trainer):
    response = trainer.get("/author/themes/vertrouwen/topics/vragen/publish/", follow=True)

    assert "There is nothing new to publish" in words(response)


# Taking back


def test_rule_18_withdrawing_shows_first_what_it_does(followed, do, lars):
    shown = words(do("topics/loslaten/withdraw"))
    before = standing(lars, followed).required_count
    do("topics/loslaten/withdraw", confirmed="yes")

    assert "One learner completes the theme by this change alone." in shown
    assert before == 3
    assert standing(lars, followed).finished


def test_what_was_withdrawn_comes_back_by_publishing(followed, do, lea):
    do("topics/loslaten/withdraw", confirmed="yes")
    topic = followed.steps.get(slug="loslaten").topic

    do("topics/loslaten/publish", **as_looked_at("loslaten", topic))

    assert standing(lea, followed).completed_count == 3


# The whole theme


def test_a_theme_is_published_with_the_topics_that_were_chosen(klad, trainer, client):
    theme = make_theme(0, slug="vertrouwen-2", published=False)
    first, second = (make_step(theme, title, slug=title, published=False).topic for title in ("een", "twee"))
    form = {**as_looked_at("een", first, chosen="on"), **as_looked_at("twee", second)}

    trainer.post("/author/themes/vertrouwen-2/publish/", form)

    page = words(client.get("/themes/vertrouwen-2/"))
    assert read_by_learners(first)
    assert read_by_learners(second) is None
    assert "1 onderwerp" in page or "1 topic" in page


def test_all_of_it_or_nothing(klad, edited, do):
    form = {**as_looked_at("luisteren", edited, chosen="on"), **as_looked_at("oefenen", klad, chosen="on")}
    klad.write(title="Oefenen", html="<p>Nog anders.</p>")

    do("publish", **form)

    assert read_by_learners(edited) == "<p>Lees dit.</p>"
    assert read_by_learners(klad) is None


def test_what_must_be_seen_to_first_holds_only_itself(klad, edited, do):
    klad.write(title="Oefenen", html="")
    form = {**as_looked_at("luisteren", edited, chosen="on"), **as_looked_at("oefenen", klad)}

    do("publish", **form)

    assert read_by_learners(edited) == "<p>Luister beter.</p>"


def test_a_blocked_topic_cannot_be_chosen(klad, do):
    klad.write(title="Oefenen", html="")

    response = do("publish", **as_looked_at("oefenen", klad, chosen="on"))

    assert response.status_code == 400
    assert read_by_learners(klad) is None


def test_a_theme_without_topics_says_that_it_is_empty(trainer):
    make_theme(0, slug="leeg", published=False)

    assert "no topics yet: learners would find it empty" in words(trainer.get("/author/themes/leeg/publish/"))


def test_rule_18_a_change_by_publishing_is_judged_by_its_outcome(followed, klad, do, lars):
    """Publishing one topic and reopening the theme at once: nobody is finished in between."""
    followed.unpublish()
    followed.take_out(followed.steps.get(slug="loslaten"))

    do("publish", **as_looked_at("oefenen", klad, chosen="on"))

    assert followed.participations.get(learner=lars).completed_at is None


def test_unpublishing_shows_first_what_it_does_and_keeps_progress(followed, do, learner, lea):
    shown = words(do("unpublish"))
    do("unpublish", confirmed="yes")
    hidden = learner.get("/themes/vertrouwen/")

    assert "This change affects 2 learners." in shown
    assert hidden.status_code == 404
    assert followed.participations.get(learner=lea).completed_at


@pytest.mark.parametrize("drafts", [1, 20])
def test_the_page_costs_the_same_for_any_number_of_drafts(drafts, trainer, django_assert_max_num_queries):
    theme = make_theme(0, slug="veel", published=False)
    with theme.changing():
        for _number in range(drafts):
            make_step(theme, published=False)

    with django_assert_max_num_queries(13):
        trainer.get("/author/themes/veel/publish/")


def test_a_learner_reads_nothing_of_a_draft(edited, learner, lea):
    page = words(signed_in(lea).get("/themes/vertrouwen/luisteren/"))

    assert "Luister beter" not in page
