"""Cleaned HTML becomes parts: whatever contains blocks is opened up, whatever is a block is kept."""

from courses.articles.importers import tables
from courses.articles.importers.media import figure_of_picture, is_picture_worth, media_in, video_figure
from courses.articles.importers.parts import HEADINGS, LEFT_OUT, Part, fill, made

INLINE = set("a abbr br cite code em img kbd mark q rp rt s small span strong sub sup time u iframe".split())
MEDIA = ("iframe", "embed", "object", "video", "audio", "applet")


def parts_in(body, pictures):
    """Return the parts of ``body``, of which the formatting is clean already."""
    parts: list[Part] = []
    flow(body, parts, pictures)
    return parts


def flow(element, parts, pictures):
    """Add the blocks of ``element``; what stands loose between them becomes paragraphs."""
    loose = paragraph_like(element)
    loose.text, element.text = element.text, None
    for child in list(element):
        tail, child.tail = child.tail, None
        if is_inline(child):
            if child.tag == "br" and ends_with_break(loose):
                loose = closed(loose, parts, pictures, element)
                add_tail(loose, tail)
            else:
                loose.append(child)
                child.tail = tail
        else:
            loose = closed(loose, parts, pictures, element)
            add_block(child, parts, pictures)
            add_tail(loose, tail)
    closed(loose, parts, pictures, element)


def add_tail(loose, tail):
    loose.text = (loose.text or "") + (tail or "")


def paragraph_like(element):
    """An empty paragraph with the direction and the language, and our marks, of what it comes from."""
    kept = {name: element.get(name) for name in ("dir", "lang", "data-caption") if element.get(name)}
    return made("p", None, **kept)


def is_inline(element):
    return element.tag in INLINE and not any(inner.tag not in INLINE for inner in element.iter())


def ends_with_break(loose):
    return len(loose) > 0 and loose[-1].tag == "br" and not (loose[-1].tail or "").strip()


def closed(loose, parts, pictures, source):
    """Add the paragraph that was gathered, its pictures and videos after it; return a new one."""
    picture_first = len(loose) > 0 and loose[0].tag == "img" and not (loose.text or "").strip()
    figures = [Part(figure) for figure in media_in(loose, pictures)]
    trim(loose)
    video = video_figure(loose)
    words = [Part(loose if video is None else video)] if loose.text_content().strip() else []
    parts.extend([*figures, *words] if picture_first else [*words, *figures])
    return paragraph_like(source)


def trim(loose):
    """Without spaces and line ends at its edges."""
    while len(loose) and loose[-1].tag == "br" and not (loose[-1].tail or "").strip():
        loose.remove(loose[-1])
    while len(loose) and loose[0].tag == "br" and not (loose.text or "").strip():
        loose.text = loose[0].tail
        loose[0].tail = None
        loose.remove(loose[0])
    loose.text = (loose.text or "").lstrip()
    if len(loose):
        loose[-1].tail = (loose[-1].tail or "").rstrip() or None
    else:
        loose.text = loose.text.rstrip()


def add_block(element, parts, pictures):
    reason = element.attrib.pop(LEFT_OUT, "")
    if reason:
        add_region(element, reason, parts, pictures)
    elif element.tag in HEADINGS:
        add_heading(element, parts, pictures)
    elif element.tag in ("ul", "ol", "menu", "dir"):
        add_if_words(list_of(element, pictures), parts)
    elif element.tag == "dl":
        add_if_words(definitions(element, pictures), parts)
    elif element.tag == "table" and tables.is_layout(element):
        flow(tables.opened_up(element), parts, pictures)
    elif element.tag == "table":
        parts.append(Part(tables.table_of(element, lambda cell: inner_blocks(cell, pictures))))
    elif element.tag in ("blockquote", "details") or (element.tag == "aside" and element.get("data-callout")):
        add_if_words(container(element, pictures), parts)
    elif element.tag == "pre":
        add_if_words(listing(element), parts)
    elif element.tag == "figure":
        add_figure(element, parts, pictures)
    elif element.tag == "hr":
        parts.append(Part(made("hr")))
    elif element.tag in (*MEDIA, "img"):
        holder = made("p")
        holder.append(element)
        closed(holder, parts, pictures, holder)
    else:
        flow(element, parts, pictures)


def add_if_words(element, parts):
    if element.text_content().strip() or element.find(".//img") is not None:
        parts.append(Part(element))


def add_region(element, reason, parts, pictures):
    """What is left out together stays together: one part, with its words."""
    for picture in list(element.iter("img", *MEDIA)):
        picture.drop_tree()
    block = made("div")
    block.extend(inner_blocks(element, pictures))
    if block.text_content().strip():
        parts.append(Part(block[0] if len(block) == 1 else block, reason))


def add_heading(element, parts, pictures):
    figures = media_in(element, pictures)
    for inner in [inner for inner in element.iterdescendants() if inner.tag not in INLINE]:
        inner.tail = f" {inner.tail or ''}"
        inner.drop_tag()
    heading = paragraph_like(element)
    heading.tag, heading.text = element.tag, element.text
    heading.extend(list(element))
    trim(heading)
    add_if_words(heading, parts)
    parts.extend(Part(figure) for figure in figures)


def inner_blocks(element, pictures):
    """The blocks inside a quotation, an item or a cell; a heading there is a bold line."""
    parts: list[Part] = []
    flow(element, parts, pictures)
    for part in parts:
        if part.is_heading:
            bold = made("strong", part.element.text)
            bold.extend(list(part.element))
            part.element.tag, part.element.text = "p", None
            part.element.append(bold)
    return [part.element for part in parts]


def list_of(element, pictures):
    block = made("ol" if element.tag == "ol" else "ul")
    if element.tag == "ol" and (element.get("start") or "").isdigit() and element.get("start") != "1":
        block.set("start", element.get("start"))
    for child in element:
        if child.tag in ("ul", "ol") and len(block):
            block[-1].append(list_of(child, pictures))
            continue
        item = made("li")
        fill(item, inner_blocks(child, pictures) if child.tag == "li" else inner_blocks(wrapped(child), pictures))
        if item.text_content().strip() or item.find(".//img") is not None:
            block.append(item)
    return block


def wrapped(child):
    holder = made("div")
    holder.append(child)
    return holder


def definitions(element, pictures):
    block = made("dl")
    for child in list(element.iter("dt", "dd")):
        entry = made(child.tag)
        fill(entry, inner_blocks(child, pictures))
        block.append(entry)
    return block


def container(element, pictures):
    block = made(element.tag)
    if element.tag == "aside":
        block.set("data-callout", element.get("data-callout"))
    summary = element.find("summary") if element.tag == "details" else None
    if summary is not None:
        summary.tail = None
        element.remove(summary)
        block.append(made("summary", " ".join(summary.text_content().split())))
    block.extend(inner_blocks(element, pictures))
    return block


def listing(element):
    for end_of_line in list(element.iter("br")):
        end_of_line.tail = f"\n{end_of_line.tail or ''}"
        end_of_line.drop_tag()
    block = made("pre")
    block.append(made("code", element.text_content().strip("\n")))
    return block


def add_figure(element, parts, pictures):
    """A picture with its caption, or what else a page calls a figure: a table, a quotation, a video."""
    caption = element.find(".//figcaption")
    images = [image for image in element.iter("img") if is_picture_worth(image)]
    others = element.xpath(".//table|.//blockquote|.//pre|.//figure|.//ul|.//ol|.//iframe|.//video|.//audio")
    if others or len(images) != 1:
        if caption is not None:
            caption.set("data-caption", "yes")
        flow(element, parts, pictures)
        return
    figure = figure_of_picture(images[0], pictures)
    words = caption if caption is not None else made("figcaption")
    trim(words)
    for inner in [inner for inner in words.iterdescendants() if inner.tag not in INLINE]:
        inner.drop_tag()
    if figure is None:
        add_lost_caption(words, parts)
        return
    if words.text_content().strip():
        words.tail = None
        figure.append(words)
    parts.append(Part(figure))


def add_lost_caption(words, parts):
    if words.text_content().strip():
        words.tag, words.tail = "p", None
        parts.append(Part(words, "picture"))
