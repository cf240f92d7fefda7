"""Pictures in a private bucket that speaks S3, for a site on several machines (docs/deploy.md).

Nobody but the site reads there: a picture comes through the view that asks ``visible_to``, in one
piece, so that a slow reader keeps no thread waiting.
"""

import contextlib
import errno

from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile

try:
    from boto3.s3.transfer import TransferConfig
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
    from storages.backends.s3 import S3Storage
except ImportError as error:
    raise ImproperlyConfigured(
        "S3_BUCKET asks for packages that are not installed: python3 tools/bootstrap.py s3"
    ) from error

CONNECT_SECONDS, READ_SECONDS, TRIES = 3, 10, 2


class Bucket(S3Storage):
    """Trouble with the bucket is an ``OSError``, as trouble with a disk is."""

    def __init__(self, **settings):
        # Stores of one's own answer to a path, and not all of them know the newest checksums.
        client_config = Config(
            signature_version="s3v4",
            s3={"addressing_style": "path" if settings.get("endpoint_url") else "auto"},
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"total_max_attempts": TRIES, "mode": "standard"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(
            **settings,
            client_config=client_config,
            transfer_config=TransferConfig(use_threads=False),
            default_acl=None,
            file_overwrite=False,
        )

    def url(self, name, **options):
        raise NotImplementedError("A picture has no public address; Picture.address leads to the view.")

    def exists(self, name):
        with trouble_as_of_a_disk(name):
            return super().exists(name)

    def listdir(self, path):
        with trouble_as_of_a_disk(path):
            return super().listdir(path)

    def delete(self, name):
        with trouble_as_of_a_disk(name):
            super().delete(name)

    def _open(self, name, mode="rb"):
        with trouble_as_of_a_disk(name):
            answer = self.bucket.Object(self._normalize_name(name)).get()
            return ContentFile(answer["Body"].read(), name=name)

    def _save(self, name, content):
        with trouble_as_of_a_disk(name):
            return super()._save(name, content)


@contextlib.contextmanager
def trouble_as_of_a_disk(name):
    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
            raise FileNotFoundError(errno.ENOENT, "Not in the bucket", name) from error
        raise OSError(errno.EIO, f"The bucket refuses: {error.response['Error']['Code']}", name) from error
    except (BotoCoreError, HTTPClientError) as error:
        raise OSError(errno.EIO, f"The bucket is out of reach: {type(error).__name__}", name) from error
