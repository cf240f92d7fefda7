"""A made-up population is consistent: whoever checks it finds nothing."""

import io
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command

from accounts.models import User
from courses.models import Group, Membership, Participation, Progress, ProgressEvent, RosterRow
from courses.models.guards import install
from courses.population.tables import MODELS
from tests.conftest import begin, make_step, make_theme, make_user
from tests.models.acts import complete, steps_of

NOON = datetime(2027, 6, 3, 12, tzinfo=UTC)


@pytest.fixture
def themes(db):
    """Two to follow, one with an extra and a step that is still to come."""
    themes = make_theme(4), make_theme(3)
    make_step(themes[1], required=False)
    themes[1].reschedule(themes[1].steps.get(position=3), NOON.date().replace(year=2028))
    return themes


def generate(**options):
    said = io.StringIO()
    options = {"learners": 200, "groups": "25:2,60:1", "yes": True, **options}
    with time_machine.travel(NOON, tick=False):
        call_command("generate_learners", stdout=said, stderr=io.StringIO(), **options)
    return said.getvalue()


def check(**options):
    """What the check says, and whether it ends well."""
    said, well = io.StringIO(), True
    try:
        call_command("check_progress", stdout=said, stderr=io.StringIO(), **options)
    except SystemExit as ending:
        well = not ending.code
    return said.getvalue(), well


def test_a_check_finds_nothing_wrong(themes):
    generate()

    said, well = check()

    assert said.endswith("0 wrong, 0 mended\n")
    assert well


def test_they_are_as_many_as_were_asked_in_the_groups_that_were_asked(themes):
    generate()

    assert User.objects.filter(is_trainer=False).count() == 200
    assert sorted(group.memberships.count() for group in Group.objects.all()) == [25, 25, 60]
    assert all(group.themes.count() == 2 for group in Group.objects.all())


def test_they_are_skewed_as_people_are(themes):
    generate(learners=1_000, groups="500:1")

    began = Participation.objects.filter(theme=themes[0]).values("learner").distinct().count()
    finished = Participation.objects.finished().filter(theme=themes[0], attempt=1).count()
    assert 800 < began < 950
    assert 300 < finished < began
    assert not Participation.objects.finished().filter(theme=themes[1]).exists()
    assert Participation.objects.filter(attempt=2).exists()
    assert Progress.objects.filter(completed_at=None).exists()
    assert ProgressEvent.objects.filter(kind="reopened").exists()
    assert Membership.objects.former().exists()


def test_they_learn_on_working_days_of_the_last_year(themes):
    generate(learners=500)

    moments = list(ProgressEvent.objects.values_list("happened_at", flat=True))
    assert max(moments) < NOON
    assert min(moments) > NOON.replace(year=2026)
    in_the_weekend = sum(moment.weekday() >= 5 for moment in moments)
    assert in_the_weekend < len(moments) / 7


def test_the_same_seed_makes_the_same_people(themes):
    def everything():
        rows = [list(model.objects.order_by("pk").values()) for model in MODELS]
        for model in reversed(MODELS):
            model.objects.all().delete()
        Group.objects.all().delete()
        return [[{**row, "id": None} for row in table if "public_id" not in row] for table in rows]

    def names(table):
        return [(row["name"], row["joined_at"]) for row in table]

    generate(seed=7)
    first = everything()
    generate(seed=7)
    again = everything()
    generate(seed=8)
    other = everything()

    assert names(first[0]) == names(again[0]) != names(other[0])
    assert [len(table) for table in first] == [len(table) for table in again]


def test_nobody_can_be_reached_or_sign_in(themes):
    generate()

    people = User.objects.all()
    assert all(person.email.endswith("@example.org") and person.email.isascii() for person in people)
    assert not any(person.has_usable_password() for person in people)


def test_who_came_before_stays_as_they_were(themes, lea):
    complete(begin(lea, themes[0]), steps_of(themes[0])[0])

    generate(add=True)

    assert Progress.objects.completed().filter(participation__learner=lea).count() == 1
    assert User.objects.count() == 201
    assert check()[1]


def test_new_people_and_deeds_come_after_them(themes):
    generate()
    noor = make_user("Noor")

    complete(begin(noor, themes[0]), *steps_of(themes[0]))
    Membership.objects.join(Group.objects.first(), noor)

    assert RosterRow.objects.get(learner=noor, group_theme__theme=themes[0]).completed_count == 4
    assert check()[1]


def test_the_same_people_do_not_come_twice(themes):
    generate(learners=30, groups="25:1")

    with pytest.raises(CommandError, match="another --seed"):
        generate(learners=30, groups="25:1", add=True)

    generate(learners=30, groups="25:1", add=True, seed=2)
    assert User.objects.count() == 60


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"yes": False}, "There are people in this database"),
        ({}, "There are learners in this database"),
        ({"add": True, "groups": "25"}, "SIZE:COUNT"),
        ({"add": True, "groups": "25:2,200:1"}, "more than 200 learners"),
        ({"add": True, "themes": "bestaat-niet"}, "bestaat-niet"),
    ],
)
def test_it_refuses_with_the_reason_and_makes_nobody(themes, lea, options, said):
    with pytest.raises(CommandError, match=said):
        generate(**options)

    assert User.objects.count() == 1


def test_without_a_theme_it_says_what_to_do(db):
    with pytest.raises(CommandError, match="import one first"):
        generate()


def test_the_guards_of_the_database_stand_after_it(themes):
    generate()
    install()

    with pytest.raises(Exception, match="never rewritten"):
        ProgressEvent.objects.filter(pk=ProgressEvent.objects.first().pk).update(reason="Anders")
