"""Everybody and everything that doors are tried with, built once for a module of tests.

Tom guides the group of Lea, Charlie another one, of Lars; Cleo is the client of the first, Carl of the other. The
account of Sus was switched off, Fenna left the group of Lea, and Lars is suspended in it. Each test happens in a
savepoint.
"""

import uuid

import pytest
from django.core.files.base import ContentFile
from django.test import Client, override_settings

from accounts.models import User
from courses.articles.folder import ThemeText
from courses.authoring.folders import propose_folder
from courses.models import Group, MailWishes, Membership, Note, Participation, Picture, Structure
from courses.models.pictures import CleanPicture
from tests.authoring.brought import proposal_of, proposed
from tests.conftest import make_step, make_theme, make_topic, make_user, signed_in
from tests.doors import ACCOUNTS, PEOPLE, SEES
from tests.knocking import taken_back
from tests.models.pictures import png

SECRET = "Geheim"
"""Stands in the name of everything that not everybody may see."""

NAMES = {
    "outsider": "Noor",
    "suspended": "Sus",
    "member": "Lea",
    "suspended member": "Lars",
    "former member": "Fenna",
    "trainer": "Tom",
    "other trainer": "Charlie",
    "client": "Cleo",
    "other client": "Carl",
    "staff": "Sam",
}
ROLES = {
    "trainer": {"is_trainer": True},
    "other trainer": {"is_trainer": True},
    "staff": {"is_staff": True, "is_superuser": True},
    "suspended": {"is_trainer": True, "is_staff": True},
}


class Stage:
    """``people`` and ``browsers`` by what they are; ``themes`` by kind; two groups that differ in everything."""

    def __init__(self):
        self.people = {what: make_user(name, **ROLES.get(what, {})) for what, name in NAMES.items()}
        for person in self.people.values():
            person.emailaddress_set.update_or_create(email=person.email, defaults={"verified": True, "primary": True})
        self.themes = {
            "open": self.theme("open"),
            "for who signs in": self.theme("signed-in", access="signed-in"),
            "of the group": self.theme("mine", access="group"),
            "of another group": self.theme("other", access="group"),
            "a draft": self.theme("draft", published=False),
            "in the bin": self.theme("binned"),
        }
        self.themes["in the bin"].bin()
        self.themes["non-existent"] = None
        self.make_topics_that_are_not_there()
        self.group = self.make_group("of the group", "trainer", "client")
        self.other = self.make_group("of another group", "other trainer", "other client")
        self.enrol()
        self.bring_texts()
        self.link = Group.objects.create(name="Teamleiders").invitations.create(place_count=100)
        self.wishes = MailWishes.objects.of(self.people["member"])
        self.browsers = {what: signed_in(person) for what, person in self.people.items()} | {"visitor": Client()}
        User.objects.filter(pk=self.people["suspended"].pk).update(is_active=False)
        self.people["suspended"].refresh_from_db()

    def theme(self, slug, **fields):
        theme = make_theme(2, slug=slug, title="Vertrouwen" if slug == "open" else f"{SECRET} {slug}", **fields)
        theme.describe(summary="Kort")
        picture = Picture(theme=theme, name="x.png", sha256="0", width=1, height=1)
        picture.file.save("x.png", ContentFile(b"picture"))
        return theme

    def make_topics_that_are_not_there(self):
        """In the open theme, but for one that is in a theme of its own; by what they are, with their slugs."""
        open_theme, elsewhere = self.themes["open"], make_theme(0, slug="elsewhere", title="Elders")
        make_step(elsewhere, f"{SECRET} onderwerp", slug="there")
        open_theme.take_out(make_step(open_theme, f"{SECRET} onderwerp", slug="eruit"))
        make_step(open_theme, f"{SECRET} onderwerp", slug="weg").topic.withdraw()
        open_theme.add(make_topic(f"{SECRET} onderwerp", published=False), slug="klad")
        self.topics = {"of another theme": "there", "taken out": "eruit", "withdrawn": "weg", "a draft": "klad"}
        self.topics["non-existent"] = "niets"

    def make_group(self, which, trainer, client):
        group = Group.objects.create(name=f"{SECRET} {which}")
        group.trainers.add(self.people[trainer], self.people["suspended"])
        group.clients.add(self.people[client])
        group.follow(self.themes[which])
        group.invitations.create(email=f"nieuw-{group.pk}@example.org", place_count=1)
        return group

    def enrol(self):
        for what in ("member", "suspended member", "former member", "suspended"):
            Membership.objects.join(self.group, self.people[what])
        Membership.objects.join(self.other, self.people["suspended member"])
        for kind, theme in self.themes.items():
            for what in set(SEES[kind]) & set(ACCOUNTS):
                self.finish(theme, what)
        self.membership("suspended member", self.group).suspend()
        self.membership("former member", self.group).leave()
        for group, who, trainer in (
            (self.group, "member", "trainer"),
            (self.other, "suspended member", "other trainer"),
        ):
            membership = self.membership(who, group)
            Note.objects.create(membership=membership, author=self.people[trainer], text=f"{SECRET}e notitie.")

    def finish(self, theme, what):
        participation = Participation.objects.begin(theme, self.people[what])
        for step in theme.steps.current():
            participation.complete(step, deed=uuid.uuid4())

    def membership(self, what, group):
        return Membership.objects.get(group=group, learner=self.people[what])

    def bring_texts(self):
        """A text with a picture, of which topics begin at 0 and 4, and could at 7; and a theme as a folder."""
        tom = self.people["trainer"]
        make_theme(1, slug="rust", title=f"{SECRET} rust")
        self.imported = proposed(tom)
        self.folder = propose_folder(ThemeText("rust", SECRET, "Welkom."), author=tom, name="rust.zip")
        proposal = proposal_of(self.imported)
        proposal.split_at(4)
        proposal.name_topics({0: f"{SECRET} onderwerp"})
        self.imported.proposal = proposal.as_json()
        self.imported.save()
        self.imported.keep_pictures({1: ("x.png", CleanPicture(png()))}, [])

    def of_group(self, group):
        """What stands for the placeholders of a route in this group."""
        member = self.membership("member" if group == self.group else "suspended member", group)
        theme = group.themes.get()
        return {
            "<slug:group>": group.public_id,
            "<slug:membership>": member.public_id,
            "<slug:invitation>": group.invitations.get().public_id,
            "<slug:theme>": theme.slug,
            "<slug:topic>": theme.steps.first().slug,
            "<int:note>": str(member.notes.get().pk),
        }

    def entry(self, route, theme):
        """Something in the history of the theme, or of a topic."""
        return "edition-1" if "topics/" in route else Structure.objects.filter(theme=theme).first().public_id


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), taken_back():
        stage = Stage()
        stage.media = folder
        assert set(stage.browsers) == set(PEOPLE)
        yield stage


@pytest.fixture
def stage(built, db, settings):
    settings.MEDIA_ROOT = built.media
    settings.CONTACT_EMAIL = "keeper@example.org"
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 24 * 60 * 60  # everybody proved who they are when it was built
    return built
