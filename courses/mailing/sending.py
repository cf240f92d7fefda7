"""Sending what is due: each mail is claimed first, and what became of it is written down at once."""

import logging
import random
import time
from datetime import timedelta
from smtplib import SMTPNotSupportedError, SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import get_connection
from django.db import Error as DatabaseProblem
from django.db import IntegrityError, InterfaceError, OperationalError, close_old_connections
from django.utils import timezone, translation

from courses.mailing import letters
from courses.mailing.wishes import wanted_at, weekly, why_not
from courses.mailing.writing import compose, language_of
from courses.models import Mail, MailWishes
from courses.models.mails import Trouble

logger = logging.getLogger("stapwijs.mailing")

FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(minutes=120)
GIVE_UP_AFTER = timedelta(hours=24)
AT_A_TIME = 50
AWAY_AFTER = 3
"""So many failures of the connection in a row, and the mail server is taken to be away."""

SERVICE_CLOSING = 421
KEPT_TRYING = (0.2, 1, 3, *[5] * 50)
"""Seconds between tries to write down that a mail was sent: while that is not known, it may go twice. Together nearly
as long as it is claimed for; after that another worker may have it."""

TOLD_WITH = ("recipient", "invitation__group", "invitation__created_by", "message__membership__group")
TOLD_WITH += ("message__sender", "participation__theme", "group_theme__group", "group_theme__theme")


def send_due(*, seconds, stopped=lambda: False):
    """Send what is due until nothing is, for so many seconds; say whether there is more that can be sent now.

    After ``AWAY_AFTER`` failures of the connection the rest stays due, untouched, for the next time: when the mail
    server is back it goes at once, and only what was tried waits for its back-off.
    """
    until, post = time.monotonic() + seconds, Post()
    try:
        while due := list(Mail.objects.due().order_by("due_at", "pk")[:AT_A_TIME]):
            for mail in due:
                if stopped() or time.monotonic() > until:
                    return True
                post.send(mail)
                if post.server_away:
                    give_up_what_waited_a_day()
                    return False
    finally:
        post.close()
    return False


def give_up_what_waited_a_day():
    """Mails that nobody even tried, because others before them found the server away."""
    Mail.objects.due().filter(due_at__lt=timezone.now() - GIVE_UP_AFTER).give_up(Trouble.SERVER_AWAY)


class Post:
    """One connection to the mail server, opened when first needed and anew after an error."""

    def __init__(self):
        self.connection = get_connection()
        self.failure_count = 0

    @property
    def server_away(self):
        return self.failure_count >= AWAY_AFTER

    def send(self, mail):
        """Send one mail, or all that its recipient gets together, unless another worker has it in hand."""
        try:
            mails, wishes = claim(mail)
        except IntegrityError:
            return  # the recipient was erased a moment ago, and the mail with them
        if not mails:
            return
        with translation.override(language_of(mails[0])):
            parts = [part for one in mails if (part := part_of(one, wishes))]
            message = parts and made(parts, wishes, self.connection)
        if message:
            self.deliver(message, [part.mail for part in parts], wishes)

    def deliver(self, message, mails, wishes):
        these = Mail.objects.filter(pk__in=[mail.pk for mail in mails])
        connected = False
        try:
            self.connection.open()
            connected = True
            self.connection.send_messages([message])
        except Exception as error:  # whatever the mail server or its library comes up with, the next mail goes on
            self.close()
            self.note_failure(mails, wishes, trouble_of(error) if connected else Trouble.SERVER_AWAY, error)
        else:
            self.failure_count = 0
            insist(these.note_sent)

    def note_failure(self, mails, wishes, trouble, error):
        self.failure_count = self.failure_count + 1 if trouble == Trouble.SERVER_AWAY else 0
        logger.info("Mail not sent: %s (%s)", trouble.value, type(error).__name__)
        for mail in mails:
            postpone(mail, wishes, trouble)

    def close(self):
        try:
            self.connection.close()
        except OSError:
            logger.debug("The mail server had gone before we said goodbye")


def claim(mail):
    """Take a mail in hand, or all that its recipient gets together: ([Mail], wishes); [] if another worker has it."""
    wishes = MailWishes.objects.filter(user=mail.recipient_id).first() if mail.recipient_id else None
    told = Mail.objects.select_related(*TOLD_WITH)
    if wishes and weekly(mail, wishes):
        mails = told.filter(recipient=mail.recipient_id).as_wished().claim_together()
    else:
        mails = list(told.filter(pk=mail.pk)) if mail.claim() else []
    if mails and mail.recipient_id and wishes is None:
        wishes = MailWishes.objects.of(mails[0].recipient)
    return mails, wishes


def part_of(mail, wishes):
    """The words of a mail in hand; None if it is not sent now, which is written down."""
    this = Mail.objects.filter(pk=mail.pk)
    try:
        if reason := why_not(mail, wishes):
            this.drop(reason)
        elif (moment := wanted_at(mail, wishes)) > timezone.now():
            this.keep_until(moment)
        else:
            return letters.write(mail, alone=not weekly(mail, wishes))
    except letters.NothingToTellError:
        this.drop(Trouble.OUT_OF_DATE)
    except DatabaseProblem:
        raise
    except Exception as error:  # one mail that cannot be made does not stop the others
        note_unwritten(mail, wishes, error)
    return None


def made(parts, wishes, connection):
    """The message of these parts; None if it could not be made, which is written down."""
    try:
        message = compose(parts, wishes, connection)
        message.message()
    except Exception as error:
        for part in parts:
            note_unwritten(part.mail, wishes, error)
        return None
    return message


def note_unwritten(mail, wishes, error):
    logger.error("Mail %s could not be made: %s", mail.kind, type(error).__name__)
    postpone(mail, wishes, Trouble.NOT_WRITTEN)


def postpone(mail, wishes, trouble):
    """Try again after a while that doubles; give up what was refused for good, or failed for a day."""
    this = Mail.objects.filter(pk=mail.pk)
    too_long = timezone.now() - wanted_at(mail, wishes) >= GIVE_UP_AFTER
    if too_long or trouble == Trouble.ADDRESS_REFUSED:
        insist(lambda: this.give_up(trouble))
    else:
        insist(lambda: this.put_off(timezone.now() + delay(mail.attempt_count), trouble))


def delay(attempt_count):
    """1, 2, 4 … minutes, 120 at most, with a little chance in it, so that not all come back at once."""
    doubled = FIRST_DELAY * 2 ** min(max(attempt_count - 1, 0), 10)
    return min(doubled, LONGEST_DELAY) * random.uniform(1, 1.2)  # noqa: S311  nothing secret


def trouble_of(error):
    """What went wrong: with the address, with this mail, or with reaching the server at all."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _answer in error.recipients.values()]
        if all(500 <= code < 600 for code in codes):
            return Trouble.ADDRESS_REFUSED
        return Trouble.SERVER_AWAY if SERVICE_CLOSING in codes else Trouble.SERVER_REFUSED
    if isinstance(error, SMTPResponseException):
        return Trouble.SERVER_AWAY if error.smtp_code == SERVICE_CLOSING else Trouble.SERVER_REFUSED
    if isinstance(error, SMTPNotSupportedError):
        return Trouble.SERVER_REFUSED
    return Trouble.SERVER_AWAY if isinstance(error, OSError) else Trouble.NOT_WRITTEN


def insist(write):
    """Write down what became of a mail, also if the database is away for a moment."""
    for wait in KEPT_TRYING:
        try:
            return write()
        except (OperationalError, InterfaceError):
            time.sleep(wait)
            close_old_connections()
    return write()
