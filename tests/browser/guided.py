"""The pages of the room where a group is seen, with something on each, and how to get there."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from courses.models import Message
from courses.tracking import rows
from courses.tracking.views import people, roster
from tests.browser.pages import WIDE_TITLE, at, everything_open, sent
from tests.conftest import begin, make_step, make_theme
from tests.models.acts import complete, reopen, steps_of
from tests.tracking.conftest import make_group, membership_of
from tests.tracking.crowds import crowd, let_time_pass

TOPICS = ("Luisteren", "Vragen", "Loslaten", "Oefenen")


def make_guided_theme(title="Vertrouwen"):
    theme = make_theme(0, title=title, slug=title.lower())
    for topic in TOPICS:
        make_step(theme, topic, slug=topic.lower())
    return theme


def with_short_pages(monkeypatch):
    """So that a small crowd fills several pages: of fifty rows to a page, forty are looked at in vain."""
    for module in (rows, roster, people):
        monkeypatch.setattr(module, "PER_PAGE", 12)


def build(tom, cleo, lea, lars, noor):
    """A large group in which everything happened, one of three people, one that is empty; of Tom's, for Cleo."""
    theme = make_guided_theme()
    complete(begin(lea, theme).restart(), *steps_of(theme))
    complete(begin(lars, theme), *steps_of(theme)[:2])
    group = make_group(lea, lars, noor, themes=[theme], trainers=[tom], clients=[cleo])
    group.memberships.update(joined_at=timezone.now() - timedelta(days=40))
    crowd(group, 60)
    lars_here = begin(lars, theme)
    complete(lars_here, steps_of(theme)[2], actor=tom, reason="Op papier gedaan.")
    reopen(lars_here, steps_of(theme)[0], actor=tom, reason=WIDE_TITLE)
    let_time_pass(lars, theme, 20)
    theme.take_out(steps_of(theme)[3])
    theme.add(make_step(make_theme(0), WIDE_TITLE).topic, slug="wide")
    membership = membership_of(lars, group)
    membership.share_name(agreed=True)
    membership.notes.create(author=tom, text="Belt liever.\n\n" + WIDE_TITLE)
    Message.objects.send(membership, sender=tom, text="Zullen we bellen?")
    membership_of(noor, group).leave()
    few = make_group(lea, lars, themes=[theme], trainers=[tom], clients=[cleo], name="Drie")
    empty = make_group(themes=[theme], trainers=[tom], clients=[cleo], name=WIDE_TITLE[:200])
    return group, few, empty, membership, membership_of(noor, group)


def pages_of(group, few, empty, lars, noor):
    """{name: (status, how to get there)}"""
    home, theme = f"/track/groups/{group.public_id}/", "themes/vertrouwen/"
    learner = f"{home}learners/{lars.public_id}/"
    return {
        "roster": (200, at(home + theme)),
        "roster, found and sorted": (200, at(home + theme + "?q=deel&state=stalled&sort=-progress&page=1")),
        "roster, nobody found": (200, at(home + theme + "?q=niemand")),
        "roster of three": (200, at(f"/track/groups/{few.public_id}/{theme}")),
        "roster of nobody": (200, at(f"/track/groups/{empty.public_id}/{theme}")),
        "who stalled": (200, at(home + theme + "stalled/")),
        "report": (200, at(home + theme + "report/")),
        "a learner": (200, everything_open(learner)),
        "a learner, without a reason": (400, without_a_reason(learner)),
        "a former member": (200, at(f"{home}learners/{noor.public_id}/")),
        "a message": (200, at(learner + "message/?theme=vertrouwen")),
        "an empty message": (400, sent(learner + "message/", text=" ")),
        **pages_for_clients(group, few, empty),
    }


def pages_for_clients(group, few, empty):
    return {
        "the client's page": (200, at(f"/track/groups/{group.public_id}/client/")),
        "the client's page of three": (200, at(f"/track/groups/{few.public_id}/client/")),
        "the client's page of nobody": (200, at(f"/track/groups/{empty.public_id}/client/")),
    }


def without_a_reason(address):
    def arrive(page):
        everything_open(address)(page)
        form = page.locator("form[action$='/complete/']").first
        form.evaluate("(form, deed) => { form.noValidate = true; form.elements.deed.value = deed; }", str(uuid4()))
        with page.expect_navigation() as navigation:
            form.locator("button").click()
        return navigation.value

    return arrive
