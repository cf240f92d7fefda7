"""The one task there is: send what is due. It is in the database before whoever caused it has an answer."""

from django.db import transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from courses.mailing import stopping
from courses.mailing.sending import send_due
from courses.models.mails import posted

SECONDS = 60
"""One run takes no longer; what is left is for the next, so that the schedule gets its turn too."""


@task()
def send_due_mails():
    """Send whatever is due, whoever caused it, until nothing is."""
    if send_due(seconds=SECONDS, stopped=stopping.asked):
        wake()


def wake(**kwargs):
    """Let a worker send what is due; receiver of ``posted``, in the transaction that wrote the mails.

    A task that waits to be run is enough, if it waits until this transaction ends: holding its row keeps workers
    from taking it before. One that is held already may be in a worker's hand, which cannot see these mails.
    """
    with transaction.atomic(savepoint=False):
        waiting = DBTaskResult.objects.ready().filter(task_path=send_due_mails.module_path)
        if not waiting.select_for_update(skip_locked=True).order_by().values_list("pk", flat=True)[:1]:
            send_due_mails.enqueue()


def connect():
    posted.connect(wake, dispatch_uid="courses.mailing.tasks")
