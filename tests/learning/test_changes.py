"""What learners find of a new edition (rule 21), and what they say of it."""

import uuid

import pytest
from django.utils import translation

from courses.models import Progress, ProgressEvent
from tests.conftest import begin, make_step, make_topic, signed_in

BADGE = "Updated since you read this"


@pytest.fixture(autouse=True)
def in_english(lea):
    lea.language = "en"
    lea.save()


@pytest.fixture
def step(theme):
    return theme.steps.first()


@pytest.fixture
def read(lea, theme, step):
    """Lea completed the first topic; her participation."""
    participation = begin(lea, theme)
    participation.complete(step, deed=uuid.uuid4())
    return participation


def renew(step, html="<p>Lees iets anders.</p>", *, title=None, summary="", major=True, note=""):
    step.topic.write(title=title or str(step.topic), summary=summary, html=html)
    step.topic.publish(major=major, note=note)


def text_of(response):
    return " ".join(response.content.decode().split())


def changes_of(step):
    return f"{step.get_absolute_url()}changes/"


def see(client, step, number):
    return client.post(f"{step.get_absolute_url()}seen/", {"edition": number})


# The badge


def test_rule_21_the_theme_page_says_so_beside_the_state(learner, read, theme, step):
    renew(step)

    page = text_of(learner.get(theme.get_absolute_url()))

    assert f'<a class="badge badge-updated" href="{changes_of(step)}">{BADGE}</a>' in page
    assert 'class="step step-completed"' in page
    assert "1 of 4 steps completed" in page


def test_rule_21_the_topic_page_says_so_with_the_words_of_the_trainer(learner, read, step):
    renew(step, note="Een nieuw voorbeeld.")
    renew(step, note="En een tabel.")

    page = text_of(learner.get(step.get_absolute_url()))

    assert f'<h2 id="updated-title">{BADGE}</h2>' in page
    assert page.index("En een tabel.") < page.index("Een nieuw voorbeeld.") < page.index('<div class="prose"')
    assert changes_of(step) in page


def test_rule_21_a_note_is_text(learner, read, step):
    renew(step, note="<script>alert(1)</script>")

    assert "&lt;script&gt;alert(1)" in text_of(learner.get(step.get_absolute_url()))
    assert "<script>alert(1)" not in text_of(learner.get(changes_of(step)))


def test_rule_21_home_counts_them(learner, read, theme, step):
    assert "updated topic" not in text_of(learner.get("/"))

    renew(step)

    assert "1 updated topic" in text_of(learner.get("/"))


@pytest.mark.parametrize("change", [lambda step: None, lambda step: renew(step, major=False)])
def test_rule_21_without_a_major_edition_nothing_is_said(learner, read, theme, step, change):
    change(step)

    for page in ("/", theme.get_absolute_url(), step.get_absolute_url()):
        assert "pdated" not in text_of(learner.get(page))


def test_rule_21_nothing_is_said_to_who_did_not_read_it(client, lars, read, theme, step):
    renew(step)

    with translation.override("en"):
        for browser in (client, signed_in(lars)):
            for page in (theme.get_absolute_url(), step.get_absolute_url()):
                assert "badge-updated" not in text_of(browser.get(page))


# What changed


def test_rule_21_the_page_compares_with_the_very_edition_that_was_read(learner, lea, theme, step):
    renew(step, "<p>De tweede.</p>")
    begin(lea, theme).complete(step, deed=uuid.uuid4())
    renew(step, "<p>De derde.</p><p>Erbij.</p>", major=False)
    renew(step, "<p>De tweede.</p><p>Ook erbij.</p>")

    page = text_of(learner.get(changes_of(step)))

    assert "Ook erbij." in page
    assert '<p class="difference-kind">Added</p>' in page
    assert "Lees dit." not in page
    assert "De derde." not in page
    assert "Changed" not in page


def test_rule_21_every_difference_is_named_in_words(learner, lea, theme):
    before = "<p>Een eerste alinea van zes woorden.</p><p>Weg hiermee, voorgoed.</p><h2>Kop</h2>"
    after = "<p>Een eerste alinea van zeven woorden.</p><h2>Kop</h2><ul><li>Iets heel nieuws</li></ul>"
    step = theme.add(make_topic("Verschil", before), slug="verschil")
    begin(lea, theme).open(step)
    renew(step, after)

    page = text_of(learner.get(changes_of(step)))

    for kind in ("Changed", "Removed", "Added"):
        assert f'<p class="difference-kind">{kind}</p>' in page
    assert "Weg hiermee" in page
    assert "Iets heel nieuws" in page


def test_rule_21_a_long_stretch_without_changes_folds_away(learner, lea, theme):
    same = "".join(f"<p>Alinea nummer {number} blijft.</p>" for number in range(3))
    step = theme.add(make_topic("Lang", same), slug="lang")
    begin(lea, theme).open(step)
    renew(step, f"{same}<p>En dit is nieuw.</p>")

    page = text_of(learner.get(changes_of(step)))

    assert "<summary>3 unchanged paragraphs</summary>" in page


def test_rule_21_title_and_summary_are_compared_too(learner, read, step):
    renew(step, "<p>Lees dit.</p>", title="Heel anders", summary="<b>Kort</b> gezegd")

    page = text_of(learner.get(changes_of(step)))

    assert "Heel anders" in page
    assert "&lt;b&gt;Kort&lt;/b&gt; gezegd" in page
    assert '<h2 id="text-changed">' not in page


def test_rule_21_where_nothing_changed_the_page_says_so(learner, read, step):
    assert "Nothing changed since you read this topic." in text_of(learner.get(changes_of(step)))


def test_rule_21_who_never_opened_the_topic_is_led_to_it(learner, read, theme):
    response = learner.get(changes_of(theme.steps.last()))

    assert (response.status_code, response.url) == (302, theme.steps.last().get_absolute_url())


def test_rule_21_looking_at_what_changed_is_not_seeing(learner, read, theme, step):
    renew(step)
    then = Progress.objects.values().get(), ProgressEvent.objects.count()

    learner.get(changes_of(step))

    assert (Progress.objects.values().get(), ProgressEvent.objects.count()) == then
    assert BADGE in text_of(learner.get(theme.get_absolute_url()))


# Seen


def test_rule_21_one_click_and_the_badge_is_gone(learner, read, theme, step):
    renew(step)

    response = see(learner, step, 2)

    assert (response.status_code, response.url) == (303, step.get_absolute_url())
    for page in ("/", theme.get_absolute_url(), step.get_absolute_url()):
        assert "pdated" not in text_of(learner.get(page))


def test_rule_21_pressing_twice_is_pressing_once(learner, read, step):
    renew(step)
    see(learner, step, 2)
    then = Progress.objects.values().get(), ProgressEvent.objects.count()

    assert see(learner, step, 2).status_code == 303
    assert (Progress.objects.values().get(), ProgressEvent.objects.count()) == then


def test_rule_21_what_came_while_the_page_stood_open_is_not_seen(learner, read, theme, step):
    renew(step)
    renew(step)

    see(learner, step, 2)

    assert BADGE in text_of(learner.get(theme.get_absolute_url()))


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "9" * 20])
def test_rule_21_without_a_number_that_can_be_nothing_is_seen(learner, read, theme, step, number):
    renew(step)

    assert see(learner, step, number).status_code == 400
    assert learner.post(f"{step.get_absolute_url()}seen/").status_code == 400
    assert BADGE in text_of(learner.get(theme.get_absolute_url()))


def test_rule_21_one_learner_sees_for_nobody_else(learner, lars, read, theme, step):
    other = begin(lars, theme)
    other.complete(step, deed=uuid.uuid4())
    renew(step)

    see(learner, step, 2)

    assert "badge-updated" in text_of(signed_in(lars).get(theme.get_absolute_url()))


def test_rule_21_who_never_opened_it_has_seen_nothing(learner, theme, step):
    assert see(learner, step, 1).status_code == 303
    assert not Progress.objects.exists()


# What the page showed is what was read


def test_rule_21_who_completes_an_old_page_is_told_what_came_meanwhile(learner, theme, step):
    renew(step)

    learner.post(f"{step.get_absolute_url()}complete/", {"deed": uuid.uuid4(), "edition": 1})

    assert Progress.objects.get().edition.number == 1
    assert BADGE in text_of(learner.get(theme.get_absolute_url()))


def test_rule_21_the_page_says_which_edition_it_shows(learner, theme, step):
    renew(step)

    page = text_of(learner.get(step.get_absolute_url()))

    assert '<input type="hidden" name="edition" value="2">' in page


@pytest.mark.parametrize("number", [3, 99, 2_147_483_647, ""])
def test_rule_21_an_edition_that_was_never_published_counts_as_the_one_that_is(learner, theme, step, number):
    renew(step)
    step.topic.write(title="Klad", html="<p>Klad.</p>")

    learner.post(f"{step.get_absolute_url()}complete/", {"deed": uuid.uuid4(), "edition": number})

    assert Progress.objects.get().edition.number == 2


# Owed (rule 17)


@pytest.fixture
def finished(lea, theme):
    participation = begin(lea, theme)
    for step in theme.steps.all():
        participation.complete(step, deed=uuid.uuid4())
    return participation


def test_rule_17_what_is_asked_stands_on_the_theme_page_with_the_reason(learner, finished, theme):
    asked = make_step(theme, "De nieuwe wet")
    theme.ask(asked, reason="Die geldt vanaf januari.")

    page = text_of(learner.get(theme.get_absolute_url()))

    assert "Your trainer asks you to read:" in page
    assert "Die geldt vanaf januari." in page
    assert 'Continue with: <span lang="nl">De nieuwe wet</span>' in page
    assert "(4 of 4)" in page
    assert "Read it if you like" not in page
    assert 'Continue with: <span lang="nl">De nieuwe wet</span>' in text_of(learner.get("/"))


def test_rule_17_for_those_under_way_nothing_more_is_asked(learner, lea, theme):
    begin(lea, theme)
    theme.ask(make_step(theme, "De nieuwe wet"), reason="Die geldt vanaf januari.")

    assert "Your trainer asks" not in text_of(learner.get(theme.get_absolute_url()))


def test_rule_17_what_is_asked_and_what_is_free_are_told_apart(learner, finished, theme):
    make_step(theme, "Vrijblijvend")
    theme.ask(make_step(theme, "De nieuwe wet"), reason="Die geldt vanaf januari.")

    page = text_of(learner.get(theme.get_absolute_url()))

    assert "there is 1 new topic. Read it if you like" in page
    assert "Now 4 of 6 steps · 2 new" in page


def test_a_reason_is_text(learner, finished, theme):
    theme.ask(make_step(theme), reason="<img src=x onerror=alert(1)>")

    assert "<img src=x" not in text_of(learner.get(theme.get_absolute_url()))
