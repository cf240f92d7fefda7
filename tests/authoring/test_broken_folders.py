"""A folder with anything wrong in it is refused whole: the database and the files stay as they were."""

import pytest

from courses.articles.folder import BrokenFolderError
from courses.authoring.importing import import_theme
from courses.models import Theme
from tests.articles.folders import BROKEN, RIGHT, make_folder, theme, topic
from tests.authoring.rows import everything
from tests.models.pictures import jpeg, png
from tests.models.test_pictures import REFUSED

BAD_PICTURES = {
    f"a picture that is {what}": (
        {"02-twee.md": topic("title: x", text="![](goed.png)\n\n![](x.png)"), "goed.png": png(), "x.png": content},
        "02-twee.md: x.png: ",
        "",
    )
    for what, content in REFUSED.items()
}
EVERYTHING_WRONG = {**BROKEN, **BAD_PICTURES}
BESIDE = {
    "cirkels.png": png((50, 40)),
    "nieuw.jpg": jpeg(),
    "00-nieuw.md": topic("title: Nieuw", text="![](nieuw.jpg)"),
}
"""What is right in the same folder, and new."""


@pytest.mark.parametrize("what", EVERYTHING_WRONG)
def test_a_broken_folder_creates_nothing(db, tmp_path, what):
    changes, place, reason = EVERYTHING_WRONG[what]
    folder = make_folder(tmp_path / "vertrouwen", **{**BESIDE, **changes})
    then = everything()

    with pytest.raises(BrokenFolderError) as refusal:
        import_theme(folder)

    assert str(refusal.value).startswith(place or str(folder))
    assert reason in str(refusal.value)
    assert everything() == then
    assert not Theme.objects.exists()


@pytest.mark.parametrize("what", EVERYTHING_WRONG)
def test_a_broken_folder_changes_nothing(db, tmp_path, what):
    import_theme(make_folder(tmp_path / "vertrouwen"))
    then = everything()
    changes, _place, _reason = EVERYTHING_WRONG[what]
    folder = make_folder(tmp_path / "kapot", **{**BESIDE, "theme.md": theme(text="Anders."), **changes})

    with pytest.raises(BrokenFolderError):
        import_theme(folder)

    assert everything() == then
    assert then[1]


def test_what_is_right_beside_it_would_have_been_imported(db, tmp_path):
    import_theme(make_folder(tmp_path / "vertrouwen"))
    then = everything()

    report = import_theme(make_folder(tmp_path / "heel", **{**BESIDE, "theme.md": theme(text="Anders.")}))

    assert report.added == ["nieuw"]
    assert everything() != then
    assert len(everything()[1]) == len(then[1]) + 2


def test_a_refusal_that_comes_last_leaves_no_files_behind(db, tmp_path):
    import_theme(make_folder(tmp_path / "vertrouwen"))
    then = everything()

    with pytest.raises(BrokenFolderError, match="lacks topics"):
        import_theme(make_folder(tmp_path / "minder", **{**BESIDE, "02-twee.md": None}))

    assert everything() == then


def test_a_folder_that_was_mended_is_imported(db, tmp_path):
    folder = make_folder(tmp_path / "vertrouwen", **{"cirkels.png": b"x"})
    with pytest.raises(BrokenFolderError):
        import_theme(folder)

    (folder / "cirkels.png").write_bytes(RIGHT["cirkels.png"])

    assert import_theme(folder).created
