"""Opening, completing and reopening by way of the pages."""

import datetime
import uuid

import pytest
from django.utils import timezone

from courses.models import Participation, Progress, ProgressEvent
from tests.conftest import begin, make_step, make_theme, make_user, signed_in


@pytest.fixture
def step(theme):
    return theme.steps.first()


def complete(client, step, deed=None, **fields):
    return client.post(f"{step.get_absolute_url()}complete/", {"deed": deed or uuid.uuid4(), **fields})


def reopen(client, step, deed=None, **fields):
    return client.post(f"{step.get_absolute_url()}reopen/", {"deed": deed or uuid.uuid4(), **fields})


def test_completing_returns_to_the_same_place(learner, step):
    response = complete(learner, step)

    assert response.url == f"{step.get_absolute_url()}#completion"
    assert "Afgerond op" in learner.get(step.get_absolute_url()).content.decode()


def test_completing_and_continuing_opens_the_next_topic(learner, theme, step):
    second = theme.steps.all()[1]

    response = complete(learner, step, onward="1")

    assert response.url == second.get_absolute_url()
    assert Progress.objects.get(topic=second.topic).completed_at is None


def test_after_the_last_one_in_the_row_the_theme_names_what_is_still_open(learner, theme):
    last = theme.steps.last()

    response = complete(learner, last, onward="1")

    assert response.url == theme.get_absolute_url()
    assert "Nog open:" in learner.get(response.url).content.decode()


def test_completing_everything_arrives_on_the_theme_page_once(learner, theme):
    *before, last = theme.steps.all()
    for step in before:
        complete(learner, step)

    response = complete(learner, last)

    assert response.url == theme.get_absolute_url()
    assert "Je bent er." in learner.get(response.url).content.decode()
    assert "Je bent er." not in learner.get(response.url).content.decode()


def test_htmx_gets_the_part_that_changed_and_nothing_else(learner, step):
    response = learner.post(
        f"{step.get_absolute_url()}complete/", {"deed": uuid.uuid4()}, headers={"HX-Request": "true"}
    )

    page = response.content.decode()
    assert page.strip().startswith('<div class="reading"')
    assert "<html" not in page
    assert "1 van de 4 stappen afgerond" in page


def test_rule_09_the_same_form_sent_twice_is_one_deed_and_never_an_error(learner, step):
    deed = uuid.uuid4()

    answers = [complete(learner, step, deed).status_code for _time in range(3)]

    assert answers == [303, 303, 303]
    assert ProgressEvent.objects.filter(kind="completed").count() == 1


def test_case_complete_in_tab_a_reopen_in_tab_b_replay_a(learner, step):
    deed = uuid.uuid4()
    complete(learner, step, deed)
    reopen(learner, step)

    complete(learner, step, deed)

    assert Progress.objects.get().completed_at is None


def test_case_completed_offline_at_10_reopened_online_at_11_arrives_at_12(lea, step):
    client, now = signed_in(lea), timezone.now()
    Participation.objects.filter(pk=begin(lea, step.theme).pk).update(started_at=now - datetime.timedelta(hours=5))
    complete(client, step, happened_at=(now - datetime.timedelta(hours=4)).isoformat())
    reopen(client, step, happened_at=(now - datetime.timedelta(hours=1)).isoformat())

    complete(client, step, happened_at=(now - datetime.timedelta(hours=2)).isoformat())

    assert Progress.objects.get().completed_at is None
    assert ProgressEvent.objects.filter(kind__in=["completed", "reopened"]).count() == 3


DEED = str(uuid.UUID(int=1))
BROKEN = [
    {},
    {"deed": "no-uuid"},
    {"deed": "\0"},
    {"deed": DEED, "happened_at": "soon"},
    {"deed": DEED, "happened_at": "0001-01-01T00:00:00+14:00"},
]


@pytest.mark.parametrize("fields", BROKEN)
def test_a_form_that_cannot_be_a_deed_is_refused_with_a_page(learner, step, fields):
    response = learner.post(f"{step.get_absolute_url()}complete/", fields)

    assert response.status_code == 400
    assert "Dat konden we niet lezen" in response.content.decode()
    assert not Progress.objects.exists()


def test_a_locked_topic_cannot_be_completed_and_says_what_comes_first(learner):
    theme = make_theme(2, in_order=True)
    first, second = theme.steps.all()

    response = complete(learner, second)

    assert response.url == second.get_absolute_url()
    assert not Progress.objects.exists()
    told = learner.get(response.url)
    assert told.status_code == 403
    assert first.title in told.content.decode()


@pytest.mark.parametrize("deed", ["open", "complete", "reopen"])
def test_no_deed_opens_what_is_still_locked(learner, deed):
    theme = make_theme(2, in_order=True)
    _first, second = theme.steps.all()
    fields = {"deed": uuid.uuid4(), "happened_at": "2020-01-01T00:00:00Z"}

    learner.post(f"{second.get_absolute_url()}{deed}/", fields)

    assert learner.get(second.get_absolute_url()).status_code == 403


def test_a_replayed_completion_does_not_open_the_next_topic(learner):
    theme, deed = make_theme(2, in_order=True), uuid.uuid4()
    first, second = theme.steps.all()
    complete(learner, first, deed)
    reopen(learner, first)

    response = complete(learner, first, deed, onward="1")

    assert response.url == theme.get_absolute_url()
    assert learner.get(second.get_absolute_url()).status_code == 403


def test_rule_09_a_deed_that_changed_nothing_changes_nothing_later(learner, step):
    second_tab = uuid.uuid4()
    complete(learner, step)
    complete(learner, step, second_tab)
    reopen(learner, step)

    complete(learner, step, second_tab)

    assert Progress.objects.get().completed_at is None


def test_rule_11_a_late_deed_belongs_to_the_attempt_of_its_time(lea, theme, step):
    client, now = signed_in(lea), timezone.now()
    first = begin(lea, theme)
    for each in theme.steps.all():
        first.complete(each, deed=uuid.uuid4())
    Participation.objects.filter(pk=first.pk).update(started_at=now - datetime.timedelta(hours=5))
    first.restart()

    complete(client, step, happened_at=(now - datetime.timedelta(hours=2)).isoformat())

    assert not Progress.objects.filter(participation__attempt=2).exists()
    assert ProgressEvent.objects.filter(participation=first, kind="completed", topic=step.topic).count() == 2


def test_the_next_topic_in_order_can_be_completed(learner):
    theme = make_theme(2, in_order=True)
    first, second = theme.steps.all()

    complete(learner, first)
    complete(learner, second)

    assert Progress.objects.completed().count() == 2


def test_a_topic_to_come_can_be_neither_read_nor_completed(learner):
    theme = make_theme(1)
    later = make_step(theme, release_date=timezone.localdate() + datetime.timedelta(days=1))

    answers = [learner.get(later.get_absolute_url()), complete(learner, later)]

    assert [answer.status_code for answer in answers] == [403, 303]
    assert not Progress.objects.exists()
    assert "Dit onderwerp volgt op" in answers[0].content.decode()
    assert "Lees dit." not in answers[0].content.decode()


def test_opening_is_a_deed_of_the_page_and_looking_is_not(learner, step):
    learner.get(step.get_absolute_url())
    assert not Progress.objects.exists()

    response = learner.post(f"{step.get_absolute_url()}open/", {"quiet": "1"})

    assert response.status_code == 204
    assert Progress.objects.get().completed_at is None


def test_whoever_was_signed_out_meanwhile_comes_back_to_the_page_with_the_button(client, step):
    address = f"http://testserver{step.get_absolute_url()}"

    response = client.post(f"{step.get_absolute_url()}reopen/", {"deed": uuid.uuid4()}, headers={"referer": address})

    assert response.url == f"/account/login/?next={step.get_absolute_url()}"


@pytest.mark.parametrize("referer", ["http://[x", "https://elsewhere.example/a/", ""])
def test_a_strange_page_before_leads_to_the_front_page(client, step, referer):
    response = client.post(f"{step.get_absolute_url()}reopen/", {"deed": uuid.uuid4()}, headers={"referer": referer})

    assert response.url == "/account/login/?next=/"


def test_htmx_is_sent_to_sign_in_as_a_page(client, step):
    for deed in ("complete", "reopen"):
        response = client.post(
            f"{step.get_absolute_url()}{deed}/", {"deed": uuid.uuid4()}, headers={"HX-Request": "true"}
        )

        assert response.headers["HX-Redirect"].startswith("/account/login/")


class TestAVisitor:
    def sign_in(self, client, user):
        user.emailaddress_set.create(email=user.email, verified=True, primary=True)
        client.post("/account/login/", {"login": user.email, "password": "a good long password"})

    def test_completes_after_signing_in(self, client, lea, step):
        response = complete(client, step)
        assert response.url == f"/account/login/?next={step.get_absolute_url()}"

        self.sign_in(client, lea)

        assert Progress.objects.completed().get().participation.learner == lea

    def test_completes_nothing_when_too_long_ago(self, client, lea, step):
        complete(client, step)
        session = client.session
        session["pending_completion"] = {**session["pending_completion"], "until": 0}
        session.save()

        self.sign_in(client, lea)

        assert not Progress.objects.exists()

    def test_completes_nothing_that_was_taken_away_meanwhile(self, client, lea, step):
        complete(client, step)
        step.topic.withdraw()

        self.sign_in(client, lea)

        assert not Progress.objects.exists()

    def test_completes_nothing_without_having_pressed_the_button(self, client, lea, step):
        client.get(step.get_absolute_url())

        self.sign_in(client, lea)

        assert not Progress.objects.exists()


def test_nobody_elses_progress_shows(lea, step):
    begin(make_user("Lars"), step.theme).complete(step, deed=uuid.uuid4())

    page = signed_in(lea).get(step.theme.get_absolute_url()).content.decode()

    assert "0 van de 4 stappen afgerond" in page
