"""How often somebody hears from us is theirs to choose."""

import pytest
from django.urls import reverse

from courses.models import MailWishes, Participation
from tests.conftest import begin, make_theme
from tests.mailing.conftest import send, wish
from tests.models.acts import complete, steps_of

ADDRESS = "/mail/"


def wishes_of(user):
    return MailWishes.objects.get(user=user)


def test_without_a_choice_mail_comes_at_once_and_no_overview(learner, lea):
    page = learner.get(ADDRESS)

    assert 'value="at-once"' in page.content.decode()
    assert "checked" in page.content.decode().split('value="at-once"')[1].split(">")[0]
    assert not MailWishes.objects.exists()


@pytest.mark.parametrize("frequency", ["at-once", "weekly", "never"])
def test_a_choice_is_kept_and_shown(learner, lea, frequency):
    response = learner.post(ADDRESS, {"frequency": frequency})

    assert (response.status_code, response.url) == (303, ADDRESS)
    assert wishes_of(lea).frequency == frequency
    page = learner.get(ADDRESS).content.decode()
    [chosen] = [part for part in page.split("<input ")[1:] if "checked" in part.split(">")[0]]
    assert f'value="{frequency}"' in chosen


@pytest.mark.parametrize("fields", [{}, {"frequency": ""}, {"frequency": "daily"}])
def test_what_is_no_choice_changes_nothing_and_is_said(learner, lea, fields):
    wish(lea, "weekly")

    response = learner.post(ADDRESS, fields)

    assert response.status_code == 400
    assert b'class="errorlist"' in response.content
    assert wishes_of(lea).frequency == "weekly"


def test_a_trainer_may_want_the_overview(trainer, tom):
    assert 'name="overview"' in trainer.get(ADDRESS).content.decode()

    trainer.post(ADDRESS, {"frequency": "weekly", "overview": "on"})

    assert wishes_of(tom).overview


def test_a_learner_may_not(learner, lea):
    assert 'name="overview"' not in learner.get(ADDRESS).content.decode()

    learner.post(ADDRESS, {"frequency": "weekly", "overview": "on"})

    assert not wishes_of(lea).overview


def test_each_chooses_for_themselves(learner, lars):
    wish(lars, "weekly")

    learner.post(ADDRESS, {"frequency": "never", "user": lars.pk})

    assert wishes_of(lars).frequency == "weekly"


def test_what_waited_for_monday_comes_now_when_wanted_at_once(learner, lea):
    theme = make_theme(1)
    wish(lea, "weekly")
    complete(begin(lea, theme), *steps_of(theme))
    assert send() == []

    learner.post(ADDRESS, {"frequency": "at-once"})

    assert [message.recipients() for message in send()] == [["lea@example.org"]]
    assert Participation.objects.get().completed_at


def test_signing_in_comes_first(client, db):
    assert client.get(ADDRESS).url.startswith("/account/login/")


def test_the_account_page_leads_here(learner):
    assert f'href="{reverse("learning:mail_wishes")}"' in learner.get("/account/").content.decode()
