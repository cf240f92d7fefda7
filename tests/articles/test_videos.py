"""Addresses of videos, as people paste them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.articles.videos import VIDEO, page_of, player_of, provider_of, video_of

YOUTUBE = "youtube:dQw4w9WgXcQ"
VIMEO = "vimeo:76979871"
ADDRESSES = {
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ": YOUTUBE,
    "http://youtube.com/watch?v=dQw4w9WgXcQ": YOUTUBE,
    "https://www.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&t=42s&list=PLx#t=1": YOUTUBE,
    "https://www.youtube.com/watch/?v=dQw4w9WgXcQ": YOUTUBE,
    "https://m.youtube.com/watch?v=dQw4w9WgXcQ": YOUTUBE,
    "HTTPS://WWW.YouTube.com/watch?v=dQw4w9WgXcQ": YOUTUBE,
    "https://youtu.be/dQw4w9WgXcQ": YOUTUBE,
    "https://youtu.be/dQw4w9WgXcQ?si=abc&t=10": YOUTUBE,
    "https://www.youtube.com/shorts/dQw4w9WgXcQ?feature=share": YOUTUBE,
    "https://www.youtube.com/live/dQw4w9WgXcQ": YOUTUBE,
    "https://www.youtube.com/embed/dQw4w9WgXcQ?rel=0": YOUTUBE,
    "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ": YOUTUBE,
    " https://youtu.be/dQw4w9WgXcQ\n": YOUTUBE,
    "https://vimeo.com/76979871": VIMEO,
    "https://www.vimeo.com/76979871/?autoplay=1#t=3": VIMEO,
    "https://vimeo.com/channels/staffpicks/76979871": VIMEO,
    "https://player.vimeo.com/video/76979871?h=1&dnt=1": VIMEO,
}
NONE = """
    https://www.youtube.com/|https://www.youtube.com/watch|https://www.youtube.com/watch?v=|https://www.youtube.com/@kanaal
    https://www.youtube.com/playlist?list=PLdQw4w9WgXcQ|https://www.youtube.com/embed/videoseries?list=PLx
    https://www.youtube.com/watch?v=dQw4%22onload|https://youtube.com.kwaad.example/watch?v=dQw4w9WgXcQ
    https://youtube.com@kwaad.example/watch?v=dQw4w9WgXcQ|https://kwaad.example/?u=https://youtu.be/dQw4w9WgXcQ
    ftp://youtu.be/dQw4w9WgXcQ|javascript:'https://youtu.be/dQw4w9WgXcQ'|youtu.be/dQw4w9WgXcQ|//youtu.be/dQw4w9WgXcQ
    https://vimeo.com/76979871/0a1b2c3d4e|https://vimeo.com/over-ons|https://vimeo.com/user76979871|https://vimeo.com/1
    https://[youtu.be/dQw4w9WgXcQ|https://dailymotion.com/video/x8abcde|youtube:dQw4w9WgXcQ|tekst
""".replace("\n", "|").split("|")


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_address_of_a_video_is_recognised(address):
    assert video_of(address) == ADDRESSES[address]


@pytest.mark.parametrize("address", ["", *(address.strip() for address in NONE if address.strip())])
def test_what_is_no_video_is_left_a_link(address):
    assert video_of(address) is None


@pytest.mark.parametrize("video", [YOUTUBE, VIMEO, "youtube:--_-a"])
def test_page_and_player_lead_back_to_the_video(video):
    assert video_of(page_of(video)) == video_of(player_of(video)) == video


def test_a_provider_has_a_name():
    assert (provider_of(YOUTUBE), provider_of(VIMEO)) == ("YouTube", "Vimeo")


@pytest.mark.parametrize("video", ["x", "youtube:", "youtube:<b>", "vimeo:abcdef", "dailymotion:x8abcde"])
def test_what_names_no_video_has_no_page(video):
    with pytest.raises(ValueError, match=video):
        page_of(video)


parts = st.sampled_from(
    [
        "https://",
        "www.",
        "youtube.com",
        "youtu.be",
        "vimeo.com",
        "/",
        "watch?v=",
        "embed/",
        "12345678",
        "[",
        "@",
        ":",
        "%",
    ]
)


@given(st.lists(parts | st.text(max_size=5), max_size=8).map("".join))
def test_any_text_is_a_video_or_none(address):
    video = video_of(address)

    assert video is None or VIDEO.fullmatch(video)
