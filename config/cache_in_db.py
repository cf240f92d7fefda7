"""The cache in the database, which says so when it could not write."""

from django.core.cache.backends import db

from config.outages import CacheAwayError

TRIES = 5
"""A lock that stood in the way may be gone a moment later; a full disk says no every time."""


class DatabaseCache(db.DatabaseCache):
    """Django's keeps silent about a write that failed. Limits are counted here: on a full disk, or behind a lock,
    everybody would hear that they tried too often.
    """

    def _base_set(self, mode, key, *args, **kwargs):
        for _attempt in range(TRIES):
            if super()._base_set(mode, key, *args, **kwargs):
                return True
            if mode == "touch" or (mode == "add" and self.is_there(key)):
                return False
        raise CacheAwayError

    def is_there(self, made_key):
        """Then adding it changed nothing, as it should."""
        with self.connection().cursor() as cursor:
            table = self.connection().ops.quote_name(self._table)
            cursor.execute(f"SELECT 1 FROM {table} WHERE cache_key = %s", [made_key])  # noqa: S608  a name of our own
            return cursor.fetchone() is not None

    def connection(self):
        return db.connections[db.router.db_for_read(self.cache_model_class)]
