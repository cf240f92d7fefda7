"""The law of docs/progress.md, fuzzed: whatever learners and authors do, in whatever order, it holds.

Two themes that may share topics, three learners, a trainer, and two groups. The clock stands still until it is moved.
What the models say is compared with what the rows say, and with what the events say.
"""

import itertools
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import time_machine
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from accounts.models import User
from courses.models import (
    Edition,
    Group,
    GroupTheme,
    Membership,
    Participation,
    Progress,
    ProgressEvent,
    RosterRow,
    Step,
    Theme,
)
from courses.models.drift import mend, roster_drift
from courses.models.journey import Journey, mine_in
from courses.models.outlines import published
from courses.models.progress import completion
from tests.conftest import begin, make_step, make_theme, make_topic, make_user

MORNING = datetime(2027, 6, 3, 8, tzinfo=UTC)

any_one = st.integers(0, 30)
"""Points at one of the things there are, however many they are."""

two = st.integers(0, 1)
required = st.booleans()
minutes = st.integers(1, 300)
position = st.none() | st.integers(1, 5)

DRIFT_EVERY = 5
"""The search for drift costs as much as all else that is asserted, and each row is compared here after every step."""

LIVES = {"sqlite": 60, "postgresql": 12}
"""The models say the same on every engine; the second time it is about what the engine makes of their questions."""


class Law(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.clock = time_machine.travel(MORNING, tick=False)
        self.now = self.clock.start()
        self.world = transaction.atomic()
        self.world.__enter__()
        self.themes = list(Theme.objects.order_by("pk"))
        self.attempts = list(Participation.objects.select_related("theme"))
        self.groups = list(Group.objects.order_by("pk"))
        self.learners = list(User.objects.filter(is_trainer=False).order_by("pk"))
        self.trainer = User.objects.get(is_trainer=True)
        self.numbers, self.looked = itertools.count(1), itertools.count()
        self.deeds = []
        self.completions = {}
        self.first_times = {}
        self.read_numbers = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)
        self.clock.stop()

    # Who and what

    def attempt(self, number):
        """One of the active participations."""
        active = [attempt for attempt in self.attempts if not attempt.superseded_at]
        return active[number % len(active)]

    def step(self, theme, number, **which):
        """One of the steps of a theme that are so, as the database has it now; or None."""
        steps = list(theme.steps.filter(**which).select_related("topic"))
        return steps[number % len(steps)] if steps else None

    def do(self, kind, attempt, number, which=(), **circumstances):
        step = self.step(attempt.theme, number, topic__published_edition__isnull=False, **dict(which))
        if step:
            deed = UUID(int=next(self.numbers))
            self.deeds.append((kind, attempt, step, deed))
            getattr(attempt, kind)(step, deed=deed, **circumstances)

    @contextmanager
    def nobodys_progress_touched(self):
        rows = [one.objects.order_by("pk").values() for one in (Participation, Progress, ProgressEvent)]
        then = [list(one.all()) for one in rows]
        yield
        assert [list(one.all()) for one in rows] == then

    @rule(minutes=st.integers(0, 90))
    def time_passes(self, minutes):
        self.now.shift(timedelta(minutes=minutes))

    @rule(days=st.integers(1, 20))
    def days_pass(self, days):
        self.now.shift(timedelta(days=days))

    # Learners

    @rule(who=any_one, which=any_one)
    def a_learner_opens(self, who, which):
        step = self.step(self.attempt(who).theme, which, topic__published_edition__isnull=False)
        if step:
            self.attempt(who).open(step)

    @rule(who=any_one, which=any_one)
    def a_learner_completes(self, who, which):
        self.do("complete", self.attempt(who), which)

    @rule(who=any_one)
    def a_learner_completes_all_there_is(self, who):
        for which in range(self.attempt(who).theme.steps.count()):
            self.do("complete", self.attempt(who), which)

    @rule(who=any_one, which=any_one)
    def a_learner_reopens(self, who, which):
        self.do("reopen", self.attempt(who), which, {"topic__progress__participation": self.attempt(who)})

    @rule(who=any_one, which=any_one, ago=minutes)
    def a_completion_arrives_late(self, who, which, ago):
        self.do("complete", self.attempt(who), which, happened_at=self.then(ago))

    @rule(who=any_one, which=any_one, ago=minutes)
    def a_reopening_arrives_late(self, who, which, ago):
        self.do("reopen", self.attempt(who), which, happened_at=self.then(ago))

    def then(self, ago):
        return datetime.now(UTC) - timedelta(minutes=ago)

    @rule(who=any_one, where=two)
    def a_learner_begins(self, who, where):
        attempt = begin(self.learner(who), self.themes[where])
        if attempt not in self.attempts:
            self.attempts.append(attempt)

    def learner(self, number):
        return self.learners[number % len(self.learners)]

    @rule(which=any_one)
    def an_old_deed_is_sent_again(self, which):
        if self.deeds:
            kind, attempt, step, deed = self.deeds[which % len(self.deeds)]
            states = attempt.progress.order_by("pk").values("pk", "completed_at", "opened_at")
            then = list(states.all()), attempt.events.count()
            assert getattr(attempt, kind)(step, deed=deed) is False
            assert then == (list(states.all()), attempt.events.count())

    @rule(who=any_one, which=any_one)
    def a_learner_takes_over(self, who, which):
        attempt = self.attempt(who)
        elsewhere = Progress.objects.completed_elsewhere(attempt.learner_id, attempt.theme_id)
        step = self.step(attempt.theme, which, topic__in=elsewhere.values("topic"))
        deed = UUID(int=next(self.numbers))
        if step and attempt.take_over(step, deed=deed):
            self.deeds.append(("take_over", attempt, step, deed))

    @rule(who=any_one, which=any_one, number=st.integers(0, 4))
    def a_learner_sees_what_changed(self, who, which, number):
        rows = ProgressEvent.objects.order_by("pk").values(), Participation.objects.order_by("pk").values()
        then = [list(one.all()) for one in rows]
        if step := self.step(self.attempt(who).theme, which):
            self.attempt(who).see(step, number=number)
        assert [list(one.all()) for one in rows] == then

    @rule(who=any_one)
    def a_learner_follows_it_again(self, who):
        self.attempts.append(self.attempt(who).restart())

    @rule(who=any_one, which=any_one)
    def a_learner_goes_on_in_an_attempt_that_is_over(self, who, which):
        over = [attempt for attempt in self.attempts if attempt.superseded_at]
        if over:
            self.do("complete", over[who % len(over)], which)

    # Trainers and groups

    @rule(who=any_one, which=any_one, kind=st.sampled_from(["complete", "reopen"]))
    def a_trainer_completes_or_reopens_for_a_learner(self, who, which, kind):
        self.do(kind, self.attempt(who), which, actor=self.trainer, reason="Gezien.")

    @rule(who=any_one, where=two)
    def a_learner_joins_a_group(self, who, where):
        with self.nobodys_progress_touched():
            Membership.objects.join(self.groups[where], self.learner(who))

    @rule(which=any_one, how=st.sampled_from(["leave", "suspend", "readmit"]))
    def a_membership_changes(self, which, how):
        memberships = list(Membership.objects.order_by("pk"))
        if memberships:
            with self.nobodys_progress_touched():
                getattr(memberships[which % len(memberships)], how)()

    @rule(where=two, which=two, how=st.sampled_from(["follow", "follow", "unfollow"]))
    def a_group_follows_or_no_longer(self, where, which, how):
        with self.nobodys_progress_touched():
            getattr(self.groups[where], how)(self.themes[which])

    @rule(who=any_one)
    def a_learner_becomes_a_trainer_or_a_learner_again(self, who):
        learner = self.learner(who)
        learner.is_trainer = not learner.is_trainer
        learner.name = f"{learner.name}a"
        learner.save()
        mend([learner.pk])  # what follows on the commit, which never comes here

    # Authors

    @rule(where=two, required=required, published=st.booleans(), position=position)
    def an_author_adds_a_topic(self, where, required, published, position):
        make_step(self.themes[where], required=required, published=published, position=position)

    @rule(where=two, which=any_one)
    def an_author_puts_a_topic_into_another_theme(self, where, which):
        shared = self.step(self.themes[1 - where], which, archived_at=None)
        if shared and not self.themes[where].steps.filter(topic=shared.topic_id).exists():
            self.themes[where].add(shared.topic, slug=f"gedeeld-{shared.topic_id}")

    @rule(where=two, which=any_one)
    def an_author_takes_out(self, where, which):
        if step := self.step(self.themes[where], which, archived_at=None):
            self.themes[where].take_out(step)

    @rule(where=two, which=any_one, position=position, required=required)
    def an_author_puts_back(self, where, which, position, required):
        if step := self.step(self.themes[where], which, archived_at__isnull=False):
            self.themes[where].add(step.topic, slug=step.slug, required=required, position=position)

    @rule(where=two, which=any_one, required=required)
    def an_author_requires_or_makes_an_extra(self, where, which, required):
        if step := self.step(self.themes[where], which):
            self.themes[where].require(step, required=required)

    @rule(where=two, which=any_one, days=st.none() | st.integers(-1, 1))
    def an_author_reschedules(self, where, which, days):
        if step := self.step(self.themes[where], which):
            day = None if days is None else datetime.now(UTC).date() + timedelta(days=days)
            self.themes[where].reschedule(step, day)

    @rule(where=two, seed=st.randoms(use_true_random=False))
    def an_author_reorders(self, where, seed):
        order = self.themes[where].step_order()
        seed.shuffle(order)
        self.themes[where].reorder(order)

    @rule(where=two, which=any_one)
    def an_author_replaces_in_one_change(self, where, which):
        theme = self.themes[where]
        if step := self.step(theme, which, archived_at=None):
            with theme.changing():
                theme.take_out(step)
                theme.add(make_topic(), slug=f"nieuw-{next(self.numbers)}", position=1)

    @rule(where=two, which=any_one)
    def an_author_withdraws(self, where, which):
        if step := self.step(self.themes[where], which):
            step.topic.withdraw()

    @rule(where=two, which=any_one)
    def an_author_publishes_what_there_is(self, where, which):
        if step := self.step(self.themes[where], which):
            step.topic.publish()

    @rule(where=two, which=any_one, major=st.booleans())
    def an_author_publishes_a_new_edition(self, where, which, major):
        if step := self.step(self.themes[where], which):
            step.topic.write(title="Nieuw", html="<p>Anders.</p>")
            step.topic.publish(major=major)

    @rule(where=two, how=st.sampled_from(["publish", "unpublish", "bin", "restore"]))
    def an_author_shows_or_hides_a_theme(self, where, how):
        getattr(self.themes[where], how)()

    # What always holds

    @invariant()
    def the_law_holds(self):
        participations = list(Participation.objects.select_related("theme").order_by("pk"))
        progress = list(Progress.objects.with_read_number().order_by("pk"))
        events = list(ProgressEvent.objects.select_related("source").order_by("pk"))
        steps = list(Step.objects.select_related("topic", "theme"))
        self.positions_are_one_to_n(steps)
        mine = mine_in(participations)
        self.counts_are_right(participations, progress, steps, mine)
        self.theme_completions_never_decrease_or_change(participations)
        self.first_times_never_change(progress)
        self.events_rebuild_the_same(participations, progress, events)
        self.copies_come_from_elsewhere(participations, events)
        self.what_was_read_is_never_unread(progress)
        self.updates_are_right(participations, progress, steps, mine)
        self.what_a_trainer_did_is_told(participations, progress, events)
        self.rosters_are_right(participations, progress, events, steps)

    def positions_are_one_to_n(self, steps):
        for theme in self.themes:
            places = sorted(step.position for step in steps if step.theme_id == theme.pk and step.archived_at is None)
            assert places == list(range(1, len(places) + 1))

    def counts_are_right(self, participations, progress, steps, mine):
        done = {(row.participation_id, row.topic_id) for row in progress if row.completed_at}
        active = [one for one in participations if not one.superseded_at]
        public = {step.theme_id for step in steps if step.theme.published_at and not step.theme.binned_at}
        for one in active:
            counted = {step.topic_id for step in steps if step.theme_id == one.theme_id and step.counted}
            completed = {topic for topic in counted if (one.pk, topic) in done}
            theme, outline = published(one.theme_id, one.theme.revision)
            here = Journey(theme, outline, one, mine.get(one.pk, ())).standing
            assert (here.completed_count, here.required_count) == (len(completed), len(counted))
            assert 0 <= here.completed_count <= here.required_count
            assert (here.percentage == 100) == (bool(counted) and completed == counted)
            if counted and completed == counted and one.theme_id in public:
                assert one.completed_at

    def theme_completions_never_decrease_or_change(self, participations):
        now = {
            one.pk: (one.completed_at, one.completion_cause, one.completion_snapshot)
            for one in participations
            if one.completed_at
        }
        assert {pk: now.get(pk) for pk in self.completions} == self.completions
        self.completions = now

    def first_times_never_change(self, progress):
        now = {row.pk: row.first_completed_at for row in progress if row.first_completed_at}
        assert {pk: now.get(pk) for pk in self.first_times} == self.first_times
        self.first_times = now

    def events_rebuild_the_same(self, participations, progress, events):
        by_topic = {}
        for event in events:
            by_topic.setdefault((event.participation_id, event.topic_id), []).append(event)
        rebuilt = {
            place: (
                min(event.happened_at for event in told if event.kind != ProgressEvent.Kind.REOPENED),
                *completion([event for event in told if event.kind != ProgressEvent.Kind.OPENED]),
            )
            for place, told in by_topic.items()
            if place[1] and any(event.kind != ProgressEvent.Kind.REOPENED for event in told)
        }
        assert rebuilt == {
            (row.participation_id, row.topic_id): (row.opened_at, row.completed_at, row.first_completed_at)
            for row in progress
        }
        ends = {place[0]: told[0].happened_at for place, told in by_topic.items() if place[1] is None}
        assert ends == {one.pk: one.completed_at for one in participations if one.completed_at}

    def copies_come_from_elsewhere(self, participations, events):
        """Rule 20: of one's own, out of another theme, and completed there before."""
        by_pk = {one.pk: one for one in participations}
        made = {
            (event.participation_id, event.topic_id) for event in events if event.kind == ProgressEvent.Kind.COMPLETED
        }
        copied = {event for event in events if event.kind == ProgressEvent.Kind.COPIED}
        made |= {(event.participation_id, event.topic_id) for event in copied}
        for event in copied:
            here, there = by_pk[event.participation_id], event.source
            assert (here.learner_id, here.theme_id != there.theme_id) == (there.learner_id, True)
            assert (there.pk, event.topic_id) in made

    def what_was_read_is_never_unread(self, progress):
        now = {row.pk: row.read_number for row in progress}
        assert all(now[pk] >= number for pk, number in self.read_numbers.items())
        self.read_numbers = now

    def updates_are_right(self, participations, progress, steps, mine):
        """Rule 21: a major edition later than what was read, and nothing else."""
        majors = {}
        for topic, number in Edition.objects.published().filter(major=True).values_list("topic_id", "number"):
            majors[topic] = max(number, majors.get(topic, 0))
        for one in participations:
            here = {step.topic_id for step in steps if step.theme_id == one.theme_id and step.current}
            read = {row.topic_id: row.read_number for row in progress if row.participation_id == one.pk}
            journey = Journey(*published(one.theme_id, one.theme.revision), one, mine.get(one.pk, ()))
            updated = {topic for topic, number in read.items() if topic in here and majors.get(topic, 0) > number}
            assert {step.topic_id for step in journey.updated} == updated

    def what_a_trainer_did_is_told(self, participations, progress, events):
        """Rule 28: while a trainer's deed holds, the learner sees it; one's own is not told."""
        learner_of = {one.pk: one.learner_id for one in participations}
        deeds = {}
        for event in sorted(events, key=lambda event: event.order):
            if event.topic_id and event.kind != ProgressEvent.Kind.OPENED:
                deeds.setdefault((event.participation_id, event.topic_id), []).append(event)
        for row in progress:
            here = deeds.get((row.participation_id, row.topic_id), [])
            completed_once = any(deed.kind != ProgressEvent.Kind.REOPENED for deed in here)
            by_trainer = completed_once and here[-1].actor_id != learner_of[row.participation_id]
            assert row.on_behalf_id == (here[-1].pk if by_trainer else None)

    def rosters_are_right(self, participations, progress, events, steps):
        """One row for each active member who is no trainer, in each theme; and it says what is true."""
        members = Membership.objects.active().filter(learner__is_trainer=False).values_list("group", "learner")
        followed = GroupTheme.objects.select_related("theme")
        expected = {(one.pk, learner) for one in followed for group, learner in members if group == one.group_id}
        rows = list(RosterRow.objects.select_related("group_theme"))
        assert {(row.group_theme_id, row.learner_id) for row in rows} == expected
        assert len(rows) == len(expected)
        for row in rows:
            mine = [
                one
                for one in participations
                if (one.learner_id, one.theme_id) == (row.learner_id, row.group_theme.theme_id)
            ]
            self.row_is_right(row, mine, progress, events, steps)
        if next(self.looked) % DRIFT_EVERY == 0:
            assert not list(roster_drift([one.pk for one in self.learners]))

    def row_is_right(self, row, mine, progress, events, steps):
        active = {one.pk for one in mine if not one.superseded_at}
        done = {one.topic_id for one in progress if one.participation_id in active and one.completed_at}
        here = [step for step in sorted(steps, key=lambda step: step.pk) if step.theme_id == row.group_theme.theme_id]
        assert row.done == "".join("01"[step.topic_id in done] for step in here).rstrip("0")
        assert row.completed_count == sum(step.counted for step in here if step.topic_id in done)
        assert row.finished_on == min((day(one.completed_at) for one in mine if one.completed_at), default=None)
        moments = [one.started_at for one in mine]
        moments += [one.last_opened_at for one in progress if one.participation_id in {one.pk for one in mine}]
        own = [one for one in events if one.actor_id == row.learner_id and one.topic_id]
        moments += [one.happened_at for one in own if one.participation_id in {one.pk for one in mine}]
        assert row.active_on == max(map(day, moments), default=None)


def day(moment):
    return timezone.localdate(moment)


def test_the_law(lea, lars, tom):
    with time_machine.travel(MORNING, tick=False):
        themes = make_theme(2), make_theme(1, in_order=True)
        for shared in themes[0].steps.all():
            themes[1].add(shared.topic, slug=f"gedeeld-{shared.topic_id}", position=1)
        for theme in themes:
            begin(lea, theme)
            begin(lars, theme)
        groups = Group.objects.create(name="Maandag"), Group.objects.create(name="Dinsdag")
        for theme in themes:
            groups[0].follow(theme)
        for learner in (lea, make_user("Noor")):
            Membership.objects.join(groups[0], learner)

    run_state_machine_as_test(
        Law,
        settings=settings(
            max_examples=LIVES[connection.vendor], stateful_step_count=40, suppress_health_check=list(HealthCheck)
        ),
    )
