"""A comparison in words: for who does not see its marks, and with nothing in it that was not safe before."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from courses.articles.differences import differences
from courses.articles.sanitise import parsed
from courses.templatetags.differences import spoken
from tests.articles.hostile import FRAGMENTS


def shown(old, new):
    with translation.override("en"):
        return " ".join(render_to_string("components/differences.html", {"differences": differences(old, new)}).split())


def words_of(html):
    return " ".join(parsed(html).text_content().split())


def test_what_was_added_and_removed_is_told_where_it_stands():
    page = shown("<p>Wij wonen in een huis aan zee.</p>", "<p>Wij wonen in een boot aan zee.</p>")

    told = "Changed Wij wonen in een removed: huis end of what was removed added: boot end of what was added aan zee."
    assert words_of(page) == told


def test_the_words_are_in_the_language_of_the_page():
    with translation.override("nl"):
        assert '<span class="visually-hidden" lang="nl">' in spoken("<p><ins>boot</ins></p>")


def test_without_marks_nothing_is_told():
    assert spoken("<p>Een <u>huis</u>.</p>") == "<p>Een <u>huis</u>.</p>"


def test_a_mark_in_an_attribute_is_none():
    html = '<p><abbr title="<ins><img src=x onerror=alert(1)></ins>">x</abbr></p>'

    assert spoken(html) == html


@pytest.mark.parametrize("count", [1, 2])
def test_a_short_stretch_without_changes_is_shown(count):
    page = shown("<p>Dit blijft.</p>" * count, "<p>Dit blijft.</p>" * count + "<p>Erbij gekomen.</p>")

    assert "<details" not in page
    assert words_of(page) == "Dit blijft. " * count + "Added Erbij gekomen."


def test_a_long_stretch_without_changes_folds_away():
    same = "".join(f"<p>Alinea {number} blijft.</p>" for number in range(5))

    page = shown(same, same + "<p>Erbij gekomen.</p>")

    assert "<summary>5 unchanged paragraphs</summary>" in page


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_what_was_hostile_is_not_in_a_comparison_either(fragment):
    text = "<p>Een alinea met woorden die blijven staan.</p>"

    for old, new in [(text, text + fragment), (fragment + text, text), (f"<p>Een {fragment} met woorden.</p>", text)]:
        for element in parsed(shown(old, new)).iter():
            assert element.tag not in ("script", "style", "iframe", "svg", "math", "object", "embed", "form", "input")
            assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
            assert not element.get("href", "https:").lower().strip().startswith(("javascript:", "data:", "vbscript:"))
