"""The settings of the product, with one page more: the floor."""

from config.settings import *  # noqa: F403  all of them, whatever is added

ROOT_URLCONF = "benching.urls"
