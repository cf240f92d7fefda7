"""One learner: what the trainers of their group see, note, and do for them."""

import re
from uuid import uuid4

import pytest

from courses.models import Look, Note, ProgressEvent, RosterRow
from tests.conftest import begin, make_step, make_theme, make_user, signed_in
from tests.models.acts import complete, reopen, sentence, steps_of
from tests.tracking.conftest import make_group, membership_of, words

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def of_lars(group, lars):
    return f"/track/groups/{group.public_id}/learners/{membership_of(lars, group).public_id}/"


@pytest.fixture
def of_lea(group, lea):
    return f"/track/groups/{group.public_id}/learners/{membership_of(lea, group).public_id}/"


def deed(**fields):
    return {"deed": uuid4(), "reason": "Done on paper.", **fields}


# What is seen


def test_the_steps_stand_there_with_state_and_dates(trainer, of_lars):
    page = words(trainer.get(of_lars))

    assert "2 of 4 steps completed" in page
    assert page.count("Completed on ") == 2
    assert page.count("Opened on ") == 2
    assert page.count("Complete for them</button>") == 2
    assert page.count("Reopen for them</button>") == 2
    assert not re.search(r"\d\d:\d\d", page.split("<main")[1])


def test_history_and_today_are_kept_apart(trainer, lea, theme, of_lea):
    make_step(theme, "Erbij", slug="erbij")

    page = words(trainer.get(of_lea))

    assert "(4 of 4)" in page
    assert "Now 4 of 5 steps · 1 new" in page
    assert "What changed in this theme meanwhile" in page
    assert '“<span lang="nl">Erbij</span>” was added on' in page


def test_what_was_taken_out_and_written_anew_is_told(trainer, theme, of_lars):
    steps = steps_of(theme)
    theme.take_out(steps[3])
    steps[0].topic.write(title="Luisteren", html="<p>Anders.</p>")
    steps[0].topic.publish(major=True, note="Alles.")

    page = words(trainer.get(of_lars))

    assert '“<span lang="nl">Oefenen</span>” was taken out on' in page
    assert '“<span lang="nl">Luisteren</span>” has a new edition since they read it.' in page


def test_nothing_changed_is_not_told(trainer, of_lars):
    assert "What changed in this theme meanwhile" not in words(trainer.get(of_lars))


def test_earlier_attempts_stand_there(trainer, lea, theme, of_lea):
    begin(lea, theme).restart()

    page = words(trainer.get(of_lea))

    assert "Time 1" in page
    assert "0 of 4 steps completed" in page


def test_only_the_themes_of_this_group_are_shown(trainer, lars, of_lars):
    private = make_theme(1, title="Iets anders")
    complete(begin(lars, private), *steps_of(private))

    assert "Iets anders" not in words(trainer.get(of_lars))


def test_looking_is_written_down_with_the_learner(trainer, tom, lars, of_lars):
    trainer.get(of_lars)
    trainer.get(of_lars)

    look = Look.objects.get()

    assert (look.viewer, look.learner, look.kind) == (tom, lars, Look.Kind.LEARNER)


@pytest.mark.parametrize(("ended", "status"), [("leave", "Left"), ("suspend", "Suspended")])
def test_of_who_is_no_active_member_no_progress_is_shown(trainer, lars, group, of_lars, ended, status):
    getattr(membership_of(lars, group), ended)()

    page = words(trainer.get(of_lars))

    assert "Lars" in page
    assert f">{status}</span>" in page
    assert "Luisteren" not in page
    assert "steps completed" not in page
    assert "Save this note" in page
    assert not Look.objects.exists()


def test_of_a_trainer_no_progress_is_shown(trainer, charlie, group, theme):
    complete(begin(charlie, theme), *steps_of(theme))
    membership, _new = group.memberships.join(group, charlie)

    page = words(trainer.get(f"/track/groups/{group.public_id}/learners/{membership.public_id}/"))

    assert "Trainers look around" in page
    assert "steps completed" not in page


def test_the_page_costs_the_same_for_1_and_for_4_themes(trainer, group, lars, of_lars, django_assert_max_num_queries):
    def queries():
        trainer.get(of_lars)
        with django_assert_max_num_queries(30) as captured:
            trainer.get(of_lars)
        return len(captured)

    one = queries()
    for _number in range(3):
        theme = make_theme(3)
        group.follow(theme)
        begin(lars, theme).complete(theme.steps.first(), deed=uuid4(), actor=lars)

    assert queries() == one


# Notes


def test_a_note_is_kept_and_removed_by_who_wrote_it(trainer, tom, of_lars):
    added = trainer.post(of_lars + "notes/add/", {"text": "Belt liever."})
    page = words(trainer.get(of_lars))
    note = Note.objects.get()
    removed = trainer.post(f"{of_lars}notes/{note.pk}/remove/")

    assert added.status_code == removed.status_code == 303
    assert "Belt liever." in page
    assert note.author == tom
    assert not Note.objects.exists()


def test_an_empty_note_says_so(trainer, of_lars):
    response = trainer.post(of_lars + "notes/add/", {"text": "  "})

    assert response.status_code == 400
    assert "Write something first." in words(response)
    assert not Note.objects.exists()


def test_the_note_of_another_trainer_is_read_but_not_removed(trainer, group, lars, charlie, of_lars):
    group.trainers.add(charlie)
    note = membership_of(lars, group).notes.create(author=charlie, text="Vraagt veel.")

    page = words(trainer.get(of_lars))

    assert "Vraagt veel." in page
    assert "Remove this note" not in page
    assert trainer.post(f"{of_lars}notes/{note.pk}/remove/").status_code == 404
    assert Note.objects.exists()


def test_neither_client_nor_learner_sees_a_note(client_browser, tom, group, lars, theme, of_lars):
    membership_of(lars, group).notes.create(author=tom, text="Vraagt veel.")
    his = signed_in(lars)

    pages = [his.get(address) for address in ("/", "/groups/", theme.get_absolute_url(), of_lars)]
    pages += [client_browser.get(f"/track/groups/{group.public_id}/client/"), client_browser.get(of_lars)]

    assert all("Vraagt veel." not in page.content.decode() for page in pages)
    assert [page.status_code for page in (pages[3], pages[5])] == [403, 403]


# For them (rule 28)


def test_rule_28_a_trainer_completes_for_a_learner_with_a_reason(trainer, tom, lars, theme, of_lars):
    response = trainer.post(of_lars + "vertrouwen/loslaten/complete/", deed(), follow=True)

    event = ProgressEvent.objects.filter(kind="completed").last()
    assert (event.actor, event.reason) == (tom, "Done on paper.")
    assert sentence(lars, theme) == "3 of 4 steps completed"
    assert "“Loslaten” is completed for Lars, who reads your reason." in words(response)
    assert "Tom completed this for them on" in words(response)


def test_rule_28_a_trainer_reopens_for_a_learner_with_a_reason(trainer, tom, lars, theme, of_lars):
    response = trainer.post(of_lars + "vertrouwen/luisteren/reopen/", deed(reason="Once more."), follow=True)

    event = ProgressEvent.objects.filter(kind="reopened").get()
    assert (event.actor, event.reason) == (tom, "Once more.")
    assert sentence(lars, theme) == "1 of 4 steps completed"
    assert "Tom reopened this for them on" in words(response)


def test_who_never_began_can_be_completed_for(trainer, noor, group, theme):
    address = f"/track/groups/{group.public_id}/learners/{membership_of(noor, group).public_id}/"

    trainer.post(address + "vertrouwen/luisteren/complete/", deed())

    assert sentence(noor, theme) == "1 of 4 steps completed"
    assert RosterRow.objects.get(learner=noor).completed_count == 1


def test_pressing_twice_is_one_deed(trainer, lars, of_lars):
    once = deed()

    answers = [trainer.post(of_lars + "vertrouwen/loslaten/complete/", once).status_code for _time in range(2)]

    assert answers == [303, 303]
    assert ProgressEvent.objects.filter(participation__learner=lars, topic__steps__slug="loslaten").count() == 1


@pytest.mark.parametrize("which", ["loslaten/complete", "luisteren/reopen"])
def test_without_a_reason_nothing_happens_and_the_form_says_why(trainer, lars, theme, of_lars, which):
    response = trainer.post(f"{of_lars}vertrouwen/{which}/", deed(reason=" "))

    assert response.status_code == 400
    assert "Say why: the learner reads it with your name." in words(response)
    assert sentence(lars, theme) == "2 of 4 steps completed"


def test_a_reason_that_is_too_long_is_not_lost(trainer, of_lars):
    response = trainer.post(of_lars + "vertrouwen/loslaten/complete/", deed(reason="x" * 301))

    assert response.status_code == 400
    assert "x" * 301 in words(response)


@pytest.mark.parametrize("broken", [{}, {"deed": "x"}])
def test_a_form_without_a_deed_is_refused(trainer, lars, theme, of_lars, broken):
    response = trainer.post(of_lars + "vertrouwen/loslaten/complete/", {"reason": "Done.", **broken})

    assert response.status_code == 400
    assert sentence(lars, theme) == "2 of 4 steps completed"


def test_what_the_learner_could_not_read_yet_cannot_be_completed_for_them(trainer, lars, theme, of_lars):
    theme.describe(in_order=True)

    response = trainer.post(of_lars + "vertrouwen/oefenen/complete/", deed(), follow=True)

    assert "“Oefenen” cannot be completed yet." in words(response)
    assert sentence(lars, theme) == "2 of 4 steps completed"


def test_what_is_not_completed_is_not_reopened(trainer, lars, of_lars):
    assert trainer.post(of_lars + "vertrouwen/loslaten/reopen/", deed()).status_code == 303
    assert not ProgressEvent.objects.filter(kind="reopened").exists()


def test_a_theme_that_the_group_does_not_follow_is_not_touched(trainer, lars, of_lars):
    other = make_theme(0, slug="anders")
    make_step(other, slug="iets")

    assert trainer.post(of_lars + "anders/iets/complete/", deed()).status_code == 404
    assert sentence(lars, other) == "0 of 1 step completed"


@pytest.mark.parametrize("ended", ["leave", "suspend"])
def test_nothing_is_done_for_who_is_no_active_member(trainer, lars, group, theme, of_lars, ended):
    getattr(membership_of(lars, group), ended)()

    assert trainer.post(of_lars + "vertrouwen/loslaten/complete/", deed()).status_code == 404
    assert trainer.get(of_lars + "message/").status_code == 404
    assert sentence(lars, theme) == "2 of 4 steps completed"


def test_a_trainer_of_another_group_does_nothing_here(charlie, lars, theme, of_lars):
    make_group(lars, make_user("Tess"), themes=[theme], trainers=[charlie])

    assert signed_in(charlie).post(of_lars + "vertrouwen/loslaten/complete/", deed()).status_code == 404
    assert sentence(lars, theme) == "2 of 4 steps completed"


def test_what_the_learner_does_themselves_afterwards_is_theirs(trainer, lars, theme, of_lars):
    trainer.post(of_lars + "vertrouwen/loslaten/complete/", deed())
    reopen(begin(lars, theme), steps_of(theme)[2])

    assert "Tom completed this" not in words(trainer.get(of_lars))
