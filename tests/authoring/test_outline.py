"""The outline of one theme: each deed is saved by itself, and shown first where it concerns people."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from courses.models import FormerAddress, Step, Topic
from courses.models.journey import journey_of
from tests.authoring.conftest import outline, words
from tests.conftest import begin, make_step, make_steps, make_theme, make_topic
from tests.models.acts import standing, steps_of
from tests.models.pictures import png
from tests.tracking.conftest import make_group

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


# What the theme says of itself


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("title", "Anders", "Anders"),
        ("summary", "Kort en goed", "Kort en goed"),
        ("language", "en", "en"),
        ("access", "signed-in", "signed-in"),
        ("in_order", "yes", True),
    ],
)
def test_a_field_is_saved_by_itself(name, value, kept, theme, do):
    before = {field.attname: getattr(theme, field.attname) for field in theme._meta.fields}

    do("describe", **{name: value})

    theme.refresh_from_db()
    after = {field.attname: getattr(theme, field.attname) for field in theme._meta.fields}
    assert {key for key in after if after[key] != before[key]} == {name, "revision"}
    assert getattr(theme, name) == kept


@pytest.mark.parametrize(
    ("name", "value"),
    [("title", ""), ("title", "x" * 301), ("summary", "x" * 501), ("language", "fr"), ("access", "everyone")],
)
def test_what_is_wrong_is_said_at_the_field_and_changes_nothing(name, value, theme, trainer):
    response = trainer.post("/author/themes/vertrouwen/describe/", {name: value})

    theme.refresh_from_db()
    assert response.status_code == 400
    assert "errorlist" in words(response)
    assert getattr(theme, name) != value


def test_access_by_group_can_be_chosen(theme, trainer):
    assert "Only members of a group" in words(trainer.get("/author/themes/vertrouwen/"))

    assert trainer.post("/author/themes/vertrouwen/describe/", {"access": "group"}).status_code == 303

    theme.refresh_from_db()
    assert theme.access == "group"


def test_rule_25_who_would_no_longer_see_the_theme_is_counted_first(theme, trainer, lea, lars):
    begin(lea, theme)
    begin(lars, theme)
    make_group(lea, themes=[theme])

    page = words(trainer.post("/author/themes/vertrouwen/describe/", {"access": "group"}))

    theme.refresh_from_db()
    assert theme.access == "open"
    assert "One learner who follows it is in no group with this theme" in page
    assert '<input type="hidden" name="access" value="group">' in page

    trainer.post("/author/themes/vertrouwen/describe/", {"access": "group", "confirmed": "yes"})
    theme.refresh_from_db()
    assert theme.access == "group"
    assert lars.participations.filter(theme=theme).exists()


@pytest.mark.parametrize("access", ["open", "signed-in"])
def test_nobody_who_follows_is_left_out_by_another_access(access, theme, trainer, lea):
    begin(lea, theme)

    assert trainer.post("/author/themes/vertrouwen/describe/", {"access": access}).status_code == 303


def test_another_address_keeps_the_old_one_leading_here(theme, trainer, client):
    response = trainer.post("/author/themes/vertrouwen/describe/", {"slug": "Leiden-Uit-Vertrouwen"})

    assert response.url == "/author/themes/leiden-uit-vertrouwen/#about"
    assert FormerAddress.objects.get().slug == "vertrouwen"


@pytest.mark.parametrize("slug", ["bezet", "met spatie", "../weg", "é", ""])
def test_an_address_that_cannot_be_is_refused(slug, theme, trainer):
    make_theme(0, slug="bezet")

    response = trainer.post("/author/themes/vertrouwen/describe/", {"slug": slug})

    theme.refresh_from_db()
    assert response.status_code == 400
    assert theme.slug == "vertrouwen"


def test_a_cover_is_stored_and_shown_and_removed(theme, trainer):
    file = SimpleUploadedFile("boom.png", png())

    trainer.post("/author/themes/vertrouwen/cover/", {"picture": file, "cover_alt": "Een boom"})
    theme.refresh_from_db()
    shown = words(trainer.get("/author/themes/vertrouwen/"))
    trainer.post("/author/themes/vertrouwen/cover/remove/")

    assert theme.cover.address in shown
    assert 'alt="Een boom"' in shown
    theme.refresh_from_db()
    assert theme.cover is None


def test_a_cover_that_is_no_picture_is_refused_in_words(theme, do):
    response = do("cover", picture=SimpleUploadedFile("x.png", b"geen plaatje"), cover_alt="")

    theme.refresh_from_db()
    assert theme.cover is None
    assert "not a PNG or JPEG" in words(response)


# Adding


def test_a_new_topic_is_a_draft_at_the_end_and_leads_to_writing(theme, trainer, tom):
    response = trainer.post("/author/themes/vertrouwen/add/", {"new-title": "Samen leren"})

    step = steps_of(theme)[-1]
    assert response.url == "/author/themes/vertrouwen/topics/samen-leren/"
    assert not step.topic.published
    assert (step.topic.draft.title, step.topic.draft.author) == ("Samen leren", tom)


def test_two_topics_of_one_title_get_two_addresses(theme, do):
    for _time in range(2):
        do("add", **{"new-title": "Vragen"})

    assert outline(theme) == ["luisteren", "vragen", "loslaten", "vragen-2", "vragen-3"]


def test_a_topic_without_a_title_is_refused_in_words(theme, do):
    response = do("add", **{"new-title": " "})

    assert len(outline(theme)) == 3
    assert "This field is required." in words(response)


def test_rule_20_a_topic_of_another_theme_becomes_a_step_here_too(theme, do):
    other = make_theme(0, title="Feedback", slug="feedback")
    topic = make_step(other, "Vraag door", slug="vraag-door").topic

    page = do("existing/add", theme="feedback", topic="vraag-door")

    assert steps_of(theme)[-1].topic == topic
    assert "Also in:" in words(page)
    assert "Feedback" in words(page)


def test_the_topics_of_other_themes_can_be_searched(theme, trainer):
    other = make_theme(0, title="Feedback", slug="feedback")
    for title in ("Vraag door", "Zeg wat je zag"):
        make_step(other, title)

    page = words(trainer.get("/author/themes/vertrouwen/existing/?q=vraag"))

    assert "Vraag door" in page
    assert "Zeg wat je zag" not in page
    assert "Luisteren" not in page


@pytest.mark.parametrize("kind", ["taken out", "in the bin", "already here", "missing"])
def test_a_topic_that_cannot_be_added_is_refused(kind, theme, trainer):
    other = make_theme(0, title="Feedback", slug="feedback")
    step = make_step(other, "Vraag door", slug="vraag-door")
    if kind == "taken out":
        other.take_out(step)
    elif kind == "in the bin":
        other.bin()
    elif kind == "already here":
        theme.add(step.topic, slug="vraag-door")
    count = len(outline(theme))

    slug = "niets" if kind == "missing" else "vraag-door"
    response = trainer.post("/author/themes/vertrouwen/existing/add/", {"theme": "feedback", "topic": slug})

    assert response.status_code == (303 if kind == "already here" else 404)
    assert len(outline(theme)) == count


# Order


@pytest.mark.parametrize(
    ("topic", "position", "order"),
    [
        ("loslaten", 1, ["loslaten", "luisteren", "vragen"]),
        ("luisteren", 2, ["vragen", "luisteren", "loslaten"]),
        ("luisteren", 99, ["vragen", "loslaten", "luisteren"]),
        ("vragen", 2, ["luisteren", "vragen", "loslaten"]),
    ],
)
def test_a_topic_is_moved_and_it_is_said_where_it_stands(topic, position, order, theme, do):
    response = do(f"topics/{topic}/move", position=position)

    assert outline(theme) == order
    assert f"now is number {order.index(topic) + 1} of 3." in words(response)


@pytest.mark.parametrize("position", ["0", "-1", "", "x", "9" * 30])
def test_a_place_that_cannot_be_changes_nothing(position, theme, trainer):
    response = trainer.post("/author/themes/vertrouwen/topics/vragen/move/", {"position": position})

    assert response.status_code == 400
    assert outline(theme) == ["luisteren", "vragen", "loslaten"]


# What it does to people


def test_rule_25_taking_out_shows_first_what_it_does_and_changes_nothing(followed, do):
    page = words(do("topics/loslaten/take-out"))

    assert outline(followed) == ["luisteren", "vragen", "loslaten"]
    assert "This change affects 2 learners. One of them has already completed this theme." in page
    assert "One learner completes the theme by this change alone." in page
    assert "Make it an extra instead" in page


def test_rule_18_taking_out_once_it_was_seen_takes_out(followed, do, lars):
    do("topics/loslaten/take-out", confirmed="yes")

    assert outline(followed) == ["luisteren", "vragen"]
    assert journey_of(lars, followed).participation.completed_at


def test_what_was_taken_out_can_be_put_back_with_all_progress(followed, do, lea):
    do("topics/luisteren/take-out", confirmed="yes")

    do("topics/luisteren/put-back", confirmed="yes")

    assert outline(followed) == ["vragen", "loslaten", "luisteren"]
    assert standing(lea, followed).completed_count == 3


def test_rule_22_an_extra_does_not_count(followed, do, lars):
    shown = words(do("topics/loslaten/require", required="no"))
    do("topics/loslaten/require", required="no", confirmed="yes")

    assert "One step no longer counts." in shown
    assert not Step.objects.get(slug="loslaten").required
    assert standing(lars, followed).finished


def test_rule_17_what_comes_new_can_be_asked_of_who_had_finished(followed, do):
    make_step(followed, "Oefenen", slug="oefenen", required=False)

    shown = words(do("topics/oefenen/require", required="yes"))
    do("topics/oefenen/require", required="yes", confirmed="yes", ask="yes", reason="Omdat het helpt")

    assert "For learners who had completed the theme" in shown
    assert Step.objects.get(slug="oefenen").owed_reason == "Omdat het helpt"


def test_rule_17_unless_asked_nothing_is_owed(followed, do):
    make_step(followed, "Oefenen", slug="oefenen", required=False)

    do("topics/oefenen/require", required="yes", confirmed="yes", ask="no", reason="Omdat het helpt")

    assert Step.objects.get(slug="oefenen").owed_at is None


def test_what_nobody_follows_changes_at_once(theme, do):
    do("topics/loslaten/take-out")

    assert outline(theme) == ["luisteren", "vragen"]


def test_a_draft_that_is_added_or_taken_out_changes_nobodys_progress(followed, do):
    followed.add(make_topic("Klad", published=False), slug="klad")

    shown = words(do("topics/klad/take-out"))

    assert "Nobody's progress changes." in shown


def test_a_release_date_is_set_and_taken_off(theme, do):
    do("topics/vragen/reschedule", release_date="2027-06-03")
    step = Step.objects.get(slug="vragen")
    do("topics/vragen/reschedule", release_date="")

    assert str(step.release_date) == "2027-06-03"
    step.refresh_from_db()
    assert step.release_date is None


def test_rule_22_another_date_of_what_people_follow_is_asked_first(followed, do):
    shown = words(do("topics/vragen/reschedule", release_date="2027-06-03"))
    before = Step.objects.get(slug="vragen").release_date
    do("topics/vragen/reschedule", release_date="2027-06-03", confirmed="yes")

    assert "This change affects 2 learners." in shown
    assert before is None
    assert str(Step.objects.get(slug="vragen").release_date) == "2027-06-03"


def test_a_date_that_cannot_be_is_refused_in_words(theme, do):
    response = do("topics/vragen/reschedule", release_date="31-31-2027")

    assert "Enter a valid date." in words(response)


def test_another_address_of_a_topic_keeps_the_old_one_leading_there(theme, do):
    do("topics/vragen/readdress", slug="goede-vragen")

    assert outline(theme) == ["luisteren", "goede-vragen", "loslaten"]
    assert FormerAddress.objects.get().step.slug == "goede-vragen"


# Cost


@pytest.mark.parametrize("steps", [4, 200])
def test_the_outline_costs_the_same_for_4_and_for_200_steps(steps, trainer, django_assert_num_queries):
    make_steps(make_theme(0, slug="lang"), steps)
    Topic.objects.order_by("pk").first().write(title="Anders", html="<p>Anders.</p>")

    with django_assert_num_queries(6):
        response = trainer.get("/author/themes/lang/")

    assert words(response).count("authored-step-body") == steps
