"""The overview: every theme of the site, what learners see of it, and how many follow it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import Theme
from courses.models.journey import journey_of
from tests.authoring.conftest import words
from tests.conftest import begin, make_step, make_theme, make_topic, make_user, signed_in
from tests.models.acts import complete, steps_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

OVERVIEW = "/author/"


def test_an_empty_site_says_how_to_begin(trainer):
    response = trainer.get(OVERVIEW)

    assert "There is no theme yet." in words(response)
    assert "Begin with a text" in words(response)


def test_a_theme_is_a_draft_published_or_changed_since(trainer):
    make_theme(1, title="Klad", published=False)
    make_theme(1, title="Open")
    changed = make_theme(1, title="Anders")
    steps_of(changed)[0].topic.write(title="Nieuw", html="<p>Nieuw.</p>")

    page = words(trainer.get(OVERVIEW))

    assert page.count("state-draft") == page.count("state-published") == page.count("state-changed") == 1
    assert "Published, one topic changed since" in page


def test_how_many_learners_follow_a_theme(trainer, tom, lea, lars):
    theme = make_theme(1)
    for person in (lea, lars, tom):
        begin(person, theme)

    assert "2 people follow it" in words(trainer.get(OVERVIEW))


@pytest.mark.parametrize("themes", [1, 6])
def test_the_overview_costs_the_same_for_any_number_of_themes(trainer, themes, django_assert_num_queries):
    for _number in range(themes):
        make_theme(3)

    with django_assert_num_queries(3):
        trainer.get(OVERVIEW)


def test_a_new_theme_is_a_draft_with_an_address_of_its_title(trainer):
    make_theme(0, slug="samen-leren")

    response = trainer.post("/author/create/", {"title": "Samen leren", "language": "nl"})

    theme = Theme.objects.get(title="Samen leren")
    assert (theme.slug, theme.published_at) == ("samen-leren-2", None)
    assert response.url == f"/author/themes/{theme.slug}/"


@pytest.mark.parametrize("title", ["😀", "שלום עולם", "‮", "日本"])
def test_a_title_of_which_nothing_can_stand_in_an_address_gets_one(title, trainer):
    trainer.post("/author/create/", {"title": title, "language": "nl"})

    assert Theme.objects.get().slug.startswith("thema")


def test_a_title_that_is_too_long_is_refused_and_still_there(trainer):
    response = trainer.post("/author/create/", {"title": "x" * 301, "language": "nl"})

    assert response.status_code == 400
    assert "x" * 301 in words(response)
    assert not Theme.objects.exists()


def test_the_longest_title_gets_an_address_that_fits(trainer):
    trainer.post("/author/create/", {"title": "lang " * 60, "language": "nl"})

    assert len(Theme.objects.get().slug) <= 80


def test_rule_23_a_copy_has_topics_of_its_own_and_no_progress(trainer, lea):
    theme = make_theme(2, title="Vertrouwen")
    complete(begin(lea, theme), steps_of(theme)[0])

    response = trainer.post(f"/author/themes/{theme.slug}/duplicate/", follow=True)

    copy = Theme.objects.exclude(pk=theme.pk).get()
    assert copy.title == "Vertrouwen (copy)"
    assert copy.published_at is None
    assert not copy.participations.exists()
    assert {step.topic_id for step in steps_of(copy)}.isdisjoint(step.topic_id for step in steps_of(theme))
    assert "a draft, with topics of its own" in words(response)


def test_rule_24_what_is_in_the_bin_comes_back_with_everyones_progress(trainer, lea):
    theme = make_theme(2, title="Vertrouwen", slug="vertrouwen")
    complete(begin(lea, theme), steps_of(theme)[0])

    trainer.post("/author/themes/vertrouwen/bin/", {"confirmed": "yes"})
    gone = signed_in(lea).get("/themes/vertrouwen/")
    trainer.post("/author/themes/vertrouwen/restore/")

    assert gone.status_code == 404
    assert journey_of(lea, Theme.objects.get()).standing.completed_count == 1


def test_the_bin_says_until_when(trainer):
    theme = make_theme(1, title="Vertrouwen")
    theme.bin()
    Theme.objects.update(binned_at=timezone.now() - timedelta(days=10))

    page = words(trainer.get(OVERVIEW))

    assert "In the bin" in page
    assert "for 30 days" in page


def test_rule_25_throwing_away_what_people_follow_asks_first(trainer, lea):
    theme = make_theme(1)
    begin(lea, theme)

    response = trainer.post(f"/author/themes/{theme.slug}/bin/")

    theme.refresh_from_db()
    assert theme.binned_at is None
    assert "This change affects one learner." in words(response)


def test_what_nobody_follows_is_thrown_away_at_once(trainer):
    theme = make_theme(1)

    trainer.post(f"/author/themes/{theme.slug}/bin/")

    theme.refresh_from_db()
    assert theme.binned_at


def test_trainers_find_the_room_in_the_header_and_learners_do_not(trainer, learner):
    assert 'href="/author/"' in words(trainer.get("/"))
    assert 'href="/author/"' not in words(learner.get("/"))


def test_titles_are_text_also_on_trainers_pages(trainer):
    theme = make_theme(0, title="<script>alert(1)</script>")
    theme.add(make_topic('"><img src=x onerror=alert(1)>'), slug="kwaad")
    theme.describe(summary="<b onclick=alert(1)>")
    make_step(theme)
    theme.describe(introduction="<p onclick=alert(1)>Dag</p>")
    pages = [OVERVIEW, f"/author/themes/{theme.slug}/", f"/author/themes/{theme.slug}/history/"]

    for page in pages:
        text = words(trainer.get(page))
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<b onclick" not in text


def test_a_second_trainer_sees_the_same(tom):
    make_theme(1, title="Van Tom")

    assert "Van Tom" in words(signed_in(make_user("Tess", is_trainer=True)).get(OVERVIEW))
