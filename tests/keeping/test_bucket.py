"""With pictures in a bucket, a backup holds them, and they come back in another one."""

from io import StringIO

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from moto import mock_aws

from accounts.personal import remembering
from accounts.personal.registry import Person
from courses.keeping import media
from courses.keeping.backing_up import make_backup
from tests.conftest import make_user
from tests.keeping.conftest import members, said
from tests.test_media import BUCKET, KEYS, REGION, keep_in_a_bucket

pytestmark = pytest.mark.django_db(transaction=True)

ANOTHER = "media-of-another-test"


@pytest.fixture
def buckets(settings):
    with mock_aws():
        client = boto3.client(
            "s3",
            region_name=REGION,
            aws_access_key_id=KEYS["access_key"],
            aws_secret_access_key=KEYS["secret_key"],
        )
        for name in (BUCKET, ANOTHER):
            client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
        keep_in_a_bucket(settings)
        yield


def pictures():
    return {name: default_storage.open(name).read() for name in media.names()}


def test_pictures_come_back_in_another_bucket(buckets, site, backup, elsewhere, settings):
    here = pictures()

    with elsewhere():
        keep_in_a_bucket(settings, bucket_name=ANOTHER)
        call_command("restore", backup, stdout=StringIO())

        assert pictures() == here
        assert len(here) == 2


def test_what_stands_in_the_way_is_kept_beside_it(buckets, site, backup, elsewhere):
    name = next(media.names())
    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"another"))

    with elsewhere():
        told = said("restore", backup)

    [folder] = default_storage.listdir("")[0][:1]
    assert "1 files had other contents" in told
    assert default_storage.open(f"{folder}/{name}").read() == b"another"
    assert default_storage.open(name).read() == members(backup)[f"media/{name}"]


def test_the_list_of_who_was_erased_is_in_no_backup(buckets, site, tmp_path):
    remembering.remember(Person.of(make_user("Noor")))

    path, _manifest = make_backup(tmp_path / "backups")

    assert remembering.lines()
    assert not [name for name in members(path) if remembering.FOLDER in name]
