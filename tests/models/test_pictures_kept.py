"""Pictures that are kept, and who sees them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from courses.models import Picture
from tests.conftest import make_theme, make_topic
from tests.models.acts import steps_of
from tests.models.pictures import content_of, jpeg, png, stored


def test_the_same_picture_of_the_same_owner_is_kept_once(db):
    theme = make_theme(1)

    first = stored(png(), theme=theme)
    again = stored(png(), theme=theme)
    elsewhere = stored(png(), topic=steps_of(theme)[0].topic)

    assert first == again
    assert first != elsewhere
    assert Picture.objects.count() == 2


def test_a_picture_is_stored_clean_and_with_its_size(db):
    picture = stored(jpeg((32, 24)) + b"Waar Lea woont", theme=make_theme(0))

    assert (picture.width, picture.height) == (32, 24)
    assert b"Waar Lea woont" not in content_of(picture)
    assert picture.content_type == "image/jpeg"


def test_the_name_someone_gave_it_is_not_the_name_of_the_file(db):
    picture = Picture.store(png(), name="../../etc/passwd.svg", theme=make_theme(0))

    assert picture.file.name == f"pictures/{picture.public_id}.png"
    assert picture.content_type == "image/png"


def test_a_picture_belongs_to_one_owner(db):
    with pytest.raises(IntegrityError):
        stored(png())


def test_a_picture_belongs_to_a_theme_or_a_topic_and_not_both(db):
    theme = make_theme(1)

    with pytest.raises(IntegrityError):
        stored(png(), theme=theme, topic=steps_of(theme)[0].topic)


# Who sees it


def pictures_of(theme):
    return [stored(png(), theme=theme), stored(png(), topic=steps_of(theme)[0].topic)]


@pytest.mark.parametrize(
    ("access", "visitor", "learner"),
    [("open", True, True), ("signed-in", False, True), ("group", False, False)],
)
def test_pictures_are_visible_to_whom_the_theme_is(lea, access, visitor, learner):
    pictures = pictures_of(make_theme(1, access=access))

    assert (set(Picture.objects.visible_to(AnonymousUser())) == set(pictures)) == visitor
    assert (set(Picture.objects.visible_to(lea)) == set(pictures)) == learner
    assert Picture.objects.visible_to(AnonymousUser()).exists() == visitor


@pytest.mark.parametrize("state", ["draft", "binned"])
def test_pictures_of_a_draft_or_binned_theme_are_visible_to_nobody(lea, state):
    theme = make_theme(1, published=state == "binned")
    pictures_of(theme)
    if state == "binned":
        theme.bin()

    assert not Picture.objects.visible_to(lea).exists()


@pytest.mark.parametrize("way", ["take out", "withdraw"])
def test_pictures_of_what_left_the_theme_are_visible_to_nobody(lea, way):
    theme = make_theme(1)
    of_theme, _of_topic = pictures_of(theme)
    step = steps_of(theme)[0]

    theme.take_out(step) if way == "take out" else step.topic.withdraw()

    assert Picture.objects.visible_to(lea).get() == of_theme


def test_a_picture_of_a_topic_in_two_themes_is_visible_through_either(lea):
    theme, other = make_theme(1), make_theme(0, access="group")
    topic = steps_of(theme)[0].topic
    other.add(topic, slug="ook-hier")
    picture = stored(png(), topic=topic)

    assert Picture.objects.visible_to(lea).get() == picture

    theme.unpublish()
    assert not Picture.objects.visible_to(lea).exists()


def test_a_picture_pasted_from_another_topic_is_shown_to_who_cannot_see_that_one(lea):
    hidden = make_topic(published=False)
    picture = stored(png(), topic=hidden)
    topic = make_topic(published=False)
    make_theme(0).add(topic, slug="hier")
    topic.write(title="Hier", html=f'<figure><img src="{picture.address}" alt=""></figure>')

    topic.publish()

    [own] = topic.pictures.all()
    assert own.address in topic.published_edition.html
    assert list(Picture.objects.visible_to(lea)) == [own]


def test_a_picture_is_adopted_once(db):
    picture = stored(png(), topic=make_topic())
    topic = make_topic(published=False)
    for words in ("Een", "Twee"):
        topic.write(title="Hier", html=f'<p>{words}</p><figure><img src="{picture.address}" alt=""></figure>')
        topic.publish()

    assert topic.pictures.count() == 1
