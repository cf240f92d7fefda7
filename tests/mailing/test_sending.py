"""What is due goes once; what cannot go waits, is given up or dropped, and nothing is lost without a word."""

import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from courses.mailing import letters, sending
from courses.models import Mail
from tests.mailing.conftest import invite, send, trouble_of, wish, write_to
from tests.tracking.conftest import make_group, membership_of

pytestmark = pytest.mark.usefixtures("nothing_posted")
NOW = "2026-11-18T10:00+01:00"


class Troubled(EmailBackend):
    """A mail server that answers each mail with the error of the moment, if there is one."""

    error: Exception | None = None
    opened_count = tried_count = 0

    def open(self):
        Troubled.opened_count += 1

    def send_messages(self, messages):
        Troubled.tried_count += 1
        if Troubled.error:
            raise Troubled.error
        return super().send_messages(messages)


@pytest.fixture
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = "tests.mailing.test_sending.Troubled"
    for name, value in {"error": None, "opened_count": 0, "tried_count": 0}.items():
        monkeypatch.setattr(Troubled, name, value)
    return Troubled


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def refused(code):
    return smtplib.SMTPRecipientsRefused({"lea@example.org": (code, b"lea@example.org is unknown")})


TEMPORARY = {
    "refused connection": (ConnectionRefusedError(111, "refused"), "server-away"),
    "timeout": (TimeoutError("timed out"), "server-away"),
    "closed": (smtplib.SMTPServerDisconnected("bye"), "server-away"),
    "421": (smtplib.SMTPSenderRefused(421, b"closing", "x"), "server-away"),
    "greylisted": (refused(451), "server-refused"),
    "451 on data": (smtplib.SMTPDataError(451, b"later"), "server-refused"),
    "sender": (smtplib.SMTPSenderRefused(550, b"not you", "x"), "server-refused"),
    "554 on data": (smtplib.SMTPDataError(554, b"no"), "server-refused"),
    "no UTF-8": (smtplib.SMTPNotSupportedError("SMTPUTF8"), "server-refused"),
    "anything else": (KeyError("?"), "not-written"),
}


def test_a_mail_is_sent_once(group, tom, lea):
    one = write_to(lea, group, tom)

    assert len(send()) == 1
    assert send() == []
    one.refresh_from_db()
    assert one.sent_at is not None
    assert one.claimed_until is None
    assert one.trouble == ""


def test_a_mail_that_another_worker_has_in_hand_is_left_to_it_until_its_claim_runs_out(group, tom, lea, clock):
    one = write_to(lea, group, tom)
    assert Mail.objects.get(pk=one.pk).claim()

    assert send() == []
    clock.shift(timedelta(minutes=6))
    assert len(send()) == 1


@pytest.mark.parametrize(("error", "trouble"), TEMPORARY.values(), ids=TEMPORARY)
def test_after_a_temporary_failure_it_is_tried_again(server, group, tom, lea, clock, error, trouble):
    one = write_to(lea, group, tom)
    server.error = error

    assert send() == []
    assert trouble_of(one) == trouble
    assert "@" not in one.trouble
    assert timedelta(minutes=1) <= one.due_at - timezone.now() <= timedelta(minutes=1.2)
    server.error = None
    assert send() == []
    clock.shift(timedelta(minutes=2))
    assert len(send()) == 1
    assert trouble_of(one) == ""


def test_the_waits_double_until_two_hours():
    minutes = [sending.delay(count) / timedelta(minutes=1) for count in range(1, 12)]

    for count, wait in enumerate(minutes):
        assert min(2**count, 120) <= wait <= min(2**count, 120) * 1.2


def test_after_a_day_of_trying_it_is_given_up_and_the_group_knows(server, group, tom, lea, clock):
    one = write_to(lea, group, tom)
    server.error = ConnectionRefusedError()
    for _hour in range(28):
        send()
        clock.shift(timedelta(hours=1))

    send()

    assert list(Mail.objects.given_up().concerning(group)) == [one]
    assert trouble_of(one) == "server-away"
    server.error = None
    assert send() == []


def test_in_the_first_day_nothing_is_given_up(server, group, tom, lea, clock):
    write_to(lea, group, tom)
    server.error = ConnectionRefusedError()
    for _hour in range(23):
        send()
        clock.shift(timedelta(hours=1))

    assert not Mail.objects.given_up().exists()


def test_a_refused_address_is_given_up_at_once_and_said_without_the_address(server, group, tom, lea):
    one = write_to(lea, group, tom)
    server.error = refused(550)

    send()

    assert list(Mail.objects.given_up().concerning(group)) == [one]
    assert trouble_of(one) == "address-refused"


def test_after_an_error_the_connection_is_opened_anew_and_the_others_go(
    server, group, tom, lea, lars, noor, monkeypatch
):
    for learner in (lea, lars, noor):
        write_to(learner, group, tom)
    server.error = refused(550)
    original = sending.Post.note_failure
    monkeypatch.setattr(sending.Post, "note_failure", lambda *args: (original(*args), setattr(server, "error", None)))

    assert len(send()) == 2


def test_one_connection_serves_many(settings, group, tom, lea, lars, noor, monkeypatch):
    made = []
    monkeypatch.setattr(sending, "get_connection", lambda: made.append(1) or mail.get_connection())
    for learner in (lea, lars, noor):
        write_to(learner, group, tom)

    assert len(send()) == 3
    assert made == [1]


def test_a_server_that_is_away_is_left_alone_after_three_failures_and_the_rest_goes_as_soon_as_it_is_back(
    server, group, tom, lea
):
    for number in range(10):
        write_to(lea, group, tom, f"Bericht {number}")
    server.error = ConnectionRefusedError()

    send()

    assert server.tried_count == 3
    assert Mail.objects.due().count() == 7
    server.error = None
    assert len(send()) == 7


def test_what_nobody_could_try_for_a_day_is_given_up_too(server, group, tom, lea, clock):
    for number in range(10):
        write_to(lea, group, tom, f"Bericht {number}")
    server.error = ConnectionRefusedError()
    clock.shift(timedelta(hours=25))

    send()

    assert Mail.objects.given_up().count() == 10


def test_a_mail_that_cannot_be_made_does_not_stop_the_others(group, tom, lea, lars, monkeypatch):
    broken, whole = write_to(lea, group, tom), write_to(lars, group, tom)
    write = letters.write
    monkeypatch.setattr(letters, "write", lambda one, **how: 1 / 0 if one.pk == broken.pk else write(one, **how))

    [message] = send()

    assert message.recipients() == ["lars@example.org"]
    assert trouble_of(broken) == "not-written"
    assert broken in Mail.objects.waiting()
    assert trouble_of(whole) == ""


def test_a_mail_whose_recipient_was_erased_is_gone_and_stops_nobody(group, tom, lea, lars, monkeypatch):
    write_to(lea, group, tom)
    write_to(lars, group, tom)
    claim = sending.claim

    def erase_first(one):
        if one.recipient_id == lea.pk:
            type(lea).objects.filter(pk=lea.pk).delete()
        return claim(one)

    monkeypatch.setattr(sending, "claim", erase_first)

    assert [message.recipients() for message in send()] == [["lars@example.org"]]


@pytest.mark.django_db(transaction=True)
def test_that_it_was_sent_is_written_down_also_when_the_database_was_away_for_a_moment(monkeypatch):
    answers = [OperationalError(), InterfaceError(), None]
    monkeypatch.setattr(sending, "KEPT_TRYING", (0, 0, 0))

    def write():
        if answer := answers.pop(0):
            raise answer

    sending.insist(write)

    assert answers == []


# What is dropped, and its opposite


def test_a_congratulation_is_dropped_for_who_wants_no_mail(group, lea):
    wish(lea, "never")
    lea.participations.get().congratulate()

    assert send() == []
    assert trouble_of(Mail.objects.get()) == "unwanted"


def close(group, membership, lea):
    group.closed_at = timezone.now()
    group.save()


def switch_off(group, membership, lea):
    lea.is_active = False
    lea.save()


MESSAGES = {
    "closed group": (close, "group-closed"),
    "left": (lambda group, membership, lea: membership.leave(), "not-a-member"),
    "suspended": (lambda group, membership, lea: membership.suspend(), "not-a-member"),
    "inactive account": (switch_off, "no-account"),
    "no mail wanted": (lambda group, membership, lea: wish(lea, "never"), "unwanted"),
}


@pytest.mark.parametrize(("happen", "trouble"), MESSAGES.values(), ids=MESSAGES)
def test_a_message_is_dropped_if_it_has_no_business_there_any_more(group, tom, lea, happen, trouble):
    one = write_to(lea, group, tom)
    happen(group, membership_of(lea, group), lea)

    assert send() == []
    assert trouble_of(one) == trouble
    assert one.dropped_at is not None


@pytest.mark.parametrize(("happen", "trouble"), MESSAGES.values(), ids=MESSAGES)
def test_a_reminder_likewise(group, theme, lea, lars, happen, trouble):
    group.reminds = True
    group.save()
    group_theme = group.follow(theme, deadline=timezone.localdate() + timedelta(days=7))
    Mail.objects.post(Mail(kind="reminder", cause="x", recipient=lars, group_theme=group_theme))
    happen(group, membership_of(lars, group), lars)

    assert send() == []
    assert trouble_of(Mail.objects.get()) == trouble


def finish(group, group_theme, lars):
    membership_of(lars, group).roster.update(finished_on=timezone.localdate())


def no_deadline(group, group_theme, lars):
    group.group_themes.update(deadline=None)


def remind_no_more(group, group_theme, lars):
    group.reminds = False
    group.save()


@pytest.mark.parametrize("happen", [finish, no_deadline, remind_no_more])
def test_a_reminder_that_is_no_longer_needed_is_dropped(group, theme, lars, happen):
    group.reminds = True
    group.save()
    group_theme = group.follow(theme, deadline=timezone.localdate() + timedelta(days=7))
    Mail.objects.post(Mail(kind="reminder", cause="x", recipient=lars, group_theme=group_theme))
    happen(group, group_theme, lars)

    assert send() == []
    assert trouble_of(Mail.objects.get()) == "out-of-date"


def test_a_reminder_that_is_needed_is_sent(group, theme, lars):
    group.reminds = True
    group.save()
    group_theme = group.follow(theme, deadline=timezone.localdate())
    Mail.objects.post(Mail(kind="reminder", cause="x", recipient=lars, group_theme=group_theme))

    assert [message.recipients() for message in send()] == [["lars@example.org"]]


def expire(invitation, group, lea):
    invitation.expires_at = timezone.now()
    invitation.save()


def close_it(invitation, group, lea):
    close(group, None, lea)


def come_in_otherwise(invitation, group, lea):
    group.memberships.join(group, lea)


INVITATIONS = {
    "revoked": (lambda invitation, group, lea: invitation.revoke(), "invitation-over"),
    "expired": (expire, "invitation-over"),
    "accepted": (lambda invitation, group, lea: invitation.accept(lea), "invitation-over"),
    "came in by another way": (come_in_otherwise, "invitation-over"),
    "closed group": (close_it, "group-closed"),
    "inactive account": (switch_off, "no-account"),
}


@pytest.mark.parametrize(("happen", "trouble"), INVITATIONS.values(), ids=INVITATIONS)
def test_an_invitation_that_is_over_is_dropped(tom, lea, happen, trouble):
    group = make_group(trainers=[tom])
    invitation = invite(group, tom, "lea@example.org")
    happen(invitation, group, lea)

    assert send() == []
    assert trouble_of(Mail.objects.get()) == trouble


def test_an_invitation_comes_also_to_who_wants_no_mail(tom, lea):
    wish(lea, "never")
    invite(make_group(trainers=[tom]), tom, "lea@example.org")

    assert len(send()) == 1


def test_an_overview_that_was_unsubscribed_meanwhile_is_dropped(group, tom):
    wish(tom, overview=True)
    Mail.objects.post(Mail(kind="overview", cause="x", recipient=tom))
    wish(tom, overview=False)

    assert send() == []
    assert trouble_of(Mail.objects.get()) == "unwanted"


def test_mails_concerning_a_group_are_those_to_its_people_about_it(group, theme, tom, charlie, lea, noor):
    other = make_group(noor, trainers=[charlie], name="Andere groep")
    lea.participations.get().congratulate()
    about_ours = [write_to(lea, group, tom), Mail.objects.get(kind="theme-completed")]
    invite(group, tom)
    about_theirs = write_to(noor, other, charlie)

    assert set(Mail.objects.concerning(group)) == {*about_ours, Mail.objects.get(kind="invitation")}
    assert list(Mail.objects.concerning(other)) == [about_theirs]
