"""What a deed to an import may reach: itself, and a theme that is there. Who may enter: tests/test_doors.py."""

import pytest

from courses.models import ImportPicture
from courses.models.pictures import CleanPicture
from tests.authoring.brought import proposal_of, proposed
from tests.conftest import make_theme
from tests.knocking import everything_kept
from tests.models.pictures import png

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported(tom):
    """A text with a picture, of which topics begin at 0 and 4."""
    imported = proposed(tom)
    proposal = proposal_of(imported)
    proposal.split_at(4)
    imported.proposal = proposal.as_json()
    imported.save()
    imported.keep_pictures({1: ("x.png", CleanPicture(png()))}, [])
    return imported


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
