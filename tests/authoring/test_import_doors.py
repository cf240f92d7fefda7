"""Imports and folders behind their doors: trainers only, the right kind only, and nothing for who stays outside."""

import pytest
from django.test import Client

from courses.articles.folder import ThemeText
from courses.authoring.folders import propose_folder
from courses.models import ImportPicture, Theme
from courses.models.pictures import CleanPicture
from tests.authoring.brought import proposal_of, proposed
from tests.conftest import make_theme
from tests.models.pictures import png
from tests.test_doors import DOORS, FOLDER, IMPORT, everything_kept, send

pytestmark = pytest.mark.django_db

OF_AN_IMPORT = [route for route in DOORS if route.startswith(IMPORT)]
OF_A_FOLDER = [route for route in DOORS if route.startswith(FOLDER)]
OF_BOTH = [IMPORT + "discard/", IMPORT + "pictures/<int:number>/"]
NUMBERS = {"texts/": "0", "topics/": "4", "passages/": "7", "pictures/": "1"}
SECRET = "Samen rust vinden"


@pytest.fixture
def imported(tom):
    """A text with a picture, of which topics begin at 0 and 4, and could at 7."""
    imported = proposed(tom)
    proposal = proposal_of(imported)
    proposal.split_at(4)
    imported.proposal = proposal.as_json()
    imported.save()
    imported.keep_pictures({1: ("x.png", CleanPicture(png()))}, [])
    return imported


@pytest.fixture
def folder(tom):
    return propose_folder(ThemeText("rust", SECRET, "Welkom."), author=tom, name="rust.zip")


@pytest.fixture
def place(imported, folder):
    """The address of a route; ``import_id`` goes before the one that it is of."""

    def of(route, import_id=None):
        import_id = import_id or (folder if route.startswith(FOLDER) else imported).public_id
        number = next((number for part, number in NUMBERS.items() if f"/{part}<" in route), "0")
        return "/" + route.replace("<slug:import_id>", import_id).replace("<int:number>", number)

    return of


def ways(route):
    return DOORS[route].methods.split()


@pytest.mark.parametrize("route", OF_AN_IMPORT + OF_A_FOLDER)
def test_a_trainer_enters_and_nobody_else_reads_a_word_or_changes_a_row(route, place, trainer, learner):
    then = everything_kept()
    for browser, status in [(learner, 403), (Client(), 302)]:
        for method in ways(route):
            response = send(browser, method, place(route), DOORS[route].fields)

            assert response.status_code == status
            assert SECRET not in response.content.decode()
    assert everything_kept() == then

    if route == FOLDER + "take-in/":
        Theme.objects.get_or_create(slug="rust", title="Rust")
    for method in ways(route):
        assert send(trainer, method, place(route), DOORS[route].fields).status_code in (200, 303)


@pytest.mark.parametrize("route", [route for route in OF_AN_IMPORT + OF_A_FOLDER if route not in OF_BOTH])
@pytest.mark.parametrize("kind", ["non-existent", "of the other kind"])
def test_what_is_not_there_is_not_found_and_nothing_changes(route, kind, place, trainer, imported, folder):
    other = imported if route.startswith(FOLDER) else folder
    import_id = other.public_id if kind == "of the other kind" else "niets"
    then = everything_kept()

    for method in ways(route):
        assert send(trainer, method, place(route, import_id), DOORS[route].fields).status_code == 404

    assert everything_kept() == then


@pytest.mark.parametrize("route", [route for route in OF_AN_IMPORT + OF_A_FOLDER if "GET" not in ways(route)])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_no_deed_is_done_by_looking(route, method, place, trainer):
    then = everything_kept()

    assert trainer.generic(method, place(route)).status_code == 405
    assert everything_kept() == then


@pytest.mark.parametrize("route", [route for route in OF_AN_IMPORT + OF_A_FOLDER if "GET" in ways(route)])
def test_looking_changes_nothing(route, place, trainer):
    then = everything_kept()

    assert trainer.get(place(route)).status_code == 200
    assert everything_kept() == then


@pytest.mark.parametrize(
    "field", ["author", "made_at", "report", "kind", "name", "public_id", "status", "role", "user"]
)
def test_fields_that_were_added_to_a_form_do_nothing(field, imported, trainer, lea):
    for deed in ("titles", "make"):
        trainer.post(f"/author/import/{imported.public_id}/{deed}/", {field: str(lea.pk)})

    imported.refresh_from_db()
    assert (imported.author.name, imported.kind, imported.name) == ("Tom", "text", SECRET)
    assert len(imported.report["topics"]) == 2
    assert not Theme.objects.get().published_at


@pytest.mark.parametrize("theme", ["niets", "binned", "\x00", "../x", "a b"])
@pytest.mark.parametrize("deed", ["titles", "make", "passages/5/drop"])
def test_a_theme_that_is_not_there_is_not_found_and_nothing_changes(theme, deed, imported, trainer):
    make_theme(1, slug="binned").bin()
    then = everything_kept()

    response = trainer.post(f"/author/import/{imported.public_id}/{deed}/", {"theme": theme, "title-0": "Anders"})

    assert response.status_code == 404
    assert everything_kept() == then


def test_a_picture_of_another_import_is_not_found(imported, trainer, tom):
    other = proposed(tom)

    assert ImportPicture.objects.get().number == 1
    assert trainer.get(f"/author/import/{other.public_id}/pictures/1/").status_code == 404


def test_a_deed_to_a_passage_reaches_only_its_own_import(imported, trainer, tom):
    other = proposed(tom)
    then = proposal_of(imported)

    trainer.post(f"/author/import/{other.public_id}/passages/5/drop/")

    assert proposal_of(imported) == then
