"""Every page of the author's room around the text itself × widths × light and dark × Dutch and English."""

import pytest

from courses.models.changes import changes_by
from tests.browser.conftest import enter
from tests.browser.pages import RICH, WIDE_TITLE, at, everything_open
from tests.browser.test_every_page import Inspector, in_both_languages
from tests.conftest import begin, make_step, make_theme, make_topic
from tests.models.acts import complete, steps_of
from tests.models.pictures import png, stored

pytestmark = pytest.mark.browser

THEME = "/author/themes/rich/"
TOPIC = THEME + "topics/all/"


@pytest.fixture
def stage(tom, lea, lars):
    """A theme in which everything happened, one with titles that are too long, an empty one, and one in the bin."""
    with changes_by(tom):
        rich = make_theme(0, title="Rijk", slug="rich", summary="Waar dit over gaat.", in_order=True)
        rich.describe(introduction="<p>Welkom.</p>", cover=stored(png((60, 40)), theme=rich), cover_alt="Een boom")
        topic = rich.add(make_topic("Van alles", RICH, author=tom), slug="all").topic
        shared = make_step(make_theme(0, title="Ander thema"), "Gedeeld").topic
        rich.add(shared, slug="shared", required=False)
        rich.add(make_topic(WIDE_TITLE, RICH), slug="wide")
        rich.take_out(make_step(rich, "Weggehaald"))
        complete(begin(lea, rich), *steps_of(rich))
        complete(begin(lars, rich), steps_of(rich)[0])
        topic.write(title="Van alles", html=RICH.replace("vraag", "goede vraag") + "<p>Nog iets.</p>")
        topic.publish(major=True, note="Een vraag erbij")
        undescribed = f'<figure><img src="{stored(png(), topic=topic).address}"></figure>'
        topic.write(title="Van alles en meer", html=RICH + undescribed, author=tom)
        rich.add(make_topic("Klad", "<p>Nieuw.</p><h4>Te diep</h4>", published=False), slug="draft")
        make_theme(1, title=WIDE_TITLE, slug="wide", published=False)
        make_theme(0, title="Leeg", slug="empty", published=False)
        make_theme(1, title="Weg", slug="gone").bin()
    return rich


def asked_first(address):
    """The page that shows what a deed does; without scripts, as it stands by itself."""

    def arrive(page):
        page.goto(THEME)
        form = page.locator(f"form[action='{address}']").first
        form.evaluate("form => { form.removeAttribute('hx-boost'); }")
        with page.expect_navigation() as navigation:
            form.evaluate("form => form.submit()")
        return navigation.value

    return arrive


def in_a_dialog(page):
    response = page.goto(THEME)
    page.locator("#more-all > summary").click()
    page.locator("#more-all form[action$='/take-out/'] button").click()
    page.locator("dialog[open]").wait_for()
    return response


PAGES = {
    "themes": (200, at("/author/")),
    "a theme": (200, everything_open(THEME)),
    "an empty theme": (200, at("/author/themes/empty/")),
    "a theme in the bin": (200, at("/author/themes/gone/")),
    "a theme with a long title": (200, everything_open("/author/themes/wide/")),
    "the effect of a deed": (200, asked_first(THEME + "topics/all/take-out/")),
    "the effect in a dialog": (200, in_a_dialog),
    "topics of other themes": (200, at(THEME + "existing/")),
    "introduction": (200, at(THEME + "introduction/")),
    "publishing the theme": (200, at(THEME + "publish/")),
    "publishing an empty theme": (200, at("/author/themes/empty/publish/")),
    "publishing what is not ready": (200, at(TOPIC + "publish/")),
    "publishing a topic": (200, at(THEME + "topics/draft/publish/")),
    "history of the outline": (200, at(THEME + "history/")),
    "history of a text": (200, everything_open(TOPIC + "history/")),
    "a text of then": (200, at(TOPIC + "history/edition-1/")),
    "two texts compared": (200, everything_open(TOPIC + "history/compare/?before=edition-1&after=draft")),
    "preview": (200, at(THEME + "preview/?width=phone")),
    "preview of a topic": (200, at(TOPIC + "preview/")),
}


@in_both_languages
def test_every_page_of_the_authors_room_holds(page, context, base_url, stage, tom, language):
    enter(context, base_url, tom, language)
    then = stage.structures.last()
    going_back = {"going back": (200, at(f"{THEME}history/{then.public_id}/"))}
    inspector = Inspector(page, base_url)

    inspector.visit_all(PAGES | going_back, language)

    assert not inspector.findings, "\n".join(inspector.findings)
