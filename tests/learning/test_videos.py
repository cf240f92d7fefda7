"""A video is a link, until its reader asks for it: only then, and only there, may the page frame its player."""

import pytest

from courses.articles.players import players_in
from tests.conftest import make_topic

VIDEO = '<figure data-video="{}"><figcaption>Zo vraag je door</figcaption></figure>'
YOUTUBE, VIMEO = VIDEO.format("youtube:dQw4w9WgXcQ"), VIDEO.format("vimeo:76979871")


@pytest.fixture
def page(client, theme):
    """Returns the topic page of an article."""

    def page(html):
        step = theme.add(make_topic("Doorvragen", html), slug="doorvragen")
        return client.get(step.get_absolute_url())

    return page


def policy_of(response):
    directives = response.headers["Content-Security-Policy"].split("; ")
    return {name: sources for name, *sources in (directive.split() for directive in directives)}


@pytest.mark.parametrize(
    ("html", "origins"),
    [
        (YOUTUBE, ["https://www.youtube-nocookie.com"]),
        (VIMEO, ["https://player.vimeo.com"]),
        (YOUTUBE + YOUTUBE + VIMEO, ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]),
    ],
)
def test_a_page_may_frame_the_players_of_its_own_videos_and_nothing_else(page, html, origins):
    policy = policy_of(page(html))

    assert policy["frame-src"] == origins
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == ["'self'"]


def test_a_page_without_a_video_frames_nothing_and_has_no_script_for_it(page):
    response = page('<p>data-video="youtube:dQw4w9WgXcQ"</p><figure><figcaption>Bijschrift</figcaption></figure>')

    assert "frame-src" not in policy_of(response)
    assert "videos.js" not in response.content.decode()


def test_other_pages_of_the_theme_frame_nothing(page, client, theme):
    page(YOUTUBE)
    theme.describe(introduction=YOUTUBE)

    for address in ("/", theme.get_absolute_url(), theme.steps.first().get_absolute_url()):
        assert "frame-src" not in policy_of(client.get(address))


def test_the_page_has_a_link_and_no_frame(page):
    shown = page(YOUTUBE).content.decode()

    assert "<iframe" not in shown
    assert '<a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"' in shown
    assert "js/videos.js" in shown
    assert '<template data-video-note="youtube">' in shown
    assert "vimeo" not in shown


@pytest.mark.parametrize("html", ['<p>&lt;figure data-video="youtube:x"&gt;</p>', "<pre><code>x</code></pre>", ""])
def test_what_only_looks_like_a_video_needs_no_player(html):
    assert players_in(html) == {}
