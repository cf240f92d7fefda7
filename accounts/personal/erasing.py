"""Erasing a person: everything that the registry says, at once or not at all."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, connection, transaction
from django.template.loader import render_to_string
from django.utils import translation

from accounts.personal import registry, remembering
from accounts.personal.leftovers import forget_in_cache, forget_in_mail_files
from accounts.personal.registry import Person

logger = logging.getLogger("stapwijs.erasing")

SECONDS_FOR_THE_LAST_MAIL = 5
MILLISECONDS_FOR_THE_JOURNAL = 1_000
TRIES = 3
AT_ONCE = 2_000


class ObstructedError(Exception):
    """Something must be seen to first; ``obstacles`` say what."""

    def __init__(self, obstacles):
        super().__init__("; ".join(one.sentence for one in obstacles))
        self.obstacles = obstacles


def erase(user, *, settle=False, tell=True):
    """Erase whose account this is. Raises ``ObstructedError`` and does nothing if they must see to something first.

    ``settle``: clear what stands in the way, for they cannot be asked. ``tell``: mail them that it is done.
    """
    person, language = Person.of(user), user.language or settings.LANGUAGE_CODE
    let_go_of(person, settle=settle)
    if tell:
        say_goodbye(user.email, language)
    logger.info("An account was erased")


def let_go_of(person, *, settle=True):
    """The same for a ``Person``, who may be no more than an address; without a word to them.

    Somebody may write a row about them at this very moment, which only the database sees: then it is done anew.
    """
    for tries_left in reversed(range(TRIES)):
        try:
            at_once_or_not_at_all(person, settle=settle)
            break
        except IntegrityError:
            if not tries_left:
                raise
    forget_in_journal()


def at_once_or_not_at_all(person, *, settle):
    """If the end of the transaction is never heard of, ``settle_begun`` finds out later whether it came about."""
    line = None
    try:
        with transaction.atomic(durable=True):
            registry.hold(person)
            if settle:
                registry.settle_obstacles(person)
            if found := registry.obstacles(person):
                raise ObstructedError(found)
            forget_in_cache(person)
            forget_in_mail_files(person)
            for entry in reversed(registry.entries()):
                entry.let_go_of(person)
            line = remembering.remember(person)
    except IntegrityError:
        if line:
            remembering.strike_off([line])  # it did not come about
        raise
    remembering.confirm([line])


def forget_in_journal():
    """SQLite keeps former pages in its write-ahead log until that is taken up; a backup under way postpones it."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout")
            [patience] = cursor.fetchone()
            cursor.execute(f"PRAGMA busy_timeout = {MILLISECONDS_FOR_THE_JOURNAL}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute(f"PRAGMA busy_timeout = {patience}")


def say_goodbye(address, language):
    """One last mail, which no outbox keeps; none where mail is written to files, for a file would keep the address."""
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return
    with translation.override(language):
        context = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
        words = render_to_string("account/data/last_mail.txt", context)
        subject, _line, body = words.strip().partition("\n")
        post = get_connection(timeout=SECONDS_FOR_THE_LAST_MAIL)
        try:
            EmailMessage(subject, body.strip() + "\n", to=[address], connection=post).send()
        except (OSError, SMTPException) as error:
            logger.warning("The last mail to somebody who was erased was not sent: %s", type(error).__name__)


def forget_again():
    """After a backup was put back: erase again who was erased since it was made; return how many accounts, addresses.

    Who came back later with the same address, stays.
    """
    marks = remembering.remembered()
    back = accounts_among(marks)
    for person in back:
        erase(person.user, settle=True, tell=False)
    known = addresses_among(marks)
    for person in known:
        let_go_of(person)
    return len(back), len(known)


def settle_begun(*, before):
    """Whom the database still has, was not erased: strike off those lines. What else a crash left begun, came about.

    To be asked before a backup takes the place of this database, or of what was begun so long ago that it is over.
    """
    begun = [line for line in remembering.begun() if remembering.moment_of(line) < before]
    marks = remembering.marks_in(begun)
    people = accounts_among(marks) | addresses_among(marks)
    still_here = {one for person in people for one in remembering.marks_of(person)}
    undone = [line for line in begun if still_here.intersection(line.split())]
    remembering.strike_off(undone)
    remembering.confirm([line for line in begun if line not in undone])


def accounts_among(marks):
    """The people whose account or address is marked, if they were there already when it was."""
    if not marks:
        return set()
    users = get_user_model().objects.order_by("pk").prefetch_related("emailaddress_set").iterator(AT_ONCE)
    return {person for user in users if remembering.erased_since(person := Person.of(user), user.joined_at, marks)}


def addresses_among(marks):
    """The same for addresses that stand in rows which need no account."""
    if not marks:
        return set()
    strangers = {(address.lower(), since) for entry in registry.entries() for address, since in addresses_in(entry)}
    people = [(Person(None, frozenset([address])), since) for address, since in strangers]
    return {person for person, since in people if remembering.erased_since(person, since, marks)}


def addresses_in(entry):
    """What stands in rows that need no account: (address, since when)."""
    if not entry.address:
        return []
    address, since = entry.address
    return entry.rows.exclude(**{address: ""}).values_list(address, since)
