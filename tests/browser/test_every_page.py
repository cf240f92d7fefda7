"""Every page × 320, 768 and 1280 px × light and dark × Dutch and English.

A page is visited once in a language and looked at from all sides; what is wrong with it is
gathered, so that one finding does not hide the next.
"""

from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import pages
from tests.browser.conftest import enter

pytestmark = pytest.mark.browser

WIDTHS = (320, 768, 1280)
APPEARANCES = {
    "nl": {320: "light", 1280: "dark"},
    "en": {320: "dark", 1280: "light"},
}
"""In which axe looks at a width: over both languages, in every one at every width."""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """
tags => axe.run({runOnly: tags, resultTypes: ["violations"], preload: false, iframes: false})
    .then(({violations}) => violations)
"""
"""Without ``preload``: axe would fetch the stylesheets anew, with wrong addresses for their imports. A page in a frame
is visited by itself: in a sandbox axe would wait for it in vain."""
AXE = Axe().axe_script

NOTE_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", event =>
    violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile || ""}:${event.lineNumber}`));
"""
WHAT_STICKS_OUT = """
() => [...document.querySelectorAll("body *")]
    .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
    .map(element => element.tagName.toLowerCase() + "." + element.className).slice(0, 4)
"""


@dataclass
class Inspector:
    """Looks at pages in one browser, and gathers what is wrong."""

    page: object
    base_url: str
    findings: list = field(default_factory=list)

    def __post_init__(self):
        self.page.add_init_script(NOTE_VIOLATIONS)
        self.page.on("console", self.listen)
        self.page.on("pageerror", lambda error: self.find(f"script error: {error}"))
        self.page.on("request", self.follow)

    def find(self, finding):
        self.findings.append(f"{self.name}: {finding}")

    def listen(self, message):
        """Note errors, but not that an error page has the status of one."""
        if message.type in ("error", "warning") and message.location["url"] != self.page.url:
            self.find(f"console: {message.text} {message.location['url']}")

    def follow(self, request):
        if not request.url.startswith((self.base_url + "/", "data:")):
            self.find(f"request to {request.url}")

    def visit_all(self, table, language):
        for name, (status, arrive) in table.items():
            self.visit(name, status, arrive, language)

    def visit(self, name, status, arrive, language):
        self.name = name
        response = arrive(self.page)
        if response.status != status:
            self.find(f"status {response.status} instead of {status}")
        if (lang := self.page.locator("html").get_attribute("lang")) != language:
            self.find(f"language {lang}")
        self.page.evaluate(AXE)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.look_for_sideways_scrolling(width)
            if width in APPEARANCES[language]:
                self.run_axe(width, APPEARANCES[language][width])
        for violation in self.page.evaluate("violations"):
            self.find(f"content policy: {violation}")

    def look_for_sideways_scrolling(self, width):
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.find(f"scrolls sideways at {width} px: {self.page.evaluate(WHAT_STICKS_OUT)}")

    def run_axe(self, width, appearance):
        self.page.emulate_media(color_scheme=appearance)
        for violation in self.page.evaluate(RUN_AXE, TAGS):
            nodes = [node["html"][:200] + " " + node["failureSummary"] for node in violation["nodes"][:3]]
            self.find(f"axe {violation['id']} at {width} px, {appearance}: {nodes}")


def reading_in(language, locale):
    return pytest.param(
        language, marks=pytest.mark.browser_context_args(locale=locale, reduced_motion="reduce"), id=language
    )


in_both_languages = pytest.mark.parametrize("language", [reading_in("nl", "nl-NL"), reading_in("en", "en-GB")])


@pytest.fixture
def inspector(page, base_url, lea, settings):
    settings.ROOT_URLCONF = "tests.browser.broken_urls"
    pages.build(lea)
    return Inspector(page, base_url)


@in_both_languages
def test_every_page_of_a_visitor_holds(inspector, language):
    inspector.visit_all(pages.VISITOR, language)

    assert not inspector.findings, "\n".join(inspector.findings)


@in_both_languages
def test_every_page_of_a_learner_holds(inspector, context, base_url, language, lea, lars):
    for person, table in [(lea, pages.LEARNER), (lars, pages.NEWCOMER)]:
        person.language = language
        person.save(update_fields=["language"])
        enter(context, base_url, person)

        inspector.visit_all(table, language)

    assert not inspector.findings, "\n".join(inspector.findings)
