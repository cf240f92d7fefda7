"""Pictures that an author adds to a topic: what is taken in, and what is refused in words."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from courses.models import Picture
from tests.authoring.writing import (
    address,
    make_written_step,
)
from tests.models.pictures import jpeg, png


@pytest.fixture
def step(db):
    return make_written_step()


def upload(step, client, content, name="twee cirkels.png"):
    return client.post(address("add_picture", step), {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("content", [png((12, 8)), jpeg((32, 24))])
def test_a_picture_is_stored_with_its_topic(trainer, step, content):
    response = upload(step, trainer, content)

    picture = Picture.objects.get()
    assert response.status_code == 201
    assert picture.topic == step.topic
    assert response.json() == {
        "address": picture.address,
        "width": picture.width,
        "height": picture.height,
        "name": "twee cirkels.png",
    }
    assert trainer.get(picture.address).status_code == 200


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", png()[:40], b"MZ" * 100],
    ids=["empty", "GIF", "SVG", "half", "program"],
)
def test_what_is_no_picture_is_refused_in_words(trainer, step, content):
    response = upload(step, trainer, content)

    assert response.status_code == 400
    assert response.json()["message"]
    assert not Picture.objects.exists()


def test_nothing_at_all_is_refused_in_words(trainer, step):
    response = trainer.post(address("add_picture", step), {"file": "twee cirkels"})

    assert response.status_code == 400
    assert response.json()["message"]


def test_a_picture_of_more_than_20_megabytes_is_refused(trainer, step):
    response = upload(step, trainer, bytes(20_000_001))

    assert response.status_code == 413
    assert "20 MB" in response.json()["message"]


@pytest.mark.parametrize("name", ["n" * 300 + ".png", "../../etc/passwd.png", "‮gnp.exe", "💛.png", ".png"])
def test_a_picture_may_have_any_name(trainer, step, name):
    response = upload(step, trainer, png(), name)

    assert response.status_code == 201
    assert len(Picture.objects.get().name) <= 200
