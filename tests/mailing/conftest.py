"""Tom's group of `tests/tracking/conftest.py`, and what a worker sends."""

import pytest
from django.core import mail

from courses.mailing import sending
from courses.models import Invitation, Mail, MailWishes, Message
from tests.tracking.conftest import charlie, cleo, group, membership_of, noor, theme  # noqa: F401  fixtures of these tests


def send():
    """Send what is due, as a worker does, and return what arrived by it."""
    before = len(mail.outbox)
    sending.send_due(seconds=60)
    return mail.outbox[before:]


def sent_one():
    [message] = send()
    return message


def html_of(message):
    [(html, kind)] = message.alternatives
    assert kind == "text/html"
    return html


def reads(person, language):
    person.language = language
    person.save()


def wish(person, frequency="at-once", **fields):
    wishes = MailWishes.objects.of(person)
    for name, value in {"frequency": frequency, **fields}.items():
        setattr(wishes, name, value)
    wishes.save()
    return wishes


def write_to(learner, group, sender, text="Hoe gaat het?"):  # noqa: F811  not the fixture
    """A trainer's message, and its mail."""
    message = Message.objects.send(membership_of(learner, group), sender=sender, text=text)
    return Mail.objects.get(message=message)


def invite(group, sender, email="nieuw@example.org", **fields):  # noqa: F811  not the fixture
    invitation = Invitation.objects.create(group=group, email=email, place_count=1, created_by=sender, **fields)
    Mail.objects.post(Mail(kind="invitation", cause=f"invitation {invitation.pk}", invitation=invitation))
    return invitation


def trouble_of(one):
    one.refresh_from_db()
    return one.trouble


@pytest.fixture
def nothing_posted(group):  # noqa: F811  the fixture itself
    """The group, and no mail of how it came about."""
    Mail.objects.all().delete()
    return group
