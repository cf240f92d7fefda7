"""From article to course in a real browser: paste or bring a file, look, change, and have drafts made."""

import re

import pytest
from playwright.sync_api import expect

from courses.articles.packing import zipped
from courses.authoring.exporting import theme_text
from courses.models import Edition, Import, Theme
from tests.authoring.brought import ARTICLE, SECOND, docx, proposed, wordpress
from tests.authoring.test_import_folders import files_in, zip_of
from tests.browser.conftest import enter, make_named_theme, with_and_without_javascript, without_javascript
from tests.browser.pages import WIDE_TITLE, at, everything_open, sent
from tests.browser.test_every_page import Inspector, in_both_languages
from tests.browser.test_keyboard import press, tab_to
from tests.conftest import begin
from tests.models.acts import steps_of
from tests.models.pictures import png

pytestmark = pytest.mark.browser

RICH = "<h1>Samen rust vinden</h1><p>Eerst <b>dit</b>.</p><ul><li>een</li><li>twee</li></ul>"
COPY = """
([html, text]) => navigator.clipboard.write([new ClipboardItem({
    "text/html": new Blob([html], { type: "text/html" }), "text/plain": new Blob([text], { type: "text/plain" }),
})])
"""


@pytest.fixture
def author(context, base_url, tom):
    """Tom's browser; he reads English."""
    enter(context, base_url, tom, "en")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 1000})
    return page


def see(author):
    author.get_by_role("button", name="See what becomes of it").click()
    expect(author.get_by_role("heading", level=1)).to_have_text(re.compile("What becomes|as a new theme|What “"))


def bring(author, text, address="/author/import/"):
    author.goto(address)
    author.get_by_label("Paste a text").fill(text)
    see(author)


def bring_file(author, name, content):
    author.goto("/author/import/")
    author.get_by_label("Or choose files").set_input_files({"name": name, "mimeType": "x/y", "buffer": content})
    see(author)


def make(author):
    author.get_by_role("button", name="Make drafts").click()
    expect(author.get_by_role("heading", level=1)).to_have_text("What was made of your text")


def titles(theme):
    return [str(step.topic) for step in steps_of(theme)]


@with_and_without_javascript
def test_two_articles_become_a_theme(javascript, author):
    bring(author, ARTICLE)
    left_out = author.locator(".left-out")
    expect(left_out).to_contain_text("Menu")
    expect(left_out).to_contain_text("Deel dit artikel")
    author.get_by_label("Title of topic 1").fill("Rust, samen")
    left_out.get_by_role("button", name="Put back: Deel dit artikel").click()
    expect(left_out.get_by_role("button", name="Leave out: Deel dit artikel")).to_be_visible()
    author.get_by_role("button", name="Split at the headings").click()
    expect(author.get_by_label("Title of topic 3")).to_have_value("Vraag het de ander")
    author.get_by_role("link", name="Add another text").click()
    author.get_by_label("Paste a text").fill(SECOND)
    see(author)
    author.get_by_label("Title of the new theme").fill("Rust en luisteren")
    make(author)
    author.get_by_role("link", name="To the theme").click()

    expect(author.get_by_role("heading", level=1)).to_have_text("Rust en luisteren")
    theme = Theme.objects.get()
    assert titles(theme) == ["Rust, samen", "Begin bij jezelf", "Vraag het de ander", "Luisteren naar elkaar"]
    made = " ".join(Edition.objects.values_list("html", flat=True))
    assert "Deel dit artikel" in made
    assert not any(words in made for words in ("Menu", "samen-rust", "Home", "Reageer op", "Neem gerust contact"))
    assert theme.published_at is None


@pytest.mark.browser_context_args(reduced_motion="reduce")
def test_the_place_and_the_focus_stay_where_they_were(author):
    bring(author, ARTICLE)
    author.get_by_text("Read the text").click()
    line = author.locator(".passage").filter(has_text="Doe het een week lang.")
    button = line.get_by_role("button")
    button.focus()
    before = line.bounding_box()["y"]

    author.keyboard.press("Enter")
    expect(button).to_have_text("Put back")

    expect(button).to_be_focused()
    expect(author.get_by_role("status")).to_have_text("Left out.")
    assert line.bounding_box()["y"] == pytest.approx(before, abs=20)
    author.keyboard.press("Enter")
    expect(button).to_have_text("Leave out")
    expect(button).to_be_focused()


def test_a_title_is_kept_as_soon_as_it_was_typed(author):
    bring(author, ARTICLE)

    author.get_by_label("Title of topic 1").fill("Rust")
    author.keyboard.press("Tab")
    expect(author.get_by_role("status")).to_have_text("Saved.")

    author.reload()
    expect(author.get_by_label("Title of topic 1")).to_have_value("Rust")


def test_what_is_typed_while_an_answer_is_on_its_way_stays(author):
    bring(author, ARTICLE)
    author.route("**/split/", lambda route: (author.wait_for_timeout(300), route.continue_()))

    author.get_by_role("button", name="Split at the headings").click(no_wait_after=True)
    title = author.get_by_label("Title of topic 1")
    title.fill("Rust")
    title.press_sequentially(", samen")
    expect(author.get_by_label("Title of topic 3")).to_be_visible()

    expect(title).to_have_value("Rust, samen")
    expect(title).to_be_focused()
    expect(author.get_by_role("status")).to_have_text("Saved.")
    author.reload()
    expect(title).to_have_value("Rust, samen")


def test_a_topic_is_joined_and_the_focus_stays_near(author):
    bring(author, ARTICLE)
    author.get_by_role("button", name="Split at the headings").click()
    join = author.get_by_role("button", name="Join “Vraag het de ander” with the topic before")
    join.focus()

    author.keyboard.press("Enter")
    expect(join).to_have_count(0)

    assert author.evaluate("document.activeElement.closest('.proposed-topic').id") == "topic-4"
    expect(author.locator(".tree")).to_contain_text("Vraag het de ander")


@with_and_without_javascript
def test_enter_in_a_title_keeps_it_and_does_nothing_else(javascript, author):
    bring(author, ARTICLE)

    author.get_by_label("Title of topic 1").fill("Rust")
    author.keyboard.press("Enter")

    expect(author.get_by_role("status")).to_contain_text("Saved.")
    expect(author.get_by_label("Title of topic 1")).to_have_value("Rust")
    assert Import.objects.get().proposal["sources"][0]["passages"][0]["html"] == "<h2>Rust</h2>"
    assert not Theme.objects.exists()


@without_javascript
def test_without_javascript_a_deed_leads_back_to_its_place(author):
    bring(author, ARTICLE)

    author.get_by_role("button", name="Put back: Deel dit artikel").click()

    expect(author).to_have_url(re.compile("#passage-"))
    expect(author.locator(".passage").filter(has_text="Deel dit artikel")).to_be_in_viewport()


def test_what_is_pasted_keeps_its_structure(author):
    author.goto("/author/import/")
    author.evaluate(COPY, [RICH, "Samen rust vinden\n\nEerst dit.\n\neen\ntwee"])

    author.get_by_label("Paste a text").focus()
    author.keyboard.press("Control+V")
    expect(author.get_by_role("status").last).to_have_text("Headings, lists and tables of what you pasted are kept.")
    see(author)

    expect(author.locator(".proposed-topic")).to_contain_text("A paragraph, a list")


def test_what_is_changed_by_hand_after_pasting_is_what_counts(author):
    author.goto("/author/import/")
    author.evaluate(COPY, [RICH, "Samen rust vinden\n\nEerst dit.\n\neen\ntwee"])

    author.get_by_label("Paste a text").focus()
    author.keyboard.press("Control+V")
    author.keyboard.type(" en nog iets dat ik zelf typte.")
    expect(author.get_by_role("status").last).to_contain_text("You changed the text by hand")
    see(author)
    make(author)

    assert "dat ik zelf typte" in Edition.objects.get().html


def test_files_are_dropped(author):
    author.goto("/author/import/")
    author.evaluate(
        """text => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([text], "rust.txt"));
            document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
        }""",
        ARTICLE,
    )

    see(author)

    expect(author.get_by_label("Title of topic 1")).to_have_value("Samen rust vinden")


FORMATS = {
    "rust.docx": (docx(title="Rust", picture=png((30, 20))), "A paragraph, a list, a picture, a table"),
    "rust.md": (b"# Rust\n\nEerst dit.\n\n- een\n- twee\n\n> Rust roest niet.\n", "A paragraph, a list, a quotation"),
    "rust.html": (f"<main>{RICH.replace('Samen rust vinden', 'Rust')}</main>".encode(), "A paragraph, a list"),
    "rust.txt": (ARTICLE.replace("Samen rust vinden", "Rust").encode(), "4 paragraphs"),
    "rust.zip": (zip_of({"rust.md": "# Rust\n\nEerst dit.\n"}), "A paragraph"),
}


def test_a_file_of_each_kind_becomes_a_topic(author, subtests):
    for name, (content, contents) in FORMATS.items():
        with subtests.test(name):
            bring_file(author, name, content)
            expect(author.get_by_label("Title of topic 1")).to_have_value("Rust")
            expect(author.locator(".proposed-topic > .soft").first).to_have_text(contents)
            make(author)

            assert titles(Theme.objects.latest("pk")) == ["Rust"]


@with_and_without_javascript
def test_the_posts_of_an_export_of_wordpress_are_chosen(javascript, author):
    bring_file(author, "export.xml", wordpress("Rust", "Luisteren", "Vragen"))
    expect(author.get_by_role("button", name="Make drafts")).to_have_count(0)

    author.get_by_label("Rust").check()
    author.get_by_label("Vragen").check()
    author.get_by_role("button", name="Go on with these").click()
    expect(author.get_by_label("Title of topic 2")).to_have_value("Vragen")
    make(author)

    assert titles(Theme.objects.get()) == ["Rust", "Vragen"]


@with_and_without_javascript
def test_a_theme_goes_out_as_a_zip_and_comes_in_changed(javascript, author, lea):
    theme = make_named_theme("Samen leren", ["Luisteren", "Vragen"])
    begin(lea, theme)
    with author.expect_download() as download:
        author.goto("/author/themes/samen-leren/")
        author.get_by_role("link", name="Download as a zip").click()
    assert download.value.suggested_filename == "samen-leren.zip"
    files = files_in(download.value.path().read_bytes())
    files["samen-leren/01-luisteren.md"] = files["samen-leren/01-luisteren.md"].replace(
        b"goed luistert", b"echt luistert"
    )

    bring_file(author, "samen-leren.zip", zip_of(files, folder=""))
    expect(author.get_by_text("1 person follows it")).to_be_visible()
    expect(author.get_by_role("heading", name="One changed text, as a draft")).to_be_visible()
    author.get_by_role("button", name="Take these changes in").click()

    expect(author.get_by_role("heading", level=1)).to_have_text("What was taken in")
    step = theme.steps.get(slug="luisteren")
    assert "echt luistert" in step.topic.draft.html
    assert "goed luistert" in step.topic.published_edition.html


def test_a_file_that_cannot_be_read_is_said_at_the_field_and_the_text_stays(author):
    author.goto("/author/import/")
    author.get_by_label("Paste a text").fill(ARTICLE)
    author.get_by_label("Or choose files").set_input_files({"name": "x.pdf", "mimeType": "x/y", "buffer": b"%PDF-1.4"})

    author.get_by_role("button", name="See what becomes of it").click()

    field = author.get_by_label("Or choose files")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("x.pdf"))
    expect(author.get_by_label("Paste a text")).to_have_value(ARTICLE)


@pytest.mark.browser_context_args(reduced_motion="reduce")
@pytest.mark.parametrize("width", [1280, 320])
def test_from_a_text_to_drafts_by_keyboard(author, width):
    author.set_viewport_size({"width": width, "height": 700})
    author.goto("/author/import/")

    tab_to(author, "Paste a text")
    author.keyboard.insert_text(ARTICLE)
    press(author, "See what becomes of it")
    expect(author.get_by_role("heading", level=1)).to_have_text("What becomes of your text")
    press(author, "Split at the headings")
    expect(author.locator("#split-0")).to_have_attribute("aria-pressed", "true")
    expect(author.locator("#split-0")).to_be_focused()
    tab_to(author, "Title of topic 1")
    author.keyboard.press("Control+A")
    author.keyboard.type("Rust")
    press(author, "Put back")
    expect(author.locator(".kept")).to_have_count(1)
    press(author, "Make drafts")

    expect(author.get_by_role("heading", level=1)).to_have_text("What was made of your text")
    assert titles(Theme.objects.get()) == ["Rust", "Begin bij jezelf", "Vraag het de ander"]


# Every page of it


def folder_import(theme, tom, client):
    files = files_in(zipped(theme_text(theme)))
    files = {
        name: text.replace(b"goed", b"echt").replace(b"required: true", b"required: false")
        for name, text in files.items()
    }
    files[f"{theme.slug}/99-nieuw.md"] = f"---\ntitle: {WIDE_TITLE}\n---\n\nLees dit.\n".encode()
    response = client.post("/author/import/read/", {"files": named(zip_of(files, folder=""), f"{'n' * 200}.zip")})
    return response.url


def named(content, name):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


def pages(tom, client):
    """Every page of bringing and taking in, in every state, with titles as wide as they get."""
    theme = make_named_theme("Samen leren", ["Luisteren", "Vragen"])
    waiting, made, split = proposed(tom), proposed(tom), proposed(tom, ARTICLE.replace("Samen rust vinden", WIDE_TITLE))
    client.post(f"{made.get_absolute_url()}make/")
    client.post(f"{split.get_absolute_url()}texts/0/split/")
    client.post(f"{split.get_absolute_url()}topics/4/leave-out/")
    client.post(f"{split.get_absolute_url()}passages/9/put-back/")
    chosen = client.post("/author/import/read/", {"files": named(wordpress("Rust", WIDE_TITLE), "x.xml")}).url
    word = client.post("/author/import/read/", {"files": named(docx(picture=png((900, 300))), "x.docx")}).url
    folder, taken = folder_import(theme, tom, client), folder_import(theme, tom, client)
    client.post(f"{taken}take-in-as-new/")
    new = client.post(
        "/author/import/read/", {"files": named(zip_of({"theme.md": "---\ntitle: Rust\n---\n"}), "x.zip")}
    ).url
    return {
        "begin": (200, at("/author/import/")),
        "begin, for a theme": (200, at(f"/author/import/?theme={theme.slug}")),
        "begin, with a proposal": (200, at(f"/author/import/?with={waiting.public_id}")),
        "begin, refused": (400, sent("/author/import/")),
        "proposal": (200, at(waiting.get_absolute_url())),
        "proposal, unfolded": (200, everything_open(waiting.get_absolute_url())),
        "proposal, split": (200, everything_open(split.get_absolute_url())),
        "proposal, with a picture": (200, everything_open(word)),
        "proposal, to choose from": (200, at(chosen)),
        "report": (200, everything_open(made.get_absolute_url())),
        "folder": (200, everything_open(folder)),
        "folder, new": (200, at(new)),
        "folder, report": (200, at(taken)),
    }


@in_both_languages
def test_every_page_of_an_import_holds(page, context, base_url, trainer, tom, language):
    enter(context, base_url, tom, language)
    inspector = Inspector(page, base_url)

    inspector.visit_all(pages(tom, trainer), language)

    assert not inspector.findings, "\n".join(inspector.findings)
