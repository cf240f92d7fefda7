import sys
import time
from collections import Counter
from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from courses.models import GroupTheme, RosterRow, Theme
from courses.models.drift import mend, roster_drift
from courses.models.replaying import contradictions

LEARNERS_AT_ONCE = 2_000
NAMED = 10
SECONDS_BETWEEN_NEWS = 5


class Command(BaseCommand):
    help = (
        "Check that rosters say what is true, and that progress follows from its events. "
        "Ends with status 1 if something is wrong and was not mended."
    )

    def add_arguments(self, parser):
        parser.add_argument("--mend", action="store_true", help="put the rosters right; progress itself is only told")
        parser.add_argument("--theme", metavar="SLUG", help="only of this theme")

    def handle(self, *, mend, theme, **options):
        self.theme = find_theme(theme) if theme else None
        self.group_themes = GroupTheme.objects.filter(**({"theme": self.theme} if self.theme else {}))
        self.wrong, self.mended, self.told_at = [], 0, time.monotonic()
        rows = RosterRow.objects.filter(group_theme__in=self.group_themes).count()
        people = get_user_model().objects.count()
        for number, learners in enumerate(batches(), 1):
            self.compare(learners, mend)
            self.tell_how_far(min(number * LEARNERS_AT_ONCE, people), people)
        self.report(rows, people)
        if self.mended < len(self.wrong):
            sys.exit(1)

    def compare(self, learners, mending):
        """One batch, as it stood at one moment; who is found wrong is mended with everybody else kept out."""
        with one_moment():
            drift = list(roster_drift(learners, self.group_themes))
            self.wrong += [*drift, *contradictions(learners, self.theme)]
        if drift and mending:
            mend(learners, self.group_themes)
            self.mended += len(drift)

    def tell_how_far(self, done, people):
        if time.monotonic() - self.told_at > SECONDS_BETWEEN_NEWS:
            self.told_at = time.monotonic()
            self.stderr.write(f"{done:,} of {people:,} people")

    def report(self, rows, people):
        self.stdout.write(f"{rows:,} roster rows and the progress of {people:,} people checked")
        for kind, count in Counter(kind_of(one) for one in self.wrong).items():
            self.stdout.write(f"{count:,} × {kind}")
        for one in self.wrong[:NAMED]:
            self.stdout.write(f"  {one}")
        self.stdout.write(f"{len(self.wrong):,} wrong, {self.mended:,} mended")


def find_theme(slug):
    try:
        return Theme.objects.get(slug=slug)
    except Theme.DoesNotExist:
        raise CommandError(f"There is no theme “{slug}”.") from None


def batches():
    """Everybody, by primary key."""
    people, last = get_user_model().objects.order_by("pk").values_list("pk", flat=True), 0
    while batch := list(people.filter(pk__gt=last)[:LEARNERS_AT_ONCE]):
        last = batch[-1]
        yield batch


@contextmanager
def one_moment():
    """Let all queries see the database as it was then, so that a deed between two of them looks like no fault."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def kind_of(one):
    return str(one).partition(":")[0]
