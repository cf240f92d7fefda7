"""As a learner will see it; and rule 27: nothing done there is stored or counted."""

import pytest

from courses.models import Participation
from tests.authoring.conftest import words
from tests.conftest import make_theme, make_topic
from tests.models.acts import steps_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

PREVIEW = "/author/themes/vertrouwen/preview/page/"
TOPIC = "/author/themes/vertrouwen/topics/luisteren/preview/page/"


@pytest.fixture
def edited(theme, tom):
    topic = steps_of(theme)[0].topic
    topic.write(title="Beter luisteren", html="<h2>Een</h2><p>Nieuw.</p>", author=tom)
    return theme


def test_drafts_are_shown_as_if_they_were_published(edited, trainer):
    edited.add(make_topic("Klad", published=False), slug="klad")

    page = words(trainer.get(PREVIEW))

    assert "Beter luisteren" in page
    assert "Klad" in page
    assert "0 of 4 steps completed" in page


def test_the_text_is_that_of_the_draft(edited, trainer):
    assert "<p>Nieuw.</p>" in words(trainer.get(TOPIC))


def test_links_stay_in_the_preview(edited, trainer):
    page = words(trainer.get(PREVIEW)) + words(trainer.get(TOPIC))

    assert 'href="/author/themes/vertrouwen/topics/vragen/preview/page/"' in page
    assert 'href="/themes/vertrouwen/vragen/"' not in page


@pytest.mark.parametrize("page", [PREVIEW, TOPIC])
def test_rule_27_the_browser_lets_no_form_out_of_it(page, edited, trainer):
    policy = trainer.get(page).headers["Content-Security-Policy"]

    assert "sandbox allow-same-origin;" in policy + ";"
    assert "frame-ancestors 'self'" in policy
    assert not Participation.objects.exists()


def test_the_page_around_it_may_hold_only_our_own_frame(edited, trainer):
    response = trainer.get("/author/themes/vertrouwen/preview/")

    assert "frame-src 'self'" in response.headers["Content-Security-Policy"]
    assert f'src="{PREVIEW}"' in words(response)


def test_no_other_page_may_be_held_in_a_frame(edited, trainer):
    response = trainer.get("/author/themes/vertrouwen/")

    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Frame-Options"] == "DENY"


def test_a_theme_nobody_published_can_be_previewed(trainer):
    theme = make_theme(0, slug="leeg", published=False)
    theme.add(make_topic("Klad", published=False), slug="klad")

    assert "Klad" in words(trainer.get("/author/themes/leeg/preview/page/"))


def test_on_a_phone_the_frame_is_as_wide_as_one(edited, trainer):
    assert "preview-phone" in words(trainer.get("/author/themes/vertrouwen/preview/?width=phone"))


@pytest.mark.parametrize("topics", [2, 40])
def test_a_preview_costs_the_same_for_any_number_of_topics(topics, trainer, django_assert_num_queries):
    theme = make_theme(topics, slug="veel")

    with django_assert_num_queries(5):
        trainer.get(f"/author/themes/{theme.slug}/preview/page/")
