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
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"type": "tag", "values": TAGS}
WHAT_IS_SEEN = {
    "type": "rule",
    "values": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"],
}
"""The rules of axe whose answer changes with colours or with the length of words."""
LOOKS = {
    "nl": {320: ("light", EVERYTHING), 1280: ("dark", WHAT_IS_SEEN)},
    "en": {320: ("dark", WHAT_IS_SEEN), 1280: ("light", EVERYTHING)},
}
"""How axe looks at a width: over both languages, in every appearance at every width. What a page is built of is the
same in both, so that all other rules are asked once at every width."""
BRING_AXE = f"window.bringAxe = () => {{ {Axe().axe_script} }};"
"""Stands ready in every page and starts when it is asked for; sent to each page, half a megabyte takes its time."""
LOOK = """
async rules => {
    const sideways = document.documentElement.scrollWidth > innerWidth;
    const sticksOut = !sideways ? [] : [...document.querySelectorAll("body *")]
        .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
        .map(element => element.tagName.toLowerCase() + "." + element.className).slice(0, 4);
    if (!rules) return { sideways, sticksOut, wrong: [] };
    if (!window.axe) bringAxe();
    const { violations: wrong } =
        await axe.run({ runOnly: rules, resultTypes: ["violations"], preload: false, iframes: false });
    return { sideways, sticksOut, wrong };
}
"""
"""Without ``preload``: axe would fetch the stylesheets anew, with wrong addresses for their imports. A page in a frame
is visited by itself: in a sandbox axe would wait for it in vain."""

NOTE_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", event =>
    violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile || ""}:${event.lineNumber}`));
"""


@dataclass
class Inspector:
    """Looks at pages in one browser, and gathers what is wrong."""

    page: object
    base_url: str
    in_one_language: bool = False
    findings: list = field(default_factory=list)

    def __post_init__(self):
        self.page.add_init_script(NOTE_VIOLATIONS + BRING_AXE)
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
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.look(width, *LOOKS[language].get(width, (None, None)))
        lang, violations = self.page.evaluate("[document.documentElement.lang, violations]")
        if lang != language:
            self.find(f"language {lang}")
        for violation in violations:
            self.find(f"content policy: {violation}")

    def look(self, width, appearance, rules):
        if appearance:
            self.page.emulate_media(color_scheme=appearance)
        if rules and self.in_one_language:
            rules = EVERYTHING
        seen = self.page.evaluate(LOOK, rules)
        if seen["sideways"]:
            self.find(f"scrolls sideways at {width} px: {seen['sticksOut']}")
        for violation in seen["wrong"]:
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
        enter(context, base_url, person, language)

        inspector.visit_all(table, language)

    assert not inspector.findings, "\n".join(inspector.findings)
