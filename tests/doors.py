"""The table of doors: every route of the site, who enters by which method, and what a form there carries.

Who finds which object behind a door is for the rooms: ``stage.py``. ``docs/security-model.md`` says the same by room.
"""

import uuid
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver

ANONYMOUS = ("visitor", "suspended")
"""Not signed in, and signed in when the account was switched off."""

MEMBERS = ("member", "suspended member", "former member")
TRAINERS_OF_THE_SITE, CLIENTS = ("trainer", "other trainer"), ("client", "other client")
ACCOUNTS = ("outsider", *MEMBERS, *TRAINERS_OF_THE_SITE, *CLIENTS, "staff")
PEOPLE = (*ANONYMOUS, *ACCOUNTS)

OPENS_FOR = {
    "everyone": PEOPLE,
    "accounts": ACCOUNTS,
    "trainers": TRAINERS_OF_THE_SITE,
    "followers": (*TRAINERS_OF_THE_SITE, *CLIENTS),
    "staff": ("staff",),
    "nobody": (),
}

NOBODY = ()
SEES = {
    "open": PEOPLE,
    "for who signs in": ACCOUNTS,
    "of the group": ("member", "trainer"),
    "of another group": ("suspended member", "other trainer"),
    "a draft": NOBODY,
    "in the bin": NOBODY,
    "non-existent": NOBODY,
}
"""Who sees a theme, by its kind."""


@dataclass(frozen=True)
class Door:
    """``opens_for``: everyone else must sign in, or is refused. ``answers``: the status of who is let in."""

    methods: str
    opens_for: str = "everyone"
    fields: tuple = ()
    answers: tuple = (200, 201, 204, 302, 303)

    def lets_in(self, person):
        return person in OPENS_FOR[self.opens_for]


DEED = (("deed", str(uuid.UUID(int=7))),)
PAGE, PAGE_FOR_ACCOUNTS = Door("GET"), Door("GET", "accounts")
FORM, FORM_FOR_ACCOUNTS = Door("GET POST"), Door("GET POST", "accounts")
DEED_FOR_ACCOUNTS, NOWHERE = Door("POST", "accounts"), Door("GET POST", "nobody")
WITH_SECOND_FACTOR = Door("GET", "accounts", answers=(404,))
"""There only for who has one: tests/accounts/test_second_factor.py."""

STAFF = Door("GET POST", "staff", answers=(200, 302, 400, 403, 404, 405))
UPLOAD = Door("POST", "trainers", answers=(400,))
"""Without a file: that is said, to who may send one."""

TRAINERS, TRAINERS_DEED = Door("GET", "trainers"), Door("POST", "trainers")
IMPORT, FOLDER = "author/import/<slug:import_id>/", "author/folders/<slug:import_id>/"
EMPTY = "e3b0c44298fc1c14"
"""The fingerprint of an introduction that nobody wrote yet."""
GROUP = "track/groups/<slug:group>/"
MEMBER, FOLLOWED = GROUP + "learners/<slug:membership>/", GROUP + "themes/<slug:theme>/"
INVITATION = GROUP + "invitations/<slug:invitation>/"
THEME, TOPIC = "author/themes/<slug:theme>/", "author/themes/<slug:theme>/topics/<slug:topic>/"


def deed_of_trainers(**fields):
    return Door("POST", "trainers", tuple(fields.items()))


DOORS = {
    "": PAGE,
    "themes/<slug:theme>/": PAGE,
    "themes/<slug:theme>/<slug:topic>/": PAGE,
    "themes/<slug:theme>/<slug:topic>/open/": Door("POST", "accounts"),
    "themes/<slug:theme>/<slug:topic>/complete/": Door("POST", "everyone", DEED),
    "themes/<slug:theme>/<slug:topic>/changes/": Door("GET", "accounts"),
    "themes/<slug:theme>/<slug:topic>/reopen/": Door("POST", "accounts", DEED),
    "themes/<slug:theme>/<slug:topic>/take-over/": Door("POST", "accounts", DEED),
    "themes/<slug:theme>/<slug:topic>/seen/": Door("POST", "accounts", (("edition", "1"),)),
    "restart/<slug:theme>/": Door("POST", "accounts", (("attempt", "1"),)),
    "pictures/<slug:public_id>/": PAGE,
    "author/": TRAINERS,
    "author/create/": deed_of_trainers(title="Nieuw", language="nl"),
    THEME: TRAINERS,
    THEME + "duplicate/": TRAINERS_DEED,
    THEME + "bin/": TRAINERS_DEED,
    THEME + "restore/": TRAINERS_DEED,
    THEME + "describe/": deed_of_trainers(title="Anders"),
    THEME + "cover/": deed_of_trainers(cover_alt="Een boom"),
    THEME + "cover/remove/": TRAINERS_DEED,
    THEME + "introduction/": TRAINERS,
    THEME + "introduction/save/": deed_of_trainers(html="<p>Welkom.</p>", base=EMPTY),
    THEME + "introduction/pictures/": UPLOAD,
    THEME + "add/": deed_of_trainers(**{"new-title": "Nieuw"}),
    THEME + "existing/": TRAINERS,
    THEME + "existing/add/": deed_of_trainers(theme="elsewhere", topic="there"),
    THEME + "publish/": Door("GET POST", "trainers", answers=(200, 303, 400)),  # 400: nothing to publish
    THEME + "unpublish/": TRAINERS_DEED,
    THEME + "history/": TRAINERS,
    THEME + "history/<slug:entry>/": TRAINERS,
    THEME + "history/<slug:entry>/restore/": TRAINERS_DEED,
    THEME + "preview/": TRAINERS,
    THEME + "preview/page/": TRAINERS,
    TOPIC: TRAINERS,
    TOPIC + "save/": deed_of_trainers(title="Anders", summary="", html="<p>Anders.</p>", base="1"),
    TOPIC + "merge/": deed_of_trainers(title="Anders", summary="", html="<p>Anders.</p>", base="1", all="new"),
    TOPIC + "pictures/": UPLOAD,
    TOPIC + "presence/": TRAINERS_DEED,
    TOPIC + "move/": deed_of_trainers(position="2"),
    TOPIC + "require/": deed_of_trainers(required="no"),
    TOPIC + "reschedule/": deed_of_trainers(release_date="2027-06-03"),
    TOPIC + "readdress/": deed_of_trainers(slug="anders"),
    TOPIC + "take-out/": TRAINERS_DEED,
    TOPIC + "put-back/": TRAINERS_DEED,
    TOPIC + "publish/": Door("GET POST", "trainers"),
    TOPIC + "withdraw/": TRAINERS_DEED,
    TOPIC + "history/": TRAINERS,
    TOPIC + "history/compare/": TRAINERS,
    TOPIC + "history/<slug:entry>/": TRAINERS,
    TOPIC + "history/<slug:entry>/restore/": TRAINERS_DEED,
    TOPIC + "history/<slug:entry>/name/": deed_of_trainers(name="Voor de vakantie"),
    TOPIC + "discard/": TRAINERS_DEED,
    TOPIC + "preview/": TRAINERS,
    TOPIC + "preview/page/": TRAINERS,
    THEME + "export/": TRAINERS,
    "author/import/": TRAINERS,
    "author/import/read/": deed_of_trainers(text="Rust\n\nWees eens stil."),
    IMPORT: TRAINERS,
    IMPORT + "pictures/<int:number>/": TRAINERS,
    IMPORT + "titles/": TRAINERS_DEED,
    IMPORT + "texts/": deed_of_trainers(source="0"),
    IMPORT + "texts/<int:number>/split/": TRAINERS_DEED,
    IMPORT + "texts/<int:number>/join/": TRAINERS_DEED,
    IMPORT + "topics/<int:number>/join/": TRAINERS_DEED,
    IMPORT + "topics/<int:number>/leave-out/": TRAINERS_DEED,
    IMPORT + "topics/<int:number>/take/": TRAINERS_DEED,
    IMPORT + "passages/<int:number>/split/": TRAINERS_DEED,
    IMPORT + "passages/<int:number>/drop/": TRAINERS_DEED,
    IMPORT + "passages/<int:number>/put-back/": TRAINERS_DEED,
    IMPORT + "make/": TRAINERS_DEED,
    IMPORT + "discard/": TRAINERS_DEED,
    FOLDER: TRAINERS,
    FOLDER + "take-in/": deed_of_trainers(seen="-"),
    FOLDER + "take-in-as-new/": TRAINERS_DEED,
    "track/": Door("GET", "followers"),
    "track/create/": deed_of_trainers(name="Nieuw"),
    "track/completions/": TRAINERS,
    "track/completions/confirm/": TRAINERS_DEED,
    GROUP: Door("GET", "followers"),
    GROUP + "client/": Door("GET", "followers"),
    GROUP + "settings/": TRAINERS,
    GROUP + "describe/": deed_of_trainers(name="Anders"),
    GROUP + "duplicate/": TRAINERS_DEED,
    GROUP + "close/": TRAINERS_DEED,
    GROUP + "reopen/": TRAINERS_DEED,
    GROUP + "add-theme/": deed_of_trainers(theme="open"),
    GROUP + "add-trainer/": deed_of_trainers(email="charlie@example.org"),
    GROUP + "remove-trainer/": deed_of_trainers(email="charlie@example.org"),
    GROUP + "remove-client/": deed_of_trainers(email="cleo@example.org"),
    GROUP + "people/": TRAINERS,
    GROUP + "invite/": TRAINERS,
    GROUP + "invite/preview/": deed_of_trainers(text="nieuw@example.org"),
    GROUP + "invite/send/": deed_of_trainers(text="nieuw@example.org"),
    GROUP + "links/create/": deed_of_trainers(place_count="10", days="30"),
    INVITATION + "resend/": TRAINERS_DEED,
    INVITATION + "revoke/": TRAINERS_DEED,
    MEMBER: TRAINERS,
    MEMBER + "message/": Door("GET POST", "trainers", (("text", "Hoe gaat het?"),)),
    MEMBER + "notes/add/": deed_of_trainers(text="Vraagt veel."),
    MEMBER + "notes/<int:note>/remove/": TRAINERS_DEED,
    MEMBER + "<slug:theme>/<slug:topic>/complete/": deed_of_trainers(**dict(DEED), reason="Op papier gedaan"),
    MEMBER + "<slug:theme>/<slug:topic>/reopen/": deed_of_trainers(**dict(DEED), reason="Toch nog eens"),
    MEMBER + "suspend/": TRAINERS_DEED,
    MEMBER + "readmit/": TRAINERS_DEED,
    MEMBER + "remove/": TRAINERS_DEED,
    FOLLOWED: TRAINERS,
    FOLLOWED + "stalled/": TRAINERS,
    FOLLOWED + "report/": TRAINERS,
    FOLLOWED + "export/": TRAINERS,
    FOLLOWED + "dates/": deed_of_trainers(starts_on="2027-06-03", deadline="2027-07-03"),
    FOLLOWED + "remove/": TRAINERS_DEED,
    "groups/": PAGE_FOR_ACCOUNTS,
    "groups/<slug:membership>/leave/": Door("POST", "accounts"),
    "groups/<slug:membership>/name/": Door("POST", "accounts", (("agreed", "yes"),)),
    "join/<str:token>/": PAGE,
    "join/<str:token>/identify/": Door("POST", "everyone", (("name", "Noor"), ("email", "noor@example.org"))),
    "join/<str:token>/accept/": Door("POST", "accounts"),
    "mail/": Door("GET POST", "accounts", (("frequency", "weekly"),)),
    "unsubscribe/<str:token>/": FORM,
    "sitemap.xml": PAGE,
    "robots.txt": PAGE,
    "appearance/": Door("POST"),
    "account/": FORM_FOR_ACCOUNTS,
    "account/language/": Door("POST"),
    "account/login/": FORM,
    "account/logout/": FORM,
    "account/inactive/": PAGE,
    "account/signup/": FORM,
    "account/reauthenticate/": FORM_FOR_ACCOUNTS,
    "account/email/": FORM_FOR_ACCOUNTS,
    "account/confirm-email/": FORM,
    "account/password/change/": FORM_FOR_ACCOUNTS,
    "account/password/set/": FORM_FOR_ACCOUNTS,
    "account/password/reset/": FORM,
    "account/password/reset/confirm/": FORM,
    "account/password/reset/complete/": FORM,
    "account/password/reset/done/": PAGE,
    "account/login/code/": FORM,
    "account/login/code/confirm/": FORM,
    "account/data/": PAGE_FOR_ACCOUNTS,
    "account/data/seen/": PAGE_FOR_ACCOUNTS,
    "account/data/download/": PAGE_FOR_ACCOUNTS,
    "account/data/download/file/": PAGE_FOR_ACCOUNTS,
    "account/data/erase/": PAGE_FOR_ACCOUNTS,
    "account/data/erase/now/": Door("POST", "accounts", answers=(400,)),
    "account/goodbye/": PAGE,
    "account/reauthenticate/code/": FORM_FOR_ACCOUNTS,
    "account/reauthenticate/code/send/": DEED_FOR_ACCOUNTS,
    "account/sessions/": PAGE_FOR_ACCOUNTS,
    "account/sessions/end-others/": DEED_FOR_ACCOUNTS,
    "account/sessions/<slug:session>/end/": DEED_FOR_ACCOUNTS,
    "account/security/": PAGE_FOR_ACCOUNTS,
    "account/security/authenticate/": FORM,
    "account/security/reauthenticate/": FORM_FOR_ACCOUNTS,
    "account/security/recovery-codes/": WITH_SECOND_FACTOR,
    "account/security/recovery-codes/download/": WITH_SECOND_FACTOR,
    "account/security/recovery-codes/generate/": FORM_FOR_ACCOUNTS,
    "account/security/totp/activate/": FORM_FOR_ACCOUNTS,
    "account/security/totp/deactivate/": WITH_SECOND_FACTOR,
    "account/security/totp/qr/": WITH_SECOND_FACTOR,
    "account/security/webauthn/": PAGE_FOR_ACCOUNTS,
    "account/security/webauthn/add/": FORM_FOR_ACCOUNTS,
    "account/security/webauthn/keys/<int:pk>/edit/": FORM_FOR_ACCOUNTS,
    "account/security/webauthn/keys/<int:pk>/remove/": FORM_FOR_ACCOUNTS,
    "account/security/webauthn/login/": FORM,
    "account/security/webauthn/reauthenticate/": FORM_FOR_ACCOUNTS,
    "account/oidc/login/": Door("POST", "nobody"),
    "account/oidc/callback/": Door("GET", "nobody"),
    "account/oidc/cancelled/": NOWHERE,
    "account/oidc/signup/": NOWHERE,
    "account/oidc/connections/": Door("GET POST", "accounts", answers=(404,)),
    "privacy/": PAGE,
    "accessibility/": PAGE,
    "contact/": PAGE,
    "contact/send/": Door("POST", "everyone", (("email", "noor@example.org"), ("message", "Hoe begin ik?"))),
    "contact/sent/": PAGE,
    ".well-known/security.txt": PAGE,
    "healthz": PAGE,
    "readyz": PAGE,
    "metrics": Door("GET", "nobody"),
    "admin/": STAFF,
    "admin/login/": STAFF,
    "admin/logout/": Door("POST"),
    "admin/password_change/": STAFF,
    "admin/password_change/done/": STAFF,
    "admin/autocomplete/": STAFF,
    "admin/jsi18n/": STAFF,
    "admin/r/<path:content_type_id>/<path:object_id>/": STAFF,
    "admin/accounts/user/<id>/password/": STAFF,
    "admin/accounts/user/": STAFF,
    "admin/accounts/user/add/": STAFF,
    "admin/accounts/user/<path:object_id>/history/": STAFF,
    "admin/accounts/user/<path:object_id>/delete/": STAFF,
    "admin/accounts/user/<path:object_id>/change/": STAFF,
    "admin/accounts/user/<path:object_id>/": STAFF,
    r"admin/^(?P<app_label>accounts)/$": STAFF,
    r"admin/(?P<url>.*)$": STAFF,
}


def all_routes(patterns=None, prefix=""):
    for pattern in patterns or get_resolver().url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from all_routes(pattern.url_patterns, route)


ROOMS = ("author/", "track/", "account/", "admin/")


def room_of(route):
    """The prefix of the room; that of learning has none."""
    return next((room for room in ROOMS if route.startswith(room)), "")


def deeds(routes=DOORS):
    return [route for route in routes if "POST" in DOORS[route].methods]
