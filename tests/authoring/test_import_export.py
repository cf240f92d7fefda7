"""A theme goes out as a folder and comes in again, without loss."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from courses.articles.folder import BrokenFolderError
from courses.authoring.exporting import export_theme
from courses.authoring.importing import import_theme
from courses.models import Picture, Theme, Topic
from tests.articles.folders import files, make_folder
from tests.authoring.rows import everything
from tests.conftest import make_step, make_theme, make_topic
from tests.models.acts import steps_of
from tests.models.pictures import content_of, jpeg, png, stored

DEMO = Path("courses/demo")
DEMO_THEMES = sorted(path.name for path in DEMO.iterdir() if (path / "theme.md").exists())

ALL_KINDS = """
<h2>Kop <em>met klem</em></h2><h3>Kop</h3><h4>Kop</h4>
<p>Een <strong>twee</strong> <em>drie</em> <u>vier</u> <s>vijf</s> <mark>zes</mark> <small>zeven</small>
<a href="https://example.org/?a=1&amp;b=2">x</a> <a href="mailto:tom@example.org">Tom</a>
<code>acht</code> <kbd>negen</kbd> <cite>tien</cite> <q>elf</q> <abbr title="Onder andere">o.a.</abbr>
H<sub>2</sub>O m<sup>2</sup> <span lang="en">say</span> <time datetime="2027-06-03">3 juni</time><br>nieuwe regel
*ster* # hek &lt;b&gt; é 🙂 שלום</p>
<ul><li>een<ul><li>half<ol start="3"><li>derde</li></ol></li></ul></li><li><p>twee</p><p>meer</p></li></ul>
<ul><li>los</li></ul>
<dl><dt>woord</dt><dd>uitleg</dd></dl><blockquote><p>Citaat.</p><p>Nog een.</p></blockquote><hr>
<pre><code>```
a

  b &lt;c&gt;
</code></pre>
<table><caption>Tabel</caption><thead><tr><th scope="col">a</th><th>b|c</th></tr></thead>
<tbody><tr><td colspan="2">d</td></tr></tbody></table>
<aside data-callout="tip"><p>Een tip.</p></aside>
<details><summary>Meer</summary><p>Uitleg.</p></details><section><div><p>Tekst.</p></div></section>
"""


def shown(picture, caption="Een bijschrift"):
    return f'<figure><img src="{picture.address}" alt="Twee [cirkels]"><figcaption>{caption}</figcaption></figure>'


def illustrated(title, *contents):
    """A topic that shows these pictures, all of one name."""
    topic = make_topic(published=False)
    pictures = [Picture.store(content, name="plaatje.png", topic=topic) for content in contents]
    topic.write(title=title, html="<p>Kijk:</p>" + "".join(shown(picture) for picture in pictures))
    topic.publish()
    return topic


def rich_theme():
    """All that a folder can hold."""
    theme = make_theme(0, published=False, slug="rijk", title="Alles: “rijk”", summary="# Waar", language="en")
    theme.describe(access=Theme.Access.SIGNED_IN, in_order=True)
    welcome = stored(png((20, 20)), theme=theme)
    theme.describe(introduction=f"<p>Welkom.</p>{shown(welcome, 'Een <em>bijschrift</em>')}")
    theme.add(make_topic("Alle soorten", ALL_KINDS, summary="- punt"), slug="alle-soorten")
    theme.add(illustrated("Met plaatje", png((30, 20))), slug="met-plaatje")
    theme.add(illustrated("Met ander plaatje", png((20, 30)), jpeg((40, 30))), slug="met-ander-plaatje")
    make_step(theme, "Extra", slug="extra", required=False, release_date=date(2027, 6, 3))
    make_step(theme, "Nog niet", slug="nog-niet", published=False)
    theme.add(make_topic("Niet meer", "<p>Niet <strong>meer</strong>.</p>"), slug="niet-meer")
    steps_of(theme)[-1].topic.withdraw()
    theme.take_out(make_step(theme, "Eruit", slug="eruit"))
    return theme


def exported(theme, folder):
    export_theme(theme, folder)
    return files(folder)


@pytest.fixture
def rich_folder(db, tmp_path):
    """The folder of ``rich_theme``, and a database in which there is nothing."""
    folder = tmp_path / "rijk"
    with transaction.atomic():
        export_theme(rich_theme(), folder)
        transaction.set_rollback(True)
    assert not Topic.objects.exists()
    return folder


# Round trips


@pytest.mark.parametrize("name", DEMO_THEMES)
def test_a_demo_theme_comes_out_as_it_went_in(db, tmp_path, name):
    import_theme(DEMO / name)

    assert exported(Theme.objects.get(), tmp_path / name) == files(DEMO / name)


def test_there_are_two_demo_themes():
    assert DEMO_THEMES == ["cultuur-van-vertrouwen", "giving-feedback"]


def test_a_theme_of_all_kinds_comes_out_as_it_went_in(rich_folder, tmp_path):
    import_theme(rich_folder)

    assert exported(Theme.objects.get(), tmp_path / "weer") == files(rich_folder)


def test_a_theme_of_all_kinds_comes_in_as_it_went_out(rich_folder):
    theme = import_theme(rich_folder).theme

    assert (theme.title, theme.summary, theme.language) == ("Alles: “rijk”", "# Waar", "en")
    assert (theme.access, theme.in_order, theme.published_at) == ("signed-in", True, None)
    assert [
        (step.slug, str(step.topic), step.required, step.release_date, step.topic.published) for step in steps_of(theme)
    ] == [
        ("alle-soorten", "Alle soorten", True, None, True),
        ("met-plaatje", "Met plaatje", True, None, True),
        ("met-ander-plaatje", "Met ander plaatje", True, None, True),
        ("extra", "Extra", False, date(2027, 6, 3), True),
        ("nog-niet", "Nog niet", True, None, False),
        ("niet-meer", "Niet meer", True, None, False),
    ]


def test_the_text_of_all_kinds_is_the_same_text(rich_folder):
    wanted = make_topic("Alle soorten", ALL_KINDS).published_edition

    theme = import_theme(rich_folder).theme

    edition = steps_of(theme)[0].topic.published_edition
    assert (edition.html, edition.text, edition.outline) == (wanted.html, wanted.text, wanted.outline)


def test_pictures_of_one_name_stay_different_pictures(rich_folder):
    assert {"plaatje.png", "plaatje-2.png", "plaatje-3.png", "twee-cirkels.png"} <= set(files(rich_folder))

    theme = import_theme(rich_folder).theme

    assert sorted((picture.width, picture.height) for picture in Picture.objects.all()) == [
        (20, 20),
        (20, 30),
        (30, 20),
        (40, 30),
    ]
    for step in steps_of(theme)[1:3]:
        for picture in step.topic.pictures.all():
            assert picture.address in step.topic.published_edition.html


def test_pictures_come_out_byte_for_byte(rich_folder):
    import_theme(rich_folder)

    assert {content_of(picture) for picture in Picture.objects.all()} == {
        content for name, content in files(rich_folder).items() if not name.endswith(".md")
    }


def test_exporting_changes_nothing(tmp_path, db):
    theme = rich_theme()
    then = everything()

    export_theme(theme, tmp_path / "uit")

    assert everything() == then


def test_a_picture_that_was_pasted_from_another_topic_goes_along(db, tmp_path):
    source = illustrated("Met plaatje", png((30, 20)))
    theme = make_theme(0, slug="geleend")
    borrowing = make_topic(published=False)
    borrowing.write(title="Geleend", html=source.published_edition.source)
    borrowing.publish()
    theme.add(borrowing, slug="geleend")

    export_theme(theme, tmp_path / "uit")

    assert files(tmp_path / "uit")["plaatje.png"] == content_of(source.pictures.get())


def test_what_is_published_goes_out_and_a_draft_beside_it_does_not(db, tmp_path):
    theme = make_theme(0)
    theme.add(make_topic("Gepubliceerd"), slug="onderwerp")
    steps_of(theme)[0].topic.write(title="In de maak", html="<p>Nog niet.</p>")

    export_theme(theme, tmp_path / "uit")

    assert b"title: Gepubliceerd\n" in files(tmp_path / "uit")["01-onderwerp.md"]


def test_of_a_withdrawn_topic_the_draft_goes_out(db, tmp_path):
    theme = make_theme(0)
    theme.add(make_topic("Ingetrokken"), slug="onderwerp")
    steps_of(theme)[0].topic.withdraw()
    steps_of(theme)[0].topic.write(title="In de maak", html="<p>Nog niet.</p>")

    export_theme(theme, tmp_path / "uit")

    assert b"title: In de maak\n" in files(tmp_path / "uit")["01-onderwerp.md"]


# The commands


def test_the_commands_say_what_they_did(db, tmp_path, capsys):
    folder = make_folder(tmp_path / "vertrouwen")

    call_command("import_theme", str(folder))
    assert capsys.readouterr().out.startswith("vertrouwen: created\n  added: een\n  added: twee\n")

    call_command("import_theme", str(folder))
    assert capsys.readouterr().out == "vertrouwen: nothing changed\n"

    call_command("export_theme", "vertrouwen", str(tmp_path / "uit"))
    assert capsys.readouterr().out == "vertrouwen: 2 topics and 1 pictures written\n"


def test_the_commands_say_what_is_wrong(db, tmp_path):
    folder = make_folder(tmp_path / "vertrouwen", **{"01-een.md": "x"})

    with pytest.raises(CommandError, match=r"^Nothing was imported. 01-een.md, line 1: "):
        call_command("import_theme", str(folder))
    with pytest.raises(CommandError, match=r"^There is no theme 'x'. Themes: none$"):
        call_command("export_theme", "x", str(tmp_path / "uit"))


def test_an_export_writes_over_nothing(theme, tmp_path):
    (tmp_path / "bewaard.txt").write_text("x")

    with pytest.raises(CommandError, match=r"^Nothing was exported\. .* is not empty$"):
        call_command("export_theme", theme.slug, str(tmp_path))
    with pytest.raises(BrokenFolderError):
        export_theme(theme, tmp_path)

    assert set(files(tmp_path)) == {"bewaard.txt"}
