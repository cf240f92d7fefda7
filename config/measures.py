"""What is counted while pages are served. ``/metrics`` shows it.

Every process of a web server counts for itself (config/processes.py), and whichever is asked adds up all of them.
Nobody is counted: no user, no address, no path.
"""

import sys

from django.contrib.auth.signals import user_login_failed
from django.core.signals import got_request_exception
from django.db import Error
from prometheus_client import Counter, Histogram

METHODS = {"GET", "HEAD", "POST"}
"""Others are counted together: anybody can make up any number of them."""

REQUESTS = Counter("stapwijs_requests", "Requests answered.", ["route", "method", "status"])
SECONDS = Histogram(
    "stapwijs_request_seconds",
    "Seconds until an answer.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 1, 3, 10),
)
DATABASE_ERRORS = Counter("stapwijs_database_errors", "Pages that failed by the database.", ["kind"])
SIGN_IN_FAILURES = Counter("stapwijs_sign_in_failures", "Passwords and codes that were wrong.")


def count_request(route, method, status, seconds):
    REQUESTS.labels(route, method if method in METHODS else "other", status).inc()
    SECONDS.labels(route).observe(seconds)


def count_error(**kwargs):
    """Receiver of ``got_request_exception``."""
    if isinstance(error := sys.exception(), Error):
        DATABASE_ERRORS.labels(type(error).__name__).inc()


def count_failure(**kwargs):
    SIGN_IN_FAILURES.inc()


def connect():
    got_request_exception.connect(count_error, dispatch_uid="config.measures")
    user_login_failed.connect(count_failure, dispatch_uid="config.measures")
