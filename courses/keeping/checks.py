"""What keepers get wrong, said when something starts: what is wrong, and what to do."""

import logging
import os
import stat
import time
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import DatabaseError, connections

from courses.keeping import restoring
from courses.keeping.backing_up import last_backup_at
from courses.keeping.readiness import BACKUP_OLD_AFTER

logger = logging.getLogger("stapwijs.start")

NETWORK_SHARES = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "fuse.sshfs", "fuse.glusterfs"}
NEAR = {"", "localhost", "127.0.0.1", "::1"}
MOUNTS = Path("/proc/mounts")


def mail_leaves(**kwargs):
    """A site that people reach by https is meant for people."""
    if settings.HTTPS and settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        yield Warning(
            "No mail leaves this site: codes to sign in and invitations are written to files.",
            hint="Set EMAIL_URL to your mail server, e.g. smtp+tls://user:password@host:587",
            id="stapwijs.W020",
        )


def mail_has_a_sender(**kwargs):
    if settings.HTTPS and "@localhost" in settings.DEFAULT_FROM_EMAIL:
        yield Warning(
            "Mail is sent in the name of “localhost”, which many mail servers refuse.",
            hint="Set EMAIL_FROM to a sender of your own domain, e.g. Stapwijs <leren@example.org>",
            id="stapwijs.W021",
        )


def data_can_be_written(**kwargs):
    if not os.access(settings.DATA_DIR, os.W_OK):
        yield Error(
            f"Nothing can be written to DATA_DIR ({settings.DATA_DIR}).",
            hint="Give the folder to the user that runs the site, or name another one.",
            id="stapwijs.E020",
        )


def data_is_private(**kwargs):
    """The secret key and, on SQLite, everybody's progress stand there."""
    if settings.HTTPS and stat.S_IMODE(settings.DATA_DIR.stat().st_mode) & 0o007:
        yield Warning(
            f"Every user of this machine can look into DATA_DIR ({settings.DATA_DIR}).",
            hint=f"chmod o-rwx {settings.DATA_DIR}",
            id="stapwijs.W022",
        )


def restore_is_finished(**kwargs):
    """People who were erased since may be back, and files may be of two moments."""
    if path := restoring.unfinished():
        yield Error(
            f"A backup was being put back and that was cut short ({path}). The database is whole, the former one or "
            "that of the backup; what comes after was not done.",
            hint=f"manage.py restore {path} --replace does everything anew. To stay with what is here: delete "
            f"{restoring.note()}, then manage.py migrate, forget_again and check_progress.",
            id="stapwijs.E022",
        )


def key_is_shared(**kwargs):
    """A database elsewhere may have several servers; each would make a key of its own."""
    database = connections["default"].settings_dict
    if connections["default"].vendor == "postgresql" and database["HOST"] not in NEAR and not settings.SECRET_KEY_GIVEN:
        yield Warning(
            "The secret key was made by this machine itself. If other machines serve the same site, people are signed "
            "out at random, and links in mails do not work on all of them.",
            hint="Set SECRET_KEY to the same on every machine (that of DATA_DIR/secret-key will do).",
            id="stapwijs.W023",
        )


def sqlite_is_on_this_machine(**kwargs):
    """Locks do not hold over a network, and SQLite stands on them."""
    connection = connections["default"]
    if connection.vendor == "sqlite" and (share := share_of(Path(connection.settings_dict["NAME"]).resolve())):
        yield Error(
            f"The SQLite database lies on a network share ({share}); there it gets corrupted sooner or later.",
            hint="Put DATA_DIR on a disk of this machine, or use PostgreSQL (manage.py move_database).",
            id="stapwijs.E021",
        )


def share_of(path):
    """The kind of network share on which this path lies; None on a disk of this machine."""
    try:
        mounts = [line.split()[1:3] for line in MOUNTS.read_text().splitlines()]
    except OSError:
        return None  # not on Linux
    around = [(Path(place), kind) for place, kind in mounts if path.is_relative_to(place.replace("\\040", " "))]
    _place, kind = max(around, key=lambda found: len(found[0].parts), default=(None, None))
    return kind if kind in NETWORK_SHARES else None


def proxy_stands_in_front(**kwargs):
    if settings.HTTPS and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        yield Warning(
            "No proxy of your own stands in front: a few people who send slowly hold up everybody, and when too many "
            "come, nobody is told so.",
            hint="Put nginx in front as docs/deploy.md says, and set TRUSTED_PROXY_COUNT to 1",
            id="stapwijs.W025",
        )


def there_is_a_backup(databases=None, **kwargs):
    """Asked where a database is looked at anyway: by ``migrate``, and by ``check --database default``."""
    if not databases or not settings.HTTPS:
        return
    try:
        made_at = last_backup_at()
    except DatabaseError:
        return  # it has no tables yet
    if made_at is None or time.time() - made_at > BACKUP_OLD_AFTER:
        yield Warning(
            "No backup was made in the last seven days.",
            hint="manage.py backup, every night; see docs/keeping.md",
            id="stapwijs.W024",
        )


AT_START = (
    mail_leaves,
    mail_has_a_sender,
    proxy_stands_in_front,
    data_can_be_written,
    data_is_private,
    restore_is_finished,
    key_is_shared,
    sqlite_is_on_this_machine,
)


def enter():
    for check in AT_START:
        register(check)
    register(there_is_a_backup, Tags.database)


def tell_keeper():
    """For a server, which runs no checks of its own accord: say what is wrong, and stop if it is serious."""
    found = list(chain.from_iterable(check() for check in AT_START))
    if serious := [message for message in found if message.is_serious()]:
        raise SystemExit("\n".join(map(str, serious)))
    for message in found:
        logger.warning("%s %s", message.msg, message.hint)
