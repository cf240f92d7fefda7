import logging

from django.core.management.base import BaseCommand

from config.database import refuse_unsafe
from courses.mailing.working import Worker


class Command(BaseCommand):
    help = "Send mail and do what the clock asks, until stopped; any number may run beside each other."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do all that is due now, then end: for cron")
        parser.add_argument("--with-parent", type=int, metavar="PID", help="end when the process that started it ends")

    def handle(self, *, once, with_parent, verbosity, **options):
        log(verbosity)
        if not once:
            refuse_unsafe()
        worker = Worker(once=once, parent=with_parent)
        worker.configure_signals()
        worker.run()


def log(verbosity):
    """What happened, never to whom: errors of tasks without their text, in which an address may stand."""
    level = logging.INFO if verbosity > 1 else logging.WARNING
    for name in ("stapwijs", "django_tasks", "django_tasks_db"):
        logging.getLogger(name).setLevel(level)
    logging.getLogger("django_tasks").addFilter(without_traceback)


def without_traceback(record):
    record.exc_info = record.exc_text = None
    return True
