"""Rule 24: 30 days in the bin; a real delete is refused while progress stands on it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from courses.models import Edition, Group, Picture, Structure, Theme, Topic, Version
from courses.models.emptying import empty_bin
from tests.conftest import begin, make_theme
from tests.models.acts import steps_of
from tests.models.pictures import png, stored

pytestmark = pytest.mark.django_db


def in_bin(theme, days):
    theme.bin()
    Theme.objects.filter(pk=theme.pk).update(binned_at=timezone.now() - timedelta(days=days))
    return theme


def test_what_nobody_took_back_in_30_days_goes_for_good(django_capture_on_commit_callbacks):
    theme = make_theme(2, title="Oud")
    topic = steps_of(theme)[0].topic
    picture = stored(png(), topic=topic)
    theme.describe(cover=stored(png((9, 9)), theme=theme))
    topic.write(title="Anders", html="<p>Anders.</p>")
    in_bin(theme, days=31)

    with django_capture_on_commit_callbacks(execute=True):
        titles = empty_bin()

    assert titles == ["Oud"]
    for model in (Theme, Topic, Edition, Version, Picture, Structure):
        assert not model.objects.exists(), model
    assert not picture.file.storage.exists(picture.file.name)


def test_before_30_days_nothing_goes():
    in_bin(make_theme(1), days=29)

    assert empty_bin() == []
    assert Theme.objects.exists()


def test_a_theme_that_is_not_in_the_bin_stays():
    make_theme(1)

    assert empty_bin() == []


def test_rule_24_what_progress_stands_on_stays(lea):
    theme = make_theme(1)
    begin(lea, theme).open(steps_of(theme)[0])
    in_bin(theme, days=400)

    assert empty_bin() == []
    theme.restore()
    assert begin(lea, theme).progress.exists()


def test_what_a_group_follows_stays():
    theme = make_theme(1)
    Group.objects.create(name="Teamleiders").follow(theme)
    in_bin(theme, days=31)

    assert empty_bin() == []
    assert Theme.objects.filter(pk=theme.pk).exists()


def test_a_topic_of_another_theme_stays_and_so_does_a_copys_picture(django_capture_on_commit_callbacks):
    theme, other = make_theme(2), make_theme(0, slug="ander")
    shared = steps_of(theme)[0].topic
    other.add(shared, slug="gedeeld")
    picture = stored(png(), theme=theme)
    theme.describe(introduction=f'<figure><img src="{picture.address}" alt=""></figure>')
    copy = theme.duplicate(slug="kopie", title="Kopie")
    in_bin(theme, days=31)

    with django_capture_on_commit_callbacks(execute=True):
        empty_bin()

    assert [step.topic for step in steps_of(other)] == [shared]
    assert copy.pictures.get().file.storage.exists(picture.file.name)


def test_the_command_says_what_it_did(capsys):
    in_bin(make_theme(1, title="Oud"), days=31)

    call_command("empty_bin")

    assert "deleted: Oud" in capsys.readouterr().out
