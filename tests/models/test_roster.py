"""The roster says of each member what is true, and nobody's progress is touched by it."""

import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from courses.models import Group, Membership, Participation, Progress, ProgressEvent, RosterRow
from courses.models.drift import Kind, mend, roster_drift
from courses.models.facts import facts_of, marks_of, sorting_name
from tests.conftest import begin, make_step, make_theme, make_user
from tests.models.acts import complete, reopen, steps_of


@pytest.fixture
def group(theme):
    """Follows the theme; nobody is in it."""
    group = Group.objects.create(name="Teamleiders")
    group.follow(theme)
    return group


def join(group, learner):
    return Membership.objects.join(group, learner)[0]


def row_of(learner, group):
    return RosterRow.objects.get(learner=learner, group_theme__group=group)


def says(learner, group):
    row = row_of(learner, group)
    return row.done, row.completed_count


def today():
    return timezone.localdate()


# Who stands on it


def test_who_joins_stands_on_the_roster_with_what_they_did_before(lea, theme, group):
    complete(begin(lea, theme), *steps_of(theme)[:2])

    join(group, lea)

    assert says(lea, group) == ("11", 2)
    assert row_of(lea, group).active_on == today()


def test_who_never_began_stands_there_without_a_day(lea, group):
    join(group, lea)

    row = row_of(lea, group)
    assert (row.done, row.completed_count, row.active_on, row.finished_on) == ("", 0, None, None)


def test_rule_27_trainers_do_not_stand_on_it(lea, tom, group):
    for person in (lea, tom):
        join(group, person)

    assert [row.learner for row in RosterRow.objects.all()] == [lea]


def test_members_stand_on_the_roster_of_a_theme_that_the_group_follows_later(lea, group):
    join(group, lea)
    another = make_theme(2)
    complete(begin(lea, another), steps_of(another)[1])

    group.follow(another)

    assert RosterRow.objects.get(group_theme__theme=another).done == "01"


@pytest.mark.parametrize("deed", ["leave", "suspend"])
def test_rule_26_who_leaves_is_off_the_roster_and_comes_back_as_they_were(lea, theme, group, deed):
    complete(begin(lea, theme), *steps_of(theme))
    membership = join(group, lea)
    before = list(Progress.objects.values()), list(ProgressEvent.objects.values())

    getattr(membership, deed)()
    gone = not RosterRow.objects.exists()
    membership.readmit()

    assert gone
    assert says(lea, group) == ("1111", 4)
    assert row_of(lea, group).finished_on == today()
    assert before == (list(Progress.objects.values()), list(ProgressEvent.objects.values()))


def test_a_theme_that_the_group_no_longer_follows_has_no_roster_and_comes_back_as_it_was(lea, theme, group):
    join(group, lea)
    complete(begin(lea, theme), *steps_of(theme))

    group.unfollow(theme)
    gone = not RosterRow.objects.exists()
    group.follow(theme)

    assert gone
    assert says(lea, group) == ("1111", 4)


# What it says


def test_it_follows_completing_and_reopening(lea, theme, group):
    join(group, lea)
    first, second = steps_of(theme)[:2]
    participation = begin(lea, theme)

    complete(participation, first, second)
    completed = says(lea, group)
    reopen(participation, first)

    assert completed == ("11", 2)
    assert says(lea, group) == ("01", 1)


def test_it_says_so_in_every_group(lea, theme, group):
    another = Group.objects.create(name="Nog een")
    another.follow(theme)
    for one in (group, another):
        join(one, lea)

    complete(begin(lea, theme), steps_of(theme)[0])

    assert says(lea, group) == says(lea, another) == ("1", 1)


def test_rule_18_what_an_author_takes_out_no_longer_counts_and_counts_again_when_it_returns(lea, theme, group):
    join(group, lea)
    first, second = steps_of(theme)[:2]
    complete(begin(lea, theme), first, second)

    theme.take_out(first)
    without = says(lea, group)
    theme.add(first.topic, slug=first.slug)

    assert without == ("11", 1)
    assert says(lea, group) == ("11", 2)


def test_rule_7_extras_are_marked_and_not_counted(lea, theme, group):
    join(group, lea)
    extra = make_step(theme, required=False)

    complete(begin(lea, theme), extra)

    assert says(lea, group) == ("00001", 0)


def test_rule_14_following_again_is_empty_and_still_finished(lea, theme, group):
    join(group, lea)
    participation = begin(lea, theme)
    complete(participation, *steps_of(theme))

    participation.restart()

    assert says(lea, group) == ("", 0)
    assert row_of(lea, group).finished_on == today()


def test_rule_18_who_is_finished_by_a_change_is_finished_there(lea, theme, group):
    join(group, lea)
    complete(begin(lea, theme), *steps_of(theme)[:3])

    theme.take_out(steps_of(theme)[3])

    assert row_of(lea, group).finished_on == today()


def test_rule_28_a_trainers_deed_counts_and_is_no_activity_of_the_learner(lea, tom, theme, group):
    long_ago = timezone.now() - timedelta(days=30)
    begin(lea, theme)
    Participation.objects.update(started_at=long_ago)
    join(group, lea)

    complete(Participation.objects.get(), steps_of(theme)[0], actor=tom, reason="Gezien.")

    assert says(lea, group) == ("1", 1)
    assert row_of(lea, group).active_on == timezone.localdate(long_ago)
    assert not list(roster_drift([lea.pk]))


def test_a_late_reopening_of_what_was_never_opened_is_activity_all_the_same(lea, theme, group):
    long_ago = timezone.now() - timedelta(days=30)
    begin(lea, theme)
    Participation.objects.update(started_at=long_ago)
    join(group, lea)
    yesterday = timezone.now() - timedelta(days=1)

    Participation.objects.get().reopen(steps_of(theme)[0], deed=uuid4(), happened_at=yesterday)

    assert row_of(lea, group).active_on == timezone.localdate(yesterday)
    assert not list(roster_drift([lea.pk]))


# Names


@pytest.mark.parametrize(
    ("name", "first"),
    [("Çelik", "celik"), ("ÅSA", "asa"), ("Zoë", "zoe"), ("Strauß", "strauss"), ("", "lea@example.org")],
)
def test_names_are_sorted_without_accents_or_capitals(lea, name, first):
    lea.name = name

    assert sorting_name(lea).split()[0] == first


@pytest.mark.django_db(transaction=True)
def test_another_name_or_address_is_found_on_every_roster(lea, theme, group):
    join(group, lea)

    lea.name = "Zoë"
    lea.save(update_fields=["name"])
    renamed = row_of(lea, group).sorting_name
    lea.email = "zoe@example.org"
    lea.save()

    assert renamed == "zoe lea@example.org"
    assert row_of(lea, group).sorting_name == "zoe zoe@example.org"


@pytest.mark.django_db(transaction=True)
def test_rule_27_who_becomes_a_trainer_leaves_the_roster_and_who_is_one_no_longer_comes_back(lea, theme, group):
    complete(begin(lea, theme), steps_of(theme)[0])
    join(group, lea)

    lea.is_trainer = True
    lea.save()
    gone = not RosterRow.objects.exists()
    lea.is_trainer = False
    lea.save()

    assert gone
    assert says(lea, group) == ("1", 1)


@pytest.mark.django_db(transaction=True)
def test_signing_in_costs_the_roster_nothing(lea, group, django_assert_num_queries):
    join(group, lea)
    lea.last_login = timezone.now()

    with django_assert_num_queries(1):
        lea.save(update_fields=["last_login"])


# The check


def damage(lea, lars, group):
    """One row says too much, one is missing, one is too many."""
    gone = row_of(lars, group)
    gone.delete()
    noor = make_user("Noor")
    surplus = join(group, noor)
    Membership.objects.filter(pk=surplus.pk).update(left_at=timezone.now())
    RosterRow.objects.filter(learner=lea).update(completed_count=3, active_on=date(2020, 1, 1))
    return noor


@pytest.fixture
def damaged(lea, lars, theme, group):
    for learner in (lea, lars):
        join(group, learner)
        complete(begin(learner, theme), steps_of(theme)[0])
    return damage(lea, lars, group)


def check(*, status=0, **options):
    """What the check says; it must end with this status."""
    said = io.StringIO()
    if status:
        with pytest.raises(SystemExit) as ending:
            call_command("check_progress", stdout=said, skip_checks=False, **options)
        assert ending.value.code == status
    else:
        call_command("check_progress", stdout=said, skip_checks=False, **options)
    return said.getvalue()


def test_drift_says_what_is_wrong_with_which_row(lea, lars, damaged):
    found = {one.kind: one for one in roster_drift([lea.pk, lars.pk, damaged.pk])}

    assert found[Kind.WRONG].fields == {"completed_count": 1, "active_on": today()}
    assert found[Kind.MISSING].learner == lars.pk
    assert found[Kind.SURPLUS].learner == damaged.pk


def test_the_check_names_what_is_wrong_by_keys_alone_and_ends_with_status_1(lea, damaged):
    said = check(status=1)

    assert "1 × wrong roster row" in said
    assert "1 × missing roster row" in said
    assert "1 × surplus roster row" in said
    assert f"learner {lea.pk} (completed_count, active_on)" in said
    assert said.endswith("3 wrong, 0 mended\n")
    assert "example.org" not in said
    assert "Lea" not in said


def test_the_check_mends_rosters_when_asked_and_changes_nothing_else(lea, damaged, group):
    before = list(Progress.objects.values()), list(ProgressEvent.objects.values()), list(Participation.objects.values())

    said = check(mend=True)

    assert said.endswith("3 wrong, 3 mended\n")
    assert check().endswith("0 wrong, 0 mended\n")
    assert says(lea, group) == ("1", 1)
    after = list(Progress.objects.values()), list(ProgressEvent.objects.values()), list(Participation.objects.values())
    assert after == before


def test_a_check_of_one_theme_leaves_the_others_alone(damaged, theme):
    another = make_theme(1)

    assert check(theme=another.slug).endswith("0 wrong, 0 mended\n")
    assert check(theme=theme.slug, status=1).endswith("3 wrong, 0 mended\n")
    with pytest.raises(CommandError, match="bestaat-niet"):
        check(theme="bestaat-niet")


def test_mending_twice_mends_nothing_the_second_time(lea, lars, damaged):
    everybody = [lea.pk, lars.pk, damaged.pk]

    assert (mend(everybody), mend(everybody)) == (3, 0)


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (lambda: Progress.objects.update(completed_at=None), "progress that differs from its events"),
        (lambda: Progress.objects.all().delete(), "events without progress"),
        (lambda: ProgressEvent.objects.exclude(topic=None).delete(), "progress without events"),
        (lambda: ProgressEvent.objects.filter(topic=None).delete(), "theme completion that differs from its event"),
    ],
)
def test_progress_that_does_not_follow_from_its_events_is_told_and_never_mended(lea, tamper, said):
    theme = make_theme(1)
    complete(begin(lea, theme), *steps_of(theme))
    tamper()
    before = list(Progress.objects.values()), list(ProgressEvent.objects.values())

    told = check(status=1, mend=True)

    assert f"1 × {said}" in told
    assert told.endswith("1 wrong, 0 mended\n")
    assert before == (list(Progress.objects.values()), list(ProgressEvent.objects.values()))


def test_what_people_do_leaves_nothing_to_find(lea, lars, tom, theme, group):
    for learner in (lea, lars):
        join(group, learner)
    participation = begin(lea, theme)
    first, second, *_others = steps_of(theme)
    participation.open(first)
    complete(participation, *steps_of(theme))
    reopen(participation, first)
    complete(begin(lars, theme), second, actor=tom, reason="Gezien.")
    participation.restart()

    assert check().endswith("0 wrong, 0 mended\n")


# What it costs


@pytest.mark.parametrize(("groups", "queries"), [(0, 9), (1, 10), (5, 10)])
def test_a_deed_costs_the_same_in_any_number_of_groups(lea, groups, queries, theme, django_assert_num_queries):
    for number in range(groups):
        one = Group.objects.create(name=f"Groep {number}")
        one.follow(theme)
        join(one, lea)
    participation, (first, second, *_others) = begin(lea, theme), steps_of(theme)
    participation.complete(first, deed=uuid4())  # reads what is kept in memory

    with django_assert_num_queries(queries):
        participation.complete(second, deed=uuid4())


def test_enrolling_many_costs_the_same_as_enrolling_few(theme, django_assert_max_num_queries):
    def queries_with(count):
        one = Group.objects.create(name=f"Groep van {count}")
        for number in range(count):
            join(one, make_user(f"Lid{count}-{number}"))
        with django_assert_max_num_queries(30) as asked:
            one.follow(theme)
        return len(asked)

    assert queries_with(2) == queries_with(12)


@pytest.mark.parametrize("count", [2, 12])
def test_facts_cost_the_same_for_any_number_of_learners(theme, count, django_assert_num_queries):
    learners = [make_user(f"Lid{number}") for number in range(count)]
    for learner in learners:
        complete(begin(learner, theme), steps_of(theme)[0])

    with django_assert_num_queries(6):
        known = facts_of(theme, [learner.pk for learner in learners])

    assert len(known) == count
    assert {marks_of(one).done for one in Participation.objects.all()} == {"1"}
