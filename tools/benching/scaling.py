"""What ``tools/bench_scale.py`` does in a database; a program of its own, as ``benching.inside`` is.

python -m benching.scaling prepare LEARNERS PEOPLE    fills an empty database, prints where what is, as JSON
python -m benching.scaling compare                    asks the same of three designs, prints ms as JSON
"""

import io
import json
import statistics
import sys
import time

import django
from django.core.management import call_command
from django.db import connection
from django.db.models import Count

from benching.inside import THEME, addresses, halfway, session_of

THEMES = 4
SMALL, MIDDLE, LARGE = 25, 500, 100_000
"""Members of a group; there is one large one, of at most half of all learners."""
MIDDLE_SHARE, SMALL_SHARE = 0.6, 0.2
"""Of the others, in groups of 500 and of 25; the rest is in none."""


def prepare(learners, people):
    """``learners`` made up, or none, and so many ``people`` by the product's own deeds, halfway and signed in."""
    from courses.management.commands.demo import DEMO

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("import_theme", DEMO / THEME, stdout=io.StringIO())
    began = time.monotonic()
    if learners := int(learners):
        copy_theme()
        call_command("generate_learners", learners=learners, groups=groups_of(learners), stdout=sys.stderr)
    filled = time.monotonic() - began
    halfway_there = halfway(int(people))
    facts = {**addresses(), "sessions": [session_of(learner) for learner in halfway_there], "filled_s": filled}
    enrol(halfway_there)
    vacuum()
    return {**facts, **tracked(), "rows": rows()}


def copy_theme():
    """Four themes of four steps."""
    from courses.models import Theme

    for number in range(2, THEMES + 1):
        copy = Theme.objects.get(slug=THEME).duplicate(slug=f"{THEME}-{number}", title=f"Thema {number}")
        for topic in copy.steps.select_related("topic"):
            topic.topic.publish()
        copy.publish()


def groups_of(learners):
    large = min(LARGE, learners // 2)
    middle, small = (int((learners - large) * share) for share in (MIDDLE_SHARE, SMALL_SHARE))
    return f"{SMALL}:{small // SMALL},{MIDDLE}:{middle // MIDDLE},{large}:1"


def enrol(learners):
    """Put people who learn in the bench into the largest group there is, so that a roster notes their deeds."""
    from courses.models import Group, Membership, Theme

    largest = Group.objects.annotate(size=Count("memberships")).order_by("-size").first()
    group = largest or Group.objects.create(name="Groep")
    if not group.group_themes.exists():
        group.follow(Theme.objects.get(slug=THEME))
    for learner in learners:
        Membership.objects.join(group, learner)


def tracked():
    """Where the roster of a group of each size is, and the session of its trainer."""
    from accounts.models import User

    trainer = User.objects.create(email="trainer@stapwijs.example", name="Trainer", is_trainer=True, language="nl")
    rosters = {}
    for size, group_theme in sizes().items():
        group_theme.group.trainers.add(trainer)
        rosters[size] = f"/track/groups/{group_theme.group.public_id}/themes/{THEME}/"
    return {"trainer": session_of(trainer), "rosters": rosters}


def sizes():
    """{how many members: one group of that size in the first theme}, of at most three sizes."""
    from courses.models import GroupTheme

    found = {}
    for one in GroupTheme.objects.filter(theme__slug=THEME).annotate(size=Count("group__memberships")).order_by("pk"):
        found.setdefault(one.size, one.pk)
    chosen = GroupTheme.objects.select_related("group", "theme").in_bulk(found.values())
    return {size: chosen[pk] for size, pk in sorted(found.items())}


def rows():
    from courses.population.tables import MODELS

    return {words: model._default_manager.count() for model, words in MODELS.items()}


def vacuum():
    """What autovacuum would have done by the time that somebody looks."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM (ANALYZE)")


def compare():
    from benching.designs import compare as compare_designs

    groups = sizes()
    return {"designs": compare_designs(groups), "standing": {size: standing(one) for size, one in groups.items()}}


def standing(group_theme):
    """What the numbers of a group cost, and the picture per step: ms of application and database together."""
    from courses.models.group_standing import GroupStanding

    times = []
    for _time in range(8):
        began = time.perf_counter()
        here = GroupStanding(group_theme)
        _numbers = here.sentence, here.completed_per_step
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times[1:])


if __name__ == "__main__":
    django.setup()
    name, *arguments = sys.argv[1:]
    json.dump({"prepare": prepare, "compare": compare}[name](*arguments), sys.stdout)
