"""What an author should look at before an article is published."""

import re
from itertools import chain
from typing import NamedTuple

from django.utils.text import Truncator
from django.utils.translation import gettext

from courses.articles.outline import HEADINGS, text_of
from courses.articles.sanitise import parsed, sanitise
from courses.articles.videos import provider_of

BLOCKING = {"picture-without-alt", "empty-article"}
LONGEST_NAME = 60
ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
NAMES_NOTHING = set(
    "hier|klik|klik hier|hier klikken|klik op deze link|via deze link|deze link|link|lees|lees hier|lees meer|"
    "lees verder|lees het hier|meer|meer info|meer informatie|meer lezen|verder|verder lezen|bekijk|bekijk hier|"
    "kijk hier|zie hier|deze|deze pagina|dit|dit artikel|website|download|download hier|"
    "here|click|click here|click this link|this link|read|read here|read more|read on|more|more info|"
    "more information|learn more|find out more|see here|see more|view|continue|this|this page|this article|"
    "download here".split("|")
)


class Finding(NamedTuple):
    """``message`` names what was found; ``block`` is the place of the block it is in, the first being 0."""

    kind: str
    message: str
    block: int

    @property
    def blocking(self):
        """No picture is published before somebody said what it shows, or that it only decorates."""
        return self.kind in BLOCKING


def check(html):
    """Return what was found in an article, in its order; only some of it is ``blocking``."""
    body = parsed(sanitise(html))
    if not words_of(body) and body.find(".//img") is None and body.find(".//figure[@data-video]") is None:
        return [Finding("empty-article", gettext("There is no text yet."), 0)]
    places = {part: place for place, part in enumerate(body.iter())}
    blocks = {part: number for number, block in enumerate(body) for part in block.iter()}
    found = chain(pictures(body), headings(body), links(body), tables(body), videos(body))
    in_order = sorted(found, key=lambda item: places[item[0]])
    return [Finding(kind, message, blocks[part]) for part, kind, message in in_order]


def pictures(body):
    for number, picture in enumerate(body.iter("img"), 1):
        if picture.get("alt") is None:
            yield picture, "picture-without-alt", without_text(picture, number)


def without_text(picture, number):
    caption = next((name_of(figure.find("figcaption")) for figure in picture.iterancestors("figure")), "")
    if caption:
        message = gettext("The picture “%(caption)s” has no text yet for those who cannot see it.")
    else:
        message = gettext("Picture %(number)s has no text yet for those who cannot see it.")
    return message % {"caption": caption, "number": number}


def headings(body):
    above = 1
    for heading in body.iter(*HEADINGS):
        level, name = int(heading.tag[1]), name_of(heading)
        if not name:
            yield heading, "empty-heading", gettext("There is a heading without text.")
        elif level > above + 1 and above == 1:
            message = gettext("The first heading, “%(name)s”, is at level %(level)s; it should be at level 2.")
            yield heading, "skipped-heading", message % {"name": name, "level": level}
        elif level > above + 1:
            message = gettext("The heading “%(name)s” is at level %(level)s, right below one at level %(above)s.")
            yield heading, "skipped-heading", message % {"name": name, "level": level, "above": above}
        above = level


def links(body):
    for link in body.xpath(".//a[@href]"):
        name, address = name_of(link), link.get("href")
        if not name:
            yield link, "empty-link", gettext("The link to %(address)s has no text.") % {"address": shortened(address)}
        elif address in {"", "#"}:
            yield link, "empty-link", gettext("The link “%(name)s” leads nowhere.") % {"name": name}
        elif ADDRESS.fullmatch(name) or " ".join(re.findall(r"\w+", name.casefold())) in NAMES_NOTHING:
            message = gettext("The link “%(name)s” does not tell what it leads to.")
            yield link, "vague-link", message % {"name": name}


def tables(body):
    for table in body.iter("table"):
        if table.find(".//th") is None:
            message = gettext("The table that begins with “%(name)s” has no headers.")
            yield table, "table-without-headers", message % {"name": name_of(table)}


def videos(body):
    for figure in body.iterfind(".//figure[@data-video]"):
        if not name_of(figure):
            provider = provider_of(figure.get("data-video"))
            yield (
                figure,
                "video-without-title",
                gettext("A video of %(provider)s has no title.") % {"provider": provider},
            )


def name_of(element):
    """The beginning of what can be read in ``element``; empty if nothing, or if there is no element."""
    return "" if element is None else shortened(words_of(element))


def shortened(text):
    return Truncator(text).chars(LONGEST_NAME)


def words_of(element):
    """The text in ``element``, and of its pictures the text that stands in for them."""
    return " ".join([*text_of(element).split(), *(image.get("alt", "") for image in element.iter("img"))]).strip()
