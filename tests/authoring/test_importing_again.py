"""A folder that comes in again: only what changed is changed, and nobody's progress."""

from datetime import date

import pytest

from courses.articles.folder import BrokenFolderError
from courses.authoring.importing import import_theme
from courses.models import Edition, Participation, Theme
from courses.models.journey import journey_of
from tests.articles.folders import RIGHT, make_folder, theme, topic
from tests.authoring.rows import everything
from tests.conftest import begin
from tests.models.acts import complete, fraction, steps_of
from tests.models.pictures import png


@pytest.fixture
def folder(db, tmp_path):
    """The right folder, imported."""
    folder = make_folder(tmp_path / "vertrouwen")
    import_theme(folder)
    return folder


def again(folder, remove=False, **changes):
    """Change files in the folder, and import it once more."""
    for name, content in changes.items():
        (folder / name).unlink(missing_ok=True)
        if content is not None:
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return import_theme(folder, remove=remove)


def step(slug):
    return Theme.objects.get().steps.select_related("topic__published_edition").get(slug=slug)


def order():
    return [one.slug for one in steps_of(Theme.objects.get())]


# Nothing changed


def test_the_same_folder_again_changes_nothing(folder):
    then = everything()

    report = import_theme(folder)

    assert report.nothing_changed
    assert everything() == then


def test_the_same_folder_with_other_line_ends_changes_nothing(folder):
    then = everything()

    windows = {name: text.replace("\n", "\r\n") for name, text in RIGHT.items() if name.endswith(".md")}
    report = again(folder, **windows)

    assert report.nothing_changed
    assert everything() == then


def test_a_draft_that_an_author_has_open_is_left_alone(folder):
    step("een").topic.write(title="In de maak", html="<p>Nog niet.</p>")
    then = everything()

    report = import_theme(folder)

    assert report.nothing_changed
    assert everything() == then
    assert step("een").topic.draft.title == "In de maak"


def test_a_draft_that_an_author_has_open_is_never_written_over(folder):
    step("een").topic.write(title="In de maak", html="<p>Nog niet.</p>")
    then = everything()

    with pytest.raises(BrokenFolderError, match=r"^01-een.md: the topic has a draft on the site"):
        again(folder, **{"01-een.md": topic("title: Anders")})
    assert everything() == then

    step("een").topic.publish()
    again(folder)
    assert step("een").topic.published_edition.title == "Anders"


def test_a_theme_in_the_bin_stays_there(folder):
    Theme.objects.get().bin()

    import_theme(folder)

    assert Theme.objects.get().binned_at


# Texts


def test_a_changed_text_makes_one_new_edition_and_leaves_the_old_one_as_it_was(folder):
    old = Edition.objects.filter(topic=step("een").topic).values().get()
    others = list(Edition.objects.exclude(topic=step("een").topic).values())

    report = again(folder, **{"01-een.md": topic("title: Eén", "summary: Het eerste", text="Lees dit nog eens.")})

    assert set(report.changed) == {"een"}
    assert Edition.objects.filter(pk=old["id"]).values().get() == old
    assert list(Edition.objects.exclude(topic=step("een").topic).values()) == others
    assert step("een").topic.editions.count() == 2
    assert step("een").topic.published_edition.html == "<p>Lees dit nog eens.</p>"
    assert step("een").topic.draft is None


@pytest.mark.parametrize("line", ["title: Anders", "title: Twee\nsummary: Anders"])
def test_a_changed_title_or_summary_makes_one_new_edition(folder, line):
    again(folder, **{"02-twee.md": topic(line, "required: false", text="Lees dat.")})

    assert step("twee").topic.editions.count() == 2
    assert step("een").topic.editions.count() == 1


def test_another_picture_of_the_same_name_makes_a_new_edition(folder):
    old = step("een").topic.published_edition

    again(folder, **{"cirkels.png": png((60, 40))})

    new = step("een").topic.published_edition
    assert new != old
    assert 'width="60" height="40"' in new.html
    assert 'width="12" height="8"' in Edition.objects.get(pk=old.pk).html


def test_a_changed_text_changes_nobodys_progress(folder, lea):
    participation = begin(lea, Theme.objects.get())
    complete(participation, step("een"))
    then = list(participation.progress.values()), Participation.objects.values().get()

    again(folder, **{"01-een.md": topic("title: Eén", text="Lees dit nog eens.")})

    assert (list(participation.progress.values()), Participation.objects.values().get()) == then


def test_a_changed_introduction_changes_the_theme_alone(folder):
    editions = list(Edition.objects.values())

    report = again(folder, **{"theme.md": theme("language: en", text="Welcome.")})

    changed = Theme.objects.get()
    assert (report.described, report.changed) == (True, [])
    assert (changed.introduction, changed.language, changed.summary) == ("<p>Welcome.</p>", "en", "")
    assert list(Edition.objects.values()) == editions


# Drafts


def test_a_topic_that_becomes_a_draft_is_withdrawn_and_returns_without_a_new_edition(folder):
    again(folder, **{"02-twee.md": topic("title: Twee", "required: false", "draft: true", text="Lees dat.")})
    assert not step("twee").topic.published

    again(folder, **{"02-twee.md": RIGHT["02-twee.md"]})
    assert step("twee").topic.published
    assert step("twee").topic.editions.count() == 1


def test_the_text_of_a_draft_can_be_changed_without_publishing_it(folder):
    draft = topic("title: Twee", "required: false", "draft: true", text="Nog niet.")
    again(folder, **{"02-twee.md": draft})

    assert step("twee").topic.draft.html == "<p>Nog niet.</p>"
    assert not step("twee").topic.published
    assert import_theme(folder).nothing_changed

    again(folder, **{"02-twee.md": draft.replace("draft: true\n", "")})
    assert step("twee").topic.published_edition.html == "<p>Nog niet.</p>"
    assert step("twee").topic.editions.count() == 2


def test_a_theme_can_be_a_draft_and_be_published_again(folder):
    again(folder, **{"theme.md": theme("draft: true")})
    assert Theme.objects.get().published_at is None

    again(folder, **{"theme.md": theme()})
    assert Theme.objects.get().published_at


# Steps


def test_other_numbers_are_another_order(folder):
    again(folder, remove=True, **{"01-een.md": None, "03-een.md": RIGHT["01-een.md"]})

    assert order() == ["twee", "een"]
    assert Edition.objects.count() == 2


def test_required_and_release_date_follow_the_folder(folder):
    again(folder, **{"02-twee.md": topic("title: Twee", "release_date: 2030-06-03", text="Lees dat.")})

    assert (step("twee").required, step("twee").release_date) == (True, date(2030, 6, 3))
    assert Edition.objects.count() == 2


def test_a_topic_is_added_at_its_place(folder):
    report = again(folder, **{"00-nul.md": topic("title: Nul")})

    assert order() == ["nul", "een", "twee"]
    assert report.added == ["nul"]


def test_topics_that_are_missing_are_refused_with_who_it_concerns(folder, lea):
    begin(lea, Theme.objects.get())
    then = everything()

    with pytest.raises(BrokenFolderError, match=r"^theme.md: lacks topics that the theme has: een. 1 people follow it"):
        again(folder, **{"01-een.md": None})

    assert everything() == then


def test_topics_that_are_missing_are_taken_out_if_that_is_asked_for(folder, lea):
    participation = begin(lea, Theme.objects.get())
    complete(participation, step("een"))

    report = again(folder, remove=True, **{"01-een.md": None})

    assert report.removed == ["een"]
    assert order() == ["twee"]
    assert participation.progress.completed().count() == 1


def test_a_topic_that_returns_is_the_same_topic_with_everyones_progress(folder, lea):
    participation = begin(lea, Theme.objects.get())
    complete(participation, step("een"))
    then = step("een").topic
    again(folder, remove=True, **{"01-een.md": None})

    again(folder, **{"01-een.md": RIGHT["01-een.md"]})

    assert step("een").topic == then
    assert fraction(lea, Theme.objects.get()) == (1, 1)


# Who is finished


def test_nobody_is_finished_by_what_is_only_so_halfway(folder, lea):
    again(folder, **{"02-twee.md": topic("title: Twee", text="Lees dat.")})
    complete(begin(lea, Theme.objects.get()), step("twee"))

    extra = topic("title: Eén", "summary: Het eerste", "required: false", text="Lees dit.\n\n![Cirkels](cirkels.png)")
    again(folder, **{"01-een.md": extra, "03-drie.md": topic("title: Drie")})

    assert not Participation.objects.finished().exists()
    assert fraction(lea, Theme.objects.get()) == (1, 2)


def test_nobody_is_finished_when_all_topics_are_replaced(folder, lea):
    again(folder, **{"02-twee.md": topic("title: Twee", text="Lees dat.")})
    complete(begin(lea, Theme.objects.get()), step("een"))

    again(folder, remove=True, **{"01-een.md": None, "02-twee.md": None, "03-drie.md": topic("title: Drie")})

    assert not Participation.objects.finished().exists()


def test_who_is_done_by_the_outcome_is_finished_by_structure(folder, lea):
    again(folder, **{"02-twee.md": topic("title: Twee", text="Lees dat.")})
    complete(begin(lea, Theme.objects.get()), step("twee"))

    again(folder, remove=True, **{"01-een.md": None})

    assert Participation.objects.finished().get().completion_cause == "structure"
    assert journey_of(lea, Theme.objects.get()).standing.percentage == 100
