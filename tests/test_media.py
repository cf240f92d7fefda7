"""Pictures in a bucket: kept in private, shown by the site alone, and trouble with it is trouble with a disk."""

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from moto import mock_aws

from accounts.models import User
from accounts.personal import remembering
from accounts.personal.erasing import erase, forget_again
from accounts.personal.registry import Person
from courses.models import Picture
from tests.conftest import make_theme
from tests.models.pictures import png
from tests.test_settings import read_settings

BUCKET, REGION = "media-of-a-test", "eu-central-1"
KEYS = {"access_key": "test", "secret_key": "test", "region_name": REGION}


def keep_in_a_bucket(settings, **options):
    media = {"BACKEND": "config.media.Bucket", "OPTIONS": {"bucket_name": BUCKET, **KEYS, **options}}
    settings.STORAGES = {**settings.STORAGES, "default": media}


@pytest.fixture
def bucket(settings):
    with mock_aws():
        client = boto3.client("s3", region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test")
        client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        keep_in_a_bucket(settings)
        yield client


@pytest.fixture
def picture(theme, bucket):
    return Picture.store(png(), name="boom.png", theme=theme)


def keys(bucket):
    return [item["Key"] for item in bucket.list_objects_v2(Bucket=BUCKET).get("Contents", [])]


def test_a_picture_lies_in_the_bucket_and_is_shown_by_the_site(picture, bucket, client):
    shown = client.get(picture.address)

    assert keys(bucket) == [picture.file.name]
    assert shown.content == bucket.get_object(Bucket=BUCKET, Key=picture.file.name)["Body"].read()
    assert shown.headers["Content-Type"] == "image/png"


def test_a_picture_of_a_hidden_theme_is_shown_to_trainers_alone(bucket, client, trainer, db):
    hidden = Picture.store(png(), name="boom.png", theme=make_theme(1, published=False))

    assert client.get(hidden.address).status_code == 404
    assert trainer.get(hidden.address).status_code == 200


def test_nobody_else_may_read_the_bucket(picture, bucket):
    grants = bucket.get_object_acl(Bucket=BUCKET, Key=picture.file.name)["Grants"]

    assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"]
    with pytest.raises(NotImplementedError):
        assert picture.file.url


def test_who_was_erased_on_one_machine_is_erased_again_on_another(lea, bucket, settings, tmp_path):
    pk, joined_at = lea.pk, lea.joined_at
    settings.DATA_DIR = tmp_path / "one"
    erase(lea)
    settings.DATA_DIR = tmp_path / "another"
    User.objects.create(pk=pk, email="lea@example.org", joined_at=joined_at)

    assert forget_again() == (1, 0)
    assert "lea" not in "".join(keys(bucket))


def test_what_is_remembered_in_the_bucket_can_be_taken_back(lea, bucket):
    line = remembering.remember(Person.of(lea))
    kept = remembering.remember(Person.of(lea))

    remembering.confirm([kept])
    remembering.strike_off([line])

    assert {one.split()[0] for one in remembering.lines()} == {kept.split()[0]}
    assert remembering.remembered().keys() == set(kept.split()[1:-1])


def test_a_file_that_is_gone_is_not_found(picture, bucket, client):
    default_storage.delete(picture.file.name)

    assert client.get(picture.address).status_code == 404
    assert not default_storage.exists(picture.file.name)


def test_a_file_is_never_written_over(bucket):
    names = [default_storage.save("pictures/boom.png", ContentFile(content)) for content in (b"one", b"two")]

    assert [default_storage.open(name).read() for name in names] == [b"one", b"two"]


DEEDS = {
    "reading": lambda: default_storage.open("boom.png"),
    "writing": lambda: default_storage.save("boom.png", ContentFile(b"wood")),
    "asking": lambda: default_storage.exists("boom.png"),
    "listing": lambda: default_storage.listdir(""),
    "deleting": lambda: default_storage.delete("boom.png"),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_a_bucket_out_of_reach_is_trouble_of_a_disk(deed, settings):
    keep_in_a_bucket(settings, endpoint_url="http://127.0.0.1:9")

    with pytest.raises(OSError, match="out of reach"):
        DEEDS[deed]()


def test_a_bucket_that_is_not_there_is_no_file_that_is_not_there(bucket, settings):
    keep_in_a_bucket(settings, bucket_name="not-ours")

    with pytest.raises(OSError, match="NoSuchBucket"):
        default_storage.open("boom.png")


def test_media_lie_in_a_folder_until_a_bucket_is_named(tmp_path):
    names = ("STORAGES['default']['BACKEND']", "STORAGES['default'].get('OPTIONS')")

    folder = read_settings(tmp_path, *names).stdout
    named = read_settings(tmp_path, *names, S3_BUCKET="media", S3_ENDPOINT="https://s3.example").stdout

    assert folder.startswith("django.core.files.storage.FileSystemStorage")
    assert named.startswith("config.media.Bucket")
    assert "'endpoint_url': 'https://s3.example'" in named
