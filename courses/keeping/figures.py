"""What ``/metrics`` shows: what was counted while pages were served, and what the database says at this moment."""

import os
import time
from datetime import timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from courses.keeping.asking import Question
from courses.keeping.backing_up import last_backup_at
from courses.mailing.schedule import last_heard_at
from courses.models import Mail

SECONDS = 3
"""So long the database has to answer; what was counted is shown anyway."""

A_DAY = timedelta(days=1)

GAUGES = {
    "database_up": "1 if the database answered within three seconds.",
    "mails_waiting": "Mails that are still to be sent, also those of which the time has not come.",
    "mails_due": "Mails that should have been sent by now.",
    "mails_oldest_due_seconds": "How long the oldest of those has waited.",
    "mails_sent_in_a_day": "Mails sent in the last 24 hours.",
    "mails_given_up_in_a_day": "Mails given up in the last 24 hours.",
    "tasks_waiting": "Tasks that no worker has taken.",
    "tasks_failed": "Tasks that failed in the last 24 hours.",
    "worker_silent_seconds": "Since a worker was heard of; absent if none ever was.",
    "backup_age_seconds": "Since the last backup; absent if there is none.",
}


def exposed():
    """In the format of Prometheus. Every server shows the same figures of the database: take one, not their sum."""
    registry = CollectorRegistry()
    registry.register(FromDatabase())
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)
        return generate_latest(registry)
    return generate_latest(REGISTRY) + generate_latest(registry)


class FromDatabase:
    def collect(self):
        for name, value in answered().items():
            if value is not None:
                yield GaugeMetricFamily(f"stapwijs_{name}", GAUGES[name], value=value)


def answered():
    try:
        return {"database_up": 1, **QUESTION.start().within(time.monotonic() + SECONDS)}
    except Exception:  # no answer, or a bad one: what is wrong is told by /readyz
        return {"database_up": 0}


def ask():
    now = timezone.now()
    lately = {"sent": Q(sent_at__gt=now - A_DAY), "given_up": Q(given_up_at__gt=now - A_DAY)}
    due = Mail.objects.due().aggregate(count=Count("pk"), oldest=Min("due_at"))
    settled = Mail.objects.aggregate(**{name: Count("pk", filter=when) for name, when in lately.items()})
    return {
        "mails_waiting": Mail.objects.waiting().count(),
        "mails_due": due["count"],
        "mails_oldest_due_seconds": (now - due["oldest"]).total_seconds() if due["oldest"] else 0,
        "mails_sent_in_a_day": settled["sent"],
        "mails_given_up_in_a_day": settled["given_up"],
        "tasks_waiting": DBTaskResult.objects.ready().count(),
        "tasks_failed": DBTaskResult.objects.failed().filter(finished_at__gt=now - A_DAY).count(),
        "worker_silent_seconds": since(last_heard_at()),
        "backup_age_seconds": since(last_backup_at()),
    }


def since(moment):
    return None if moment is None else max(0, time.time() - moment)


QUESTION = Question(ask)
