"""A site's own name, logo and colours."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from config import house_style
from tests.test_settings import read_settings


@pytest.fixture
def folder(tmp_path, settings):
    settings.STYLE_DIR = str(tmp_path)
    return tmp_path


def messages():
    return [message.msg for message in house_style.house_style_can_be_read(None)]


def test_without_a_folder_the_site_is_in_our_own_style(client, db):
    page = client.get(reverse("learning:home")).content.decode()

    assert "icon.svg" in page
    assert "house.css" not in page


def test_logo_and_style_sheet_of_the_house_stand_on_every_page(client, db, settings):
    settings.SITE_LOGO, settings.HOUSE_STYLE, settings.SITE_NAME = "logo.png", True, "Leren bij de Linde"

    page = client.get(reverse("account_login")).content.decode()

    assert re.search(r'<img src="[^"]*logo\.png"[^>]*> Leren bij de Linde', page)
    assert page.index("css/app.css") < page.index("house.css")


def test_what_lies_in_the_folder_is_found_before_our_own(tmp_path):
    for name in ("logo.svg", "house.css"):
        (tmp_path / name).write_text("")

    read = read_settings(tmp_path, "SITE_LOGO", "HOUSE_STYLE", "STATICFILES_DIRS[0]", STYLE_DIR=str(tmp_path))

    assert read.stdout.split() == ["logo.svg", "True", str(tmp_path)]


def test_a_folder_that_is_not_there_is_named(settings):
    settings.STYLE_DIR = "/nowhere"

    assert messages() == ["STYLE_DIR names a folder that is not there: /nowhere"]


def test_our_own_colours_can_be_read():
    colours = house_style.colours_in(house_style.TOKENS.read_text())

    assert not list(house_style.unreadable(colours))


def test_colours_in_which_words_are_hard_to_read_are_named(folder):
    (folder / "house.css").write_text(":root { --ink-soft: light-dark(#bbbbbb, #ece5db); }")

    assert [message[:31] for message in messages()] == ["house.css: --ink-soft (#bbbbbb)"] * 2


def test_the_example_in_the_document_can_be_read(folder):
    example = re.search(r"```css\n(.*?)```", Path("docs/house-style.md").read_text(), re.DOTALL)[1]
    (folder / "house.css").write_text(example)

    assert set(house_style.colours_in(example)) == {"accent", "accent-deep", "accent-wash"}
    assert messages() == []


def test_contrast_is_that_of_the_standard():
    assert house_style.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert house_style.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
