"""Inviting people: pasted or from a file, looked at first, then sent; or by a link."""

import re
from datetime import timedelta
from time import process_time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import Invitation, Mail, Membership
from courses.tracking.addresses import Person
from courses.tracking.inviting import invite
from tests.conftest import signed_in
from tests.knocking import everything_kept
from tests.tracking.conftest import membership_of, words

pytestmark = pytest.mark.usefixtures("in_english")

NEW = "Tess <tess@example.org>\nSam;sam@example.org"


@pytest.fixture
def at(group):
    return lambda page: f"/track/groups/{group.public_id}/{page}/"


@pytest.fixture
def look(trainer, at):
    """What Tom sees before anything is sent."""
    return lambda text="", **fields: trainer.post(at("invite/preview"), {"text": text, **fields})


@pytest.fixture
def send(trainer, at, look):
    """Look at a text, and send what was looked at."""

    def send(text, **fields):
        page = look(text, **fields).content.decode()
        seen = re.search(r'name="seen" value="(\w+)"', page)[1]
        return trainer.post(at("invite/send"), {"text": text, "seen": seen, **fields})

    return send


def mails():
    return Mail.objects.filter(kind=Mail.Kind.INVITATION)


def upload(content, name="list.csv"):
    return SimpleUploadedFile(name, content)


# Looking first


def test_the_preview_says_what_was_understood_and_sends_nothing(look):
    before = everything_kept()

    page = words(look(NEW))

    assert "2 people can be invited" in page
    assert "Invite 2 people" in page
    assert "tess@example.org" in page
    assert everything_kept() == before


def test_the_preview_says_what_is_wrong_and_why_with_its_line(look):
    page = words(look(f"{NEW}\nnoor@@example.org\nPiet"))

    assert "2 lines were not understood" in page
    assert "line 3" in page
    assert "There is more than one @ in this address." in page
    assert "Did you mean <strong>noor@example.org</strong>?" in page
    assert "line 4" in page
    assert "There is no email address here." in page


def test_the_preview_says_who_is_left_out_and_why(look, group, lars):
    membership_of(lars, group).suspend()
    group.invitations.create(email="Sam@example.org", place_count=1)

    page = words(look(f"{NEW}\nLEA@example.org\nlars@example.org\ntess@example.org"))

    assert "LEA@example.org is a member already" in page
    assert "lars@example.org is a member already, suspended" in page
    assert "sam@example.org is invited already" in page
    assert "tess@example.org stands on line 1 too" in page
    assert "1 person can be invited" in page


def test_who_left_can_be_invited_again(look, group, lea):
    membership_of(lea, group).leave()

    assert "1 person can be invited" in words(look("lea@example.org"))


def test_the_text_stays_in_the_preview_and_can_be_looked_at_again(look):
    page = look("Tess <tess@example.org>\nfout").content.decode()

    assert "Tess &lt;tess@example.org&gt;\nfout</textarea>" in page
    assert 'formaction="' in page


def test_names_are_text(look):
    page = look("<script>alert(1)</script> tess@example.org\n<b>x</b>").content.decode()

    assert "<script>alert" not in page
    assert "<b>x" not in page


@pytest.mark.parametrize("fields", [{}, {"text": " \n "}, {"text": "x" * 2_000_001}, {"text": "a", "role": "trainer"}])
def test_what_cannot_be_read_comes_back_with_a_message(fields, look):
    response = look(**fields)

    assert response.status_code == 400
    assert "errorlist" in words(response)


# Files


@pytest.mark.parametrize(
    "content",
    [
        b"Naam;E-mail\r\nZo\xc3\xab;zoe@example.org\r\n",
        b"\xef\xbb\xbfNaam,E-mail\r\nZo\xc3\xab,zoe@example.org\r\n",
        "Naam\tE-mail\nZoë\tzoe@example.org".encode("cp1252"),
        "Naam;E-mail\nZoë;zoe@example.org".encode("utf-16"),
    ],
)
def test_a_file_is_read_however_it_was_saved(content, look):
    page = words(look(file=upload(content)))

    assert "1 person can be invited" in page
    assert "Zoë" in page


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "This file is empty."),
        (b" \n ", "This file is empty."),
        (b"PK\x03\x04rest", "This is a workbook."),
        (b"\x00\x01\x02", "This is not text."),
        (b"a" * 2_000_001, "This file is too large."),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_keeps_what_was_typed(content, told, look):
    response = look("tess@example.org", file=upload(content))

    assert response.status_code == 400
    assert told in words(response)
    assert "tess@example.org</textarea>" in words(response)


# Sending


def test_who_was_shown_is_invited_by_mail(send, trainer, group, tom):
    response = send(NEW)

    assert "2 invitations are on their way." in words(trainer.get(response.url))
    tess, sam = group.invitations.order_by("pk")
    assert (tess.name, tess.email, tess.place_count, tess.role) == ("Tess", "tess@example.org", 1, "learner")
    assert tess.created_by == tom
    assert sam.name == "Sam"
    assert Invitation.objects.with_token(tess.token).get() == tess
    assert mails().count() == 2


def test_what_was_not_looked_at_is_not_sent(trainer, at, group):
    response = trainer.post(at("invite/send"), {"text": NEW, "seen": "something else"})

    assert "You changed the list." in words(response)
    assert not group.invitations.exists()


def test_sending_twice_invites_once(send, group):
    send(NEW)
    send(NEW)

    assert group.invitations.count() == mails().count() == 2


def test_who_was_invited_before_gets_the_same_row_with_another_token(send, group, lea):
    membership_of(lea, group).leave()
    now = timezone.now()
    make = group.invitations.create
    rows = [
        make(email="lea@example.org", place_count=1, used_count=1),
        make(email="Tess@example.org", place_count=1, revoked_at=now),
        make(email="sam@example.org", place_count=1, expires_at=now - timedelta(days=1)),
    ]

    send("lea@example.org\n" + NEW)

    assert group.invitations.count() == 3
    for row in rows:
        again = Invitation.objects.open().get(pk=row.pk)
        assert again.token != row.token
        assert Invitation.objects.with_token(again.token).get() == again
        assert again.mails.count() == 1


def test_a_client_is_invited_in_the_same_way(send, trainer, group):
    response = send("Carl <carl@example.org>", role="client")

    assert group.invitations.get().role == "client"
    assert "carl@example.org" in words(trainer.get(response.url))


def test_a_closed_group_invites_nobody(send, group):
    group.close()

    send(NEW)

    assert not group.invitations.exists()


def test_either_everybody_is_invited_or_nobody(group, tom, monkeypatch):
    def fail(*mails):
        raise RuntimeError

    monkeypatch.setattr(Mail.objects, "post", fail)

    with pytest.raises(RuntimeError):
        invite(group, [Person(1, "Tess", "tess@example.org")], role="learner", by=tom)

    assert not group.invitations.exists()


def test_ten_thousand_lines_with_three_hundred_bad_ones(send, look, group):
    lines = [f"Deelnemer {number} <deelnemer{number}@example.org>" for number in range(9_700)]
    text = "\n".join(lines + ["geen adres"] * 300)
    started = process_time()

    page = words(look(text))
    with CaptureQueriesContext(connection) as queries:
        response = send(text)

    assert "9700 people can be invited" in page or "9,700 people can be invited" in page
    assert "300 lines were not understood" in page
    assert response.status_code == 303
    assert group.invitations.count() == mails().count() == 9_700
    assert len(queries) < 9_700 / 20  # SQLite takes some eighty rows at a time
    assert process_time() - started < 60


# Links


def test_a_link_has_places_and_an_end_and_can_be_copied(trainer, at, group, settings):
    response = trainer.post(at("links/create"), {"place_count": "10", "days": "7"})

    link = group.invitations.get()
    page = words(trainer.get(response.url))
    assert f'readonly value="{settings.SITE_URL}/join/{link.token}/"' in page
    assert "0 of 10 places taken" in page
    assert timedelta(days=6) < link.expires_at - timezone.now() <= timedelta(days=7)


@pytest.mark.parametrize(
    "fields", [{"place_count": "0", "days": "7"}, {"days": "7"}, {"place_count": "3", "days": "4"}]
)
def test_a_link_that_cannot_be_is_refused_in_words(fields, trainer, at, group):
    response = trainer.post(at("links/create"), fields)

    assert response.status_code == 400
    assert "errorlist" in words(response)
    assert not group.invitations.exists()


def test_a_link_is_withdrawn_and_who_joined_stays(trainer, at, group):
    link = group.invitations.create(place_count=10, used_count=7)

    assert "7 of 10 places taken" in words(trainer.get(at("invite")))
    response = trainer.post(at(f"invitations/{link.public_id}/revoke"))

    assert link.token not in words(trainer.get(response.url))
    assert not Invitation.objects.open().exists()
    assert Membership.objects.active().filter(group=group).count() == 3


def test_another_trainer_sees_and_sends_nothing(charlie, group, at):
    link = group.invitations.create(place_count=10)
    browser = signed_in(charlie)

    answers = [
        browser.get(at("invite")),
        browser.post(at("invite/preview"), {"text": NEW}),
        browser.post(at("invite/send"), {"text": NEW}),
        browser.post(at("links/create"), {"place_count": "1", "days": "7"}),
        browser.post(at(f"invitations/{link.public_id}/revoke")),
    ]

    assert {response.status_code for response in answers} == {404}
    assert Invitation.objects.open().count() == 1
