"""What becomes of the rows of accounts, and of the libraries that sign people in, keep sessions and do work."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from accounts.personal.leftovers import sessions_of, tasks_about
from accounts.personal.reasons import IMPERSONAL, ITSELF, MACHINERY, NUMBER, REPEATED, SECRET
from accounts.personal.registry import Chapter, Entry, each, erased, exported, kept, register

RIGHTS = _("Which rights staff gave you in the admin. They go with your account.")
DEEDS = {ADDITION: _("added"), CHANGE: _("changed"), DELETION: _("deleted")}
OFTEN = {True: _("yes"), False: _("no")}
WHO_YOU_ARE = Chapter(
    _("Who you are"),
    _(
        "Your name, your email address and your language, since when you have an account and when you signed in last; "
        "what you may do here and what staff changed in that; and tasks of the site itself in which you occur."
    ),
)
HOW_YOU_SIGN_IN = Chapter(
    _("How you sign in"),
    _(
        "Your password, in a form from which nobody can read it, your passkeys and codes, and in which browsers and "
        "from which network address you are signed in. If you sign in through your organisation: what it tells us "
        "about you."
    ),
)


def impersonal(model, names):
    """Rows that are about nobody."""
    return Entry(model, model._meta.verbose_name_plural, each(kept(IMPERSONAL), names), personal=False)


def about(person):
    """What staff did in the admin, and what was done there to this account."""
    this = Q(content_type__app_label="accounts", content_type__model="user", object_id=str(person.user.pk))
    return Q(user=person.user) | this


ACCOUNT = Entry(
    User,
    _("Your account"),
    {
        **each(erased(NUMBER), "id"),
        **each(erased(SECRET), "password"),
        "name": exported(_("Name")),
        "email": exported(_("Email address")),
        "language": exported(_("Language")),
        "joined_at": exported(_("Account since")),
        "last_login": exported(_("Signed in last on")),
        "is_active": exported(_("Account switched on"), words=OFTEN),
        "is_trainer": exported(_("Trainer"), words=OFTEN),
        "is_staff": exported(_("Staff"), words=OFTEN),
        "is_superuser": exported(_("All rights"), words=OFTEN),
        **each(erased(RIGHTS), "groups user_permissions"),
    },
    theirs=lambda person: Q(pk=person.user.pk) if person.user else Q(pk__in=[]),
    chapter=WHO_YOU_ARE,
)
ADDRESSES = Entry(
    EmailAddress,
    _("Email addresses"),
    {
        **each(erased(NUMBER), "id"),
        **each(erased(ITSELF), "user"),
        "email": exported(_("Email address")),
        "verified": exported(_("Confirmed"), words=OFTEN),
        "primary": exported(_("To sign in with"), words=OFTEN),
    },
    theirs=lambda person: person.stands_in("user"),
    chapter=WHO_YOU_ARE,
)
CONFIRMATIONS = Entry(
    EmailConfirmation,
    _("Confirmations of an address"),
    {
        **each(erased(NUMBER), "id"),
        **each(erased(SECRET), "key"),
        "email_address": exported(_("Email address"), "email_address__email"),
        "created": exported(_("Written on")),
        "sent": exported(_("Sent on")),
    },
    theirs=lambda person: person.stands_in("email_address__user"),
    chapter=WHO_YOU_ARE,
)
SESSIONS = Entry(
    Session,
    _("Where you are signed in"),
    {**each(erased(SECRET), "session_key session_data"), **each(erased(MACHINERY), "expire_date")},
    theirs=lambda person: Q(pk__in=sessions_of(person)),
    chapter=HOW_YOU_SIGN_IN,
)
ADMIN_LOG = Entry(
    LogEntry,
    _("What was done in the admin, by you or to your account"),
    {
        **each(erased(NUMBER), "id object_id"),
        **each(erased(ITSELF), "user"),
        **each(erased(REPEATED), "object_repr"),
        "action_time": exported(_("When")),
        "content_type": exported(_("What"), "content_type__model"),
        "action_flag": exported(_("Deed"), words=DEEDS),
        "change_message": exported(_("Change")),
    },
    theirs=lambda person: about(person) if person.user else Q(pk__in=[]),
    chapter=WHO_YOU_ARE,
)
TASKS = Entry(
    DBTaskResult,
    _("Work in the background that mentions you"),
    each(
        erased(MACHINERY),
        "id status enqueued_at started_at finished_at args_kwargs priority task_path worker_ids queue_name "
        "backend_name run_after return_value exception_class_path traceback",
    ),
    theirs=lambda person: Q(pk__in=tasks_about(person)),
    chapter=WHO_YOU_ARE,
)


DEVICES = Entry(
    UserSession,
    _("Devices on which you signed in"),
    {
        **each(erased(NUMBER), "id"),
        **each(erased(ITSELF), "user"),
        **each(erased(SECRET), "session_key"),
        **each(erased(MACHINERY), "data"),
        "ip": exported(_("Address on the network")),
        "user_agent": exported(_("Browser")),
        "created_at": exported(_("Signed in on")),
        "last_seen_at": exported(_("Seen last on")),
    },
    theirs=lambda person: person.stands_in("user"),
    chapter=HOW_YOU_SIGN_IN,
)
SECOND_FACTORS = Entry(
    Authenticator,
    _("Passkeys and codes to sign in with"),
    {
        **each(erased(NUMBER), "id"),
        **each(erased(ITSELF), "user"),
        **each(erased(SECRET), "data"),
        "type": exported(_("Kind")),
        "created_at": exported(_("Added on")),
        "last_used_at": exported(_("Used last on")),
    },
    theirs=lambda person: person.stands_in("user"),
    chapter=HOW_YOU_SIGN_IN,
)
ELSEWHERE = Entry(
    SocialAccount,
    _("Accounts with another organisation that you sign in with"),
    {
        **each(erased(NUMBER), "id"),
        **each(erased(ITSELF), "user"),
        "provider": exported(_("Organisation")),
        "uid": exported(_("Known there as")),
        "extra_data": exported(_("What they told us")),
        "date_joined": exported(_("Since")),
        "last_login": exported(_("Signed in last on")),
    },
    theirs=lambda person: person.stands_in("user"),
    chapter=HOW_YOU_SIGN_IN,
)
KEYS_OF_ELSEWHERE = Entry(
    SocialToken,
    _("Keys of another organisation's sign-in"),
    {
        **each(erased(NUMBER), "id app"),
        **each(erased(SECRET), "token token_secret"),
        "account": exported(_("Organisation"), "account__provider"),
        "expires_at": exported(_("Valid until")),
    },
    theirs=lambda person: person.stands_in("account__user"),
    chapter=HOW_YOU_SIGN_IN,
)


def enter():
    register(
        ACCOUNT,
        ADDRESSES,
        CONFIRMATIONS,
        SECOND_FACTORS,
        DEVICES,
        ELSEWHERE,
        KEYS_OF_ELSEWHERE,
        SESSIONS,
        ADMIN_LOG,
        TASKS,
        impersonal(Permission, "id name content_type codename"),
        impersonal(Group, "id name permissions"),
        impersonal(ContentType, "id app_label model"),
        impersonal(SocialApp, "id provider provider_id name client_id secret key settings"),
    )
