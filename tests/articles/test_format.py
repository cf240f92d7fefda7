"""Callouts, pictures and videos: what our own attributes may say."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.articles.sanitise import sanitise
from tests.articles.harmless import is_harmless


@pytest.mark.parametrize("kind", ["", "Tip", "danger", "tip ", 'x"><script>', "__proto__"])
def test_a_callout_of_an_unknown_kind_is_a_tip(kind):
    html = f'<aside data-callout="{escape(kind)}"><p>x</p></aside>'

    assert sanitise(html) == '<aside data-callout="tip"><p>x</p></aside>'


VIDEOS_THAT_ARE_NONE = (
    """
    youtube:1234|youtube:|youtube|youtube:dQw4w9WgXcQ dQw4|youtube:dQw4w9WgXcQ?autoplay=1|youtube:123456789012345678901
    YouTube:dQw4w9WgXcQ|vimeo:abcdef|vimeo:123456/789|dailymotion:x8abcde|javascript:alert(1)|youtube:&quot;onload=x
    youtube:ééééé|vimeo:١٢٣٤٥|youtube:../../x|https://youtu.be/dQw4w9WgXcQ|youtube:dQw4w9WgXcQ&#10;
""".strip()
    .replace("\n    ", "|")
    .split("|")
)


@pytest.mark.parametrize("video", VIDEOS_THAT_ARE_NONE)
def test_a_video_that_is_none_is_only_a_figure(video):
    html = f'<figure data-video="{video}"><figcaption>Titel</figcaption></figure>'

    assert sanitise(html) == "<figure><figcaption>Titel</figcaption></figure>"


VIDEO = '<figure data-video="vimeo:76979871"><figcaption>Titel</figcaption></figure>'


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        (VIDEO.replace("<figcaption>", "voor<p>en</p><figcaption>"), f"{VIDEO}\n<div>voor<p>en</p></div>"),
        (VIDEO.replace("</figure>", "na</figure>tekst"), f"{VIDEO}\n<div>na</div>\n<p>tekst</p>"),
        (
            VIDEO.replace("</figure>", "<figcaption>Nog een</figcaption></figure>"),
            f"{VIDEO}\n<div><div>Nog een</div></div>",
        ),
        (VIDEO.replace("</figure>", "<p>nooit gesloten</p>"), f"{VIDEO}\n<div><p>nooit gesloten</p></div>"),
        (VIDEO.replace("<figcaption>", '<a href="https://vimeo.com/76979871">Titel</a><figcaption>'), VIDEO),
        (f'<a href="/themes/a/">{VIDEO}</a>', VIDEO),
        (f'<ul><li><a href="/x/">{VIDEO}</a></li></ul>', f"<ul><li>{VIDEO}</li></ul>"),
    ],
)
def test_a_video_holds_nothing_but_its_caption_and_nothing_is_lost(html, clean):
    assert sanitise(html) == clean
    assert sanitise(clean) == clean


# Pictures: no text yet, only decoration, or a text


@pytest.mark.parametrize("alt", ["", ' alt=""', ' alt="Twee cirkels"', ' alt=" "', ' alt="a &amp; b &quot;c&quot;"'])
@pytest.mark.parametrize(
    "html", ['<p>Kijk: <img src="/pictures/x/"{}>.</p>', '<figure><img src="/pictures/x/"{}></figure>']
)
def test_what_was_decided_about_a_picture_is_kept_as_it_is(html, alt):
    assert sanitise(html.format(alt)) == html.format(alt)


@pytest.mark.parametrize("alt", ["alt", "ALT", "alt=", "alt=''"])
def test_an_empty_text_is_one_however_it_is_written(alt):
    assert sanitise(f'<p><img src="/pictures/x/" {alt}></p>') == '<p><img src="/pictures/x/" alt=""></p>'


# Whatever our attributes are given


@given(st.text(max_size=30) | st.sampled_from(["youtube:dQw4w9WgXcQ", "vimeo:12345", "tip", "warning", '"><script>']))
def test_our_own_attributes_are_no_way_out(value):
    value = escape(value)

    clean = sanitise(
        f'<aside data-callout="{value}">x</aside><figure data-video="{value}">x</figure>'
        f'<p><img src="/pictures/x/" alt="{value}"></p>'
    )

    assert is_harmless(clean)
    assert sanitise(clean) == clean
