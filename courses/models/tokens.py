"""What opens a door for whoever holds it: 256 bits of which the database can tell nothing."""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from typing import Any

from django.db import models
from django.utils.crypto import salted_hmac


def new_seed():
    return secrets.token_urlsafe(32)


def hashed(token):
    return hashlib.sha256(token.encode()).hexdigest()


class TokenQuerySet(models.QuerySet):
    def with_token(self, token):
        return self.filter(token_hash=hashed(token))

    def renew(self):
        """After a change of the site's secret key: find rows by what follows from the new one. Sent links are void."""
        row: Any
        for row in self.only("seed").iterator(chunk_size=2000):
            self.filter(pk=row.pk).update(token_hash=hashed(row.token))


class Token(models.Model):
    """A row that is found by its token, which is nowhere kept.

    The token follows from ``seed`` and the site's secret key, so that the site can show or mail it again, and who has
    only the database cannot. It is looked up by its hash.
    """

    seed = models.CharField(max_length=50, default=new_seed, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        abstract = True

    def save(self, **kwargs):
        self.token_hash = hashed(self.token)
        super().save(**kwargs)

    @property
    def token(self):
        digest = salted_hmac(self._meta.label, self.seed, algorithm="sha256").digest()
        return urlsafe_b64encode(digest).decode().rstrip("=")
