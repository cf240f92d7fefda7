"""The room where groups are guided: every route × who × whose group.

Tom guides the group of Lea; Charlie guides another one, of Lars. Cleo is the client of the first, Carl of the other.
"""

import re

import pytest

from courses.models import Invitation, Note
from tests.conftest import begin, make_theme, make_user, signed_in
from tests.models.acts import complete
from tests.test_doors import DOORS, TRACKING, everything_kept, send
from tests.tracking.conftest import make_group, membership_of

pytestmark = pytest.mark.django_db

OF_A_GROUP = [route for route in TRACKING if "<slug:group>" in route]
FOR_FOLLOWERS = [route for route in OF_A_GROUP if DOORS[route].opens_for == "followers"]
FOR_TRAINERS = [route for route in OF_A_GROUP if route not in FOR_FOLLOWERS]
CHILDREN = ["<slug:membership>", "<slug:invitation>", "<slug:theme>", "<int:note>"]
PARENTS_AND_CHILDREN = [(route, child) for route in OF_A_GROUP for child in CHILDREN if child in route]
SECRETS = ["Zeer geheime groep", "Lea", "lea@example.org", "Geheim thema"]
NOBODYS = ["learner outside", "member", "suspended member", "former member", "staff", "other client"]


class Stage:
    """Two groups that differ in everything, and the addresses of their routes."""

    def __init__(self):
        names = ("Lea", "Lars", "Sus", "Fenna", "Noor", "Cleo", "Carl")
        people = {name: make_user(name) for name in names}
        tom, charlie = make_user("Tom", is_trainer=True), make_user("Charlie", is_trainer=True)
        sam = make_user("Sam", is_staff=True, is_superuser=True)
        self.mine = make_theme(2, slug="mine", title="Geheim thema", access="group")
        self.other = make_theme(2, slug="other", title="Ander thema", access="group")
        make_theme(1, slug="open")
        ours = [people["Lea"], people["Sus"], people["Fenna"]]
        self.group = make_group(
            *ours, name="Zeer geheime groep", themes=[self.mine], trainers=[tom], clients=[people["Cleo"]]
        )
        self.others = make_group(
            people["Lars"], name="Andere groep", themes=[self.other], trainers=[charlie], clients=[people["Carl"]]
        )
        for learner, theme in ((people["Lea"], self.mine), (people["Lars"], self.other)):
            complete(begin(learner, theme), theme.steps.first())
        membership_of(people["Sus"], self.group).suspend()
        membership_of(people["Fenna"], self.group).leave()
        self.members = {self.group: people["Lea"], self.others: people["Lars"]}
        for group, trainer in ((self.group, tom), (self.others, charlie)):
            Invitation.objects.create(group=group, email=f"nieuw-{group.pk}@example.org", place_count=1)
            Note.objects.create(membership=membership_of(self.members[group], group), author=trainer, text="Let op.")
        self.browsers = {
            "trainer": signed_in(tom),
            "other trainer": signed_in(charlie),
            "client": signed_in(people["Cleo"]),
            "other client": signed_in(people["Carl"]),
            "learner outside": signed_in(people["Noor"]),
            "member": signed_in(people["Lea"]),
            "suspended member": signed_in(people["Sus"]),
            "former member": signed_in(people["Fenna"]),
            "staff": signed_in(sam),
        }

    def names(self, group):
        member, theme = membership_of(self.members[group], group), group.themes.get()
        return {
            "<slug:group>": group.public_id,
            "<slug:membership>": member.public_id,
            "<slug:invitation>": group.invitations.get().public_id,
            "<slug:theme>": theme.slug,
            "<slug:topic>": theme.steps.first().slug,
            "<int:note>": str(member.notes.get().pk),
        }

    def address(self, route, group=None, **others):
        for placeholder, name in {**self.names(group or self.group), **others}.items():
            route = route.replace(placeholder, name)
        assert "<" not in route, "a placeholder without a value"
        return "/" + route


@pytest.fixture
def stage():
    return Stage()


def ways(route):
    return DOORS[route].methods.split()


def refused(stage, who, route, address, status):
    before = everything_kept()
    for method in ways(route):
        response = send(stage.browsers[who], method, address, DOORS[route].fields)

        assert response.status_code == status, (who, method)
        assert not [word for word in SECRETS if word in without_own_name(response)], (who, method)
    assert everything_kept() == before


def without_own_name(response):
    """The page without its header, where everybody reads their own name."""
    return re.sub(r"<header class=\"site-header\">.*?</header>", "", response.content.decode(), flags=re.DOTALL)


@pytest.mark.parametrize("route", OF_A_GROUP)
def test_the_trainer_of_the_group_enters(route, stage):
    for method in ways(route):
        response = send(stage.browsers["trainer"], method, stage.address(route), DOORS[route].fields)

        assert response.status_code in (200, 303), method


@pytest.mark.parametrize("route", OF_A_GROUP)
def test_to_the_trainer_of_another_group_it_does_not_exist(route, stage):
    refused(stage, "other trainer", route, stage.address(route), 404)


@pytest.mark.parametrize("route", FOR_TRAINERS)
def test_nobody_else_enters_where_trainers_work(route, stage):
    for who in [*NOBODYS, "client"]:
        refused(stage, who, route, stage.address(route), 403)


@pytest.mark.parametrize("route", FOR_FOLLOWERS)
def test_a_client_follows_their_own_group_alone(route, stage):
    own = stage.browsers["client"].get(stage.address(route), follow=True)

    assert own.status_code == 200
    assert "Zeer geheime groep" in own.content.decode()
    for who in NOBODYS:
        refused(stage, who, route, stage.address(route), 404)


@pytest.mark.parametrize("route", OF_A_GROUP)
def test_a_group_that_there_is_not_is_not_found(route, stage):
    address = stage.address(route, **{"<slug:group>": "niets"})

    for method in ways(route):
        assert send(stage.browsers["trainer"], method, address, DOORS[route].fields).status_code == 404


@pytest.mark.parametrize(("route", "placeholder"), PARENTS_AND_CHILDREN)
def test_what_belongs_to_another_group_is_not_found_in_this_one(route, placeholder, stage):
    theirs = stage.names(stage.others)[placeholder]
    before = everything_kept()

    for method in ways(route):
        address = stage.address(route, **{placeholder: theirs})
        response = send(stage.browsers["trainer"], method, address, DOORS[route].fields)

        assert response.status_code == 404, method
        assert "Lars" not in response.content.decode()
        assert "Ander thema" not in response.content.decode()
    assert everything_kept() == before


@pytest.mark.parametrize("who", [*NOBODYS, "client", "trainer", "other trainer"])
def test_who_finds_which_groups_in_the_overview(who, stage):
    response = stage.browsers[who].get("/track/")

    found = {name for name in ("Zeer geheime groep", "Andere groep") if name in response.content.decode()}
    expected = {"trainer": {"Zeer geheime groep"}, "client": {"Zeer geheime groep"}}
    expected |= {"other trainer": {"Andere groep"}, "other client": {"Andere groep"}}
    assert found == expected.get(who, set())
    assert response.status_code == (200 if who in expected else 403)


@pytest.mark.parametrize("deed", ["leave/", "name/"])
@pytest.mark.parametrize("who", ["learner outside", "trainer", "other trainer", "client", "suspended member", "staff"])
def test_a_membership_is_the_members_own(deed, who, stage):
    membership = membership_of(stage.members[stage.group], stage.group)
    before = everything_kept()

    response = stage.browsers[who].post(f"/groups/{membership.public_id}/{deed}", {"agreed": "yes"})

    assert response.status_code == 404
    assert everything_kept() == before


@pytest.mark.parametrize("extra", ["role", "user", "learner", "group", "status", "is_trainer", "actor", "membership"])
def test_a_form_says_nothing_of_whose_and_what(extra, stage):
    address = stage.address("track/groups/<slug:group>/learners/<slug:membership>/notes/add/")

    stage.browsers["trainer"].post(address, {"text": "Nieuw.", extra: str(stage.others.pk)})

    added = Note.objects.get(text="Nieuw.")
    assert (added.author.name, added.membership.group) == ("Tom", stage.group)
