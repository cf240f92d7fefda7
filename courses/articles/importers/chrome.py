"""What of a web page is not the article: found by tags, roles and the names that sites give."""

import re
from itertools import chain

from courses.articles.importers.clutter import commonest, reason_of_line
from courses.articles.importers.parts import LEFT_OUT

TAGS = {"nav": "menu", "footer": "menu", "form": "menu", "aside": "menu"}
ROLES = {
    "navigation": "menu",
    "banner": "menu",
    "contentinfo": "menu",
    "complementary": "menu",
    "search": "menu",
    "form": "menu",
    "menubar": "menu",
    "dialog": "privacy",
    "alertdialog": "privacy",
}
NAMES = [
    (re.compile(pattern), reason)
    for pattern, reason in [
        (r"bread-?crumbs?|yoast-breadcrumb", "breadcrumb"),
        (r"(?:social|share|sharing|sharedaddy|addtoany|addthis|shariff|sassy)(?!d)", "share"),
        (
            r"comments?(?:-?(?:area|list|form|section|respond|reply|title|count))?$|^respond$|disqus|reacties|commentlist",
            "comments",
        ),
        (r"newsletter|nieuwsbrief|mailchimp|subscribe|signup|sign-up|opt-?in|mc4wp|mailerlite", "newsletter"),
        (r"cookie|gdpr|consent|cmplz|privacy", "privacy"),
        (
            r"related|recommended|you-?may|read-?next|more-?posts|also-?like|jp-relatedposts|yarpp|lees-?ook|gerelateerd",
            "related",
        ),
        (
            r"author-?(?:box|bio|info|card|description)|about-?author|(?:post|entry|article)-?meta|byline|post-?info|posted-?on",
            "date-author",
        ),
        (r"^toc$|table-?of-?contents|inhoudsopgave|ez-toc|lwptoc", "contents"),
        (r"back-?to-?top|scroll-?to-?top|totop", "top"),
        (
            r"(?:^|-)(?:nav|navbar|navigation|menu|sidebar|widget-?area|pagination|pager|site-?header|site-?footer|topbar|masthead)$",
            "menu",
        ),
        (
            r"post-?navigation|nav-?links|skip-?link|off-?canvas|mega-?menu|search-?form|tag-?links|cat-?links|tags-?links",
            "menu",
        ),
    ]
]
BODIES = (
    ".//*[@itemprop='articleBody']",
    ".//*[contains(concat(' ', @class, ' '), ' entry-content ')]",
    ".//*[contains(concat(' ', @class, ' '), ' post-content ')]",
    ".//*[contains(concat(' ', @class, ' '), ' article-content ')]",
    ".//*[contains(concat(' ', @class, ' '), ' article-body ')]",
)
MOST_OF_IT = 0.5
"""What holds more of the text than this is the article, whatever it is called."""


def leave_out(body):
    """Mark what is not the article in this page; ``add_block`` of ``shape`` keeps each mark in one piece."""
    main = main_of(body)
    total = len(main.text_content())
    for element in list(main.iterdescendants()):
        if not under_mark(element) and (reason := reason_for(element, total, inside=True)):
            element.set(LEFT_OUT, reason)
    if main is not body:
        leave_out_beside(body, main, total)


def main_of(body):
    """The element that holds the article, or the whole body."""
    everything = words_in(body)
    mains = body.xpath(".//main|.//*[@role='main']") or [body]
    main = max(mains, key=words_in)
    if words_in(main) < everything * MOST_OF_IT / 2:
        main = body
    most = words_in(main) * MOST_OF_IT
    articles = [article for article in main.iter("article") if words_in(article) > most]
    if articles:
        return max(articles, key=words_in)
    named = chain.from_iterable(main.xpath(path) for path in BODIES)
    inner = [element for element in named if words_in(element) > most]
    return max(inner, key=words_in, default=main)


def words_in(element):
    """Characters in paragraphs, items and cells, where texts are."""
    return sum(len(block.text_content()) for block in element.iter("p", "li", "td", "blockquote", "pre", "h2", "h3"))


def under_mark(element):
    return any(up.get(LEFT_OUT) for up in element.iterancestors())


def reason_for(element, total, *, inside):
    """Why this element is not the article; empty if it is, or holds most of it."""
    if element.tag in (
        "body",
        "li",
        "td",
        "th",
        "tr",
        "table",
        "figure",
        "img",
        "a",
        "span",
        "strong",
        "em",
        "br",
        "iframe",
    ):
        return ""
    if element.tag == "aside" and (element.get("data-callout") or (inside and is_worth_reading(element))):
        return by_name(element)
    if element.tag == "footer" and element.getparent().tag == "blockquote":
        return ""
    reason = TAGS.get(element.tag) or ROLES.get(element.get("role", "")) or ""
    reason = by_name(element) or (reason and by_words(element, reason))
    return reason if reason and len(element.text_content()) < total * MOST_OF_IT else ""


def is_worth_reading(element):
    """An aside in the article of which most is words, and not links: a tip."""
    text = len(element.text_content().strip())
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    return text > 60 and linked * 3 < text and not by_words(element, "")


def by_name(element):
    names = f"{element.get('class', '')} {element.get('id', '')}".lower().replace("_", "-").split()
    return next((reason for pattern, reason in NAMES for name in names if pattern.search(name)), "")


def by_words(element, otherwise):
    """The reason that most of its lines give themselves."""
    lines = [line for line in (" ".join(text.split()) for text in element.itertext()) if line]
    reasons = [reason for line in lines[:100] if len(line) < 200 and (reason := reason_of_line(line))]
    return commonest(reasons) if reasons and len(reasons) * 4 >= min(len(lines), 100) else otherwise


def leave_out_beside(body, main, total):
    """Mark what stands beside the main element, on every level above it, but for the title."""
    inner = main
    while inner is not body:
        outer = inner.getparent()
        for beside in outer:
            if beside is not inner:
                leave_out_but_title(beside, main)
        inner = outer


def leave_out_but_title(element, main):
    """A title may stand above the article proper, in a header of its own."""
    has_title = next(main.iter("h1"), None) is None and next(element.iter("h1"), None) is not None
    if not has_title:
        element.set(LEFT_OUT, by_name(element) or by_words(element, "menu"))
        return
    for inner in element:
        if inner.tag != "h1":
            leave_out_but_title(inner, main)
