"""What is pasted becomes plain structure; pictures come by button, by pasting and by dropping."""

import re

import pytest
from playwright.sync_api import expect

from courses.models import Picture
from tests.browser import clipboard
from tests.browser.writing import (
    html_of,
    is_saved,
    make_written_topic,
    paste,
    press,
    start_over,
    text_of,
    write,
)
from tests.models.pictures import jpeg, png

pytestmark = pytest.mark.browser
PICTURES = re.compile("/pictures/$")
GIVE_FILES = """
([kind, files, html]) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html);
    for (const [name, type, content] of files) data.items.add(new File([Uint8Array.from(content)], name, { type }));
    const text = document.querySelector(".ProseMirror"), box = text.getBoundingClientRect();
    const where = { clientX: box.left + 120, clientY: box.top + 40, bubbles: true, cancelable: true };
    text.dispatchEvent(kind === "drop" ? new DragEvent("drop", { dataTransfer: data, ...where })
        : new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}
"""


@pytest.fixture
def topic(db):
    return make_written_topic("")


def give(page, kind, *files, html=""):
    """Paste or drop files: name, type and content of each."""
    page.evaluate(GIVE_FILES, [kind, [[name, type_, list(content)] for name, type_, content in files], html])


def choose(page, *files):
    with page.expect_file_chooser() as chooser:
        press(page, "Picture")
    chooser.value.set_files([{"name": name, "mimeType": type_, "buffer": content} for name, type_, content in files])


def figure(page):
    return text_of(page).locator("figure")


PASTED = {
    "Word": (clipboard.WORD, clipboard.FROM_WORD),
    "Google Docs": (clipboard.GOOGLE_DOCS, clipboard.FROM_GOOGLE_DOCS),
    "a web page": (clipboard.WEB_PAGE, clipboard.FROM_WEB_PAGE),
    "a title": ("<h1>Een</h1><h2>Twee</h2><h6>Drie</h6>", "<h2>Een</h2>\n<h3>Twee</h3>\n<h4>Drie</h4>"),
    "no title": ("<h3>Drie</h3><p>x</p>", "<h3>Drie</h3>\n<p>x</p>"),
    "mail": (
        "<div>Een</div><div><br></div><div>Twee<div>Drie</div></div>",
        "<p>Een</p>\n<p>Twee</p>\n<p>Drie</p>",
    ),
    "a box": ("<aside data-callout='tip'><p>x</p></aside>", '<aside data-callout="tip"><p>x</p></aside>'),
    "colours": ("<p style='a:b'>a <b>b</b> <font color=red>c</font></p>", "<p>a <strong>b</strong> c</p>"),
}


def test_what_is_pasted_becomes_plain_structure(page, topic, subtests):
    for source, (html, becomes) in PASTED.items():
        with subtests.test(source):
            start_over(page, topic, "")
            write(page, "")

            paste(page, html=html, plain="niet dit")

            is_saved(page)
            assert html_of(topic) == becomes
            assert page.evaluate("violations") == []


def test_plain_text_becomes_paragraphs(page, topic):
    write(page, "")

    paste(page, plain="Eerste regel.\n\nTweede <b>regel</b>.\r\nDerde.")

    is_saved(page)
    assert html_of(topic) == "<p>Eerste regel.</p>\n<p>Tweede &lt;b&gt;regel&lt;/b&gt;.</p>\n<p>Derde.</p>"


def test_that_pictures_of_elsewhere_stay_behind_is_said(page, topic):
    write(page, "")

    paste(page, html=clipboard.WEB_PAGE)

    said = page.get_by_role("status").filter(has_text="Pictures of another page are not taken along (1)")
    expect(said).to_have_count(1)


def test_what_is_cut_here_is_pasted_whole(page, topic):
    write(page, "")
    paste(page, html='<details data-pm-slice="0 0 []"><summary>Meer</summary><p lang="en">More</p></details>')

    is_saved(page)
    assert html_of(topic) == '<details><summary>Meer</summary><p lang="en">More</p></details>'


# Pictures


def test_a_picture_is_chosen_and_described(page, topic):
    write(page, "Kijk:")
    choose(page, ("twee-cirkels.png", "image/png", png()))

    expect(figure(page).get_by_text("Not every reader sees this picture.")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="twee-cirkels.png is in the text")).to_have_count(1)
    is_saved(page)
    address = Picture.objects.get(topic=topic).address
    assert html_of(topic) == f'<p>Kijk:</p>\n<figure><img src="{address}"></figure>'
    figure(page).get_by_label("What is to be seen").fill("Twee cirkels die elkaar raken")
    expect(figure(page).get_by_text("Not every reader sees this picture.")).to_be_hidden()
    figure(page).locator("figcaption").click()
    page.keyboard.type("Waar doelen samenvallen")
    page.keyboard.press("Enter")
    page.keyboard.type("Daarna.")

    expect(page.locator("[data-status]")).to_have_text("Not saved yet")
    is_saved(page)
    assert html_of(topic) == (
        f'<p>Kijk:</p>\n<figure><img src="{address}" alt="Twee cirkels die elkaar raken">'
        "<figcaption>Waar doelen samenvallen</figcaption></figure>\n<p>Daarna.</p>"
    )


def test_a_picture_can_be_decoration(page, topic):
    choose(page, ("rand.jpg", "image/jpeg", jpeg()))

    figure(page).get_by_label("Decorative").check()

    expect(figure(page).get_by_label("What is to be seen")).to_be_disabled()
    is_saved(page)
    assert html_of(topic) == f'<figure><img src="{Picture.objects.get().address}" alt=""></figure>'


@pytest.mark.parametrize("way", ["paste", "drop"])
def test_several_pictures_are_pasted_or_dropped_at_once(page, topic, way):
    write(page, "Kijk:")

    give(page, way, ("een.png", "image/png", png()), ("twee.png", "image/png", png((9, 9))))

    expect(figure(page)).to_have_count(2)
    is_saved(page)
    assert Picture.objects.filter(topic=topic).count() == 2


def test_text_of_word_goes_before_the_picture_of_that_text(page, topic):
    write(page, "")

    give(page, "paste", ("image.png", "image/png", png()), html="<p>Tekst uit Word</p>")

    expect(text_of(page)).to_have_text("Tekst uit Word")
    expect(figure(page)).to_have_count(0)


@pytest.mark.parametrize(
    ("content", "answer"),
    [(b"geen plaatje", "This is not a PNG or JPEG picture that can be read."), (b"", "empty")],
)
def test_what_is_no_picture_is_refused_at_its_place(page, topic, content, answer):
    write(page, "Kijk:")

    give(page, "paste", ("x.png", "image/png", content))

    refused = text_of(page).locator(".upload")
    expect(refused).to_contain_text(answer)
    refused.get_by_role("button", name="Remove").click()
    expect(refused).to_have_count(0)
    expect(text_of(page)).to_be_focused()
    assert not Picture.objects.exists()


def test_a_picture_that_did_not_arrive_is_sent_again_while_one_types_on(page, topic):
    page.context.route(PICTURES, lambda route: route.abort())
    write(page, "Kijk:")
    give(page, "paste", ("een.png", "image/png", png()))
    upload = text_of(page).locator(".upload")
    expect(upload).to_contain_text("no connection")
    page.context.unroute_all()
    write(page, " en verder.")

    upload.get_by_role("button", name="Try again").click()

    expect(figure(page)).to_have_count(1)
    expect(upload).to_have_count(0)
    is_saved(page)
    assert html_of(topic).startswith("<p>Kijk: en verder.</p>\n<figure>")


def test_a_picture_under_way_can_be_called_back(page, topic):
    page.context.route(PICTURES, lambda route: None)
    give(page, "paste", ("een.png", "image/png", png()))
    upload = text_of(page).locator(".upload")
    expect(upload.get_by_role("progressbar")).to_be_visible()

    upload.get_by_role("button", name="Remove").click()

    expect(upload).to_have_count(0)
    assert not Picture.objects.exists()


def test_a_picture_is_removed_by_keyboard(page, topic):
    choose(page, ("een.png", "image/png", png()))
    figure(page).locator("figcaption").click()
    page.wait_for_timeout(100)  # the editor hears of a click a moment later

    page.keyboard.press("Backspace")
    expect(text_of(page).locator("figure.ProseMirror-selectednode")).to_be_visible()
    page.keyboard.press("Backspace")

    expect(figure(page)).to_have_count(0)
