"""What the bench does in the database; a program of its own, so that the bench itself needs no Django.

python -m benching.inside prepare LEARNERS    prints the ``Scene`` as JSON
python -m benching.inside count               prints how many deeds were recorded, by kind
"""

import io
import json
import sys
import uuid

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

THEME = "cultuur-van-vertrouwen"


def prepare(learners):
    """Fill an empty database: the demo theme, and learners signed in and halfway through it."""
    from courses.management.commands.demo import DEMO

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("import_theme", DEMO / THEME, stdout=io.StringIO())
    scene = {**addresses(), "sessions": [session_of(learner) for learner in halfway(int(learners))]}
    if connection.vendor == "postgresql":  # what autovacuum would do, perhaps in the middle of a round
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return scene


def addresses():
    """Where the pages are, and how the database and the cookies are called."""
    from courses.models import Theme

    theme = Theme.objects.get(slug=THEME)
    return {
        "engine_version": ".".join(map(str, connection.get_database_version())),
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "theme": theme.get_absolute_url(),
        "topic": theme.steps.get(position=3).get_absolute_url(),
    }


@transaction.atomic
def halfway(number):
    """Make so many learners, by the product's own deeds: 2 of 4 topics completed."""
    from accounts.models import User
    from courses.models import Participation, Theme

    theme = Theme.objects.get(slug=THEME)
    first, second = theme.steps.select_related("topic").filter(position__lte=2)
    learners = []
    for index in range(number):
        learner = User.objects.create(email=f"learner-{index}@stapwijs.example", name=f"Deelnemer {index}")
        participation = Participation.objects.begin(theme, learner)
        participation.complete(first, deed=uuid.uuid4())
        participation.complete(second, deed=uuid.uuid4())
        learners.append(learner)
    return learners


def session_of(learner):
    """Sign in, and return the value of the session cookie."""
    from django.test import Client

    client = Client()
    client.force_login(learner)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def count():
    from django.db.models import Count

    from courses.models import ProgressEvent

    return dict(ProgressEvent.objects.order_by().values_list("kind").annotate(Count("pk")))


if __name__ == "__main__":
    django.setup()
    name, *arguments = sys.argv[1:]
    json.dump({"prepare": prepare, "count": count}[name](*arguments), sys.stdout)
