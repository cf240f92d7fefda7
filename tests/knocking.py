"""Trying a door once, and seeing what it told and what it changed."""

import re
from contextlib import contextmanager

from django.db import connection, transaction

PASSING = {"django_session", "cache_entries", "usersessions_usersession"}
"""Tables of visits, whose rows come and go by themselves."""


WRITES = re.compile(r'\s*(INSERT|UPDATE|DELETE)(?: OR \w+)?(?: INTO| FROM)?\s+"?(\w+)', re.IGNORECASE)

LOOKS = {"courses_look"}
"""What looking may change: who looked at whose progress is written down, for those who were looked at."""

OF_EACH_ANSWER = {"X-Request-ID", "Content-Length", "Expires"}
"""Headers that differ by themselves: the body is compared without the address that was asked for."""


@contextmanager
def taken_back():
    """Whatever is done to the database here is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def changes():
    """Collect the tables of which rows are changed here, but those of visits."""
    changed = set()

    def note(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        written = WRITES.match(sql)
        # of an INSERT that returns its key, SQLite does not know yet how many rows it made
        if written and written[2] not in PASSING and (written[1].upper() == "INSERT" or context["cursor"].rowcount):
            changed.add(written[2])
        return result

    with connection.execute_wrapper(note):
        yield changed


def knock(browser, method, address, fields=()):
    """Ask once, and have the browser and the database as they were; returns the response and the tables it changed."""
    cookies = browser.cookies.copy()
    with taken_back(), changes() as changed:
        response = browser.post(address, dict(fields)) if method == "POST" else browser.generic(method, address)
        response.text_of_all = said(response)
    browser.cookies = cookies
    return response, changed


def said(response):
    """All that a response tells, headers too, but for what is random and the address that was asked for."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = [f"{name}: {value}" for name, value in response.headers.items() if name not in OF_EACH_ANSWER]
    text = "\n".join([body.decode(errors="replace"), *headers])
    return re.sub(r'value="[\w-]{64}"', "", text).replace(response.wsgi_request.path, "…")


def everything_kept():
    """Every row of the product's own tables; sessions and the cache come and go with a visit."""
    tables = [name for name in connection.introspection.table_names() if name not in PASSING]
    with connection.cursor() as cursor:
        kept = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  names come from the database itself
            kept[table] = sorted(map(repr, cursor.fetchall()))
    return kept
