"""The table of doors: every route × who × what. A route without a row fails.

An answer is the status that each role gets for an object they may see: "in" is the page's own,
"sign in" a redirect to signing in, "out" 403 or a redirect away from staff's rooms.
"""

import uuid
from dataclasses import dataclass

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver

from courses.models import Group, Invitation, MailWishes, Participation, Picture, Theme
from tests.conftest import make_step, make_theme, make_topic, make_user, signed_in

ROLES = ["visitor", "learner", "trainer", "staff", "suspended"]
SIGN_IN = "/account/login/"


@dataclass(frozen=True)
class Door:
    """Who gets in by which method; everyone else must sign in, or is not allowed."""

    methods: str
    opens_for: str = "everyone"
    fields: tuple = ()


DEED = (("deed", str(uuid.UUID(int=7))),)
PAGE, PAGE_FOR_ACCOUNTS = Door("GET"), Door("GET", "accounts")
FORM, FORM_FOR_ACCOUNTS = Door("GET POST"), Door("GET POST", "accounts")
STAFF = Door("GET POST", "staff")
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
    THEME + "introduction/pictures/": TRAINERS_DEED,
    THEME + "add/": deed_of_trainers(**{"new-title": "Nieuw"}),
    THEME + "existing/": TRAINERS,
    THEME + "existing/add/": deed_of_trainers(theme="elsewhere", topic="there"),
    THEME + "publish/": Door("GET POST", "trainers"),
    THEME + "unpublish/": TRAINERS_DEED,
    THEME + "history/": TRAINERS,
    THEME + "history/<slug:entry>/": TRAINERS,
    THEME + "history/<slug:entry>/restore/": TRAINERS_DEED,
    THEME + "preview/": TRAINERS,
    THEME + "preview/page/": TRAINERS,
    TOPIC: TRAINERS,
    TOPIC + "save/": deed_of_trainers(title="Anders", summary="", html="<p>Anders.</p>", base="1"),
    TOPIC + "merge/": deed_of_trainers(title="Anders", summary="", html="<p>Anders.</p>", base="1", all="new"),
    TOPIC + "pictures/": TRAINERS_DEED,
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
AUTHORING = [route for route in DOORS if route.startswith("author/")]
TRACKING = [route for route in DOORS if route.startswith("track/")]
"""Which groups somebody finds there: tests/tracking/test_doors.py."""
LEARNING = [
    route
    for route in DOORS
    if "<slug:" in route and route not in [*AUTHORING, *TRACKING] and not route.startswith("groups/")
]


def all_routes(patterns=None, prefix=""):
    for pattern in patterns or get_resolver().url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from all_routes(pattern.url_patterns, route)


@pytest.fixture
def browsers(db):
    """role → browser; the suspended learner was signed in when the account was switched off."""
    people = {
        "learner": make_user("Lea"),
        "trainer": make_user("Tom", is_trainer=True),
        "staff": make_user("Sam", is_staff=True, is_superuser=True),
        "suspended": make_user("Sus"),
    }
    for person in people.values():
        person.emailaddress_set.update_or_create(email=person.email, defaults={"verified": True, "primary": True})
    clients = {role: signed_in(person) for role, person in people.items()}
    get_user_model().objects.filter(pk=people["suspended"].pk).update(is_active=False)
    return {"visitor": Client(), **clients}


@pytest.fixture
def open_theme(db):
    """Open to all; and there is an invitation, and somebody who may unsubscribe."""
    Invitation.objects.create(group=Group.objects.create(name="Teamleiders"))
    MailWishes.objects.of(get_user_model().objects.first() or make_user("Lars"))
    return with_picture(make_theme(2, slug="open", title="Open"))


def with_picture(theme):
    picture = Picture(theme=theme, name="x.png", sha256="0", width=1, height=1)
    picture.file.save("x.png", ContentFile(b"picture"))
    return theme


def finish(theme, person):
    participation = Participation.objects.begin(theme, person)
    for step in theme.steps.all():
        participation.complete(step, deed=uuid.uuid4())


def address(route, theme, step=None):
    """A route filled in for a theme, its first step and its picture."""
    step = step or theme.steps.first()
    values = {"<slug:theme>": theme.slug, "<slug:topic>": step.slug if step else "none"}
    picture = theme.pictures.first()
    values["<slug:public_id>"] = picture.public_id if picture else "none"
    values |= {"<slug:import_id>": "none", "<int:number>": "0"}
    values |= {"<path:content_type_id>": "1", "<path:object_id>": "1", "<id>": "1"}
    values |= {r"^(?P<app_label>accounts)/$": "accounts/", r"(?P<url>.*)$": "somewhere/"}
    values |= {"<slug:entry>": "none", "<slug:import_id>": "none", "<int:number>": "1"}
    values |= {"<slug:group>": "none", "<slug:membership>": "none", "<slug:invitation>": "none", "<int:note>": "1"}
    values |= {"<str:token>": token_for(route)}
    for placeholder, value in values.items():
        route = route.replace(placeholder, value)
    return "/" + route


def token_for(route):
    """Of an open invitation, or to unsubscribe, if there is one."""
    tokens = MailWishes.objects if route.startswith("unsubscribe") else Invitation.objects
    row = tokens.first()
    return row.token if row else "none"


def send(client, method, url, fields=()):
    return client.post(url, dict(fields)) if method == "POST" else client.generic(method, url)


def everything_kept():
    """Every row of the product's own tables; sessions and the cache come and go with a visit."""
    passing = {"django_session", "cache_entries"}
    tables = [name for name in connection.introspection.table_names() if name not in passing]
    with connection.cursor() as cursor:
        kept = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  names come from the database itself
            kept[table] = sorted(map(repr, cursor.fetchall()))
    return kept


def test_every_route_has_a_door():
    assert set(all_routes()) == set(DOORS)


@pytest.mark.parametrize("route", DOORS)
def test_who_gets_in_and_who_does_not(route, browsers, open_theme):
    door = DOORS[route]
    for person in get_user_model().objects.all() if route in LEARNING else ():
        finish(open_theme, person)
    for role in ROLES:
        for method in door.methods.split():
            response = send(browsers[role], method, address(route, open_theme), door.fields)

            anonymous = role in ("visitor", "suspended")
            if door.opens_for == "everyone":
                assert response.status_code in (200, 204, 302, 303), (role, method)
            elif door.opens_for == "accounts" and not anonymous:
                assert response.status_code in (200, 404) or not response.url.startswith(SIGN_IN), (role, method)
            elif door.opens_for == "trainers" and role == "trainer":
                assert response.status_code in (200, 201, 303, 400, 404), (role, method)
            elif door.opens_for == "trainers" and not anonymous:
                assert response.status_code == 403, (role, method)
            elif door.opens_for == "followers" and not anonymous:
                assert response.status_code in ((200, 404) if role == "trainer" else (403, 404)), (role, method)
            elif door.opens_for == "staff" and role == "staff":
                assert response.status_code in (200, 302, 404, 400, 403, 405)
            elif door.opens_for == "staff" and not anonymous:
                assert response.status_code == 403 or response.url.startswith(("/admin/login/", SIGN_IN))
            else:
                assert response.status_code == 302, (role, method)
                assert response.url.startswith((SIGN_IN, "/admin/login/")), (role, method)


def test_staff_get_into_the_admin(browsers):
    response = browsers["staff"].get("/admin/accounts/user/")

    assert response.status_code == 200


@pytest.mark.parametrize("route", [route for route, door in DOORS.items() if "GET" not in door.methods])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_deed_is_never_done_by_looking(route, method, browsers, open_theme):
    before = everything_kept()

    for role in ("learner", "visitor"):
        response = browsers[role].generic(method, address(route, open_theme))
        assert response.status_code == 405 or response.url.startswith((SIGN_IN, "/admin/"))

    assert everything_kept() == before


@pytest.mark.parametrize("route", [route for route, door in DOORS.items() if "GET" in door.methods])
def test_looking_changes_nothing(route, browsers, open_theme):
    before = everything_kept()

    for role in ("visitor", "learner", "trainer"):
        send(browsers[role], "GET", address(route, open_theme))

    assert everything_kept() == before


HIDDEN = {
    "a draft": {"published": False},
    "a theme of a group": {"access": Theme.Access.GROUP},
    "a theme in the bin": {},
}


@pytest.mark.parametrize("kind", HIDDEN)
@pytest.mark.parametrize("route", LEARNING)
def test_what_one_may_not_see_does_not_exist(route, kind, browsers):
    theme = with_picture(make_theme(2, slug="hidden", title="Zeer geheim", **HIDDEN[kind]))
    if kind == "a theme in the bin":
        theme.bin()
    outsiders = [role for role in ROLES if role != "trainer" or not route.startswith("pictures/")]
    shut(route, theme, browsers, secret="Zeer geheim", roles=outsiders)


@pytest.mark.parametrize("route", LEARNING)
def test_a_signed_in_theme_exists_for_everyone_with_an_account(route, browsers):
    theme = with_picture(make_theme(2, slug="signed-in", title="Zeer geheim", access=Theme.Access.SIGNED_IN))
    door = DOORS[route]
    method = door.methods.split()[0]
    if "restart" in route:
        finish(theme, get_user_model().objects.get(name="Lea"))

    inside = send(browsers["learner"], method, address(route, theme), door.fields)

    assert inside.status_code in (200, 204, 302, 303)
    shut(route, theme, browsers, secret="Zeer geheim", roles=["visitor", "suspended"])


@pytest.mark.parametrize("route", [route for route in LEARNING if "<slug:topic>" in route])
@pytest.mark.parametrize("kind", ["of another theme", "taken out", "withdrawn", "a draft", "non-existent"])
def test_a_topic_that_is_not_there_is_not_found(route, kind, browsers, open_theme):
    other = make_theme(0, slug="other")
    step = make_step(other if kind == "of another theme" else open_theme, "Zeer geheim", slug="elders")
    if kind == "taken out":
        open_theme.take_out(step)
    elif kind == "withdrawn":
        step.topic.withdraw()
    elif kind == "a draft":
        open_theme.take_out(step)
        step = open_theme.add(make_topic("Zeer geheim", published=False), slug="klad")
    elif kind == "non-existent":
        step.slug = "niets"
    shut(route, open_theme, browsers, secret="Zeer geheim", step=step)


def shut(route, theme, browsers, *, secret, step=None, roles=ROLES):
    """Nobody gets in, nobody reads a word of it, and nothing changes."""
    door, before = DOORS[route], everything_kept()
    for role in roles:
        for method in door.methods.split():
            response = send(browsers[role], method, address(route, theme, step), door.fields)

            signing_in = response.status_code == 302 and response.url.startswith(SIGN_IN)
            assert response.status_code == 404 or (signing_in and door.opens_for == "accounts"), (role, method)
            assert secret not in response.content.decode()
    assert everything_kept() == before


@pytest.mark.parametrize(
    "extra", ["role", "user", "learner", "actor", "status", "is_trainer", "theme", "topic", "completed_at"]
)
def test_a_deed_is_done_for_who_is_signed_in_whatever_the_form_says(extra, browsers, open_theme):
    lars = make_user("Lars")
    step = open_theme.steps.first()

    browsers["learner"].post(f"{step.get_absolute_url()}complete/", {**dict(DEED), extra: str(lars.pk)})

    participation = Participation.objects.get()
    assert participation.learner.name == "Lea"
    assert participation.events.filter(kind="completed").get().actor.name == "Lea"
    assert not get_user_model().objects.get(name="Lea").is_trainer


@pytest.mark.parametrize("field", ["is_trainer", "is_staff", "is_superuser", "email"])
def test_nobody_gives_themselves_a_role(field, browsers):
    browsers["learner"].post("/account/", {"name": "Lea", "language": "nl", field: "on"})

    lea = get_user_model().objects.get(name="Lea")
    assert (lea.is_trainer, lea.is_staff, lea.is_superuser, lea.email) == (False, False, False, "lea@example.org")


@pytest.mark.parametrize("address", ["/account/language/", "/appearance/"])
@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_next_leads_nowhere_else(address, elsewhere, client, db):
    response = client.post(address, {"next": elsewhere, "language": "en", "appearance": "dark"})

    assert response.url == "/"
