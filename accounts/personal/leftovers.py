"""Where a trace of a person may stand that no field names: sessions, work, the cache, mail that is a file."""

import hashlib
import re
from datetime import timedelta
from email import message_from_string, policy
from pathlib import Path
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

AT_ONCE = 1_000
BETWEEN_MAILS = "-" * 79 + "\n"
"""What Django writes behind each mail in a file."""


def sessions_of(person):
    """The keys of the sessions in which they are signed in, or in which their address stands. Reads every session."""
    read, found = SessionStore().decode, []
    for key, coded in Session.objects.values_list("session_key", "session_data").iterator():
        kept = read(coded)
        signed_in = person.user and kept.get(SESSION_KEY) == str(person.user.pk)
        if signed_in or any(address in str(kept).lower() for address in person.addresses):
            found.append(key)
    return found


def tasks_about(person):
    """The keys of work in which their address stands, and of what is finished in which their name does."""
    texts = {f"{name}_text": Cast(name, TextField()) for name in ("args_kwargs", "return_value", "traceback")}

    def mention(word):
        condition = Q(pk__in=[])
        for name in texts if word else ():
            condition |= Q(**{f"{name}__icontains": word})
        return condition

    about = mention("")
    for address in person.addresses:
        about |= mention(address)
    finished = Q(finished_at__isnull=False) & mention(person.name)
    return list(DBTaskResult.objects.order_by().annotate(**texts).filter(about | finished).values_list("pk", flat=True))


def forget_in_cache(person):
    """Delete what is counted under an address, which stands there as its hash; what else is counted, stays."""
    hashes = [hashlib.sha256(address.encode()).hexdigest() for address in person.addresses]
    if table := getattr(cache, "_table", None):
        with connection.cursor() as cursor:
            for one in hashes:
                name = connection.ops.quote_name(table)
                cursor.execute(f"DELETE FROM {name} WHERE cache_key LIKE %s", [f"%{one}%"])  # noqa: S608  our setting
    elif settings.CACHES["default"]["BACKEND"].endswith("RedisCache"):
        backend: Any = cache
        redis = backend._cache.get_client()
        for one in hashes:
            for key in redis.scan_iter(match=f"*{one}*"):
                redis.delete(key)


def forget_in_mail_files(person):
    """Without a mail server, mail is written to files: take out what is to them, from them, or mentions them."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    words = [*person.addresses, *([person.name] if person.name else [])]
    if not words:
        return
    named = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words), re.IGNORECASE)
    for path in Path(folder).glob("*") if folder else ():
        mails = path.read_text(errors="replace").split(BETWEEN_MAILS)
        others = [mail for mail in mails if not named.search(words_of(mail))]
        if len(others) == len(mails):
            continue
        if any(mail.strip() for mail in others):
            path.write_text(BETWEEN_MAILS.join(others))
        else:
            path.unlink()


def words_of(mail):
    """Everything that can be read in a mail, however it was coded."""
    parts = message_from_string(mail, policy=policy.default)
    read = [str(value) for value in parts.values()]
    read += [part.get_content(errors="replace") for part in parts.walk() if part.get_content_maintype() == "text"]
    return "\n".join([mail, *read])


def ended_sessions(before):
    return Session.objects.filter(expire_date__lt=before)


def forget_ended_sessions():
    """Delete sessions that ran out, and what was noted of devices whose session is over."""
    ended_sessions(timezone.now()).delete()
    devices = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key"))
    devices.delete()


def visits(before):
    """The keys of sessions that nobody signed in with and that did not change since then.

    What stands in one (a code that was mailed, a deed to be done after signing in, and the address that was typed) is
    of use for half an hour at most.
    """
    last_changed = before + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    device = UserSession.objects.filter(session_key=OuterRef("session_key"))
    quiet = Session.objects.filter(~Exists(device), expire_date__lt=last_changed)
    read = SessionStore().decode
    return [key for key, coded in quiet.values_list("session_key", "session_data") if SESSION_KEY not in read(coded)]


def forget_visits(keys):
    for start in range(0, len(keys), AT_ONCE):
        Session.objects.filter(pk__in=keys[start : start + AT_ONCE]).delete()
