"""Whose players an article needs, should its reader press a video."""

import re

from courses.articles.videos import PROVIDERS

FIGURE = re.compile(r'<figure\b[^<>]*\sdata-video="(\w+):')


def players_in(html):
    """Return {key: provider} of the videos in an article; nothing of theirs is loaded before a click."""
    found = set(FIGURE.findall(html))
    return {key: provider for key, provider in PROVIDERS.items() if key in found}
