"""Serve the demo as it stands on one day of May, so that pictures of it are the same each time.

``python tools/picturing/demo_site.py PORT nl|en``, with DATA_DIR naming an empty folder; ended by its maker.
"""

import os
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import time_machine

ROOT = Path(__file__).resolve().parent.parent.parent
DAY = datetime(2026, 5, 12, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


def set_up(language):
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    if language == "en":
        make_english_group()  # first: the demo makes a group only where there is none
    call_command("demo", no_serve=True)
    if language == "en":
        name_in_english()


def make_english_group():
    """What the demo makes for its Dutch theme, for the English one."""
    from django.core.management import call_command

    from accounts.models import User
    from courses.management.commands.demo import DEMO, PEOPLE
    from courses.management.demo_group import make_group
    from courses.models import Group, Theme

    call_command("import_theme", DEMO / "giving-feedback", verbosity=0)
    people = {role: User.objects.create_user(**fields) for role, fields in PEOPLE.items()}
    theme = Theme.objects.get(slug="giving-feedback")
    make_group(theme, trainer=people["trainer"], client=people["opdrachtgever"], learner=people["deelnemer"])
    Group.objects.update(name="Team leaders")


def name_in_english():
    from accounts.models import User

    for user in User.objects.filter(name__startswith="Deelnemer"):
        user.name = user.name.replace("Deelnemer", "Learner")
        user.save(update_fields=["name"])


def serve(port):
    from django.core.servers.basehttp import run

    from config.wsgi import application

    run("127.0.0.1", port, application, threading=True)


def main(port, language):
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    with time_machine.travel(DAY, tick=True):
        django.setup()
        set_up(language)
        serve(int(port))


if __name__ == "__main__":
    main(*sys.argv[1:])
