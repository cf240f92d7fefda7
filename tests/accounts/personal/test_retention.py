"""How long things are kept: what is over goes, what is not stays, and nobody's account goes by itself."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.personal import remembering, retention
from courses.models import Import, Invitation, Look, Mail, Presence, Theme
from courses.models.mails import Trouble
from tests.accounts.conftest import sign_up
from tests.accounts.personal.everything import work
from tests.conftest import make_theme, make_topic, make_user, signed_in
from tests.tracking.conftest import make_group

NOW = timezone.now()


def invitation(tom, number, **fields):
    return Invitation.objects.create(group=make_group(trainers=[tom]), email=f"n{number}@example.org", **fields)


def session(tom, number, ago):
    kept = Session.objects.create(session_key=f"key-{number}", session_data="", expire_date=NOW - ago)
    UserSession.objects.create(user=tom, ip="192.0.2.1", session_key=kept.pk, user_agent="x")


def visit(tom, number, ago):
    """A visitor's browser, as it was at the last page that changed something of it."""
    visitor = Client()
    sign_up(visitor, f"noor{number}@example.org")
    Session.objects.filter(pk=visitor.session.session_key).update(expire_date=visitor.session.get_expiry_date() - ago)


def look(tom, number, ago):
    Look.objects.create(viewer=tom, group=make_group(trainers=[tom]), kind="roster", day=timezone.localdate() - ago)


def mail(tom, number, ago):
    Mail.objects.create(kind="overview", cause=f"n {number}", recipient=tom, sent_at=NOW - ago)


def unconfirmed(tom, number, ago):
    person = make_user(f"noor{number}")
    User.objects.filter(pk=person.pk).update(joined_at=NOW - ago)
    EmailAddress.objects.create(user=person, email=person.email, primary=True)


def remembered(tom, number, ago):
    remembering.rewrite([*remembering.lines(), f"{(NOW - ago).isoformat()} code{number}"])


def in_bin(tom, number, ago):
    theme = make_theme(0)
    Theme.objects.filter(pk=theme.pk).update(binned_at=NOW - ago)


def admin_log(tom, number, ago):
    entry = LogEntry.objects.create(user=tom, object_repr="x", action_flag=CHANGE)
    LogEntry.objects.filter(pk=entry.pk).update(action_time=NOW - ago)


def present(tom, number, ago):
    Presence.objects.create(topic=make_topic(), person=tom, seen_at=NOW - ago)


def unfinished_import(tom, number, ago):
    one = Import.objects.create(name="x", proposal={})
    Import.objects.filter(pk=one.pk).update(created_at=NOW - ago)


def accepted(tom, number, ago):
    invitation(tom, number, used_count=1, created_at=NOW - ago)


KEPT = {
    "ended sessions": (session, Session),
    "visits": (visit, Session),
    "results of work": (lambda tom, n, ago: work(args_kwargs={}, status="FAILED", finished_at=NOW - ago), None),
    "unconfirmed accounts": (unconfirmed, None),
    "admin log": (admin_log, LogEntry),
    "list of erasures": (remembered, None),
    "sent mail": (mail, Mail),
    "looks": (look, Look),
    "unanswered invitations": (lambda tom, n, ago: invitation(tom, n, expires_at=NOW - ago), Invitation),
    "accepted invitations": (accepted, Invitation),
    "presence": (present, Presence),
    "unfinished imports": (unfinished_import, Import),
    "bin": (in_bin, Theme),
}
PERIODS = {period.name: period for period in retention.periods()}


def test_every_period_is_tried():
    assert set(KEPT) == set(PERIODS)


@pytest.mark.parametrize("name", KEPT)
def test_what_is_over_goes_and_what_is_not_stays(name, tom):
    make, period = KEPT[name][0], PERIODS[name]
    make(tom, 1, period.kept + timedelta(days=2))
    make(tom, 2, period.kept - timedelta(days=0.5))
    assert len(retention.overdue(period)) == 1

    retention.keep_to_periods()

    assert len(retention.overdue(period)) == 0
    model = KEPT[name][1]
    assert model is None or model.objects.count() == 1


def test_a_file_that_cannot_be_written_keeps_nothing_else_from_going(tom, settings, tmp_path):
    remembered(tom, 1, timedelta(days=800))
    look(tom, 1, timedelta(days=400))
    settings.DATA_DIR = tmp_path / "gone"
    settings.DATA_DIR.mkdir()
    (settings.DATA_DIR / "erased.txt").mkdir()

    with pytest.raises(IsADirectoryError):
        retention.keep_to_periods()

    assert not Look.objects.exists()


def test_devices_go_with_their_sessions(tom):
    session(tom, 1, timedelta(days=1))
    session(tom, 2, timedelta(days=-1))

    retention.keep_to_periods()

    assert UserSession.objects.get().session_key == "key-2"


def test_who_is_signed_in_stays_so_however_long_nothing_changed(tom):
    browser = signed_in(tom)  # as after a change of password by hand: no device stands with it
    Session.objects.update(expire_date=NOW + timedelta(days=1))

    retention.keep_to_periods()

    assert browser.get("/account/").status_code == 200


def test_the_address_of_a_sign_up_that_was_left_is_gone_a_day_later(tom):
    visit(tom, 1, timedelta(days=1, hours=1))

    retention.keep_to_periods()

    assert not Session.objects.exists()


def test_mail_that_is_still_to_be_sent_stays_however_old(tom):
    Mail.objects.create(kind="overview", cause="a", recipient=tom, created_at=NOW - timedelta(days=400))
    Mail.objects.create(
        kind="overview", cause="b", recipient=tom, given_up_at=NOW - timedelta(days=400), trouble=Trouble.SERVER_AWAY
    )

    retention.keep_to_periods()

    assert Mail.objects.get().cause == "a"


def test_an_account_that_somebody_signed_in_with_stays_though_nobody_confirmed_the_address(tom):
    unconfirmed(tom, 1, timedelta(days=90))
    User.objects.filter(email="noor1@example.org").update(last_login=NOW)

    retention.keep_to_periods()

    assert User.objects.filter(email="noor1@example.org").exists()


def test_an_account_made_with_the_address_of_somebody_who_was_invited_takes_no_invitation_away(tom, settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path
    (tmp_path / "one.log").write_text("To: lars@example.org\n\nWelkom\n")
    unconfirmed(tom, 1, timedelta(days=31))
    invited = Invitation.objects.create(group=make_group(trainers=[tom]), email="noor1@example.org")

    retention.keep_to_periods()

    assert not User.objects.filter(email="noor1@example.org").exists()
    assert Invitation.objects.get() == invited
    assert (tmp_path / "one.log").exists()


def test_the_command_shows_first_and_does_it_when_asked(tom, capsys):
    mail(tom, 1, timedelta(days=91))

    call_command("retention", "--dry-run")
    shown = capsys.readouterr().out
    call_command("retention")

    assert "would go: 1 × sent mail (90 days)" in shown
    assert "gone: 1 × sent mail (90 days)" in capsys.readouterr().out
    assert not Mail.objects.exists()


def test_accounts_that_nobody_used_are_listed_and_stay(lea, lars, capsys):
    long_ago = NOW - timedelta(days=800)
    User.objects.filter(pk=lea.pk).update(joined_at=long_ago, last_login=long_ago)
    User.objects.filter(pk=lars.pk).update(joined_at=long_ago, last_login=NOW)

    call_command("retention", "--inactive")

    told = capsys.readouterr().out
    assert "1 accounts were not used for 730 days; they stay" in told
    assert "lea@example.org" in told
    assert "lars@example.org" not in told
    assert User.objects.count() == 2
