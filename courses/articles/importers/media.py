"""Pictures and videos inside lines: taken out, into figures of their own."""

import re

from courses.articles.importers.parts import made
from courses.articles.videos import video_of

MEDIA = ("img", "iframe", "embed", "object", "video", "audio", "applet")
EMOJI = re.compile(r"emoji|wp-smiley|smiley", re.I)


def media_in(element, pictures):
    """Take pictures and videos out of a line and return them as figures; emoji stay, as characters."""
    figures = []
    for medium in list(element.iter(*MEDIA)):
        if medium.getparent() is None:
            continue
        if medium.tag == "img" and not is_picture_worth(medium):
            text = (medium.get("alt") or "") if EMOJI.search(medium.get("class", "") + medium.get("src", "")) else ""
            medium.tail = text + (medium.tail or "")
            medium.drop_tree()
            continue
        figure = figure_of_picture(medium, pictures) if medium.tag == "img" else figure_of_player(medium, pictures)
        medium.drop_tree()
        if figure is not None:
            figures.append(figure)
    return figures


def is_picture_worth(image):
    """Whether it is a picture, and no emoji and no spy of one pixel."""
    tiny = any(re.fullmatch(r"[0-3](?:px)?", image.get(side, "")) for side in ("width", "height"))
    return (
        not tiny
        and not EMOJI.search(image.get("class", ""))
        and not re.search(r"/emoji/|/smilies/", image.get("src", ""))
    )


def figure_of_picture(image, pictures):
    """A figure with a copy of this picture; None if it cannot come along."""
    own = made("img", None, src=best_source(image))
    decorative = image.get("role") in ("presentation", "none") or image.get("aria-hidden") == "true"
    if image.get("alt") is not None or decorative:
        own.set("alt", "" if decorative else image.get("alt"))
    caption = image.get("data-caption") or ""
    if not pictures.place(own):
        return None
    figure = made("figure")
    figure.append(own)
    if caption:
        figure.append(made("figcaption", caption))
    return figure


def best_source(image):
    """Pages that load pictures late keep the real address elsewhere."""
    source = image.get("src") or ""
    late = image.get("data-src") or image.get("data-lazy-src") or image.get("data-original") or ""
    return late if late and (not source or source.startswith("data:image/gif") or "svg+xml" in source[:30]) else source


def figure_of_player(player, pictures):
    addresses = [player.get("src") or player.get("data-src") or player.get("data") or ""]
    addresses += [source.get("src") or "" for source in player.iter("source")]
    address = next((address for address in addresses if address), "")
    figure = video(address, player.get("title") or "")
    if figure is None and address:
        pictures.lose("embedded" if player.tag == "iframe" else "video", player.get("title") or address)
    return figure


def video_figure(paragraph):
    """The figure of a video, if the paragraph is nothing but a link to one."""
    links = list(paragraph.iter("a"))
    text = " ".join(paragraph.text_content().split())
    if len(links) > 1 or len(text) > 300 or not text:
        return None
    if links and text == " ".join(links[0].text_content().split()):
        address = links[0].get("href") or ""
        return video(address, "" if "://" in text or text.startswith("www.") else text)
    return video(text, "") if text.startswith("http") and " " not in text else None


def video(address, caption):
    """The figure of a video that can be shown with click-to-load; None if it is none."""
    name = video_of(address if "://" in address else f"https:{address}")
    if name is None:
        return None
    figure = made("figure", None, **{"data-video": name})
    if caption.strip():
        figure.append(made("figcaption", " ".join(caption.split())))
    return figure
