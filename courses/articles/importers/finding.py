"""Which reader reads what; runs in the process of its own."""

import posixpath

from courses.articles.importers import archives, building, kinds, markdown_text, plain, web, word, wordpress
from courses.articles.importers.found import Lost, UnreadableError
from courses.articles.sanitise import printable

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".tif", ".tiff", ".css", ".js", ".ico")
"""What lies beside a page, and is no text itself."""

FEWEST_LINES = 3


def find(name, content):
    """Return the articles in a file, at least one with text in it; raises ``UnreadableError``."""
    kind = kinds.kind_of(name, content)
    articles = read_zip(name, content) if kind == "zip" else read_one(kind, name, content)
    return with_text(name, articles)


def find_pasted(name, text, html):
    """Return the articles in what was pasted; HTML of a single block says less than lines of text."""
    text, html = printable(text), printable(html)
    if html:
        articles = web.read_fragment(name, html)
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < FEWEST_LINES or sum(len(article.blocks) for article in articles) > 1:
            return with_text(name, articles)
    return with_text(name, read_text(name, text))


def with_text(name, articles):
    if not any(block.text or block.kind in ("figure", "table") for article in articles for block in article.blocks):
        raise UnreadableError(name, "nothing")
    return articles


def read_one(kind, name, content, beside=None):
    if kind == "docx":
        return word.read(name, content)
    text = kinds.text_of(content)
    if kind == "wordpress":
        return wordpress.read(name, text)
    if kind == "html":
        return web.read(name, text, beside)
    if kind == "markdown" or markdown_text.is_likely(text):
        return markdown_text.read(name, text, beside)
    return read_text(name, text)


def read_text(name, text):
    if markdown_text.is_likely(text):
        return markdown_text.read(name, text)
    return building.articles_from(plain.parts_of(text), name=name)


def read_zip(name, content):
    """The articles of every text in a zip; pictures are found beside them."""
    archive = archives.opened(name, content)
    members = {member.filename: member for member in archives.files(archive)}
    articles, lost = [], []
    for path in members:
        if path.lower().endswith(PICTURES):
            continue
        inside = archives.bytes_of(name, archive, members[path])
        if inside.startswith(archives.MAGIC) and kinds.kind_of(name, inside) == "zip":
            raise UnreadableError(name, "zip-nested")
        try:
            articles += with_text(
                path, read_one(kinds.kind_of(path, inside), path, inside, beside(name, archive, members, path))
            )
        except UnreadableError as error:
            lost.append(Lost("file" if error.problem in kinds.NO_TEXT else "file-unreadable", path))
    if not articles:
        raise UnreadableError(name, "zip-nothing")
    return building.without_echoes(building.with_lost(articles, lost))


def beside(name, archive, members, path):
    """Finds the bytes of a picture by the name that the text at ``path`` uses for it."""

    def bytes_of(source):
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(path), source))
        return archives.bytes_of(name, archive, members[wanted]) if wanted in members else None

    return bytes_of
