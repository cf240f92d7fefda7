"""What the harnesses do in the database; a program of its own, so that they need no Django.

python -m faulting.inside prepare LEARNERS TOPICS    fills an empty database, prints who and what is in it
python -m faulting.inside tally                      prints what the database holds of every deed and mail
python -m faulting.inside let_go                     stands for the minutes until claims of dead workers run out
python -m faulting.inside write MAILS                so many mails that are due
"""

import io
import json
import sys
from datetime import timedelta

import django
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from faulting.site import PASSWORD


def prepare(learners, topics):
    """A group of so many learners that follows a theme of so many topics, and its trainer."""
    from courses.models import Group, Membership

    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("createcachetable", verbosity=0)
    with transaction.atomic():
        theme = make_theme(int(topics))
        trainer, *people = make_people(int(learners))
        group = Group.objects.create(name="Groep")
        group.trainers.add(trainer)
        group.follow(theme)
        for learner in people:
            Membership.objects.join(group, learner)
    return {
        "theme": theme.get_absolute_url(),
        "topics": [step.get_absolute_url() for step in theme.steps.select_related("theme")],
        "learners": [learner.email for learner in people],
        "trainer": trainer.email,
        "editor": reverse("authoring:topic", args=["thema", "onderwerp-1"]),
        "pictures": reverse("authoring:add_picture", args=["thema", "onderwerp-1"]),
    }


def make_theme(topics):
    from courses.models import Theme, Topic

    theme = Theme.objects.create(slug="thema", title="Thema")
    for number in range(1, topics + 1):
        topic = Topic.objects.create()
        topic.write(title=f"Onderwerp {number}", html="<p>Lees dit.</p>")
        topic.publish()
        theme.add(topic, slug=f"onderwerp-{number}")
    theme.publish()
    return theme


def make_people(learners):
    """The trainer first; one password for all, so that making it costs once."""
    from allauth.account.models import EmailAddress
    from django.contrib.auth.hashers import make_password

    from accounts.models import User

    password, people = make_password(PASSWORD), []
    for number in range(learners + 1):
        name = f"Deelnemer {number}" if number else "Trainer"
        email = f"{name.lower().replace(' ', '-')}@stapwijs.example"
        one = User.objects.create(email=email, name=name, is_trainer=not number, language="nl", password=password)
        EmailAddress.objects.create(user=one, email=email, verified=True, primary=True)
        people.append(one)
    return people


def tally():
    from courses.models import Mail, Participation, Progress, ProgressEvent, Step

    slugs = dict(Step.objects.values_list("topic", "slug"))
    made = ProgressEvent.objects.filter(kind="completed")
    events = made.values_list("participation__learner__email", "topic", "deed")
    states = Progress.objects.completed().values_list("participation__learner__email", "topic")
    return {
        "events": [(email, slugs[topic], str(deed)) for email, topic, deed in events],
        "states": [(email, slugs[topic]) for email, topic in states],
        "finished": list(Participation.objects.finished().values_list("learner__email", flat=True)),
        "told": ProgressEvent.objects.filter(kind="theme-completed").count(),
        "mails": [
            (str(public_id), sent_at is not None)
            for public_id, sent_at in Mail.objects.order_by("pk").values_list("public_id", "sent_at")
        ],
        "check": check(),
    }


def check():
    """What check_progress says is wrong; nothing if all is well."""
    said = io.StringIO()
    try:
        call_command("check_progress", stdout=said, stderr=said)
    except SystemExit:
        return said.getvalue()
    return ""


def let_go():
    from django_tasks_db.models import DBTaskResult

    from courses.models import Mail

    an_hour_ago = timezone.now() - timedelta(hours=1)
    DBTaskResult.objects.running().update(started_at=an_hour_ago)
    Mail.objects.waiting().update(due_at=an_hour_ago)
    return Mail.objects.filter(claimed_until__isnull=False).update(claimed_until=an_hour_ago)


def write(mails):
    """The trainer writes so many messages to a learner."""
    from accounts.models import User
    from courses.models import Mail, Membership, Message

    membership = Membership.objects.order_by("pk").first()
    for number in range(int(mails)):
        Message.objects.send(membership, sender=User.objects.get(is_trainer=True), text=f"Bericht {number}")
    return Mail.objects.count()


COMMANDS = {"prepare": prepare, "tally": tally, "let_go": let_go, "write": write}

if __name__ == "__main__":
    django.setup()
    name, *arguments = sys.argv[1:]
    json.dump(COMMANDS[name](*arguments), sys.stdout)
