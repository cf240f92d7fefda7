"""The roster: everybody in the group, and nobody else, however many they are."""

import re

import pytest
from django.utils import timezone

from courses.models import Look, RosterRow
from courses.models.roster import State
from courses.tracking.rows import Selection
from tests.conftest import begin, make_step, make_theme, make_user, signed_in
from tests.models.acts import complete, steps_of
from tests.tracking.conftest import make_group, membership_of, words
from tests.tracking.crowds import crowd, let_time_pass

pytestmark = pytest.mark.usefixtures("in_english")

COUNTING_A_SEARCH = 12
"""Queries of the limit on searching, whatever is searched: its lock and its times are written to the cache in the
database (5 each, of which 2 a savepoint), the times read and the lock deleted. With Redis it is none."""


@pytest.fixture
def address(group, theme):
    return f"/track/groups/{group.public_id}/themes/{theme.slug}/"


def names(response):
    """Who stands in the table, in order."""
    return re.findall(r'role="rowheader"[^>]*><a [^>]*>([^<]+)</a>', response.content.decode())


def test_everybody_stands_there_with_sentence_state_and_days(trainer, group, address):
    page = words(trainer.get(address))

    assert "1 of 3 learners completed this theme" in page
    assert "Too few learners to show an average" in page
    assert "All 4 steps completed" in page
    assert "2 of 4 steps completed" in page
    assert "0 of 4 steps completed" in page
    assert "today" in page
    for state in ("Not started", "In progress", "Completed"):
        assert f">{state}</span>" in page


def test_the_average_is_shown_from_five_people_on(trainer, group, theme, address):
    for name in ("Tess", "Sus"):
        complete(begin(joined(group, name), theme), *steps_of(theme))

    page = words(trainer.get(address))

    assert "3 of 5 learners completed this theme · 70% on average" in page
    assert "Too few" not in page


def joined(group, name):
    learner = make_user(name)
    group.memberships.join(group, learner)
    return learner


def test_pictures_appear_from_five_people_on(trainer, group, address):
    before = words(trainer.get(address))
    crowd(group, 2)

    after = words(trainer.get(address))

    assert 'role="img"' not in before
    assert "Pictures appear from five learners on" in before
    assert after.count('role="img"') == 2
    assert after.count("<caption") == 3


def test_the_states_are_counted_and_filter(trainer, group, theme, lars, address):
    let_time_pass(lars, theme, 20)

    counts = re.findall(r'<span class="state state-([a-z-]+)">[^<]+</span> <strong>(\d+)', words(trainer.get(address)))

    assert dict(counts) == {"all": "3", "not-started": "1", "under-way": "0", "stalled": "1", "finished": "1"}
    assert names(trainer.get(address, {"state": "not-started"})) == ["Noor"]
    assert names(trainer.get(address, {"state": "stalled"})) == ["Lars"]
    assert names(trainer.get(address, {"state": "finished"})) == ["Lea"]


@pytest.mark.parametrize(("sought", "found"), [("lea", ["Lea"]), ("example.org LARS", ["Lars"]), ("%", []), ("_", [])])
def test_somebody_is_found_by_name_or_address(trainer, address, sought, found):
    response = trainer.get(address, {"q": sought})

    assert names(response) == found
    assert ("Nobody was found." in words(response)) == (not found)


def test_accents_and_capitals_do_not_matter(trainer, group, theme, address):
    group.memberships.join(group, make_user("Zoë", last_login=None))

    assert names(trainer.get(address, {"q": "ZOE"})) == ["Zoë"]
    assert names(trainer.get(address, {"q": "zoë"})) == ["Zoë"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", ["Lars", "Lea", "Noor"]),
        ("-name", ["Noor", "Lea", "Lars"]),
        ("progress", ["Noor", "Lars", "Lea"]),
        ("-progress", ["Lea", "Lars", "Noor"]),
        ("active", ["Noor", "Lars", "Lea"]),
        ("-active", ["Lea", "Lars", "Noor"]),
    ],
)
def test_the_roster_is_sorted_as_asked(trainer, theme, lars, address, sort, order):
    let_time_pass(lars, theme, 3)

    response = trainer.get(address, {"sort": sort})

    assert names(response) == order
    assert 'aria-sort="{}"'.format("descending" if sort.startswith("-") else "ascending") in words(response)


@pytest.mark.parametrize("asked", [{}, {"state": "not-started"}, {"state": "finished"}, {"q": "deelnemer 000"}])
def test_the_pages_together_hold_everybody_once(trainer, group, address, asked):
    """In every order: to make the crowd takes most of the time."""
    crowd(group, 120)

    wrong = {}
    for sort in ("name", "-name", "progress", "-progress", "active", "-active"):
        expected = Selection({"sort": sort, **asked}).rows(group.group_themes.get()).values_list("pk", flat=True)
        counted, listed = rows_of_all_pages(trainer, address, {"sort": sort, **asked})
        if not (len(listed) == len(set(listed)) == counted and set(listed) == set(expected)):
            wrong[sort] = f"{counted} counted, {len(listed)} listed, of {len(expected)}: {listed}"

    assert not wrong


def rows_of_all_pages(browser, address, asked):
    """How many rows the first page says there are, and the keys of those on all pages."""
    paginator = browser.get(address, asked).context["page"].paginator
    pages = [browser.get(address, {**asked, "page": n + 1}).context["page"] for n in range(paginator.num_pages)]
    return paginator.count, [row.pk for page in pages for row in page]


@pytest.mark.parametrize("sort", ["progress", "active"])
def test_the_other_way_round_is_the_same_order_reversed(group, theme, sort):
    crowd(group, 60)
    rows = [row for row in RosterRow.objects.filter(group_theme=group.group_themes.get()) if row.active_on]
    field = {"progress": "completed_count", "active": "active_on"}[sort]

    def listed(order):
        standing = standing_of(group)
        pages = [Selection({"sort": order}).page(standing, number) for number in (1, 2)]
        return [row for page in pages for row in page if row.active_on]

    up, down = listed(sort), listed(f"-{sort}")

    assert [row.pk for row in up] == [row.pk for row in down][::-1]
    assert [getattr(row, field) for row in up] == sorted(getattr(row, field) for row in rows)


def standing_of(group):
    from courses.models.group_standing import GroupStanding

    return GroupStanding(group.group_themes.select_related("theme").get())


@pytest.mark.parametrize(
    "broken", [{"page": "999"}, {"page": "x"}, {"page": "-1"}, {"sort": "x"}, {"state": "x"}, {"q": "\0"}, {"q": " "}]
)
def test_what_cannot_be_understood_is_ignored(trainer, address, broken):
    response = trainer.get(address, broken)

    assert response.status_code == 200
    assert names(response) == ["Lars", "Lea", "Noor"]


def test_a_page_beyond_the_last_is_the_last(trainer, group, address):
    crowd(group, 100)

    response = trainer.get(address, {"page": "999"})

    assert response.context["page"].number == 3
    assert len(names(response)) == 3


def test_what_was_asked_stays_when_something_else_is_asked(trainer, group, address):
    crowd(group, 400)

    page = words(trainer.get(address, {"q": "deelnemer", "state": "under-way", "sort": "-progress", "page": "2"}))

    assert "?q=deelnemer&amp;state=under-way&amp;sort=progress#everybody" in page
    assert "?q=deelnemer&amp;state=stalled&amp;sort=-progress#everybody" in page
    assert "?q=deelnemer&amp;state=under-way&amp;sort=-progress&amp;page=1#everybody" in page
    assert '<input type="hidden" name="state" value="under-way">' in page
    assert '<input type="hidden" name="sort" value="-progress">' in page
    assert "export/?q=deelnemer&amp;state=under-way&amp;format=xlsx&amp;what=roster" in page


def test_an_empty_group_leads_to_inviting(trainer, tom, theme):
    group = make_group(themes=[theme], trainers=[tom], name="Leeg")

    page = words(trainer.get(f"/track/groups/{group.public_id}/themes/{theme.slug}/"))

    assert "Nobody is in this group yet" in page
    assert f"/track/groups/{group.public_id}/invite/" in page


def test_an_empty_theme_has_no_percentage(trainer, tom, lea):
    theme = make_theme(0)
    group = make_group(lea, themes=[theme], trainers=[tom])
    crowd(group, 5)

    response = trainer.get(f"/track/groups/{group.public_id}/themes/{theme.slug}/")

    assert response.status_code == 200
    assert "No topics yet" in words(response)
    assert "%" not in words(response).split("<main")[1]


def test_looking_is_written_down_once_a_day(trainer, tom, group, address):
    trainer.get(address)
    trainer.get(address, {"state": "stalled"})

    look = Look.objects.get()

    assert (look.viewer, look.group, look.learner, look.kind) == (tom, group, None, Look.Kind.ROSTER)
    assert look.day == timezone.localdate()


def test_the_day_is_told_and_never_the_minute(trainer, theme, lars, address):
    let_time_pass(lars, theme, 3)

    page = words(trainer.get(address)).split("<main")[1]

    assert not re.search(r"\d\d:\d\d", page)


def test_only_the_active_members_of_this_group_stand_there(trainer, group, theme, tom, lea, charlie, address):
    others = make_group(lea, make_user("Tess"), themes=[theme], trainers=[charlie], name="Andere groep")
    for name, deed in (("Sus", "suspend"), ("Sam", "leave")):
        getattr(membership_of(joined(group, name), group), deed)()
    group.memberships.join(group, charlie)
    group.memberships.join(group, tom)

    ours = names(trainer.get(address))
    theirs = names(signed_in(charlie).get(f"/track/groups/{others.public_id}/themes/{theme.slug}/"))

    assert ours == ["Lars", "Lea", "Noor"]
    assert theirs == ["Lea", "Tess"]
    for name in ("Tess", "Sus", "Sam", "Charlie"):
        assert names(trainer.get(address, {"q": name})) == []


def test_numbers_count_the_active_members_of_this_group_alone(group, theme, tom, lea, charlie):
    make_group(lea, make_user("Tess"), themes=[theme], trainers=[charlie])
    sus = joined(group, "Sus")
    complete(begin(sus, theme), *steps_of(theme))
    membership_of(sus, group).suspend()
    complete(begin(tom, theme), *steps_of(theme))
    group.memberships.join(group, tom)

    standing = standing_of(group)

    assert standing.by_state == {
        State.NOT_STARTED: 1,
        State.UNDER_WAY: 1,
        State.STALLED: 0,
        State.FINISHED: 1,
    }
    assert [count for _step, count in standing.completed_per_step] == [2, 2, 1, 1]
    assert [count for _week, count in standing.completed_per_week][-1] == 6


def test_no_theme_of_another_group_is_found_here(trainer, group, charlie):
    other = make_theme(1)
    make_group(themes=[other], trainers=[charlie])

    assert trainer.get(f"/track/groups/{group.public_id}/themes/{other.slug}/").status_code == 404


@pytest.mark.parametrize("asked", [{}, {"sort": "-progress"}, {"state": "under-way"}, {"q": "deelnemer"}])
def test_a_page_costs_the_same_for_12_and_for_1200_members(
    trainer, group, theme, address, asked, django_assert_max_num_queries
):
    crowd(group, 12)
    trainer.get(address, asked)

    def queries():
        with django_assert_max_num_queries(30) as captured:
            assert trainer.get(address, asked).status_code == 200
        return len(captured)

    few = queries()
    crowd(group, 1_188, prefix="Deelnemer meer")

    assert queries() == few
    assert few <= 14 + (COUNTING_A_SEARCH if "q" in asked else 0)


def test_a_page_costs_the_same_for_4_and_for_40_topics(trainer, group, theme, address, django_assert_max_num_queries):
    crowd(group, 12)
    trainer.get(address)
    with django_assert_max_num_queries(30) as few:
        trainer.get(address)
    for _number in range(36):
        make_step(theme)
    trainer.get(address)

    with django_assert_max_num_queries(30) as many:
        trainer.get(address)

    assert len(many) == len(few)
