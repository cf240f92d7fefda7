"""The learner's own page about their groups, and what groups ask on the front page."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from courses.models import Look, Membership, Message
from tests.conftest import begin, make_theme, make_user, signed_in
from tests.models.acts import complete, steps_of
from tests.tracking.conftest import make_group, membership_of, words

pytestmark = pytest.mark.django_db

TOMORROW, YESTERDAY = timedelta(days=1), timedelta(days=-1)


@pytest.fixture
def lea(lea):
    lea.language = "en"
    lea.save()
    return lea


@pytest.fixture
def group(theme, tom, lea):
    complete(begin(lea, theme), *steps_of(theme)[:1])
    return make_group(lea, themes=[theme], trainers=[tom])


@pytest.fixture
def mine(lea, group):
    return membership_of(lea, group)


@pytest.fixture
def page(learner):
    return lambda address="/groups/": words(learner.get(address))


def day(distance):
    return timezone.localdate() + distance


def written(date):
    return date_format(date)


# Your groups


def test_who_is_in_no_group_is_told_so(page):
    assert "You are in no group." in page()


def test_the_page_says_who_sees_what(page, group):
    text = page()

    assert "Teamleiders" in text
    assert "Trainers: Tom." in text
    assert "only from five people on" in text
    assert "which topics you opened and completed and on which dates" in text
    assert "Now the client does not see your name." in text


def test_themes_stand_with_their_dates(page, group, theme):
    later = make_theme(1, title="Later aan de beurt", access="group")
    group.follow(theme, deadline=day(TOMORROW))
    group.follow(later, starts_on=day(TOMORROW))
    group.follow(make_theme(1, title="Nog geheim", published=False))

    text = page()

    assert f"Complete by {written(day(TOMORROW))}" in text
    assert f"Starts on {written(day(TOMORROW))}" in text
    assert theme.get_absolute_url() in text
    assert later.get_absolute_url() not in text
    assert "Nog geheim" not in text


def test_messages_stand_there_with_the_newest_first(page, mine, tom):
    Message.objects.send(mine, sender=tom, text="Hoe gaat het?")
    Message.objects.send(mine, sender=tom, text="En <b>nu</b>?")

    text = page()

    assert text.index("En &lt;b&gt;nu&lt;/b&gt;?") < text.index("Hoe gaat het?")


def test_messages_of_others_do_not_stand_there(page, group, tom, lars):
    other, _new = Membership.objects.join(group, lars)
    Message.objects.send(other, sender=tom, text="Alleen voor Lars")

    assert "Alleen voor Lars" not in page()


def test_who_looked_at_my_progress_is_named_by_the_day(page, group, mine, tom, lea, lars):
    Look.objects.note(tom, group, Look.Kind.ROSTER)
    Look.objects.note(tom, group, Look.Kind.LEARNER, learner=lea)
    Look.objects.note(lars, group, Look.Kind.LEARNER, learner=lars)

    text = page()

    assert f"{written(day(timedelta()))}: Tom (your progress per topic), Tom (the list of the group)" in text
    assert "Lars" not in text


def test_nobody_looked_is_said_too(page, group):
    assert "Nobody did yet." in page()


def test_my_name_is_shown_to_the_client_only_while_i_agree(learner, mine):
    address = f"/groups/{mine.public_id}/name/"

    learner.post(address, {"agreed": "yes"})
    mine.refresh_from_db()
    assert mine.named_at

    learner.post(address, {"agreed": "no"})
    mine.refresh_from_db()
    assert mine.named_at is None


@pytest.mark.parametrize("fields", [{}, {"agreed": "perhaps"}])
def test_without_an_answer_nothing_is_agreed(fields, learner, mine):
    learner.post(f"/groups/{mine.public_id}/name/", fields)

    mine.refresh_from_db()
    assert mine.named_at is None


def test_who_is_suspended_cannot_agree(learner, mine):
    mine.suspend()

    learner.post(f"/groups/{mine.public_id}/name/", {"agreed": "yes"})

    mine.refresh_from_db()
    assert mine.named_at is None


def test_rule_26_leaving_keeps_progress_and_can_be_undone_by_an_invitation(learner, page, mine, group, lea, theme):
    learner.post(f"/groups/{mine.public_id}/name/", {"agreed": "yes"})

    response = learner.post(f"/groups/{mine.public_id}/leave/")

    assert "Your progress is kept." in words(learner.get(response.url))
    mine.refresh_from_db()
    assert (mine.status, mine.named_at) == ("left", None)
    assert lea.participations.get(theme=theme).progress.completed().count() == 1
    group.invitations.create(email=lea.email, place_count=1).accept(lea)
    assert group.group_themes.get().roster.get().completed_count == 1


@pytest.mark.parametrize(
    ("end", "told"),
    [
        (lambda mine: mine.suspend(), "Your membership is suspended."),
        (lambda mine: mine.leave(), "You have not been in this group since"),
        (lambda mine: mine.group.close(), "This group ended on"),
    ],
)
def test_who_is_not_active_sees_that_and_nothing_of_the_group(end, told, page, mine, tom):
    theme = make_theme(1, title="Alleen voor ons", access="group")
    mine.group.follow(theme)
    Message.objects.send(mine, sender=tom, text="Tot maandag")
    assert "Alleen voor ons" in page()

    end(mine)

    text = page()
    assert told in text
    assert "Alleen voor ons" not in text
    assert "Tot maandag" not in text


@pytest.mark.parametrize("deed", ["leave", "name"])
def test_of_somebody_else_nothing_is_changed(deed, lars, mine):
    assert signed_in(lars).post(f"/groups/{mine.public_id}/{deed}/", {"agreed": "yes"}).status_code == 404

    mine.refresh_from_db()
    assert mine.active
    assert mine.named_at is None


def test_the_account_page_leads_here(page, group):
    assert 'href="/groups/"' in page("/account/")


# The front page


def test_what_starts_later_stands_on_the_front_page(page, group):
    group.follow(make_theme(1, title="Later aan de beurt", access="group"), starts_on=day(TOMORROW))

    text = page("/")

    assert "Later aan de beurt" in text
    assert f"Starts on {written(day(TOMORROW))}" in text
    assert 'href="/groups/"' in text


@pytest.mark.parametrize(
    ("deadline", "told"), [(TOMORROW, "Complete by"), (YESTERDAY, "The date you were asked to complete it by was")]
)
def test_a_deadline_stands_with_the_theme_kindly(deadline, told, page, group, theme):
    group.follow(theme, deadline=day(deadline))

    assert f"{told} {written(day(deadline))}" in page("/")


def test_the_first_of_two_deadlines_counts(page, group, theme, lea):
    group.follow(theme, deadline=day(TOMORROW))
    make_group(lea, name="Andere").follow(theme, deadline=day(2 * TOMORROW))

    text = page("/")

    assert written(day(TOMORROW)) in text
    assert written(day(2 * TOMORROW)) not in text


def test_a_deadline_of_what_is_completed_is_not_shown(page, group, theme, lea):
    group.follow(theme, deadline=day(YESTERDAY))
    complete(lea.participations.get(), *steps_of(theme)[1:])

    assert "The date you were asked" not in page("/")


def test_a_client_finds_the_way_to_their_groups():
    cleo = make_user("Cleo")
    make_group(clients=[cleo])

    assert 'href="/track/"' in words(signed_in(cleo).get("/"))


def test_who_has_nothing_to_do_with_groups_sees_nothing_of_them(page, theme):
    text = page("/")

    assert 'href="/groups/"' not in text
    assert 'href="/track/"' not in text


@pytest.mark.parametrize("count", [1, 6])
def test_groups_cost_the_front_page_two_queries(learner, lea, count, django_assert_num_queries):
    for number in range(count):
        group = make_group(lea, name=f"Groep {number}")
        group.follow(make_theme(1), starts_on=day(TOMORROW))
        group.follow(make_theme(1), deadline=day(TOMORROW))

    with django_assert_num_queries(6):
        learner.get("/")
