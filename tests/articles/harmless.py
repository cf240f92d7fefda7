"""What an article may hold, written down apart from the product, and whether a piece of HTML holds no more."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

from lxml import html as lxml_html

TAGS = set(
    "p hr h2 h3 h4 pre blockquote ul ol dl table figure aside section div details "
    "br strong em u s sub sup mark small code kbd cite q abbr img a span time "
    "li dt dd caption colgroup col thead tbody tfoot tr th td figcaption summary".split()
)
ATTRIBUTES = {
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
SCHEMES = {"", "http", "https", "mailto", "tel"}


class Strict(HTMLParser):
    """Collects what a reader of HTML finds, quite apart from lxml."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements, self.others = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_comment(self, data):
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def is_harmless(html):
    read = Strict(html)
    assert not read.others
    found = [
        (element.tag, dict(element.attrib))
        for element in lxml_html.fragments_fromstring(f"<div>{html}</div>")[0].iter()
    ]
    for tag, attributes in [*read.elements, *found[1:]]:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set()) | {"lang", "dir"}
        assert urlsplit(re.sub(r"[\x00-\x20]", "", attributes.get("href", ""))).scheme in SCHEMES
        if tag == "img":
            assert re.fullmatch(r"/pictures/[A-Za-z0-9_-]+/", attributes["src"])
        assert attributes.get("data-callout", "tip") in {"tip", "example", "warning"}
        assert re.fullmatch(r"youtube:[A-Za-z0-9_-]{5,20}|vimeo:\d{5,20}", attributes.get("data-video", "vimeo:12345"))
    return True
