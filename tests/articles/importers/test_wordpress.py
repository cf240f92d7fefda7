"""Exports of WordPress: an article for each post and page."""

from courses.articles.importers import read
from courses.articles.importers.finding import find

TEXT = "Een koor begint met ademhalen. Wie samen inademt, zingt even later vanzelf samen de eerste toon."
MORE = "Daarna komt het luisteren. Zing zachter dan je buurman, en het hele koor klinkt voller dan daarvoor."


def item(title, content, *, kind="post", status="publish"):
    return (
        f"<item><title>{title}</title><link>https://koor.example/?p=1</link><pubDate>"
        f"Mon, 01 Jan 2020 10:00:00 +0000</pubDate>"
        f"<dc:creator><![CDATA[els]]></dc:creator><content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[Een uittreksel.]]></excerpt:encoded><wp:status>{status}</wp:status>"
        f"<wp:post_type>{kind}</wp:post_type></item>"
    )


def export(*items):
    return (
        '<?xml version="1.0" encoding="UTF-8" ?>\n<!-- generator="WordPress/6.5" -->\n'
        '<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Koor</title>{"".join(items)}</channel></rss>'
    ).encode()


def html_of(content):
    (article,) = find("koor.xml", export(item("Samen zingen", content)))
    return "".join(block.html for block in article.blocks if not block.left_out)


def test_posts_and_pages_come_in_their_order_drafts_too():
    content = export(
        item("Ademen", f"<p>{TEXT}</p>"),
        item("foto", "", kind="attachment", status="inherit"),
        item("Luisteren", f"<p>{MORE}</p>", kind="page", status="draft"),
        item("Menu", "x", kind="nav_menu_item"),
        item("Weg", f"<p>{TEXT}</p>", status="trash"),
    )

    assert [article.title for article in find("koor.xml", content)] == ["Ademen", "Luisteren"]


def test_it_is_read_in_a_process_of_its_own():
    assert [article.title for article in read("koor.xml", export(item("Ademen", f"<p>{TEXT}</p>")))] == ["Ademen"]


def test_the_excerpt_is_no_part_of_the_text():
    assert html_of(f"<p>{TEXT}</p>") == f"<p>{TEXT}</p>"


def test_blocks_of_the_editor_are_read_without_their_comments():
    content = (
        f"<!-- wp:paragraph -->\n<p>{TEXT}</p>\n<!-- /wp:paragraph -->\n\n"
        '<!-- wp:heading {"level":3} -->\n<h3 class="wp-block-heading">Luisteren</h3>\n<!-- /wp:heading -->\n\n'
        f"<!-- wp:paragraph -->\n<p>{MORE}</p>\n<!-- /wp:paragraph -->\n\n"
        '<!-- wp:list -->\n<ul class="wp-block-list"><!-- wp:list-item -->\n<li>'
        "sopraan</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->\n\n"
        '<!-- wp:embed {"url":"https://youtu.be/dQw4w9WgXcQ"} -->\n<figure class="wp-block-embed">'
        '<div class="wp-block-embed__wrapper">\n'
        "https://youtu.be/dQw4w9WgXcQ\n</div><figcaption>Het koor</figcaption></figure>\n<!-- /wp:embed -->\n\n"
        '<!-- wp:table -->\n<figure class="wp-block-table"><table><thead><tr><th>'
        "Stem</th></tr></thead><tbody><tr><td>alt</td></tr></tbody></table>"
        "<figcaption>Stemmen</figcaption></figure>\n<!-- /wp:table -->"
    )

    assert html_of(content) == (
        f"<p>{TEXT}</p><h2>Luisteren</h2><p>{MORE}</p><ul><li>sopraan</li></ul>"
        '<figure data-video="youtube:dQw4w9WgXcQ"><figcaption>Het koor</figcaption></figure>'
        '<table><caption>Stemmen</caption><thead><tr><th scope="col">Stem</th></tr>'
        "</thead><tbody><tr><td>alt</td></tr></tbody></table>"
    )


def test_blank_lines_of_the_old_editor_are_paragraphs():
    assert html_of(f"{TEXT}\n\n<h2>Luisteren</h2>\n{MORE}\nTweede regel\n\n<ul>\n<li>alt</li>\n</ul>") == (
        f"<p>{TEXT}</p><h2>Luisteren</h2><p>{MORE}<br>Tweede regel</p><ul><li>alt</li></ul>"
    )


def test_captions_embeds_and_other_shortcodes():
    content = (
        f'{TEXT}\n\n[caption id="1" width="9"]<img src="https://koor.example/k.png" alt="Het koor">'
        f" In de kerk[/caption]\n\n"
        '[embed]https://vimeo.com/76979871[/embed]\n\n[gallery ids="1,2"]\n\n[contact-form-7 id="3"]\n\n'
        f'[su_box title="Let op"]{MORE}[/su_box]\n\nZij zei [sic] niets.'
    )

    (article,) = find("koor.xml", export(item("Samen zingen", content)))

    html = "".join(block.html for block in article.blocks if not block.left_out)
    assert html == f'<p>{TEXT}</p><figure data-video="vimeo:76979871"></figure><p>{MORE}</p><p>Zij zei [sic] niets.</p>'
    assert [(lost.what, lost.name) for lost in article.lost] == [
        ("gallery", ""),
        ("shortcode", "[contact-form-7]"),
        ("shortcode", "[su_box]"),
        ("picture-elsewhere", "Het koor"),
    ]
    assert [(block.left_out, block.text) for block in article.blocks if block.left_out] == [("picture", "In de kerk")]


def test_a_post_that_is_there_twice_is_left_out_the_second_time():
    first, second = find("koor.xml", export(item("Ademen", f"<p>{TEXT}</p>"), item("Ademen", f"<p>{TEXT}</p>")))

    assert [block.left_out for block in first.blocks] == [""]
    assert [block.left_out for block in second.blocks] == ["twice"]


def test_a_share_line_in_a_post_is_left_out():
    (article,) = find("koor.xml", export(item("Ademen", f"<p>{TEXT}</p><p>{MORE}</p><p>Deel dit artikel</p>")))

    assert [block.left_out for block in article.blocks] == ["", "", "share"]
