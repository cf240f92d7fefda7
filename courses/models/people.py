"""What follows in the rosters when a person is called otherwise, or becomes a trainer or a learner."""

from functools import partial

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models.signals import post_save

from courses.models.drift import mend

TOLD = {"name", "email", "is_trainer"}
"""What rosters know of a person: who a trainer is, stands on none of them (rule 27)."""


def follow(sender, instance, created, raw, update_fields, **kwargs):
    """Receiver of ``post_save``: write their rows anew, after the commit, so that no deed of theirs waits for it."""
    if not (created or raw) and (update_fields is None or TOLD & set(update_fields)):
        transaction.on_commit(partial(mend, [instance.pk]), robust=True)


def connect():
    post_save.connect(follow, sender=get_user_model(), dispatch_uid="courses.models.people")
