"""The settings of the product, with one page more: the floor."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "benching.urls"
