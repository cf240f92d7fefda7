"""Many at once: what must happen once happens once, and nobody gets an error."""

from copy import copy
from functools import partial
from uuid import uuid4

import pytest

from courses.models import Participation, ProgressEvent, Topic
from tests.conftest import begin, make_step, make_theme, make_topic, make_user
from tests.models.acts import complete, steps_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]

THREADS = 50
ROUNDS = 20
A_FEW_ROUNDS = 5


def as_asked_for(participation):
    """An object of its own, as every request has."""
    return copy(participation)


def completing(participation, step, deed=None):
    return partial(as_asked_for(participation).complete, step, deed=deed or uuid4())


def followers(theme, rounds=ROUNDS):
    """A learner for each round, who is under way."""
    return [begin(make_user(f"Volger{number}"), theme) for number in range(rounds)]


def events(kind):
    return ProgressEvent.objects.filter(kind=kind).count()


def everyone_who_is_done_is_finished(theme):
    done = Participation.objects.active().filter(theme=theme).with_everything_done()
    return not done.unfinished().exists()


@pytest.mark.parametrize("forms", [1, THREADS])
def test_rule_09_a_topic_completed_by_fifty_at_once_is_completed_once(crowd, forms):
    theme = make_theme(2)
    step = steps_of(theme)[0]

    for participation in followers(theme, A_FEW_ROUNDS):
        deeds = [uuid4() for _form in range(forms)] * (THREADS // forms)
        answers = crowd([completing(participation, step, deed) for deed in deeds])
        assert sorted(answers) == [False] * (THREADS - 1) + [True]

    assert events("completed") == A_FEW_ROUNDS
    assert events("theme-completed") == 0


def test_rule_20_a_topic_taken_over_and_completed_by_fifty_at_once_is_completed_once(crowd):
    theme, elsewhere = make_theme(1), make_theme(1)
    there = steps_of(elsewhere)[0]
    step = theme.add(there.topic, slug="gedeeld")

    for participation in followers(theme, A_FEW_ROUNDS):
        complete(begin(participation.learner, elsewhere), there)
        copying = [partial(as_asked_for(participation).take_over, step, deed=uuid4()) for _half in range(THREADS // 2)]
        answers = crowd([*copying, *(completing(participation, step) for _half in range(THREADS // 2))])
        assert sorted(answers) == [False] * (THREADS - 1) + [True]
        assert participation.events.deeds_on(step.topic_id).count() == participation.progress.count() == 1


def test_case_fifty_parallel_completions_of_the_last_topic(crowd):
    theme = make_theme(2)
    first, last = steps_of(theme)

    for participation in followers(theme):
        complete(participation, first)
        answers = crowd([completing(participation, last) for _thread in range(THREADS)])
        assert sorted(answers) == [False] * (THREADS - 1) + [True]
        assert participation.events.filter(kind="theme-completed").count() == 1

    assert events("completed") == 2 * ROUNDS
    assert events("theme-completed") == Participation.objects.finished().count() == ROUNDS


def test_rule_15_two_last_topics_completed_at_the_same_moment_finish_the_theme(crowd):
    theme = make_theme(2)
    steps = steps_of(theme)

    for participation in followers(theme):
        assert crowd([completing(participation, step) for step in steps]) == [True, True]

    assert Participation.objects.finished().count() == events("theme-completed") == ROUNDS


def test_two_who_begin_at_once_share_one_participation(crowd):
    theme = make_theme(1)

    for number in range(ROUNDS):
        learner = make_user(f"Volger{number}")
        begun = crowd([partial(begin, learner, theme)] * 10)
        assert len({participation.pk for participation in begun}) == 1

    assert Participation.objects.count() == ROUNDS


def test_rule_14_ten_who_follow_again_at_once_begin_one_attempt(crowd):
    theme = make_theme(1)

    for participation in followers(theme):
        again = crowd([as_asked_for(participation).restart for _thread in range(10)])
        assert {(attempt.attempt, attempt.pk) for attempt in again} == {(2, again[0].pk)}


def test_opening_and_completing_at_once_make_one_row(crowd):
    theme = make_theme(2)
    step = steps_of(theme)[0]

    for participation in followers(theme):
        opening = [partial(as_asked_for(participation).open, step) for _thread in range(5)]
        crowd([*opening, *[completing(participation, step) for _thread in range(5)]])
        assert participation.progress.get().completed_at

    assert events("completed") == ROUNDS


# Authors and learners at once


@pytest.mark.parametrize("way", ["take out", "withdraw", "make an extra", "publish anew"])
def test_rule_18_a_change_while_learners_complete_leaves_nobody_done_but_unfinished(crowd, way):
    """Each round some learners complete the last but one, while the last one is taken away."""
    theme = make_theme(1)
    keep = steps_of(theme)[0]
    ways = {
        "take out": lambda step: theme.take_out(step),
        "withdraw": lambda step: step.topic.withdraw(),
        "make an extra": lambda step: theme.require(step, required=False),
        "publish anew": lambda step: (keep.topic.write(title="Nieuw", html="<p>Anders.</p>"), keep.topic.publish()),
    }
    people = followers(theme)

    for round_number in range(ROUNDS // 4):
        last = make_step(theme)
        group = people[round_number::5]
        answers = crowd([*[completing(one, keep) for one in group], lambda last=last: ways[way](last)])
        assert answers[:-1] == [True] * len(group)
        assert everyone_who_is_done_is_finished(theme)

    assert events("completed") == ROUNDS
    assert Participation.objects.finished().count() == (0 if way == "publish anew" else ROUNDS)


def test_rule_18_a_topic_withdrawn_while_it_is_put_into_another_theme_settles_that_one_too(crowd, lea):
    def replace(theme, topic):
        with theme.changing():
            theme.take_out(steps_of(theme)[1])
            theme.add(topic, slug="in-plaats-daarvan")

    for _round in range(ROUNDS):
        theme, topic = make_theme(2), make_topic()
        complete(begin(lea, theme), steps_of(theme)[0])
        crowd([partial(replace, theme, topic), Topic.objects.get(pk=topic.pk).withdraw])

    assert Participation.objects.finished().count() == ROUNDS


def test_authors_who_change_the_order_at_once_leave_one_order(crowd):
    theme = make_theme(6)
    order = theme.step_order()

    for number in range(ROUNDS // 2):
        turned = [order[(number + place) % 6 :] + order[: (number + place) % 6] for place in range(6)]
        crowd([lambda one=one: theme.reorder(one) for one in turned])
        assert theme.step_order() in turned
        assert [step.position for step in steps_of(theme)] == [1, 2, 3, 4, 5, 6]


def test_authors_who_add_a_topic_at_once_give_each_a_place(crowd):
    theme = make_theme(0)
    topics = [make_topic() for _topic in range(12)]

    crowd([lambda topic=topic: theme.add(topic, slug=f"onderwerp-{topic.pk}", position=1) for topic in topics])

    assert [step.position for step in steps_of(theme)] == list(range(1, 13))


def test_authors_who_write_and_publish_at_once_make_editions_that_count_up(crowd):
    topic = make_topic()
    make_theme(0).add(topic, slug="onderwerp")

    def write_and_publish(number):
        mine = Topic.objects.get(pk=topic.pk)
        mine.write(title=f"Titel {number}", html="<p>Anders.</p>")
        mine.publish()

    crowd([lambda number=number: write_and_publish(number) for number in range(10)])

    numbers = list(topic.editions.values_list("number", flat=True))
    topic.refresh_from_db()
    assert numbers == list(range(1, len(numbers) + 1))
    assert topic.published_edition.number == len(numbers)
    assert topic.draft is None
