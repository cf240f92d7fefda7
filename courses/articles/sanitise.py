"""The one allow-list for everything that people write (docs/decisions/0007-article-format.md).

Every way in ends here: form, import, command. What comes out is safe to show, and sanitising
it once more changes nothing.
"""

import re

import nh3
from lxml import etree
from lxml import html as lxml_html

from courses.articles.bounds import bounded
from courses.articles.videos import VIDEO, page_of

POLICY_VERSION = 2
MOST_ROUNDS = 10
DEEPEST = 100
PICTURES = "/pictures/"
CALLOUTS = ("tip", "example", "warning")

BLOCKS = set("p hr h2 h3 h4 pre blockquote ul ol dl table figure aside section div details".split())
INLINE = set("br strong em u s sub sup mark small code kbd cite q abbr img a span time".split())
PARTS = set("li dt dd caption colgroup col thead tbody tfoot tr th td figcaption summary".split())
ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href"},
    "abbr": {"title"},
    "aside": {"data-callout"},
    "col": {"span"},
    "colgroup": {"span"},
    "figure": {"data-video"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
NOT_EVEN_THEIR_TEXT = set(
    "script style template noscript noembed noframes iframe object svg math title textarea select xmp plaintext".split()
)
NUMBER = re.compile(r"\d{1,5}")
PICTURE_ADDRESS = re.compile(re.escape(PICTURES) + r"[\w-]+/", re.ASCII)
UNPRINTABLE = dict.fromkeys([*range(0x09), *range(0x0E, 0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]) | {
    0x0B: " ",
    0x0C: " ",
}


def allowed_value(tag, attribute, value):
    """Keep an attribute's value, or drop the attribute; no ``alt`` is undecided, an empty one is decorative."""
    if (tag, attribute) == ("img", "src"):
        return value if PICTURE_ADDRESS.fullmatch(value) else None
    if attribute == "data-callout":
        return value if value in CALLOUTS else CALLOUTS[0]
    if attribute == "data-video":
        return value if VIDEO.fullmatch(value) else None
    if attribute in {"span", "colspan", "rowspan", "start"}:
        return value if NUMBER.fullmatch(value) else None
    return value


cleaner = nh3.Cleaner(
    tags=BLOCKS | INLINE | PARTS,
    attributes=ATTRIBUTES,
    attribute_filter=allowed_value,
    clean_content_tags=NOT_EVEN_THEIR_TEXT,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
    strip_comments=True,
)


def sanitise(html):
    """Return ``html`` with only what an article may hold, every loose text in a paragraph.

    Tags that were torn apart come to rest in the second round, rarely in the third.
    """
    html = bounded(html, NOT_EVEN_THEIR_TEXT)
    for _round in range(MOST_ROUNDS):
        before, html = html, cleaned(tidied(cleaned(with_our_headings(html)))).strip()
        if html == before:
            break
    return html


def cleaned(html):
    """Return ``html`` with only what is allowed; a newline that begins a ``pre`` stays one.

    Who parses HTML drops the first newline of a ``pre``, and nh3 does not write it back.
    """
    return re.sub(r"(<pre\b[^<>]*>)\n", r"\1\n\n", cleaner.clean(printable(html)))


def printable(html):
    """Without the characters that no HTML and no XML may hold."""
    return html.translate(UNPRINTABLE)


def with_our_headings(html):
    """The title of the page is its h1: an author's h1 is the highest heading of the article."""
    return re.sub(r"<(/?)h1\b", r"<\1h2", html, flags=re.IGNORECASE)


deep = lxml_html.HTMLParser(huge_tree=True)
"""Without it, what lies deeper than 256 elements is lost without a word."""


def parsed(html):
    """Return a ``div`` element that holds the blocks of sanitised ``html``."""
    return lxml_html.fragment_fromstring(printable(html), create_parent="div", parser=deep)


def written(element):
    """Return the HTML inside ``element``."""
    parts = [lxml_html.tostring(child, encoding="unicode") for child in element]
    return "".join([escaped(element.text or ""), *parts])


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def tidied(html):
    body = parsed(html)
    flatten(body)
    leave_out(body.xpath(".//img[not(@src)]"), body)
    leave_out([p for p in body.iter("p") if len(p) == 0 and not (p.text or "").strip()], body)
    for link in body.xpath(".//a[.//figure[@data-video]]"):
        link.drop_tag()  # what plays is a link itself, and no link can stand in another
    for figure in body.xpath(".//figure[@data-video]"):
        keep_only_caption(figure)
    gather_loose_text(body)
    for block in body:
        block.tail = "\n"
    return written(body)


def flatten(body):
    """Leave of what lies deeper than ``DEEPEST`` elements only the words."""
    for element in body.xpath("/".join("*" * DEEPEST)):
        for part in element.iterdescendants():
            if part.tag not in INLINE or part.tag == "br":
                part.text, part.tail = f" {part.text or ''}", f" {part.tail or ''}"
        etree.strip_tags(element, "*")


def leave_out(elements, body):
    """Drop ``elements`` and keep what follows them; one by one that would take long."""
    for element in elements:
        element.tag = "gone"
    etree.strip_elements(body, "gone", with_tail=False)


def keep_only_caption(figure):
    """Leave in the figure of a video its first caption; the rest goes behind it.

    The link that leads to the video is ours (``outline.derive``), and goes.
    """
    caption = next(figure.iter("figcaption"), None)
    if caption is not None:
        caption.drop_tree()
        caption.tail = None
    rest = figure.makeelement("div")
    rest.text, figure.text = figure.text, None
    rest.extend(list(figure))
    for link in rest.xpath("./a[@href=$page]", page=page_of(figure.get("data-video"))):
        link.drop_tree()
    for extra in rest.xpath(".//figcaption"):
        extra.tag = "div"
    if caption is not None:
        figure.append(caption)
    if len(rest) or (rest.text or "").strip():
        rest.tail, figure.tail = figure.tail, None
        figure.addnext(rest)


def gather_loose_text(body):
    """Put text and inline elements that stand between the blocks into paragraphs.

    An inline element around blocks, as a link around a whole card, cannot stand in one: it gets a ``div``.
    """
    loose, body.text = body.text or "", None
    paragraph = None
    for child in list(body):
        tail, child.tail = child.tail or "", None
        if loose.strip():
            paragraph = inserted(body, child, "p", loose)
        if child.tag not in INLINE:
            paragraph, loose = None, tail
        elif any(part.tag not in INLINE for part in child.iter()):
            paragraph, loose = None, tail
            inserted(body, child, "div").append(child)
        else:
            if paragraph is None:
                paragraph = inserted(body, child, "p")
            paragraph.append(child)
            child.tail, loose = tail, ""
    if loose.strip():
        inserted(body, None, "p", loose)


def inserted(body, before, tag, text=""):
    element = body.makeelement(tag)
    element.text = text
    if before is None:
        body.append(element)
    else:
        before.addprevious(element)
    return element
