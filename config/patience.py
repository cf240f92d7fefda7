"""How long we wait for an answer of PostgreSQL that may never come.

A database that is stopped, or behind a cable that was pulled, answers nothing and refuses nothing: its own time-outs do
not run, and the system keeps the connection for minutes. Every thread that waits for it is one that serves nobody.
"""

import time

import psycopg
from psycopg.pq import TransactionStatus


class PatientConnection(psycopg.Connection):
    """Waits ``patience`` seconds for an answer, then closes itself and raises ``OperationalError``.

    Once one connection had to give up, all wait only ``BRIEFLY``, until any of them hears an answer again.
    """

    patience = 35.0  # longer than the statement_timeout of config/database.py, which ends what is merely slow
    BRIEFLY = 3.0
    silent_since: float | None = None

    def wait(self, gen, *args, **kwargs):
        kwargs.setdefault("timeout", PatientConnection.seconds())
        try:
            answer = super().wait(gen, *args, **kwargs)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                PatientConnection.silent_since = time.monotonic()
                self.pgconn.finish()
            raise
        PatientConnection.silent_since = None
        return answer

    @classmethod
    def seconds(cls):
        return cls.patience if cls.silent_since is None else min(cls.patience, cls.BRIEFLY)
