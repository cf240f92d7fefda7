"""Web pages, and HTML that was pasted."""

import re

from lxml import etree
from lxml import html as lxml_html

from courses.articles.importers import building, captions, chrome, inline, office, shape
from courses.articles.importers.found import UnreadableError
from courses.articles.importers.pictures import Pictures
from courses.articles.sanitise import printable

DEEPEST = 200
"""Elements inside each other; what people write stays far below it."""

A_TEXT = 10_000
"""Characters: of so many the parser finds nothing only if it gave up."""

parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)


def read(name, text, beside=None):
    """Return the article of a web page; ``beside`` finds the pictures that lie beside it."""
    page = parsed_page(name, text)
    fallback = title_of_page(page)
    base = base_of(page)
    pictures = Pictures(beside)
    parts = parts_of(body_of(name, page), pictures, base=base, whole=True)
    return building.articles_from(parts, name=name, fallback=fallback, pictures=pictures, divide=False)


def read_fragment(name, text):
    """Return the articles in HTML from a clipboard."""
    pictures = Pictures()
    parts = parts_of(body_of(name, parsed_page(name, text)), pictures, whole=True)
    return building.articles_from(parts, name=name, pictures=pictures)


def parts_of(body, pictures, *, base="", whole=False):
    """The parts of HTML; ``whole`` if it may be a page, with menus and the like around the text."""
    office.restore(body)
    if whole:
        chrome.leave_out(body)
    inline.clean(body, pictures, base)
    parts = shape.parts_in(body, pictures)
    return captions.joined(parts)


def parsed_page(name, text):
    """Return the document; raises ``UnreadableError`` if it is empty, or a maze."""
    text = office.without_conditions(text)
    try:
        page = lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(name, "too-much" if len(text) > A_TEXT else "nothing") from error
    if depth_of(page) > DEEPEST:
        raise UnreadableError(name, "too-deep")
    if "&#" in text:
        leave_out_unprintable(page)
    return page


def leave_out_unprintable(page):
    """Such characters come in as references, ``&#1;``: lxml reads them, and refuses to write them."""
    for element in page.iter():
        element.text = element.text and printable(element.text)
        element.tail = element.tail and printable(element.tail)
        for name, value in element.items():
            element.set(name, printable(value))


def body_of(name, page):
    body = page.find("body")
    if body is None:
        raise UnreadableError(name, "nothing")
    return body


def read_body(name, html):
    """The body of HTML that another reader made."""
    return body_of(name, parsed_page(name, f"<body>{html}</body>"))


def depth_of(tree):
    depth = deepest = 0
    for event, _element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def title_of_page(page):
    """The title that a page has for others: without the name of its site."""
    name = first(page, "//meta[@property='og:site_name']/@content")
    shared = first(page, "//meta[@property='og:title' or @name='twitter:title']/@content")
    title = shared or first(page, "//head/title/text()")
    pieces = re.split(r"\s+[|–—»·•-]\s+", title)
    if len(pieces) > 1 and (pieces[-1] == name or len(pieces[-1]) < len(title) / 2):
        pieces.pop()
    if len(pieces) > 1 and pieces[0] == name:
        pieces.pop(0)
    return title[title.index(pieces[0]) : title.rindex(pieces[-1]) + len(pieces[-1])]


def first(page, path):
    found = page.xpath(path)
    return " ".join(str(found[0]).split()) if found else ""


def base_of(page):
    """The address that links in the page start from, if it says so itself."""
    base = first(page, "//base/@href") or first(page, "//link[@rel='canonical']/@href")
    base = base or first(page, "//meta[@property='og:url']/@content")
    return base if base.startswith(("http://", "https://")) else ""
