"""Who wants mail once a week gets everything together, on Monday at eight by the clock on the wall."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from courses.mailing import letters
from courses.mailing.weeks import next_monday
from courses.models import Mail
from tests.mailing.conftest import html_of, reads, send, sent_one, trouble_of, wish, write_to

pytestmark = pytest.mark.usefixtures("nothing_posted")
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WEDNESDAY, MONDAY = "2026-11-18T10:00+01:00", "2026-11-23T08:00+01:00"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(WEDNESDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def weekly_lea(lea):
    wish(lea, "weekly")
    reads(lea, "en")
    return lea


def test_it_waits_until_monday(group, tom, weekly_lea, clock):
    one = write_to(weekly_lea, group, tom)

    assert send() == []
    one.refresh_from_db()
    assert one.due_at == datetime.fromisoformat(MONDAY)
    assert (one.attempt_count, one.trouble, one.claimed_until) == (0, "", None)
    clock.move_to("2026-11-23T07:59+01:00")
    assert send() == []
    clock.move_to(MONDAY)
    assert len(send()) == 1


def test_all_of_a_week_is_one_mail_with_a_part_for_each(group, tom, weekly_lea, clock):
    write_to(weekly_lea, group, tom, "Dinsdag om tien uur.")
    weekly_lea.participations.get().congratulate()
    send()
    clock.move_to(MONDAY)

    message = sent_one()

    assert message.subject == "Your week with Stapwijs"
    assert "Message from Tom\n----------------\n" in message.body
    assert "You completed “Vertrouwen”\n" in message.body
    assert message.body.count("Hello Lea,") == message.body.count("Kind regards,") == 1
    assert "\n\n\n" not in message.body
    assert html_of(message).count("<h2") == 2
    assert message.message()["Auto-Submitted"] == "auto-generated"
    assert message.reply_to == ["tom@example.org"]
    assert Mail.objects.filter(sent_at__isnull=False).count() == 2


def test_what_comes_after_monday_waits_for_the_next(group, tom, weekly_lea, clock):
    write_to(weekly_lea, group, tom)
    clock.move_to("2026-11-23T08:30+01:00")
    write_to(weekly_lea, group, tom, "En dit.")

    assert len(send()) == 1
    clock.move_to("2026-11-30T08:00+01:00")
    assert len(send()) == 1
    assert not Mail.objects.waiting().exists()


def test_each_gets_their_own(group, tom, weekly_lea, lars, clock):
    wish(lars, "weekly")
    for learner in (weekly_lea, lars):
        write_to(learner, group, tom, "Een.")
        write_to(learner, group, tom, "Twee.")
    send()
    clock.move_to(MONDAY)

    assert sorted(message.recipients() for message in send()) == [["lars@example.org"], ["lea@example.org"]]


def test_a_part_that_cannot_be_made_does_not_hold_up_the_others(group, tom, weekly_lea, clock, monkeypatch):
    broken = write_to(weekly_lea, group, tom, "Kapot.")
    write_to(weekly_lea, group, tom, "Heel.")
    clock.move_to(MONDAY)
    write = letters.write
    monkeypatch.setattr(letters, "write", lambda one, **how: 1 / 0 if one.pk == broken.pk else write(one, **how))

    message = sent_one()

    assert "Heel." in message.body
    assert trouble_of(broken) == "not-written"


def test_a_weekly_mail_that_fails_on_monday_is_not_given_up_for_its_age(group, tom, weekly_lea, clock, settings):
    one = write_to(weekly_lea, group, tom)
    send()
    clock.move_to(MONDAY)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    send()

    assert trouble_of(one) == "server-away"
    assert one in Mail.objects.waiting()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    clock.shift(timedelta(minutes=2))
    assert len(send()) == 1


def test_who_wants_it_at_once_again_need_not_wait(group, tom, weekly_lea, clock):
    write_to(weekly_lea, group, tom)
    send()

    wish(weekly_lea, "at-once")
    Mail.objects.hurry(weekly_lea)

    assert len(send()) == 1


def test_who_then_wants_nothing_gets_nothing(group, tom, weekly_lea, clock):
    one = write_to(weekly_lea, group, tom)
    send()
    wish(weekly_lea, "never")
    clock.move_to(MONDAY)

    assert send() == []
    assert trouble_of(one) == "unwanted"


@pytest.mark.parametrize(
    ("moment", "monday"),
    [
        ("2026-03-23T08:00", "2026-03-23T08:00"),
        ("2026-03-23T08:01", "2026-03-30T08:00"),  # summer time begins on the 29th
        ("2026-10-24T23:30", "2026-10-26T08:00"),  # and ends on the 25th
        ("2026-10-25T23:30", "2026-10-26T08:00"),
        ("2026-12-31T12:00", "2027-01-04T08:00"),
    ],
)
def test_monday_is_a_monday_at_eight_when_clocks_change_too(moment, monday):
    here = datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM)

    assert next_monday(here, 8).astimezone(AMSTERDAM).isoformat()[:16] == monday
