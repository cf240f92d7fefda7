"""The whole way: invited by mail, followed on a phone, seen by the trainer, written to, reported to the client."""

import email
import re
from email.policy import default
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests.browser.conftest import enter, make_named_theme
from tests.browser.test_inviting import fits, newcomer, press
from tests.conftest import make_user
from tests.tracking.conftest import make_group
from tests.tracking.crowds import crowd, let_time_pass

pytestmark = [pytest.mark.browser, pytest.mark.browser_context_args(locale="en-GB", reduced_motion="reduce")]


@pytest.fixture
def mailbox(settings, tmp_path):
    """The folder into which the demo writes its mail: reads the newest mail to somebody, as plain text."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"

    def newest(address, *, worker=True):
        if worker:
            call_command("worker", once=True)
        files = sorted(settings.EMAIL_FILE_PATH.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        return [mail for path in files for mail in mails_in(path) if mail["To"] == address][-1]

    return newest


def mails_in(path):
    parts = re.split(rb"^-{79}\n", path.read_bytes(), flags=re.MULTILINE)
    return [email.message_from_bytes(part.strip(), policy=default) for part in parts if part.strip()]


def words_of(mail):
    return mail.get_body(("plain",)).get_content()


def link_in(mail):
    return urlsplit(re.search(r"^(http\S+)$", words_of(mail), re.MULTILINE)[1]).path


def test_from_an_invitation_to_the_report_for_the_client(page, context, base_url, browser, tom, mailbox):
    theme = make_named_theme("Samen leren", ["Luisteren", "Vragen"], access="group")
    cleo = make_user("Cleo")
    group = make_group(themes=[theme], trainers=[tom], clients=[cleo])

    enter(context, base_url, tom, "en")
    page.goto(f"{group.get_absolute_url()}invite/")
    page.get_by_label("Names and email addresses").fill("Noor <noor@example.org>")
    press(page, "See who these are")
    press(page, "Invite 1 person")

    invitation = mailbox("noor@example.org")
    assert "Tom" in words_of(invitation)
    phone = newcomer(browser, base_url)
    phone.goto(link_in(invitation))
    phone.get_by_label("Name").fill("Noor")
    press(phone, "Email me a code")
    code = re.search(r"^([A-Z0-9-]{6,})$", words_of(mailbox("noor@example.org", worker=False)), re.MULTILINE)[1]
    phone.get_by_label("Code").fill(code)
    press(phone, "Sign in")
    press(phone, "Accept the invitation")
    phone.get_by_role("link", name="Samen leren").click()
    press(phone, "Begin")
    press(phone, "Complete and continue")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Vragen")

    noor = group.memberships.get().learner
    page.goto(f"/track/groups/{group.public_id}/themes/samen-leren/")
    expect(page.get_by_role("row", name=re.compile("Noor"))).to_contain_text("1 of 2 steps completed")

    let_time_pass(noor, theme, 21)
    page.goto(f"/track/groups/{group.public_id}/themes/samen-leren/stalled/")
    page.get_by_role("link", name="Write a message to Noor").click()
    page.get_by_label("Your message").fill("Shall we have a call?")
    press(page, "Send")
    message = mailbox("noor@example.org")
    assert "Shall we have a call?" in words_of(message)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    phone.goto("/groups/")
    expect(phone.get_by_text("Shall we have a call?")).to_be_visible()
    expect(phone.get_by_text("Tom").first).to_be_visible()
    assert fits(phone)

    phone.goto("/themes/samen-leren/vragen/")
    press(phone, "Mark as completed")
    expect(phone.get_by_role("heading", name="You made it.")).to_be_visible()
    assert "Samen leren" in mailbox("noor@example.org")["Subject"]

    crowd(group, 4)
    enter(context, base_url, cleo, "en")
    page.goto("/track/")
    page.get_by_role("link", name="Teamleiders").click()
    expect(page.get_by_text(re.compile("2 of 5 learners completed this theme"))).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("Noor")
