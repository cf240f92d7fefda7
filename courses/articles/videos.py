"""Videos: a provider and an id, and nothing of either until a reader asks for it."""

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

VIDEO = re.compile(r"youtube:[\w-]{5,20}|vimeo:[0-9]{5,20}", re.ASCII)
"""How an article names one: ``data-video="youtube:dQw4w9WgXcQ"``."""


class Provider(NamedTuple):
    name: str
    page: str
    player: str

    @property
    def origin(self):
        return f"https://{urlsplit(self.player).hostname}"


PROVIDERS = {
    "youtube": Provider("YouTube", "https://www.youtube.com/watch?v={}", "https://www.youtube-nocookie.com/embed/{}"),
    "vimeo": Provider("Vimeo", "https://vimeo.com/{}", "https://player.vimeo.com/video/{}?dnt=1"),
}

HOSTS = {
    **dict.fromkeys(["youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com"], "youtube"),
    "youtu.be": "youtu.be",
    **dict.fromkeys(["vimeo.com", "player.vimeo.com"], "vimeo"),
}
PATHS = {
    "youtube": re.compile(r"/(?:shorts|embed|live|v)/(?!videoseries|live_stream)([\w-]+)/?"),
    "youtu.be": re.compile(r"/([\w-]+)/?"),
    "vimeo": re.compile(r"/(?:video/|channels/[\w-]+/|groups/[\w-]+/videos/)?([0-9]+)/?"),
}


def video_of(address):
    """Return "youtube:ID" or "vimeo:ID" if ``address`` is the page or the player of a video, else None.

    An unlisted video of Vimeo, whose address has a secret behind its number, is none: a player needs both.
    """
    try:
        parts = urlsplit(address.strip())
        site = HOSTS.get((parts.hostname or "").removeprefix("www."))
    except ValueError:
        return None
    if site is None or parts.scheme not in {"http", "https"}:
        return None
    if site == "youtube" and parts.path.rstrip("/") == "/watch":
        name = parse_qs(parts.query).get("v", [""])[0]
    else:
        found = PATHS[site].fullmatch(parts.path)
        name = found[1] if found else ""
    video = f"{'vimeo' if site == 'vimeo' else 'youtube'}:{name}"
    return video if VIDEO.fullmatch(video) else None


def provider_of(video):
    """The name of the provider, as people know it."""
    return provider_and_id(video)[0].name


def page_of(video):
    """The address at which the provider shows ``video``, such as "youtube:dQw4w9WgXcQ"."""
    provider, name = provider_and_id(video)
    return provider.page.format(name)


def player_of(video):
    """The address of the player that a page may frame once the reader asked for it."""
    provider, name = provider_and_id(video)
    return provider.player.format(name)


def provider_and_id(video):
    """Raise ValueError if ``video`` names none."""
    if not VIDEO.fullmatch(video):
        raise ValueError(video)
    provider, _colon, name = video.partition(":")
    return PROVIDERS[provider], name
