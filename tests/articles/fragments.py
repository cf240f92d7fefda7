"""Strategies: articles as people write them, and HTML as nobody should."""

from html import escape

from hypothesis import strategies as st

from courses.articles.sanitise import BLOCKS, CALLOUTS, INLINE, PARTS
from tests.articles.hostile import FRAGMENTS

# HTML as nobody should: tags that do not fit, are not allowed, or are never closed

FOREIGN = (
    "script style svg math mi mtext annotation-xml foreignObject desc title textarea select option template iframe "
    "form input button noscript h1 h5 body html head base meta link marquee font center nobr xmp frameset object "
    "embed video audio label fieldset b i"
).split()
RAGS = [
    "tekst",
    "é🙂",
    "‏שלום",
    " ",
    "\n\n",
    "\x01",
    "<",
    "</",
    "</p>",
    "</div>",
    '"',
    "&amp;",
    "&lt;b&gt;",
    "&#0;",
    "&#1",
    "&nbsp;",
    "<!-- x -->",
    "<![CDATA[x]]>",
    "`",
]
ATTRIBUTES = [
    "",
    "",
    ' href="https://goed.example/?a=1&b=2"',
    ' href="javascript:alert(1)"',
    ' src="/pictures/x/"',
    ' src="//kwaad.example"',
    ' onclick="alert(1)"',
    ' id="x" class="x" name="x"',
    ' lang="en"',
    ' data-callout="tip"',
    ' data-callout="<b>"',
    ' data-video="youtube:dQw4w9WgXcQ"',
    ' data-video="vimeo:1&quot;"',
    ' alt="<h1>&quot;"',
    ' colspan="2"',
    ' title="</p><script>"',
]


def element(tag, attributes, content, closed):
    return f"<{tag}{attributes}>{''.join(content)}" + (f"</{tag}>" if closed else "")


rags = st.sampled_from(RAGS) | st.sampled_from(FRAGMENTS)
tags = st.sampled_from(sorted(BLOCKS | INLINE | PARTS) + FOREIGN)
torn = st.lists(
    st.recursive(
        rags,
        lambda inner: st.builds(
            element,
            tags,
            st.sampled_from(ATTRIBUTES),
            st.lists(inner, max_size=4),
            st.sampled_from([True, True, False]),
        ),
        max_leaves=10,
    ),
    max_size=4,
).map("".join)


# Articles as people write them

WORDS = [
    "tekst",
    "Ja, dat is zo.",
    "*ster*",
    "_streep_",
    "# kop",
    "1. een",
    "10) tien",
    "- punt",
    "+ plus",
    "> citaat",
    "`code`",
    "``",
    "~~~",
    "~~weg~~",
    "| a | b |",
    ":--",
    "[link](x)",
    "[x]: y",
    "![x](y)",
    "\\",
    "a\\b",
    "<b>",
    "<!-- -->",
    "&amp;",
    "&copy;",
    "&",
    "é🙂👩🏽‍🏫",
    "‏שלום עולם",
    "\u202eomgekeerd",
    "\xa0",
    "---",
    "===",
    "  a  ",
    "\n",
    "\n\n",
    "    vier",
    "\t",
    "https://goed.example",
    "<https://goed.example>",
    "!",
    "]",
    "{x}",
    '"q"',
    "'",
    "2*3*4",
    "a_b_c",
    "[^1]",
]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join) | st.text(max_size=10)
shown = texts.map(lambda text: escape(text, quote=False))
quoted = texts.map(escape)


def wrap(tag, content, attributes=""):
    return f"<{tag}{attributes}>{content}</{tag}>"


def several(strategy, least=1):
    return st.lists(strategy, min_size=least, max_size=3).map("".join)


addresses = st.sampled_from(
    ["https://goed.example/?a=1&b=2", "mailto:tom@example.org", "/themes/a/", "#x", "https://goed.example/(x)_*y*"]
)
alternatives = st.just("") | st.just(' alt=""') | quoted.map(' alt="{}"'.format)
pictures = st.builds('<img src="/pictures/{}/"{}>'.format, st.sampled_from(["a", "B-1", "z_9"]), alternatives)
emphasis = st.sampled_from("strong em u s sub sup mark small code kbd cite q span".split())
inline = several(
    st.recursive(
        shown | st.just("<br>") | pictures,
        lambda inner: (
            st.builds(wrap, emphasis, several(inner))
            | st.builds(lambda to, text: wrap("a", text, f' href="{escape(to)}"'), addresses, several(inner))
            | st.builds(lambda long, text: wrap("abbr", text, f' title="{long}"'), quoted, several(inner))
        ),
        max_leaves=5,
    )
)
paragraphs = st.builds(wrap, st.just("p"), inline, st.sampled_from(["", "", "", ' lang="en"', ' dir="rtl"']))
headings = st.builds(wrap, st.sampled_from(["h2", "h3", "h4"]), inline)
code = st.lists(st.sampled_from(WORDS), max_size=6).map("\n".join).map(escape)
listings = code.map(lambda text: wrap("pre", text)) | code.map(lambda text: wrap("pre", wrap("code", text)))
captions = st.just("") | inline.map(lambda text: wrap("figcaption", text))
figures = st.builds(lambda image, caption: wrap("figure", image + caption), pictures, captions)
videos = st.builds(
    lambda caption, video: wrap("figure", caption, f' data-video="{video}"'),
    captions,
    st.sampled_from(["youtube:dQw4w9WgXcQ", "youtube:--_--", "vimeo:76979871"]),
)
callouts = ["", *(f' data-callout="{kind}"' for kind in CALLOUTS)]
cells = st.builds(wrap, st.sampled_from(["td", "td", "th"]), inline)
rows = st.lists(cells, min_size=1, max_size=3).map(lambda row: wrap("tr", "".join(row)))
tables = st.builds(
    lambda head, body: wrap("table", (wrap("thead", head) if head else "") + wrap("tbody", body)),
    st.just("") | rows,
    several(rows),
)


def around(blocks):
    """Blocks that hold blocks."""
    inner = several(blocks)
    items = several((inline | inner | st.builds("{}{}".format, inline, inner)).map(lambda text: wrap("li", text)))
    return st.one_of(
        items.map(lambda text: wrap("ul", text)),
        st.builds(wrap, st.just("ol"), items, st.sampled_from(["", ' start="3"', ' start="0"'])),
        inner.map(lambda text: wrap("blockquote", text)),
        st.builds(wrap, st.just("aside"), inner, st.sampled_from(callouts)),
        st.builds(lambda title, text: wrap("details", wrap("summary", title) + text), inline, inner),
        st.builds(lambda term, text: wrap("dl", wrap("dt", term) + wrap("dd", text)), inline, inner),
        inner.map(lambda text: wrap("section", text)),
    )


blocks = st.recursive(
    paragraphs | headings | listings | figures | videos | tables | st.just("<hr>"), around, max_leaves=5
)
articles = st.lists(blocks, max_size=5).map("".join)
