"""What ``tools/bench_load.py`` does in a database; a program of its own, as ``benching.inside`` is.

python -m benching.loading prepare LEARNERS TOPICS PEOPLE    fills an empty database, prints where what is, as JSON
"""

import io
import json
import sys

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from benching.inside import THEME, session_of

FOLLOWED = 4
"""Themes that the groups follow; anybody may read the others."""
TRAINERS, WITH_PASSWORD = 5, 40
PASSWORD = "een lange zin als wachtwoord"  # noqa: S105  of made-up people in a throw-away database


def prepare(learners, topics, people):
    """So many made-up learners and topics, of whom ``people`` are signed in."""
    from courses.management.commands.demo import DEMO
    from courses.models import Group, Theme

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("import_theme", DEMO / THEME, stdout=io.StringIO())
    copy_themes(int(topics) // Theme.objects.get().steps.count())
    followed = Theme.objects.order_by("pk").values_list("slug", flat=True)[:FOLLOWED]
    learners = int(learners)
    groups = f"25:{learners // 80},500:{learners // 1_250}"
    made_up = {"learners": learners, "groups": groups, "themes": ",".join(followed)}
    call_command("generate_learners", **made_up, stdout=sys.stderr, stderr=io.StringIO())
    guided = list(Group.objects.order_by("-pk")[: 2 * TRAINERS])
    trainers = [trainer(number, guided) for number in range(TRAINERS)]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
    return {
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "topics": [step.get_absolute_url() for theme in Theme.objects.all() for step in theme.steps.all()],
        "sessions": [session_of(one) for one in some_learners(int(people))],
        "trainers": [session_of(one) for one in trainers],
        "rosters": [f"/track/groups/{group.public_id}/themes/{slug}/" for group in guided for slug in followed],
        "texts": texts(Theme.objects.order_by("-pk")[:5]),
        "accounts": [account(number) for number in range(WITH_PASSWORD)],
        "password": PASSWORD,
    }


def copy_themes(count):
    from courses.models import Theme

    for number in range(2, count + 1):
        copy = Theme.objects.get(slug=THEME).duplicate(slug=f"{THEME}-{number}", title=f"Thema {number}")
        for step in copy.steps.select_related("topic"):
            step.topic.publish()
        copy.publish()


def some_learners(count):
    from accounts.models import User

    return User.objects.filter(is_trainer=False, is_active=True).order_by("pk")[:count]


def trainer(number, groups):
    from accounts.models import User

    person = User.objects.create(
        email=f"trainer-{number}@stapwijs.example", name=f"Trainer {number}", is_trainer=True, language="nl"
    )
    for group in groups:
        group.trainers.add(person)
    return person


def texts(themes):
    """[[where a text is saved, the version that it was written over], …]"""
    return [
        [reverse("authoring:save_topic", args=[theme.slug, step.slug]), step.topic.text_version]
        for theme in themes
        for step in theme.steps.select_related("topic")
    ]


def account(number):
    """The address of somebody who can sign in with the password."""
    from accounts.models import User

    person = User.objects.create_user(f"account-{number}@stapwijs.example", PASSWORD, name=f"Iemand {number}")
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    return person.email


if __name__ == "__main__":
    django.setup()
    name, *arguments = sys.argv[1:]
    json.dump({"prepare": prepare}[name](*arguments), sys.stdout)
