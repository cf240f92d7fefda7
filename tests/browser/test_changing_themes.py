"""Themes in order, extras, later releases, and what an author adds: how a learner sees them."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import make_named_theme, today
from tests.conftest import begin, make_step

pytestmark = pytest.mark.browser


@pytest.fixture
def in_order(db):
    return make_named_theme("Op volgorde", ["Luisteren", "Vragen", "Loslaten"], in_order=True)


@pytest.fixture
def finished(lea, four_steps):
    """Lea has finished four steps."""
    participation = begin(lea, four_steps)
    for step in four_steps.steps.all():
        participation.complete(step, deed=f"00000000-0000-4000-8000-{step.pk:012}")
    return four_steps


def row(page, title):
    """The row of a topic on the theme page."""
    return page.locator(".step").filter(has=page.get_by_role("heading", name=title))


def test_a_locked_topic_names_and_links_what_comes_first(reader, in_order):
    reader.goto("/themes/op-volgorde/")

    locked = row(reader, "Vragen")

    expect(locked).to_contain_text("Eerst: Luisteren")
    expect(locked.get_by_role("link")).to_have_text(["Luisteren"])
    expect(row(reader, "Luisteren").get_by_role("heading").get_by_role("link")).to_have_count(1)


def test_the_address_of_a_locked_topic_explains_and_leads_on(reader, in_order):
    response = reader.goto("/themes/op-volgorde/loslaten/")

    assert response.status == 403
    expect(reader.get_by_role("main")).to_contain_text("Dit thema volg je op volgorde.")
    reader.get_by_role("main").get_by_role("link", name="Luisteren").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Luisteren")


def test_completing_opens_the_next_topic_and_no_further(reader, in_order):
    reader.goto("/themes/op-volgorde/luisteren/")
    expect(reader.get_by_role("link", name="Volgend onderwerp")).to_have_count(0)

    reader.get_by_role("button", name="Markeer als afgerond").click()

    expect(reader.get_by_role("link", name="Volgend onderwerp")).to_be_visible()
    reader.goto("/themes/op-volgorde/")
    expect(row(reader, "Vragen").get_by_role("heading").get_by_role("link")).to_have_count(1)
    expect(row(reader, "Loslaten")).to_contain_text("Eerst: Vragen")


def test_completing_and_going_on_opens_the_next_topic(reader, in_order):
    reader.goto("/themes/op-volgorde/luisteren/")

    reader.get_by_role("button", name="Afronden en verder").click()

    expect(reader.get_by_role("heading", level=1)).to_have_text("Vragen")


def test_an_extra_says_that_it_does_not_count(reader, four_steps):
    make_step(four_steps, "Verder lezen", required=False, slug="verder-lezen")
    reader.goto("/themes/samen-leren/")

    expect(row(reader, "Verder lezen")).to_contain_text("Extra (telt niet mee)")
    expect(reader.get_by_text("0 van de 4 stappen afgerond")).to_be_visible()
    expect(reader.get_by_role("heading", name="5 onderwerpen")).to_be_visible()
    reader.get_by_role("link", name="Verder lezen").click()
    expect(reader.locator(".topic .eyebrow")).to_have_text("Onderwerp 5 van 5 · Extra (telt niet mee)")


def test_a_topic_of_later_says_when_it_follows(reader, four_steps):
    year = timezone.localdate().year + 1
    make_step(four_steps, "Terugkijken", release_date=date(year, 6, 3), slug="terugkijken")
    reader.goto("/themes/samen-leren/")

    later = row(reader, "Terugkijken")

    expect(later.locator(".state")).to_have_text(f"Volgt op 3 juni {year}")
    expect(later.get_by_role("link")).to_have_count(0)
    expect(reader.get_by_text("0 van de 5 stappen afgerond · 1 volgt nog")).to_be_visible()


def test_the_address_of_a_topic_of_later_says_when_it_follows(reader, four_steps):
    year = timezone.localdate().year + 1
    make_step(four_steps, "Terugkijken", release_date=date(year, 6, 3), slug="terugkijken")

    response = reader.goto("/themes/samen-leren/terugkijken/")

    assert response.status == 403
    expect(reader.get_by_role("main")).to_contain_text(f"Dit onderwerp volgt op 3 juni {year}.")
    reader.get_by_role("link", name="Terug naar thema").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Samen leren")


def test_who_finished_stays_finished_when_a_topic_is_added(reader, finished):
    make_step(finished, "Terugkijken", slug="terugkijken")

    reader.goto("/themes/samen-leren/")

    shown = reader.get_by_role("region", name="Je voortgang")
    expect(shown).to_contain_text(f"Afgerond op {today()} (4 van de 4)")
    expect(shown).to_contain_text("Sindsdien is er 1 nieuw onderwerp. Lees het als je wilt; je afronding blijft staan.")
    expect(shown).to_contain_text("Nu 4 van de 5 stappen · 1 nieuw")
    expect(row(reader, "Terugkijken").locator(".state")).to_have_text("Nieuw")


def test_home_says_that_a_finished_theme_has_something_new(reader, finished):
    make_step(finished, "Terugkijken", slug="terugkijken")

    reader.goto("/")

    card = reader.locator(".theme-card")
    expect(card).to_contain_text(f"Afgerond op {today()} (4 van de 4)")
    expect(card).to_contain_text("1 nieuw onderwerp")


def test_reopening_after_finishing_leaves_the_history_as_it_was(reader, finished):
    reader.goto("/themes/samen-leren/vragen/")

    reader.get_by_role("button", name="Toch nog niet afgerond").click()

    expect(reader.get_by_role("button", name="Markeer als afgerond")).to_be_visible()
    reader.goto("/themes/samen-leren/")
    shown = reader.get_by_role("region", name="Je voortgang")
    expect(shown).to_contain_text(f"Afgerond op {today()} (4 van de 4)")
    expect(shown).to_contain_text("3 van de 4 stappen afgerond")


def test_following_again_starts_empty_and_keeps_the_earlier_time(reader, finished):
    reader.goto("/themes/samen-leren/")

    reader.get_by_role("button", name="Opnieuw volgen").click()

    shown = reader.get_by_role("region", name="Je voortgang")
    expect(shown).to_contain_text("0 van de 4 stappen afgerond")
    expect(shown.get_by_role("button", name="Begin")).to_be_visible()
    earlier = reader.get_by_role("region", name="Eerdere keren")
    expect(earlier).to_contain_text(f"Keer 1 · Afgerond op {today()} (4 van de 4)")
    expect(reader.locator(".step").get_by_text("Nog niet begonnen")).to_have_count(4)


def test_what_the_author_changed_meanwhile_stands_under_the_percentage(reader, lea, four_steps):
    begin(lea, four_steps)
    make_step(four_steps, "Terugkijken", slug="terugkijken")
    four_steps.take_out(four_steps.steps.get(slug="vragen"))
    reader.goto("/themes/samen-leren/")

    reader.get_by_text("Waarom 0 %?").click()

    answer = reader.locator(".why-answer")
    expect(answer).to_contain_text(f"‘Terugkijken’ kwam erbij op {today()}.")
    expect(answer).to_contain_text(f"‘Vragen’ ging eruit op {today()}.")
