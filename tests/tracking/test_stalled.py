"""Who stalled, and the message that a trainer reads, changes and sends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import Look, Mail, MailWishes, Membership, Message
from tests.conftest import begin, make_theme, make_user, signed_in
from tests.models.acts import complete, steps_of
from tests.tracking.conftest import make_group, membership_of, words
from tests.tracking.crowds import crowd, let_time_pass

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def address(group, theme):
    return f"/track/groups/{group.public_id}/themes/{theme.slug}/stalled/"


@pytest.fixture
def to_lars(group, lars):
    return f"/track/groups/{group.public_id}/learners/{membership_of(lars, group).public_id}/message/"


def joined_days_ago(learner, group, days):
    Membership.objects.filter(learner=learner, group=group).update(joined_at=timezone.now() - timedelta(days=days))


def listed(response):
    return [one.row.learner.name for one in response.context["learners"]]


def test_nobody_stalled(trainer, address):
    response = trainer.get(address)

    assert listed(response) == []
    assert "Nobody stalled." in words(response)


def test_who_stalled_stands_there_with_where_and_how_long(trainer, lars, theme, address):
    let_time_pass(lars, theme, 20)

    response = trainer.get(address)

    assert listed(response) == ["Lars"]
    assert "last active 20 days ago" in words(response)
    assert '<span lang="nl">Loslaten</span>' in words(response)
    assert "2 of 4 steps completed" in words(response)


def test_who_never_began_although_they_could(trainer, noor, group, address):
    joined_days_ago(noor, group, 14)

    response = trainer.get(address)

    assert listed(response) == ["Noor"]
    assert "could begin 14 days ago" in words(response)
    assert '<span lang="nl">Luisteren</span>' in words(response)


@pytest.mark.parametrize(("days", "names"), [(14, ["Noor"]), (13, []), (-3, [])])
def test_two_weeks_count_from_the_start_of_the_theme(trainer, noor, group, theme, address, days, names):
    joined_days_ago(noor, group, 60)
    group.follow(theme, starts_on=timezone.localdate() - timedelta(days=days))

    assert listed(trainer.get(address)) == names


def test_who_finished_or_is_under_way_is_left_alone(trainer, lea, lars, theme, address):
    let_time_pass(lea, theme, 50)
    let_time_pass(lars, theme, 14)

    assert listed(trainer.get(address)) == []


def test_only_active_learners_of_this_group(trainer, group, theme, tom, charlie, address):
    make_group(make_user("Tess"), themes=[theme], trainers=[charlie])
    for name, deed in (("Sus", "suspend"), ("Sam", "leave")):
        membership, _new = group.memberships.join(group, make_user(name))
        getattr(membership, deed)()
    group.memberships.join(group, tom)
    Membership.objects.update(joined_at=timezone.now() - timedelta(days=40))

    assert listed(trainer.get(address)) == ["Noor"]


def test_the_page_costs_the_same_for_12_and_for_1200_members(trainer, group, address, django_assert_max_num_queries):
    def queries():
        trainer.get(address)
        with django_assert_max_num_queries(30) as captured:
            trainer.get(address)
        return len(captured)

    crowd(group, 40)
    few = queries()
    crowd(group, 1_160, prefix="Meer")

    assert queries() == few


def test_looking_is_written_down(trainer, group, address):
    trainer.get(address)

    assert Look.objects.get().kind == Look.Kind.ROSTER


# The message


def mailed():
    return Mail.objects.filter(kind=Mail.Kind.MESSAGE)


def test_a_friendly_draft_stands_ready_in_the_learners_language(trainer, to_lars):
    page = words(trainer.get(to_lars, {"theme": "vertrouwen"}))

    assert "Loslaten" in page
    assert "http://testserver/themes/vertrouwen/loslaten/" in page
    assert "Tom</textarea>" in page
    assert not Message.objects.exists()
    assert not mailed()


@pytest.mark.parametrize(("name", "greeting"), [("Lars de Wit", "Hello Lars,"), ("", "Hello,")])
def test_the_draft_greets_by_first_name(trainer, lars, to_lars, name, greeting):
    lars.name, lars.language = name, "en"
    lars.save()

    assert greeting in words(trainer.get(to_lars))


def test_the_draft_fits_how_far_they_are(trainer, lea, noor, lars, theme, group):
    for learner in (lea, noor, lars):
        learner.language = "en"
        learner.save()

    def draft(learner):
        address = f"/track/groups/{group.public_id}/learners/{membership_of(learner, group).public_id}/message/"
        return words(trainer.get(address, {"theme": "vertrouwen"}))

    assert "is ready for you. It begins with “Luisteren”" in draft(noor)
    assert "You can go on with “Loslaten”" in draft(lars)
    assert "How do you look back on “Vertrouwen”?" in draft(lea)


def test_what_the_trainer_made_of_it_is_sent(trainer, tom, lars, to_lars, address):
    response = trainer.post(to_lars, {"theme": "vertrouwen", "text": "Zullen we bellen?"})

    message = Message.objects.get()
    assert (response.status_code, response.url) == (303, address)
    assert (message.sender, message.text, message.membership.learner) == (tom, "Zullen we bellen?", lars)
    assert [mail.recipient for mail in mailed()] == [lars]
    assert "Your message to Lars stands on their own page." in words(trainer.get(response.url))


def test_without_a_theme_it_leads_back_to_the_learner(trainer, to_lars):
    response = trainer.post(to_lars, {"text": "Zullen we bellen?"}, follow=True)

    assert "Messages sent" in words(response)
    assert "Zullen we bellen?" in words(response)


def test_pressing_twice_sends_one_message(trainer, to_lars):
    for _time in range(2):
        trainer.post(to_lars, {"text": "Zullen we bellen?"})
    trainer.post(to_lars, {"text": "Of niet?"})

    assert Message.objects.count() == len(mailed()) == 2


def test_an_empty_message_is_not_sent(trainer, to_lars):
    response = trainer.post(to_lars, {"text": " ", "theme": "vertrouwen"})

    assert response.status_code == 400
    assert "Write something first." in words(response)
    assert not Message.objects.exists()


def test_a_message_that_is_too_long_is_not_lost(trainer, to_lars):
    response = trainer.post(to_lars, {"text": "x" * 5_001})

    assert response.status_code == 400
    assert "x" * 5_001 in words(response)


@pytest.mark.parametrize(
    ("frequency", "told"),
    [
        ("at-once", "is mailed to them"),
        ("weekly", "is mailed on Monday"),
        ("never", "will stand on their own page only"),
    ],
)
def test_the_form_says_whether_it_will_be_mailed(trainer, lars, to_lars, frequency, told):
    MailWishes.objects.create(user=lars, frequency=frequency)

    assert told in words(trainer.get(to_lars))


def test_a_theme_that_the_group_does_not_follow_is_not_found(trainer, to_lars):
    make_theme(1, slug="anders")

    assert trainer.get(to_lars, {"theme": "anders"}).status_code == 404


def test_writing_shows_where_they_are_and_is_written_down(trainer, lars, to_lars):
    trainer.get(to_lars)

    assert Look.objects.get().learner == lars


def test_who_was_written_to_is_seen_in_the_list(trainer, lars, theme, to_lars, address):
    let_time_pass(lars, theme, 20)
    trainer.post(to_lars, {"text": "Zullen we bellen?"})

    assert "a trainer wrote on" in words(trainer.get(address))


def test_a_client_writes_to_nobody(client_browser, to_lars):
    assert client_browser.post(to_lars, {"text": "Schiet op."}).status_code == 403
    assert not Message.objects.exists()


def test_who_completed_a_locked_theme_step_by_step_is_found_where_they_are(trainer, tom, noor):
    theme = make_theme(3, in_order=True)
    group = make_group(noor, themes=[theme], trainers=[tom])
    complete(begin(noor, theme), steps_of(theme)[0])
    let_time_pass(noor, theme, 15)

    response = signed_in(tom).get(f"/track/groups/{group.public_id}/themes/{theme.slug}/stalled/")

    assert [one.step.slug for one in response.context["learners"]] == [steps_of(theme)[1].slug]


def test_in_a_closed_group_the_form_says_that_nothing_is_mailed(trainer, group, to_lars):
    group.closed_at = timezone.now()
    group.save()

    assert "This group is closed" in words(trainer.get(to_lars))
