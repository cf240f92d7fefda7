"""Making a population: who comes when, into which group, and what they did since."""

import random
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone

from courses.models import Group, GroupTheme, Membership, RosterRow
from courses.models.facts import sorting_name
from courses.population.moments import DAY, YEAR, Writing, moment_after
from courses.population.people import person
from courses.population.tables import Tables, bulk, next_key
from courses.population.ways import GAPS, GOES_ON_ELSEWHERE, NEVER, Course, Scribe, Way

User = get_user_model()
AT_ONCE = 5_000
"""Learners whose rows are kept in memory before they are written."""
LEFT, SUSPENDED = 0.03, 0.003
COMING = 21 * DAY
"""Within which people of a small group come; those of a large one come all year."""
LARGE = 5_000
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"


@dataclass
class Place:
    """A group while it is filled; ``group`` None: people who are in none."""

    group: Group | None
    rosters: list
    size: int
    began_at: int


class Population:
    """``groups``: pairs of a size and how many groups of it; the other learners are in none."""

    def __init__(self, *, learners, groups, themes, seed, tell):
        self.learners, self.groups, self.tell = learners, groups, tell
        self.dice = random.Random(seed)  # noqa: S311  the same seed, the same people
        self.until = int(timezone.now().timestamp())
        self.courses = [Course(theme) for theme in themes]
        self.tables, self.writing = Tables(), Writing()

    @transaction.atomic
    def make(self, *, empty):
        """Write everybody; return {model: how many rows}. All or nothing."""
        keys = {model: next_key(model) for model in self.tables.rows}
        self.scribe = Scribe(self.tables, self.writing, self.dice, self.until, keys)
        places = self.places()
        with bulk(empty=empty):
            made = 0
            for place in places:
                for _number in range(place.size):
                    self.learner(place)
                    made += 1
                    if made % AT_ONCE == 0:
                        self.tables.flush()
                        self.tell(f"{made:,} of {self.learners:,} learners")
            self.tables.flush()
            self.tell("Indexes …" if empty else "")
        return self.tables.written

    def places(self):
        places = []
        for size, count in self.groups:
            for number in range(1, count + 1):
                group = Group.objects.create(name=f"Groep van {size}, nummer {number}", public_id=self.public_id())
                rosters = GroupTheme.objects.bulk_create(
                    [GroupTheme(group=group, theme=course.theme) for course in self.courses]
                )
                began_at = self.until - self.dice.randrange(10 * DAY, YEAR)
                places.append(Place(group, rosters, size, began_at if size < LARGE else self.until - YEAR))
        rest = self.learners - sum(place.size for place in places)
        return [*places, Place(None, [], rest, self.until - YEAR)]

    def public_id(self):
        return "".join(self.dice.choices(LETTERS, k=16))

    def learner(self, place):
        pk = self.scribe.key(User)
        name, email = person(self.dice, pk)
        over = COMING if place.size < LARGE and place.group else self.until - place.began_at
        joined_at = min(place.began_at + int(over * self.dice.random() ** 1.5), self.until - 1)
        self.tables.rows[User].append((pk, "!", None, 0, email, name, "nl", 0, 0, 1, self.writing.moment(joined_at)))
        ways = self.ways(pk, joined_at)
        if place.group:
            self.member(place, pk, joined_at, sorting_name(User(name=name, email=email)), ways)

    def ways(self, learner, joined_at):
        """Their way through each theme they began; they begin the next one when they finished, and some anyhow."""
        ways, moment = [], joined_at
        if self.dice.random() < NEVER:
            return ways
        for course in self.courses:
            moment = moment_after(self.dice, moment, self.dice.choice(GAPS))
            if moment >= self.until:
                break
            way = Way(self.scribe, course, learner, moment)
            ways.append(way)
            moment = way.ended_at
            if not way.finished and self.dice.random() > GOES_ON_ELSEWHERE:
                break
        return ways

    def member(self, place, learner, joined_at, sorted_by, ways):
        pk, moment = self.scribe.key(Membership), self.writing.moment
        left_at = self.dice.randint(joined_at, self.until) if self.dice.random() < LEFT else None
        suspended_at = self.dice.randint(joined_at, self.until) if self.dice.random() < SUSPENDED else None
        self.tables.rows[Membership].append(
            (
                pk,
                self.public_id(),
                place.group.pk,
                learner,
                None,
                moment(joined_at),
                moment(left_at),
                moment(suspended_at),
                None,
            )
        )
        if left_at or suspended_at:
            return
        for number, group_theme in enumerate(place.rosters):
            way = ways[number] if number < len(ways) else None
            self.tables.rows[RosterRow].append(
                (
                    self.scribe.key(RosterRow),
                    group_theme.pk,
                    pk,
                    learner,
                    sorted_by,
                    *(self.courses[number].marks(way.completed) if way else ("", 0)),
                    self.writing.local_day(way.active_at) if way else None,
                    self.writing.local_day(way.finished_at) if way else None,
                )
            )


def renew_statistics():
    """So that the database plans for what is there now."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
