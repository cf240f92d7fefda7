"""Every page on which groups are made, people invited and mail is chosen × widths × appearances × languages."""

import pytest

from courses.models import Group, Invitation, MailWishes, Participation
from tests.browser import guided
from tests.browser.conftest import enter
from tests.browser.pages import WIDE_TITLE, at, sent
from tests.browser.test_every_page import Inspector, in_both_languages
from tests.conftest import make_user
from tests.tracking.conftest import membership_of

pytestmark = pytest.mark.browser

PASTED = f"Noor van Dijk <nieuw@example.org>\nLea <lea@example.org>\nlars@@example.org\n{WIDE_TITLE[:150]} x@gmial.com"


@pytest.fixture
def group(monkeypatch, tom, lea, lars):
    """A group with people and invitations in every state, and something to confirm."""
    guided.with_short_pages(monkeypatch)
    group = guided.build(tom, make_user("Cleo"), lea, lars, make_user("Noor"))[0]
    invite = Invitation.objects.create
    invite(group=group, place_count=10, used_count=3, created_by=tom)
    for number, name in enumerate(("Noor", "", WIDE_TITLE[:150])):
        invite(group=group, email=f"uitgenodigd-{number}@example.org", name=name, place_count=1, created_by=tom)
    invite(group=group, email="opgezegd@example.org", place_count=1).revoke()
    membership_of(group.memberships.order_by("pk").last().learner, group).suspend()
    finished = Participation.objects.active().finished().filter(learner__memberships__group=group)
    Participation.objects.filter(pk__in=finished.values("pk")[:3]).update(completion_cause="structure")
    return group


def pages_for_trainers(group):
    home = f"/track/groups/{group.public_id}/"
    return {
        "groups": (200, at("/track/")),
        "group": (200, at(home)),
        "settings": (200, at(home + "settings/")),
        "people": (200, at(home + "people/")),
        "people who left": (200, at(home + "people/?status=left")),
        "people who are suspended": (200, at(home + "people/?status=suspended")),
        "people who are invited": (200, at(home + "people/?status=invited")),
        "nobody of that name": (200, at(home + "people/?q=niemand")),
        "invite": (200, at(home + "invite/")),
        "preview of invitations": (200, pasted(home + "invite/", PASTED)),
        "nothing to invite": (400, pasted(home + "invite/", "")),
        "completions to confirm": (200, at("/track/completions/")),
        "mail": (200, at("/mail/")),
    }


def pages_for_learners(invitation):
    return {
        "my groups": (200, at("/groups/")),
        "invited already": (200, at(f"/join/{invitation.token}/")),
        "mail": (200, at("/mail/")),
    }


def pages_for_a_newcomer(invitation, foreign):
    return {
        "no groups yet": (200, at("/groups/")),
        "an invitation to accept": (200, at(f"/join/{invitation.token}/")),
        "an invitation for somebody else": (403, at(f"/join/{foreign.token}/")),
    }


def pages_for_visitors(invitation, foreign, revoked, wishes):
    return {
        "an invitation": (200, at(f"/join/{invitation.token}/")),
        "a personal invitation": (200, at(f"/join/{foreign.token}/")),
        "an invitation that was withdrawn": (410, at(f"/join/{revoked.token}/")),
        "no invitation": (404, at("/join/nothing/")),
        "no more mail?": (200, at(f"/unsubscribe/{wishes.token}/")),
        "no more mail": (200, sent(f"/unsubscribe/{wishes.token}/")),
    }


def pasted(address, text):
    def arrive(page):
        page.goto(address)
        form = page.locator("main form").first
        form.evaluate("form => { form.noValidate = true; }")
        form.locator("textarea").fill(text)
        with page.expect_navigation() as navigation:
            form.locator("button").click()
        return navigation.value

    return arrive


@in_both_languages
def test_every_page_around_a_group_holds(page, context, base_url, language, tom, lea, lars, group):
    link, foreign = group.invitations.links().get(), group.invitations.filter(name="Noor").get()
    revoked = group.invitations.get(revoked_at__isnull=False)
    tess, wishes = make_user("Tess"), MailWishes.objects.of(lars)
    lars.language = language  # of the page that his mail leads to
    lars.save(update_fields=["language"])
    inspector = Inspector(page, base_url)

    inspector.visit_all(pages_for_visitors(link, foreign, revoked, wishes), language)
    enter(context, base_url, tom, language)
    inspector.visit_all(pages_for_trainers(group), language)
    Group.objects.filter(pk=group.pk).update(closed_at=group.created_at)
    inspector.visit_all({"a closed group": (200, at(group.get_absolute_url()))}, language)
    Group.objects.filter(pk=group.pk).update(closed_at=None)
    enter(context, base_url, lea, language)
    inspector.visit_all(pages_for_learners(link), language)
    enter(context, base_url, tess, language)
    inspector.visit_all(pages_for_a_newcomer(link, foreign), language)

    assert not inspector.findings, "\n".join(inspector.findings)
