"""What is left of hostile HTML, in a real browser that no content policy protects."""

import re
from urllib.parse import urlsplit

import pytest

from courses.articles.outline import derive
from courses.articles.sanitise import sanitise
from tests.articles.harmless import ATTRIBUTES, TAGS
from tests.articles.hostile import FRAGMENTS

pytestmark = [pytest.mark.browser, pytest.mark.browser_context_args(bypass_csp=True)]

TRAP = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = told => ran.push(String(told));
"""
SHOW = """
async fragments => {
    const shown = fragments.map(html => {
        const place = document.createElement("div");
        document.body.append(place);
        place.innerHTML = html;
        return place;
    });
    for (const kind of ["mouseover", "mousedown", "focus", "pointerdown", "toggle", "load", "error", "animationstart"])
        for (const place of shown)
            for (const element of place.querySelectorAll("*")) element.dispatchEvent(new Event(kind, {bubbles: true}));
    await new Promise(done => setTimeout(done, 500));
    return shown.map(place => [place.innerHTML, [...place.querySelectorAll("*")].map(READ)]);
}
"""
READ = """
element => [element.localName, element.namespaceURI, element.protocol || "",
            Object.fromEntries([...element.attributes].map(({name, value}) => [name, value]))]
"""
XHTML = "http://www.w3.org/1999/xhtml"
RUN_BY_THEMSELVES = [
    "<img src=x onerror=alert(1)>",
    "<svg><style></style><img src=x onerror=alert(1)>",
    "<p onmouseover=alert(1)>x</p>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<details open ontoggle=alert(1)>x</details>",
]


@pytest.fixture
def asked(page):
    """Which addresses the browser asks for; none of them gets anything."""
    addresses = []

    def refuse(route):
        addresses.append(route.request.url)
        route.fulfill(status=404, body="")

    page.add_init_script(TRAP)
    page.goto("/")
    page.route("**/*", refuse)
    return addresses


def show(page, fragments):
    return page.evaluate(SHOW.replace("READ", READ), fragments)


def is_allowed(name, namespace, protocol, attributes):
    own = ATTRIBUTES.get(name, set()) | {"lang", "dir"}
    return (
        (name in TAGS and namespace == XHTML and set(attributes) <= own)
        and protocol in {"", ":", "http:", "https:", "mailto:", "tel:"}
        and re.fullmatch(r"/pictures/[A-Za-z0-9_-]+/", attributes.get("src", "/pictures/x/"))
        and attributes.get("data-callout", "tip") in {"tip", "example", "warning"}
        and re.fullmatch(r"youtube:[A-Za-z0-9_-]{5,20}|vimeo:[0-9]{5,20}", attributes.get("data-video", "vimeo:12345"))
    )


def is_picture_of_ours(address, base_url):
    return address.startswith(base_url) and re.fullmatch(r"/pictures/[\w-]+/", urlsplit(address).path)


@pytest.mark.parametrize("html", RUN_BY_THEMSELVES)
def test_the_trap_catches_what_was_not_sanitised(page, asked, html):
    show(page, [html])

    assert "1" in page.evaluate("ran")


def test_nothing_runs_and_nothing_is_fetched(page, asked, base_url):
    clean = [sanitise(html) for html in FRAGMENTS]

    shown = show(page, clean)

    assert page.evaluate("ran") == []
    assert [address for address in asked if not is_picture_of_ours(address, base_url)] == []
    for html, (seen, elements) in zip(FRAGMENTS, shown, strict=True):
        assert [element for element in elements if not is_allowed(*element)] == [], html
        assert sanitise(seen) == sanitise(html), html


def test_nothing_runs_in_a_page_of_its_own_either(page, asked, base_url):
    """A whole page is read otherwise than a part of one: noscript, frames and what belongs in its head."""
    page.set_content("<!doctype html>" + "".join(f"<section>{sanitise(html)}</section>" for html in FRAGMENTS))

    elements = page.evaluate(f"[...document.querySelectorAll('body *')].map({READ})")

    assert page.evaluate("ran") == []
    assert [address for address in asked if not is_picture_of_ours(address, base_url)] == []
    assert [element for element in elements if not is_allowed(*element)] == []
    assert sum(element[0] == "section" for element in elements) >= len(FRAGMENTS)


def test_no_fragment_that_was_published_runs(page, asked, base_url):
    """The anchors, sizes and links to videos that publication adds are no way in."""
    shown = show(page, [derive(html).html for html in FRAGMENTS])

    assert page.evaluate("ran") == []
    assert [address for address in asked if not is_picture_of_ours(address, base_url)] == []
    added = {"id", "tabindex", "rel", "data-player"}
    for _seen, elements in shown:
        for name, namespace, protocol, attributes in elements:
            kept = {attribute: value for attribute, value in attributes.items() if attribute not in added}
            player = attributes.get("data-player", "https://player.vimeo.com/video/1")
            assert is_allowed(name, namespace, protocol, kept)
            assert player.startswith(("https://player.vimeo.com/video/", "https://www.youtube-nocookie.com/embed/"))
