"""Rule 18: what a change of the theme completed is mailed when a trainer has looked at it."""

import pytest

from courses.models import Mail, Participation
from courses.tracking.views import completions
from tests.conftest import begin, make_theme, make_user, signed_in
from tests.mailing.conftest import send, wish
from tests.models.acts import complete, steps_of
from tests.tracking.conftest import make_group, membership_of, words

PAGE, CONFIRM = "/track/completions/", "/track/completions/confirm/"

pytestmark = pytest.mark.usefixtures("in_english")


def three_of_four(learner, theme):
    participation = begin(learner, theme)
    complete(participation, *steps_of(theme)[:3])
    return participation


@pytest.fixture
def waiting(group, theme, noor):
    """Noor did three of four, and the fourth was taken out."""
    Mail.objects.all().delete()
    participation = three_of_four(noor, theme)
    theme.take_out(steps_of(theme)[3])
    participation.refresh_from_db()
    return participation


def confirmed(participation):
    participation.refresh_from_db()
    return participation.completion_confirmed_at is not None


def test_rule_18_the_trainer_sees_who_completed_what_when_and_why(trainer, waiting):
    page = words(trainer.get(PAGE))

    assert "Noor" in page
    assert "Vertrouwen" in page
    assert "because “Oefenen” was taken out" in page
    assert f'name="participation" value="{waiting.pk}" checked' in page
    assert "Lea" not in page.split("<main")[1]


def became_extra(theme, step):
    theme.require(step, required=False)


def withdrawn(theme, step):
    step.topic.withdraw()


def two_at_once(theme, step):
    with theme.changing():
        theme.take_out(step)
        theme.require(steps_of(theme)[2], required=False)


REASONS = {
    "became an extra": (became_extra, "because “Oefenen” became an extra"),
    "withdrawn": (withdrawn, "because “Oefenen” was taken away from learners"),
    "two at once": (two_at_once, "by a change of the theme"),
}


@pytest.mark.parametrize(("change", "reason"), REASONS.values(), ids=REASONS)
def test_rule_18_the_reason_is_said_as_far_as_it_is_one(trainer, group, theme, noor, change, reason):
    three_of_four(noor, theme)

    change(theme, steps_of(theme)[3])

    assert reason in words(trainer.get(PAGE))


def test_rule_18_nothing_is_mailed_until_it_is_confirmed(trainer, waiting, noor):
    assert send() == []

    response = trainer.post(CONFIRM, {"participation": [waiting.pk]}, follow=True)

    assert response.redirect_chain == [(PAGE, 303)]
    assert "1 completion is confirmed. 1 mail goes out." in words(response)
    assert [message.recipients() for message in send()] == [["noor@example.org"]]
    assert "There is nothing to confirm." in words(trainer.get(PAGE))


def test_rule_18_confirming_twice_mails_once(trainer, waiting):
    for _press in range(2):
        trainer.post(CONFIRM, {"participation": [waiting.pk]})

    assert len(send()) == 1
    assert Mail.objects.count() == 1


def test_rule_18_what_is_not_ticked_waits_on(trainer, waiting, theme, tom):
    sam = three_of_four_and_done("Sam", theme, tom)

    trainer.post(CONFIRM, {"participation": [waiting.pk]})

    assert confirmed(waiting)
    assert not confirmed(sam)
    assert "Sam" in words(trainer.get(PAGE))


def three_of_four_and_done(name, theme, trainer):
    """Somebody in another group of this trainer who waits too."""
    learner = make_user(name)
    participation = begin(learner, theme)
    make_group(learner, themes=[theme], trainers=[trainer], name="Tweede groep")
    Participation.objects.filter(pk=participation.pk).update(
        completed_at=participation.started_at, completion_cause="structure"
    )
    return participation


def test_without_a_tick_nothing_happens_and_is_said(trainer, waiting):
    response = trainer.post(CONFIRM, follow=True)

    assert "Nothing was ticked" in words(response)
    assert not confirmed(waiting)


def test_who_wants_no_mail_is_not_counted_among_the_mails(trainer, waiting, noor):
    wish(noor, "never")

    response = trainer.post(CONFIRM, {"participation": [waiting.pk]}, follow=True)

    assert "1 completion is confirmed. 0 mails go out." in words(response)


@pytest.mark.parametrize("keys", [["x"], ["-1"], ["9" * 30], ["1", "1; DROP"]])
def test_what_is_no_key_of_ours_is_refused(trainer, waiting, keys):
    assert trainer.post(CONFIRM, {"participation": keys}).status_code == 400
    assert not confirmed(waiting)


# Whose these are


def test_the_trainer_of_another_group_does_not_see_or_confirm_them(charlie, waiting, theme):
    browser = signed_in(charlie)
    make_group(themes=[theme], trainers=[charlie], name="Andere groep")

    assert "Noor" not in words(browser.get(PAGE))
    browser.post(CONFIRM, {"participation": [waiting.pk]})
    assert not confirmed(waiting)
    browser.post(CONFIRM, {"theme": theme.slug})
    assert not confirmed(waiting)


def test_in_a_theme_that_the_group_does_not_follow_they_are_nobodys_but_a_number(trainer, group, noor):
    elsewhere = make_theme(4, title="Elders", slug="elders")
    participation = three_of_four(noor, elsewhere)
    elsewhere.take_out(steps_of(elsewhere)[3])

    page = words(trainer.get(PAGE))

    assert "Noor" not in page
    assert "Elders</span> · 1 learner<" in page
    trainer.post(CONFIRM, {"participation": [participation.pk]})
    assert not confirmed(participation)


@pytest.mark.parametrize("gone", ["leave", "suspend"])
def test_who_left_or_was_suspended_is_not_named_any_more(trainer, waiting, group, noor, gone):
    getattr(membership_of(noor, group), gone)()

    assert "Noor" not in words(trainer.get(PAGE))


def test_learners_whom_nobody_guides_are_confirmed_per_theme_without_names(charlie, theme, lea, lars):
    for learner in (lea, lars):
        three_of_four(learner, theme)
    theme.take_out(steps_of(theme)[3])
    browser = signed_in(charlie)
    charlie.language = "en"
    charlie.save()

    page = words(browser.get(PAGE))

    assert "Vertrouwen</span> · 2 learners<" in page
    assert "Lars" not in page
    response = browser.post(CONFIRM, {"theme": "vertrouwen"}, follow=True)
    assert "2 completions are confirmed. 2 mails go out." in words(response)
    assert len(send()) == 2


def test_a_theme_that_does_not_exist_confirms_nothing(trainer, waiting):
    trainer.post(CONFIRM, {"theme": "nergens"})

    assert not confirmed(waiting)


def test_a_closed_group_names_nobody(trainer, waiting, group):
    group.closed_at = waiting.completed_at
    group.save()

    assert "Noor" not in words(trainer.get(PAGE))
    assert "1 learner<" in words(trainer.get(PAGE))


def test_learners_and_clients_do_not_get_in(learner, client_browser, waiting):
    for browser in (learner, client_browser):
        assert browser.get(PAGE).status_code == 403
        assert browser.post(CONFIRM, {"participation": [waiting.pk]}).status_code == 403

    assert not confirmed(waiting)


@pytest.mark.parametrize("learners", [1, 12])
def test_the_page_costs_the_same_for_any_number(trainer, theme, tom, learners, django_assert_max_num_queries):
    for number in range(learners):
        three_of_four(make_user(f"Sam{number}"), theme)
    make_group(*[one.learner for one in Participation.objects.all()], themes=[theme], trainers=[tom])
    theme.take_out(steps_of(theme)[3])
    trainer.get(PAGE)

    with django_assert_max_num_queries(8):
        page = words(trainer.get(PAGE))
    assert page.count("was taken out") == learners


def test_of_a_great_many_the_first_hundred_are_shown(trainer, theme, tom, monkeypatch):
    monkeypatch.setattr(completions, "SHOWN", 2)
    learners = [make_user(f"Sam{number}") for number in range(5)]
    for learner in learners:
        three_of_four(learner, theme)
    make_group(*learners, themes=[theme], trainers=[tom])
    theme.take_out(steps_of(theme)[3])

    page = words(trainer.get(PAGE))

    assert page.count('name="participation"') == 2
    assert "3 more come when these are confirmed." in page
