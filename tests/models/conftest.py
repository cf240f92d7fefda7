"""Many at once, as with many requests."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

MOST = 60


@pytest.fixture(scope="session")
def crowd():
    """Does many things at the same moment, and returns what each of them gave."""
    with ThreadPoolExecutor(MOST) as pool:

        def at_once(deeds):
            barrier = Barrier(len(deeds))

            def do(deed):
                barrier.wait()
                try:
                    return deed()
                finally:
                    connection.close()

            return [waiting.result() for waiting in [pool.submit(do, deed) for deed in deeds]]

        yield at_once
