"""Who and what a site on several machines begins with; a program of its own, which prints it as JSON."""

import json
import sys

import django


def set_up(learners):
    """The scene of the bench, and beside it Lea, who has a password, and Tom, who is signed in."""
    from benching.inside import prepare, session_of

    from accounts.models import User

    facts = prepare(learners)
    lea = User.objects.create_user("lea@example.org", "a good long password", name="Lea", language="nl")
    lea.emailaddress_set.create(email=lea.email, verified=True, primary=True)
    tom = User.objects.create_user("tom@example.org", name="Tom", language="nl", is_trainer=True)
    return {**facts, "tom": session_of(tom)}


if __name__ == "__main__":
    django.setup()
    json.dump(set_up(int(sys.argv[1])), sys.stdout)
