"""The settings of the product, for databases that are made new each time and pages without collected files."""

from config.settings import *  # noqa: F403  all of them, whatever is added
from config.settings import INSTALLED_APPS, STORAGES

MIGRATION_MODULES = dict.fromkeys(name.rpartition(".")[2] for name in INSTALLED_APPS)
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
