"""What each kind of mail says, in Dutch and in English, in a plain reader and in one that shows HTML."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from courses.models import Mail, Structure
from tests.conftest import begin, make_user
from tests.mailing.conftest import html_of, invite, reads, send, sent_one, wish, write_to
from tests.models.acts import complete, steps_of

pytestmark = pytest.mark.usefixtures("nothing_posted")
SITE = "http://127.0.0.1:8000"
MONDAY = "2026-11-23T09:00+01:00"


def post(kind, recipient, **fields):
    Mail.objects.post(Mail(kind=kind, cause=f"{kind} {recipient.pk}", recipient=recipient, **fields))


def invited_in(language):
    def write(group, theme, tom, lea, noor):
        reads(tom, language)
        return invite(group, tom, name="Sam")

    return write


def completed_in(language):
    def write(group, theme, tom, lea, noor):
        reads(lea, language)
        lea.participations.get().congratulate()

    return write


def message_in(language):
    def write(group, theme, tom, lea, noor):
        reads(lea, language)
        write_to(lea, group, tom, "Mooi gedaan.\n\nTot dinsdag.")

    return write


def reminded_in(language):
    def write(group, theme, tom, lea, noor):
        reads(noor, language)
        group.reminds = True
        group.save()
        post("reminder", noor, group_theme=group.follow(theme, deadline=timezone.localdate() + timedelta(days=7)))

    return write


def overview_in(language):
    def write(group, theme, tom, lea, noor):
        reads(tom, language)
        wish(tom, overview=True)
        with time_machine.travel("2026-11-18T12:00+01:00"):
            begin(noor, theme)
        post("overview", tom)

    return write


WORDS = {
    "invitation, nl": (
        invited_in("nl"),
        "Uitnodiging voor ‘Teamleiders’",
        ["Hallo Sam,", "Tom nodigt je uit", "- Vertrouwen\n", "geen wachtwoord", "tot en met 23 december 2026"],
    ),
    "invitation, en": (
        invited_in("en"),
        "Invitation for “Teamleiders”",
        ["Hello Sam,", "Tom invites you", "- Vertrouwen\n", "no password", "until 23 December 2026"],
    ),
    "completed, nl": (
        completed_in("nl"),
        "Je hebt ‘Vertrouwen’ afgerond",
        ["Hallo Lea,", "23 november 2026", f"\n{SITE}/themes/vertrouwen/\n", "Groet,\nStapwijs"],
    ),
    "completed, en": (
        completed_in("en"),
        "You completed “Vertrouwen”",
        ["Hello Lea,", "23 November 2026", f"\n{SITE}/themes/vertrouwen/\n", "Kind regards,\nStapwijs"],
    ),
    "message, nl": (
        message_in("nl"),
        "Bericht van Tom",
        ["Tom, trainer van ‘Teamleiders’, schrijft je:\n\nMooi gedaan.\n\nTot dinsdag.\n"],
    ),
    "message, en": (
        message_in("en"),
        "Message from Tom",
        ["Tom, trainer of “Teamleiders”, writes to you:\n\nMooi gedaan.\n\nTot dinsdag.\n"],
    ),
    "reminder, nl": (
        reminded_in("nl"),
        "‘Vertrouwen’ loopt tot en met 30 november 2026",
        ["0 van de 4 stappen afgerond.", "Begin met: Luisteren\n\n", f"\n{SITE}/themes/vertrouwen/luisteren/\n"],
    ),
    "reminder, en": (
        reminded_in("en"),
        "“Vertrouwen” runs until 30 November 2026",
        ["0 of 4 steps completed.", "Begin with: Luisteren\n\n", f"\n{SITE}/themes/vertrouwen/luisteren/\n"],
    ),
    "overview, nl": (
        overview_in("nl"),
        "Je groepen in de afgelopen week",
        ["Teamleiders: Vertrouwen\n", "Begonnen\n- Noor\n"],
    ),
    "overview, en": (overview_in("en"), "Your groups last week", ["Teamleiders: Vertrouwen\n", "Began\n- Noor\n"]),
}


@pytest.fixture(autouse=True)
def on_a_monday():
    with time_machine.travel(MONDAY):
        yield


@pytest.fixture
def written(on_a_monday, group, request, theme, tom, lea, noor):
    """The one mail of that kind, with its subject and some of its words."""
    Mail.objects.all().delete()
    write, subject, words = WORDS[request.param]
    write(group, theme, tom, lea, noor)
    return sent_one(), subject, words


everything = pytest.mark.parametrize("written", WORDS, indirect=True)


@everything
def test_each_kind_says_what_it_is_about_in_the_language_of_its_reader(written):
    message, subject, words = written

    assert message.subject == subject
    for some in words:
        assert some in message.body


@everything
def test_a_plain_reader_gets_short_lines_with_links_of_their_own_and_nothing_escaped(written):
    message, _subject, _words = written

    for line in message.body.splitlines():
        assert len(line) <= 72 or line.startswith(SITE)
        assert SITE not in line or line.startswith(SITE)
    assert "\n\n\n" not in message.body
    assert not {"&amp;", "&#", "<", "{"} & set(message.body.split())


@everything
def test_html_says_its_language_and_brings_nothing_from_elsewhere(written, request):
    message, subject, _words = written
    language = request.node.callspec.params["written"][-2:]

    html = html_of(message)

    assert f'<html lang="{language}">' in html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert f"<title>{subject}</title>" in html
    for foreign in ("<img", "<style", "<script", "<link", "url(", "color:", "background"):
        assert foreign not in html
    assert html.count("href=") == html.count(f'href="{SITE}')


def test_names_and_titles_are_text_whatever_is_in_them(group, theme, tom, lea):
    lea.name, lea.language = "Lea <b>&</b> co", "en"
    lea.save()
    theme.describe(title="{{ theme }} <script>alert(1)</script>\r\nBcc: sam@example.org")
    lea.participations.get().congratulate()

    message = sent_one()

    assert "Hello Lea <b>&</b> co," in message.body
    assert "{{ theme }} <script>alert(1)</script> Bcc: sam@example.org" in " ".join(message.body.split())
    assert "\n" not in message.subject
    assert message.recipients() == ["lea@example.org"]
    assert "Bcc" not in message.message()
    html = html_of(message)
    assert "<script>" not in html
    assert "Hello Lea &lt;b&gt;&amp;&lt;/b&gt; co," in html


def test_a_message_keeps_its_paragraphs_in_html_too(group, tom, lea):
    write_to(lea, group, tom, "Mooi <gedaan>.\n\nTot dinsdag.\nOm tien uur.")

    html = html_of(sent_one())

    assert "<p>Mooi &lt;gedaan&gt;.</p>" in html
    assert "<p>Tot dinsdag.<br>Om tien uur.</p>" in html


def test_long_lines_of_a_message_are_broken_and_long_addresses_are_not(group, tom, lea):
    address = "https://example.org/" + "a" * 100
    write_to(lea, group, tom, "woord " * 40 + address)

    body = sent_one().body

    assert address in body.splitlines()
    assert max(len(line) for line in body.splitlines() if not line.startswith("http")) <= 72


def test_a_mail_made_by_us_says_so_and_can_be_unsubscribed(group, lea):
    wishes = wish(lea)
    lea.participations.get().congratulate()
    mail = Mail.objects.get()

    headers = sent_one().message()

    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Message-ID"] == f"<{mail.public_id}@127.0.0.1>"
    assert headers["List-Unsubscribe"] == f"<{SITE}/unsubscribe/{wishes.token}/>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Reply-To"] is None


def test_a_trainers_message_is_a_persons_and_can_be_replied_to(group, tom, lea):
    reads(lea, "en")
    write_to(lea, group, tom)

    message = sent_one()

    assert message.message()["Reply-To"] == "tom@example.org"
    assert "Auto-Submitted" not in message.message()
    assert "List-Unsubscribe" in message.message()
    assert "your answer goes to Tom" in message.body


def test_an_invitation_has_no_list_to_leave(group, tom):
    invitation = invite(group, tom)

    message = sent_one()

    assert message.recipients() == ["nieuw@example.org"]
    assert "List-Unsubscribe" not in message.message()
    assert message.message()["Auto-Submitted"] == "auto-generated"
    assert f"\n{SITE}/join/{invitation.token}/\n" in message.body
    assert "/unsubscribe/" not in message.body + html_of(message)


def test_a_client_is_invited_to_see_how_the_group_is_doing(group, tom):
    reads(tom, "en")
    invite(group, tom, role="client")

    assert "Tom invites you to follow how the group “Teamleiders” is doing" in " ".join(sent_one().body.split())


def test_an_invitation_is_in_the_language_of_the_theme_if_its_trainer_chose_none(group, theme, tom):
    reads(tom, "")
    theme.describe(language="en")
    invite(group, tom)

    assert sent_one().subject.startswith("Invitation")


def test_who_chose_no_language_is_written_to_in_that_of_the_site(group, lea):
    reads(lea, "")
    lea.participations.get().congratulate()

    assert '<html lang="nl">' in html_of(sent_one())


def test_a_reminder_says_where_they_are_and_where_to_go_on(group, theme, tom, lars):
    reads(lars, "en")
    group.reminds = True
    group.save()
    post("reminder", lars, group_theme=group.follow(theme, deadline=timezone.localdate() + timedelta(days=1)))

    body = sent_one().body

    assert "2 of 4 steps completed." in body
    assert f"Continue with: Loslaten\n\n{SITE}/themes/vertrouwen/loslaten/\n" in body


def test_the_overview_tells_who_began_who_stalled_where_who_completed_and_what_changed(
    group, theme, tom, lea, lars, noor
):
    reads(tom, "en")
    wish(tom, overview=True)
    Structure.objects.update(made_at="2026-11-01T12:00Z")
    for learner in (lars, lea):
        group.memberships.get(learner=learner).roster.update(finished_on=None, active_on="2026-11-02")
    group.memberships.get(learner=lea).roster.update(finished_on="2026-11-19")
    with time_machine.travel("2026-11-18T12:00+01:00"):
        begin(noor, theme)
        theme.take_out(steps_of(theme)[3])
        topic = steps_of(theme)[0].topic
        topic.write(title="Goed luisteren", html="<p>Nieuw.</p>")
        topic.publish()
    post("overview", tom)

    body = sent_one().body

    assert "Teamleiders: Vertrouwen" in body
    assert "Began\n- Noor\n" in body
    assert "Did nothing for two weeks\n- Lars (at “Loslaten”)\n" in body
    assert "Completed the theme\n- Lea\n" in body
    assert "No longer in it: “Oefenen”" in body
    assert "Changed: “Goed luisteren”" in body
    assert f"\n{SITE}{group.get_absolute_url()}themes/vertrouwen/\n" in body


def test_the_overview_names_ten_people_and_counts_the_others(group, theme, tom):
    reads(tom, "en")
    wish(tom, overview=True)
    with time_machine.travel("2026-11-18T12:00+01:00"):
        for number in range(12):
            learner = make_user(f"Sam{number}")
            begin(learner, theme)
            group.memberships.join(group, learner)
    post("overview", tom)

    body = sent_one().body

    assert body.count("- Sam") == 10
    assert "- and 2 more" in body


def test_an_overview_without_news_or_of_anothers_group_is_not_sent(group, theme, charlie, noor):
    wish(charlie, overview=True)
    with time_machine.travel("2026-11-18T12:00+01:00"):
        begin(noor, theme)
    post("overview", charlie)

    assert send() == []
    assert Mail.objects.get().trouble == "out-of-date"


def test_completing_the_theme_itself_leads_to_the_mail(group, theme, noor):
    complete(begin(noor, theme), *steps_of(theme))

    assert sent_one().recipients() == ["noor@example.org"]
