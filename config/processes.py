"""What the processes of one web server count together.

Each counts in memory that is a file in a folder they share: the multiprocess mode of prometheus-client, which looks for
that folder when it is first imported. So nothing here may import it.
"""

import os
from pathlib import Path


def count_together(folder):
    """Let this process count in ``folder``, in a file that the others can add up with their own.

    Files of processes that ended count on, for a sum must not go down. When all of them have ended, the server was
    started anew, and so are the counts.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    files = list(folder.glob("*.db"))
    if not any(is_running(process_of(file)) for file in files):
        for file in files:
            file.unlink(missing_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def process_of(file):
    return int(file.stem.rpartition("_")[2])


def is_running(process):
    """A file with our own number is of a former one that had it."""
    return process != os.getpid() and Path(f"/proc/{process}").exists()
