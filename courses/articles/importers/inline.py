"""What stands within a line: bold, italics, links; from styles as well as from tags."""

import re
from urllib.parse import urljoin

from courses.articles.importers.parts import HEADINGS, LEFT_OUT

DROPPED = set(
    "script style template noscript head link meta title base basefont canvas map area param track "
    "input select textarea datalist progress meter dialog svg xml colgroup col".split()
)
RENAMED = {
    "b": "strong",
    "i": "em",
    "strike": "s",
    "del": "s",
    "tt": "code",
    "samp": "code",
    "dfn": "em",
    "var": "em",
    "acronym": "abbr",
}
KNOWN = set(
    "a abbr br cite code em img kbd mark q s small span strong sub sup time u iframe embed object video audio applet "
    "source html body p div section article main header footer nav aside h1 h2 h3 h4 h5 h6 hgroup ul ol li menu dir dl "
    "dt dd table caption thead tbody tfoot tr td th blockquote pre figure figcaption hr details summary form fieldset "
    "legend address center search".split()
)
"""Of any other tag only the words stay."""

INVISIBLE = str.maketrans({"\xa0": " ", "\xad": None, "\u200b": None, "\ufeff": None, "\u2060": None, "\r": None})
HIDDEN = re.compile(r"display:none|visibility:hidden|mso-hide:all")
NORMAL_WEIGHT = re.compile(r"(?<![-\w])font-weight:(?:normal|[1-4]00)")
BOLD = re.compile(r"(?<![-\w])font-weight:(?:bold|bolder|[6-9]00)")
HIDDEN_CLASS = re.compile(
    r"\b(?:screen-reader-text|sr-only|visually-hidden|visuallyhidden|headerlink|elementor-screen-only)\b"
)


def clean(body, pictures, base=""):
    """Turn the formatting in ``body`` into our own tags, and drop what nobody sees."""
    for element in list(body.iter()):
        if not isinstance(element.tag, str) or is_unseen(element):
            drop(element)
        else:
            clean_element(element, pictures, base)
    for element in body.iter():
        if element.tag != "pre" and not any(up.tag == "pre" for up in element.iterancestors("pre")):
            element.text = element.text and element.text.translate(INVISIBLE)
        element.tail = element.tail and element.tail.translate(INVISIBLE)
    join_neighbours(body)


def is_unseen(element):
    if element.tag == "input" and element.get("type") == "checkbox":
        return False
    return (
        element.tag in DROPPED
        or element.get("hidden") is not None
        or bool(HIDDEN.search(style_of(element)))
        or bool(HIDDEN_CLASS.search(element.get("class", "")))
    )


def drop(element):
    if element.getparent() is not None:
        element.drop_tree()


def style_of(element):
    return re.sub(r"\s+", "", element.get("style", "").lower())


def clean_element(element, pictures, base):
    if element.getparent() is None:
        return
    style = style_of(element)
    if (element.tag in ("b", "strong") and NORMAL_WEIGHT.search(style)) or (
        element.tag in ("i", "em") and "font-style:normal" in style
    ):
        element.tag = "span"
    if element.tag in RENAMED:
        element.tag = RENAMED[element.tag]
    if element.tag == "input":
        element.tag, element.text = "span", "☑ " if element.get("checked") is not None else "☐ "
    if element.tag in ("span", "font"):
        wrap(element, marks_of(element, style))
    elif element.tag == "a":
        clean_link(element, pictures, base)
    elif element.tag not in KNOWN or (
        element.tag == "strong" and next(element.iterancestors(*HEADINGS), None) is not None
    ):
        element.drop_tag()


def marks_of(element, style):
    """The tags that say what this style shows."""
    marks = []
    if BOLD.search(style) and next(element.iterancestors("strong", "th", *HEADINGS), None) is None:
        marks.append("strong")
    if re.search(r"font-style:(?:italic|oblique)", style) and next(element.iterancestors("em"), None) is None:
        marks.append("em")
    if "line-through" in style:
        marks.append("s")
    marks += [tag for tag, value in (("sup", "super"), ("sub", "sub")) if f"vertical-align:{value};" in f"{style};"]
    return marks


def wrap(element, marks):
    """Make the element the first of the marks, the others inside it; nothing at all if there are none."""
    if not marks or not element.text_content().strip():
        element.drop_tag()
        return
    element.tag = marks[0]
    for mark in marks[1:]:
        inner = element.makeelement(mark)
        inner.text, element.text = element.text, None
        inner.extend(list(element))
        element.append(inner)
        element = inner


def clean_link(link, pictures, base):
    href = re.sub(r"[\x00-\x20]+", "", link.get("href") or "")
    if base and href and not href.startswith("#"):
        href = joined(base, href)
    if (
        re.match(r"(?:https?|mailto|tel):", href, re.I)
        and (link.text_content().strip() or link.find(".//img") is not None)
    ) or (href.startswith("#") and link.text_content().strip() not in ("#", "¶", "§", "↑", "↩", "🔗")):
        link.set("href", href)
    else:
        is_place = (
            href and not href.startswith("#") and not re.match(r"(?:javascript|data|vbscript|about):", href, re.I)
        )
        if is_place and not any(up.get(LEFT_OUT) for up in link.iterancestors()):
            pictures.lose("link", link.text_content() or href)
        drop(link) if not link.text_content().strip(" #¶§↑↩🔗") and link.find(".//img") is None else link.drop_tag()


def joined(base, href):
    try:
        return urljoin(base, href)
    except ValueError:
        return href


def join_neighbours(body):
    """``<strong>one </strong><strong>two</strong>``, as word processors write it, becomes one."""
    for element in list(body.iter("strong", "em", "s", "u", "sub", "sup")):
        following = element.getnext()
        while following is not None and following.tag == element.tag and not element.tail:
            if len(element):
                element[-1].tail = (element[-1].tail or "") + (following.text or "") or None
            else:
                element.text = (element.text or "") + (following.text or "")
            element.tail, following.tail = following.tail, None
            element.extend(list(following))
            following.getparent().remove(following)
            following = element.getnext()


def unlink(body):
    """Take away the links within the page, which lead nowhere any more."""
    for link in list(body.iter("a")):
        if (link.get("href") or "#").startswith("#"):
            link.drop_tag()
