"""HTML as Word and Google Docs put it on the clipboard, made into what it looks like."""

import re

from courses.articles.importers.inline import style_of
from courses.articles.importers.parts import HEADINGS, made

CONDITIONAL = re.compile(r"<!\[(?:if|endif)[^\]>]*\]>|<\?xml[^>]*>", re.IGNORECASE)
LIST = re.compile(r"mso-list:\w+level(\d)")
ORDERED = re.compile(r"^\W{0,2}(?:\d+|[a-z]|[ivx]+)[.)]", re.I)
CLASSES = [
    (re.compile(r"\bMsoTitle\b|^title$"), "h1"),
    (re.compile(r"\bMso(?:Intense)?Quote\b"), "blockquote"),
]
BULLET = re.compile(r"\s*[•·▪‣◦●○■□✓✔➢]\s*(?=\S)")
A_TITLE = 20
"""Points: letters of this size at the very top are the title."""


def without_conditions(html):
    """HTML without Word's conditions, which are no comments to other readers."""
    return CONDITIONAL.sub("", html)


def restore(body):
    """Turn paragraphs that look like headings, quotations, captions and lists into these."""
    for paragraph in list(body.iter("p", "div")):
        name = paragraph.get("class", "")
        if "MsoCaption" in name:
            paragraph.set("data-caption", "yes")
        if re.search(r"\bMsoToc\d", name):
            paragraph.set("data-left-out", "contents")
        for pattern, tag in CLASSES:
            if paragraph.tag == "p" and pattern.search(name):
                paragraph.tag = tag
    for deleted in body.xpath(
        ".//del[contains(@class, 'msoDel') or @cite]|.//*[contains(@style, 'mso-element:comment')]"
    ):
        deleted.drop_tree()
    gather_lists(body)
    find_title(body)


def gather_lists(body):
    """Paragraphs that carry Word's list level, one after the other, become nested lists."""
    stack: list[tuple] = []
    last = None
    for paragraph in list(body.iter("p", *HEADINGS)):
        level = LIST.search(style_of(paragraph))
        if not level or paragraph.tag in HEADINGS:
            continue
        if last is None or not follows(paragraph, last):
            stack = []
        last = add_item(paragraph, int(level[1]), stack)


def follows(paragraph, last):
    before = paragraph.getprevious()
    return before is last and not (last.tail or "").strip()


def add_item(paragraph, level, stack):
    """Put the paragraph into the list that it belongs to, and return the outermost list."""
    tag = "ol" if ORDERED.match(take_mark(paragraph)) else "ul"
    while stack and stack[-1][0] > level:
        stack.pop()
    if not stack or stack[-1][0] < level:
        block = made(tag)
        if stack:
            stack[-1][1][-1].append(block)
        else:
            paragraph.addprevious(block)
        stack.append((level, block))
    item = made("li", paragraph.text)
    item.extend(list(paragraph))
    stack[-1][1].append(item)
    stack[0][1].tail = paragraph.tail
    paragraph.getparent().remove(paragraph)
    return stack[0][1]


def take_mark(paragraph):
    """Remove the bullet or number that Word writes for others, and return it."""
    for span in paragraph.iter("span"):
        if "mso-list:ignore" in style_of(span):
            mark = span.text_content().strip()
            span.drop_tree()
            return mark
    bullet = BULLET.match(paragraph.text or "")
    if bullet:
        paragraph.text = paragraph.text[bullet.end() :]
    return ""


def find_title(body):
    """Google Docs says of a title only how large its letters are."""
    first = next((block for block in body.iter("p", *HEADINGS) if block.text_content().strip()), None)
    if first is None or first.tag != "p":
        return
    sizes = [
        float(size[1]) if (size := re.search(r"font-size:(\d+(?:\.\d+)?)pt", style_of(span))) else 0
        for span in first.iter("span", "p")
        if (span.text or "").strip()
    ]
    if sizes and min(sizes) >= A_TITLE:
        first.tag = "h1"
