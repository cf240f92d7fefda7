"""The cache that all processes share. Nothing is kept there but what is counted for a while (config/limits.py)."""

from django.core.checks import Tags, Warning, register

from config import database

MOST_ENTRIES = 100_000
"""Beyond it Django throws a third of the table away, whatever is still counted there; its own bound is 300."""

SHARED = (".DatabaseCache", ".RedisCache")


def configuration(url):
    """Return the entry of ``CACHES`` for ``url`` (``dbcache://table`` or ``rediscache://host:6379/0``)."""
    settings = database.cache(url)
    if settings["BACKEND"].endswith("DatabaseCache"):
        settings["OPTIONS"] = {"MAX_ENTRIES": MOST_ENTRIES, **settings.get("OPTIONS", {})}
    return settings


@register(Tags.caches)
def cache_is_shared(**kwargs):
    """Refuse no cache, but say what one that each process has for itself does to the limits."""
    from django.conf import settings

    if not settings.CACHES["default"]["BACKEND"].endswith(SHARED):
        yield Warning(
            "The cache is not shared: with n processes, every limit allows n times as much.",
            hint="Leave CACHE_URL out to count in the database, or name a Redis or Valkey server.",
            id="stapwijs.W003",
        )


def forget_expired():
    """Delete from the database what ran out; by itself it stays until the table is full. Redis needs no help."""
    from django.core.cache import cache
    from django.db import connection
    from django.utils import timezone

    table = getattr(cache, "_table", None)
    if table is None:
        return
    with connection.cursor() as cursor:
        name, now = connection.ops.quote_name(table), connection.ops.adapt_datetimefield_value(timezone.now())
        cursor.execute(f"DELETE FROM {name} WHERE expires < %s", [now])  # noqa: S608  a name of our own
