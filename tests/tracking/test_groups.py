"""The groups that somebody guides, the home of one, and its settings."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.models import Group, GroupTheme, Invitation, Mail, Membership, Participation
from tests.conftest import begin, make_step, make_theme, make_user, signed_in
from tests.models.acts import complete, steps_of
from tests.tracking.conftest import make_group, membership_of, words

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def post(trainer, group):
    """A deed of Tom's on his group."""

    def post(deed, **fields):
        return trainer.post(f"/track/groups/{group.public_id}/{deed}/", fields)

    return post


@pytest.fixture
def home(trainer, group):
    return lambda: words(trainer.get(group.get_absolute_url()))


# All groups


def test_a_trainer_sees_the_groups_they_guide_with_how_they_are_doing(trainer, group):
    make_group(name="Van Charlie", trainers=[make_user("Charlie", is_trainer=True)])

    page = words(trainer.get("/track/"))

    assert "Teamleiders" in page
    assert "3 members" in page
    assert "1 of 3 learners completed this theme" in page
    assert "Van Charlie" not in page


def test_closed_groups_stand_apart(trainer, group):
    group.close()

    page = words(trainer.get("/track/"))

    assert page.index("Closed groups") < page.index("Teamleiders")


def test_a_trainer_without_groups_is_told_how_to_begin(trainer):
    assert "You guide no group at the moment" in words(trainer.get("/track/"))


def test_a_client_sees_the_groups_reported_to_them_and_makes_none(client_browser, group):
    page = words(client_browser.get("/track/"))

    assert f'href="/track/groups/{group.public_id}/client/"' in page
    assert "New group" not in page
    assert client_browser.post("/track/create/", {"name": "Nieuw"}).status_code == 403


def test_a_trainer_who_is_a_client_elsewhere_sees_both(trainer, tom, group):
    make_group(name="Van een ander", clients=[tom])

    page = words(trainer.get("/track/"))

    assert page.index("Teamleiders") < page.index("You are a client of") < page.index("Van een ander")


def test_who_guides_nothing_and_is_no_client_has_no_business_here(learner, group):
    assert learner.get("/track/").status_code == 403


def test_who_makes_a_group_is_its_trainer(trainer, tom):
    response = trainer.post("/track/create/", {"name": "Nieuw"})

    made = Group.objects.get()
    assert response.status_code == 303
    assert response.url == made.get_absolute_url()
    assert list(made.trainers.all()) == [tom]


def test_a_group_needs_a_name(trainer):
    response = trainer.post("/track/create/", {"name": " "})

    assert response.status_code == 400
    assert "errorlist" in words(response)
    assert not Group.objects.exists()


@pytest.mark.parametrize("groups", [2, 8])
def test_the_groups_cost_the_same_for_any_number_of_them(trainer, tom, group, groups, django_assert_num_queries):
    for number in range(groups):
        make_group(make_user(f"Lid{number}"), themes=[group.themes.get(), make_theme(1)], trainers=[tom])
    trainer.get("/track/")

    with django_assert_num_queries(7):
        trainer.get("/track/")


# The home of a group


def test_the_home_of_a_group_says_how_it_is_doing(home, group):
    group.follow(group.themes.get(), starts_on=timezone.localdate(), deadline=timezone.localdate())

    page = home()

    assert "1 of 3 learners completed this theme" in page
    assert "Open since" in page
    assert "To be completed by" in page
    assert "Needs your attention" not in page


def test_an_empty_group_says_what_to_do_first(trainer, tom):
    empty = make_group(trainers=[tom])

    page = words(trainer.get(empty.get_absolute_url()))

    assert page.index("To begin with") < page.index("Choose a theme") < page.rindex("Invite people")


def test_without_learners_nothing_is_counted(trainer, tom, theme):
    make_group(themes=[theme], trainers=[tom])

    page = words(trainer.get("/track/"))

    assert "No learners yet." in page
    assert "completed this theme" not in page


def test_what_needs_attention_is_named(home, group, lea):
    membership = membership_of(lea, group)
    group.invitations.create(email="noor2@example.org", place_count=1)
    lost = group.invitations.create(email="tess@example.org", place_count=1)
    gone = {"given_up_at": timezone.now()}
    Mail.objects.create(kind=Mail.Kind.INVITATION, cause="1", invitation=lost, **gone)
    message = membership.messages.create(text="Hoi")
    Mail.objects.create(kind=Mail.Kind.MESSAGE, cause="2", recipient=lea, message=message, **gone)

    page = home()

    assert "1 invitation could not be delivered" in page
    assert "1 mail to a member could not be delivered" in page
    assert "1 person has not answered the invitation yet" in page


def test_rule_18_completions_that_wait_are_named(home, theme, lars, group):
    for step in steps_of(theme)[2:]:
        theme.take_out(step)

    assert Participation.objects.unconfirmed().exists()
    assert "1 completion waits for you to confirm it" in home()


def test_who_stalled_is_counted_and_linked(home, group, lars):
    group.group_themes.get().roster.filter(learner=lars).update(active_on=timezone.localdate() - timedelta(days=20))

    page = home()

    assert "1 learner has stalled" in page
    assert "/themes/vertrouwen/stalled/" in page


def test_a_client_is_led_to_the_page_of_clients(client_browser, group):
    response = client_browser.get(group.get_absolute_url())

    assert response.status_code == 302
    assert response.url.endswith("/client/")


# Settings


def test_the_group_is_described(post, group):
    post("describe", name="Anders", reminds="on")

    group.refresh_from_db()
    assert (group.name, group.reminds) == ("Anders", True)


def test_a_theme_is_added_with_its_dates(post, group):
    other = make_theme(1, slug="ander")

    response = post("add-theme", theme="ander", starts_on="2027-06-03", deadline="2027-07-03")

    added = group.group_themes.get(theme=other)
    assert response.status_code == 303
    assert (str(added.starts_on), str(added.deadline)) == ("2027-06-03", "2027-07-03")
    assert added.roster.count() == 3


@pytest.mark.parametrize("which", ["draft", "binned", "there already", "nothing"])
def test_a_theme_that_cannot_be_followed_is_not_added(which, post, group):
    make_theme(1, slug="draft", published=False)
    make_theme(1, slug="binned").bin()
    slug = {"there already": "vertrouwen", "nothing": ""}.get(which, which)

    response = post("add-theme", theme=slug)

    assert response.status_code == 400
    assert group.group_themes.count() == 1


@pytest.mark.parametrize("deed", ["add-theme", "themes/vertrouwen/dates"])
def test_a_deadline_before_the_start_is_refused_in_words_and_nothing_is_lost(deed, post, group):
    make_theme(1, slug="ander")

    response = post(deed, theme="ander", starts_on="2027-07-03", deadline="2027-06-03")

    page = words(response)
    assert response.status_code == 400
    assert "This date is before the day on which the theme opens." in page
    assert 'value="2027-07-03"' in page
    assert 'value="2027-06-03"' in page


def test_the_database_refuses_a_deadline_before_the_start_too(group):
    today = timezone.localdate()

    with pytest.raises(IntegrityError), transaction.atomic():
        GroupTheme.objects.update(starts_on=today, deadline=today - timedelta(days=1))


def test_dates_are_changed_and_taken_away(post, group):
    post("themes/vertrouwen/dates", starts_on="2027-06-03", deadline="2027-06-03")
    assert str(group.group_themes.get().deadline) == "2027-06-03"

    post("themes/vertrouwen/dates", starts_on="", deadline="")
    assert group.group_themes.get().deadline is None


def test_rule_26_a_theme_taken_out_keeps_progress_and_says_so(post, trainer, group, lea, theme):
    post("themes/vertrouwen/remove")

    page = words(trainer.get(f"/track/groups/{group.public_id}/settings/"))
    assert "Everybody’s progress is kept" in page
    assert not group.group_themes.exists()
    assert lea.participations.get(theme=theme).completed_at
    group.follow(theme)
    assert group.group_themes.get().roster.get(learner=lea).completed_count == 4


def test_another_trainer_is_added_by_address(post, group, charlie):
    assert post("add-trainer", email="CHARLIE@example.org").status_code == 303

    assert charlie in group.trainers.all()


def test_who_is_no_trainer_is_answered_as_who_has_no_account(post, group, lea):
    someone, nobody = post("add-trainer", email="lea@example.org"), post("add-trainer", email="nobody@example.org")

    assert someone.status_code == nobody.status_code == 400
    assert "There is no trainer with this address" in words(someone)
    assert "There is no trainer with this address" in words(nobody)
    assert group.trainers.count() == 1


def test_the_last_trainer_stays(post, group, tom, charlie):
    post("remove-trainer", email="tom@example.org")
    assert list(group.trainers.all()) == [tom]

    group.trainers.add(charlie)
    response = post("remove-trainer", email="tom@example.org")

    assert list(group.trainers.all()) == [charlie]
    assert response.url == "/track/"


def test_a_client_is_taken_away(post, group, client_browser):
    post("remove-client", email="cleo@example.org")

    assert not group.clients.exists()
    assert client_browser.get(group.get_absolute_url()).status_code == 404


def test_a_copy_has_no_people_and_no_tokens(post, trainer, group, tom):
    Invitation.objects.create(group=group, place_count=10)

    response = post("duplicate", name="Lichting 2")

    copy = Group.objects.get(name="Lichting 2")
    assert copy.public_id in response.url
    assert list(copy.trainers.all()) == [tom]
    assert copy.group_themes.count() == 1
    assert not copy.memberships.exists()
    assert not copy.clients.exists()
    assert not copy.invitations.exists()


def test_a_group_is_closed_and_opened_again(post, group, lea):
    post("close")
    group.refresh_from_db()
    assert group.closed_at

    post("reopen")
    group.refresh_from_db()
    assert group.closed_at is None
    assert Membership.objects.active().filter(group=group).count() == 3


def test_settings_show_everything_that_can_be_set(trainer, group):
    group.invitations.create(email="carl@example.org", role="client", place_count=1)

    page = words(trainer.get(f"/track/groups/{group.public_id}/settings/"))

    for words_shown in ("Teamleiders", "Vertrouwen", "Tom", "Cleo", "carl@example.org", "Close this group"):
        assert words_shown in page


def test_another_trainer_finds_no_such_group(charlie, group):
    browser = signed_in(charlie)

    for page in ("", "settings/", "people/", "invite/"):
        assert browser.get(group.get_absolute_url() + page).status_code == 404


def test_the_average_comes_with_the_sentence_from_five_people_on(trainer, group, theme):
    for name in ("Tess", "Sus"):
        learner = make_user(name)
        complete(begin(learner, theme), *steps_of(theme))
        Membership.objects.join(group, learner)
    make_step(theme, required=False)

    assert "3 of 5 learners completed this theme · 70% on average" in words(trainer.get("/track/"))


@pytest.mark.parametrize("deed", ["remove-trainer", "remove-client"])
@pytest.mark.parametrize("email", ["charlie@example.org", "no address", ""])
def test_who_is_not_there_cannot_be_taken_away(deed, email, post, group):
    assert post(deed, email=email).status_code == 303

    assert (group.trainers.count(), group.clients.count()) == (1, 1)
