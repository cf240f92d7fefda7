"""Lea and Tom with something of every kind kept of them; and where to look for what is left."""

import base64
import hashlib
import json
import uuid
from datetime import timedelta
from pathlib import Path

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from courses.models import Import, Invitation, Look, MailWishes, Membership, Message, Note, Presence
from tests.conftest import begin, make_step, make_theme, signed_in
from tests.models.acts import complete, reopen, steps_of
from tests.tracking.conftest import make_group

SURNAME = "Zonneveld"
"""Stands in no text but of theirs, so that it can be looked for."""


def make_person(name, **fields):
    address = f"{name}.{SURNAME}@example.org"
    person = User.objects.create_user(address, "a good long password", name=f"{name} {SURNAME}", **fields)
    EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    return person


def learner_with_everything(trainer):
    """Lea: two attempts, two groups, and whatever else is kept of somebody who learns; she is staff too."""
    lea = make_person("Lea", is_staff=True, is_superuser=True)
    theme, other = make_theme(3), make_theme(1)
    other.add(theme.steps.first().topic, slug="gedeeld")
    first = begin(lea, theme)
    complete(first, *steps_of(theme))
    reopen(first, steps_of(theme)[1])
    second = first.restart()
    second.open(steps_of(theme)[0])
    second.complete(steps_of(theme)[0], deed=uuid.uuid4(), actor=trainer, reason=f"Lea {SURNAME} zei het")
    begin(lea, other).take_over(other.steps.get(slug="gedeeld"), deed=uuid.uuid4())
    group = make_group(lea, themes=[theme, other], trainers=[trainer])
    membership = Membership.objects.get(learner=lea)
    Message.objects.send(membership, sender=trainer, text=f"Dag Lea {SURNAME}!")
    Note.objects.create(membership=membership, author=trainer, text=f"{SURNAME} vraagt veel.")
    Look.objects.note(trainer, group, Look.Kind.LEARNER, lea)
    MailWishes.objects.of(lea)
    Invitation.objects.create(group=group, email=lea.email.upper(), name=lea.name, created_by=trainer, used_count=1)
    pending = make_group(trainers=[trainer], name="Later")
    Invitation.objects.create(group=pending, email=lea.email.lower(), name=lea.name, created_by=trainer)
    around(lea)
    return lea


def trainer_with_everything(learner):
    """Tom: what he wrote, and what he did for and about others."""
    tom = make_person("Tom", is_trainer=True)
    theme = make_theme(2)
    step = make_step(theme, "Van Tom")
    step.topic.write(title="Van Tom", html="<p>Een tekst.</p>", author=tom)
    step.topic.publish()
    Presence.objects.announce(step.topic, tom)
    group = make_group(learner, themes=[theme], trainers=[tom])
    membership = Membership.objects.get(learner=learner, group=group)
    complete(begin(learner, theme), steps_of(theme)[0], actor=tom, reason="Op papier gedaan")
    Message.objects.send(membership, sender=tom, text="Hoe gaat het?")
    Note.objects.create(membership=membership, author=tom, text="Vraagt veel.")
    Look.objects.note(tom, group, Look.Kind.ROSTER)
    Invitation.objects.create(group=group, email="noor@example.org", created_by=tom)
    Import.objects.create(name="Artikel", proposal={"topics": []}, author=tom)
    around(tom)
    return tom


def around(person):
    """What libraries keep: sessions, ways to sign in, the admin's log, work, the cache, mail that is a file."""
    browser = signed_in(person)
    key = browser.session.session_key
    UserSession.objects.get_or_create(session_key=key, defaults={"user": person, "ip": "192.0.2.1", "user_agent": "x"})
    waiting = SessionStore()
    waiting["account_login"] = {"email": person.email.lower()}
    waiting.save()
    confirmation = EmailAddress.objects.create(user=person, email=f"new.{person.email}")
    EmailConfirmation.objects.create(email_address=confirmation, key=f"key-{person.pk}")
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": SURNAME})
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={"seed": SURNAME})
    app = SocialApp.objects.create(provider="openid_connect", name="Elders", client_id=f"app-{person.pk}")
    account = SocialAccount.objects.create(
        user=person, provider="openid_connect", uid=person.email, extra_data={"name": person.name}
    )
    SocialToken.objects.create(app=app, account=account, token=SURNAME)
    users = ContentType.objects.get_for_model(User)
    for about in (person.pk, 0):
        LogEntry.objects.create(
            user=person, content_type=users, object_id=str(about), object_repr=person.name, action_flag=CHANGE
        )
    work(args_kwargs={"args": [person.email.upper()], "kwargs": {}})
    work(args_kwargs={"args": [], "kwargs": {}}, traceback=f"ValueError: {person.name}", finished_at=timezone.now())
    cache.set(f"allauth:rl:login_failed:{sha256(person.email.lower())}", [1.0], 600)


def work(**fields):
    later = timezone.now() + timedelta(days=1)
    fields = {"task_path": "x", "queue_name": "default", "backend_name": "default", "run_after": later, **fields}
    DBTaskResult.objects.create(exception_class_path="", **{"traceback": "", **fields})


def mail_to_files(settings, folder, *people):
    """As without a mail server: a mail to each of them, and one to nobody of them, in one file."""
    settings.EMAIL_FILE_PATH = folder
    backend = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=folder)
    letters = [EmailMessage("Je code", f"Dag {one.name} ë!", to=[one.email.lower()]) for one in people]
    backend.send_messages([*letters, EmailMessage("Iets anders", "Voor Cleo.", to=["cleo@example.org"])])


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def traces_of(person):
    """What must be nowhere: name and address in small letters, and the address hashed or coded."""
    plain = [person.name.lower(), SURNAME.lower(), person.email.lower()]
    coded = []
    for address in {person.email, person.email.lower(), person.email.upper()}:
        raw = address.encode()
        coded += [hashlib.new(name, raw).hexdigest() for name in ("md5", "sha1", "sha256")]
        coded += [base64.b64encode(raw).decode().rstrip("="), raw.hex()]
    return [*plain, *(text.lower() for text in coded)]


def dump():
    """Every row of every table as text, and what the sessions say."""
    lines = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  names come from the database itself
            lines += [f"{table}: {row!r}" for row in cursor.fetchall()]
    sessions = [line for line in lines if line.startswith("django_session")]
    lines += [json.dumps(SessionStore().decode(word.strip("',()"))) for line in sessions for word in line.split()]
    return "\n".join(lines).lower()


def files_in(*folders):
    found = [path for folder in folders for path in Path(folder).rglob("*") if path.is_file()]
    return "\n".join(f"{path.name}\n{path.read_bytes()!r}" for path in found).lower()
