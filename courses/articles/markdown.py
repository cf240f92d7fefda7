"""Markdown in, Markdown out, without loss: what Markdown cannot say stays HTML."""

import re
from typing import Any
from urllib.parse import unquote

from lxml import html as lxml_html
from markdown_it import MarkdownIt
from markdownify import MarkdownConverter

from courses.articles.sanitise import parsed, sanitise, written

reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
STYLE: dict[str, Any] = {
    "heading_style": "ATX",
    "bullets": "-",
    "strong_em_symbol": "*",
    "newline_style": "BACKSLASH",
}
writers = [MarkdownConverter(**STYLE), MarkdownConverter(**STYLE, escape_misc=True)]
"""The first writes what a person would; the second escapes whatever could mean something else."""


def to_html(markdown, picture_address=lambda name: name):
    """Return the sanitised article that ``markdown`` describes.

    ``picture_address`` turns the file name of a picture into its address on the site. A picture
    alone in its paragraph becomes a figure, its title the caption.
    """
    tokens = reader.parse(markdown)
    for opening, content, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type == "paragraph_open" and opening.level == 0 and is_picture(content):
            opening.tag = closing.tag = "figure"
    body = parsed(reader.renderer.render(tokens, reader.options, {}))
    for image in body.iter("img"):
        image.set("src", picture_address(unquote(image.get("src", ""))) or "")
    for figure in body.findall("figure"):
        add_caption(figure)
    return sanitise(written(body))


def is_picture(content):
    return len(content.children) == 1 and content.children[0].type == "image"


def add_caption(figure):
    caption = figure[0].attrib.pop("title", "") if [child.tag for child in figure] == ["img"] else ""
    if caption:
        figure.append(figure.makeelement("figcaption"))
        figure[1].text = caption


def picture_names(markdown):
    """The file names of the pictures in ``markdown``, in order."""
    body = parsed(reader.render(markdown))
    return [unquote(image.get("src", "")) for image in body.iter("img")]


def from_html(html, picture_name=lambda address: address):
    """Return Markdown from which ``to_html`` makes the same article, block by block.

    ``picture_name`` turns an address on the site back into a file name.
    """
    addresses = {}

    def name_of(address):
        name = picture_name(address)
        addresses[name] = address
        return name

    body = parsed(sanitise(html))
    for image in body.iter("img"):
        image.set("src", name_of(image.get("src", "")))
    blocks = []
    previous = None
    for block in body:
        block.tail = None
        merges = block.tag == previous and block.tag in {"ul", "ol"}
        blocks.append(as_html(block) if merges else as_markdown(block, addresses))
        previous = block.tag
    return "\n\n".join(blocks)


def as_markdown(block, addresses):
    """Markdown if it says exactly the same as the block; else the block itself."""
    html = as_html(block)
    wanted = to_html(html, addresses.get)
    candidates = [figure_to_markdown(block)] if block.tag == "figure" else [w.convert(html).strip() for w in writers]
    return next((text for text in candidates if text and to_html(text, addresses.get) == wanted), html)


def as_html(block):
    """The block as raw HTML, which Markdown ends at the first blank line: so without any."""
    html = lxml_html.tostring(block, encoding="unicode")
    return re.sub(r"\n(?=[ \t]*\n)", "&#10;", html)


def figure_to_markdown(figure):
    tags = [child.tag for child in figure]
    if tags not in (["img"], ["img", "figcaption"]):
        return ""
    alt = re.sub(r"([\\\[\]*_`<&!])", r"\\\1", figure[0].get("alt", ""))
    caption = figure[1].text_content() if len(figure) == 2 else ""
    title = ' "' + re.sub(r'(["\\&])', r"\\\1", caption) + '"' if caption else ""
    return f"![{alt}]({figure[0].get('src')}{title})"
