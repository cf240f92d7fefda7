"""The control: a site that the product refuses to run, with ``synchronous=NORMAL``; a power cut must cost it work."""

from config import database
from faulting.settings import *  # noqa: F403  all of them, whatever is added
from faulting.settings import DATABASES

ASKED = database.SQLITE_OPTIONS["init_command"].replace("synchronous=FULL", "synchronous=NORMAL")
DATABASES["default"]["OPTIONS"] = {**database.SQLITE_OPTIONS, "init_command": ASKED}
