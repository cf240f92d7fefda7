"""Exports of WordPress: each post and page an article; shortcodes and blocks as HTML."""

import re

from lxml import etree

from courses.articles.importers import building, web
from courses.articles.importers.found import UnreadableError
from courses.articles.importers.pictures import Pictures

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
KINDS = ("post", "page")
THROWN_AWAY = ("trash", "auto-draft", "inherit")
DEFINITIONS = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
SHORTCODE = re.compile(r"\[(?P<close>/?)(?P<name>[a-z][\w-]*)(?P<values>(?:\s[^\[\]]*)?)/?\](?!\()")
BLOCK = re.compile(r"</?(?:div|h[1-6]|ul|ol|table|figure|blockquote|hr|dl|p|section)\b[^>]*>", re.IGNORECASE)
BLOCK_LINE = re.compile(
    r"</?(?:div|h[1-6]|[uo]l|li|table|t[rdh]|thead|tbody|figure|figcaption|blockquote|hr|d[ltd]|p|section)\b", re.I
)
LINE_END = "\n"
GALLERIES = {"gallery", "playlist"}


def read(name, text):
    """Return an article for each post and page, drafts too; raises ``UnreadableError``."""
    articles = []
    for item in items(name, text):
        title = text_in(item, "title")
        pictures = Pictures()
        html = as_html(item.findtext(CONTENT) or "", pictures)
        if not html.strip() and not title:
            continue
        body = web.read_body(name, html)
        parts = web.parts_of(body, pictures, whole=True)
        articles += building.articles_from(parts, name=name, title=title, pictures=pictures, divide=False)
    if not articles:
        raise UnreadableError(name, "no-posts")
    return building.without_echoes(articles)


def items(name, text):
    """The posts and pages of the export, in its order."""
    if DEFINITIONS.search(text):
        raise UnreadableError(name, "entities")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, huge_tree=False
    )
    try:
        root = etree.fromstring(DECLARATION.sub("", text, count=1).encode(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(name, "broken-xml", line=error.lineno) from error
    for item in root.iter("item"):
        kind = next((child.text for child in item if str(child.tag).endswith("}post_type")), "")
        status = next((child.text for child in item if str(child.tag).endswith("}status")), "")
        if kind in KINDS and status not in THROWN_AWAY:
            yield item


def text_in(item, name):
    return " ".join((item.findtext(name) or "").split())


def as_html(content, pictures):
    """The content without shortcodes and with its paragraphs, which WordPress writes only as blank lines."""
    content = re.sub(r"\r\n?", "\n", content)
    is_old = "<!-- wp:" not in content and not re.search(r"<p\b", content, re.IGNORECASE)
    content = re.sub(r"<!--.*?(?:-->|\Z)", "", content, flags=re.DOTALL)
    content = without_shortcodes(content, pictures)
    return with_paragraphs(content) if is_old else content


def without_shortcodes(content, pictures):
    """Captions become figures, players links; of the others only what they enclose stays, and their names."""
    content = re.sub(
        r"\[((?:wp_)?caption)\b[^\]]*\](.*?)\[/\1\]", lambda found: figure(found[2]), content, flags=re.DOTALL
    )
    content = re.sub(
        r"\[(embed|youtube|vimeo|video|audio)\b([^\]]*)\](?:(https?://[^\s\[\]]+)\[/\1\])?",
        lambda found: player(found, pictures),
        content,
    )

    def gone(found):
        if not found["close"]:
            pictures.lose("gallery") if found["name"] in GALLERIES else pictures.lose("shortcode", f"[{found['name']}]")
        return ""

    names = {found["name"] for found in SHORTCODE.finditer(content) if is_shortcode(found, content)}
    return SHORTCODE.sub(lambda found: gone(found) if found["name"] in names else found[0], content)


def is_shortcode(found, content):
    """Whether this is no text in brackets: it has values, or an end, or a name no person writes."""
    name = found["name"]
    return bool("=" in found["values"] or f"[/{name}]" in content or "_" in name or name in GALLERIES or "-" in name)


def figure(content):
    image = re.search(r"<img\b[^>]*>", content)
    caption = re.sub(r"</?a\b[^>]*>|<img\b[^>]*>", "", content).strip()
    return f"\n\n<figure>{image[0] if image else ''}<figcaption>{caption}</figcaption></figure>\n\n"


def player(found, pictures):
    """A paragraph with nothing but the address, from which a video is made later."""
    address = found[3] or next(iter(re.findall(r"https?://[^\s\"'\]]+", found[2])), "")
    if not address:
        pictures.lose("video", found[0][:60])
    return f"\n\n{address}\n\n"


def with_paragraphs(content):
    """Blank lines part paragraphs, and other line ends are line ends; not in listings."""
    pieces = re.split(r"(<pre\b.*?</pre>)", content, flags=re.DOTALL | re.IGNORECASE)
    return "\n".join(piece if number % 2 else paragraphs(piece) for number, piece in enumerate(pieces))


def paragraphs(text):
    apart = BLOCK.sub(lambda tag: f"{tag[0]}\n\n" if tag[0].startswith("</") else f"\n\n{tag[0]}", text)
    chunks = [chunk.strip() for chunk in re.split(r"\n\s*\n", apart) if chunk.strip()]
    return "\n".join(
        chunk if BLOCK_LINE.match(chunk) else f"<p>{chunk.replace(LINE_END, '<br>')}</p>" for chunk in chunks
    )
