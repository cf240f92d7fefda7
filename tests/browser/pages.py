"""Every page there is, with something on it, and how to get there."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from tests.browser.conftest import make_named_theme
from tests.conftest import begin, make_step, make_theme, make_topic

WIDE_TITLE = "Vertrouwensopbouwgesprek".ljust(300, "x")
NOOR = {"name": "Noor", "email": "noor@example.org", "password1": "negen blauwe fietsen"}
RICH = """
<p>Een alinea met een <a href="https://example.org/">koppeling</a>, <em>nadruk</em>, <code>code</code>.</p>
<h2>Een vraag</h2><p>Wat zou je doen?</p><blockquote><p>Ik hoef niet te weten hoe.</p></blockquote>
<h2>Een lijst</h2><ul><li>Luister.</li><li>Vraag.</li></ul><ol><li>Eerst</li><li>Dan</li></ol>
<h2>Een tabel</h2><table><thead><tr>{head}</tr></thead><tbody><tr>{cells}</tr></tbody></table>
<h3>Diepere kop</h3><aside><p>Een terzijde.</p></aside><details><summary>Meer</summary><p>Nog iets.</p></details>
<pre><code>{wide}</code></pre><p>{wide}</p><figure><figcaption>Een bijschrift</figcaption></figure><hr>
""".format(head="<th>Kolom</th>" * 14, cells="<td>Waarde</td>" * 14, wide="w" * 300)
VIDEOS = """
<p>Kijk eerst.</p><figure data-video="youtube:dQw4w9WgXcQ"><figcaption>Zo vraag je door</figcaption></figure>
<figure data-video="vimeo:76979871"></figure>
<aside data-callout="tip"><p>Vraag door.</p></aside><aside data-callout="example"><p>Waarom eigenlijk?</p></aside>
<aside data-callout="warning"><p>Niet te snel.</p></aside>
"""


def build(lea):
    """Set the stage: a theme in every state, and Lea on her way in some."""
    make_theme(0, title="Leeg", slug="empty")
    rich = make_theme(0, title="Rijk", slug="rich", summary="Waar dit over gaat.")
    rich.describe(introduction="<h2>Waarom dit thema</h2><p>Omdat het helpt.</p>")
    rich.add(make_topic("Van alles", RICH, summary="Een samenvatting."), slug="all")
    rich.add(make_topic("Nog een"), slug="second")
    wide = make_theme(0, title=WIDE_TITLE, slug="wide", summary=WIDE_TITLE)
    wide.describe(introduction=RICH)
    for slug in ("first", "second", "third"):
        wide.add(make_topic(WIDE_TITLE, RICH, summary=WIDE_TITLE), slug=slug)
    under_way(lea)
    finished(lea)
    renewed(lea)
    wide_participation = begin(lea, wide)
    wide_participation.complete(wide.steps.get(slug="first"), deed=uuid4())
    wide_participation.open(wide.steps.get(slug="second"))


def under_way(lea):
    theme = make_named_theme("Onderweg", ["Gedaan", "Bezig", "Open", "Dicht"], in_order=True)
    participation = begin(lea, theme)
    make_step(theme, "Extra", required=False, slug="extra")
    make_step(theme, "Later", release_date=timezone.localdate() + timedelta(days=30), slug="later")
    participation.complete(theme.steps.get(slug="gedaan"), deed=uuid4())
    participation.open(theme.steps.get(slug="bezig"))


def finished(lea):
    for title in ("Af", "Vernieuwd"):
        theme = make_named_theme(title, ["Eerste", "Tweede"])
        participation = begin(lea, theme).restart()
        for step in theme.steps.all():
            participation.complete(step, deed=uuid4())
    make_step(theme, "Erbij", slug="erbij")


def renewed(lea):
    """What Lea completed has a new edition and stands in another theme too, and her trainer asks for more."""
    theme = make_named_theme("Bijgewerkt", [])
    step = theme.add(make_topic("Van alles", RICH, summary="Een samenvatting."), slug="alles")
    begin(lea, theme).complete(step, deed=uuid4())
    changed = RICH.replace("koppeling", "verwijzing").replace("<li>Luister.</li>", "") + "<p>Erbij.</p>"
    step.topic.write(title="Van alles en nog wat", summary="Kort.", html=changed)
    step.topic.publish(major=True, note=WIDE_TITLE)
    make_named_theme("Gedeeld", ["Eigen"]).add(step.topic, slug="alles")
    theme.ask(make_step(theme, "Gevraagd", slug="gevraagd"), reason="De wet is veranderd.")
    theme.add(make_topic("Film", VIDEOS), slug="film")


def at(address):
    return lambda page: page.goto(address)


def sent(address, **fields):
    """Fill in the form of a page, send it, and stay on what comes."""

    def arrive(page):
        page.goto(address)
        for name, value in fields.items():
            page.locator(f"main [name={name}]").fill(value)
        with page.expect_navigation() as navigation:
            page.locator("main form button").first.click()
        return navigation.value

    return arrive


def anew(arrive):
    """Arrive without cookies: allauth remembers a sign-in that waits for its code."""

    def arrive_anew(page):
        page.context.clear_cookies()
        return arrive(page)

    return arrive_anew


def opened(address, summary):
    def arrive(page):
        response = page.goto(address)
        page.locator(summary).click()
        return response

    return arrive


def everything_open(address):
    """With all that folds unfolded."""

    def arrive(page):
        response = page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach(details => { details.open = true; })")
        return response

    return arrive


def completed_by_htmx(address):
    def arrive(page):
        response = page.goto(address)
        page.locator("#completion button").last.click()
        page.locator("#completion .state-completed").wait_for()
        return response

    return arrive


def tampered(address, field):
    """Send a form of a page without one of its hidden fields."""

    def arrive(page):
        page.goto(address)
        form = page.locator("main form").first
        form.evaluate("(form, field) => { form.noValidate = true; form.elements[field].remove(); }", field)
        with page.expect_navigation() as navigation:
            form.locator("button").first.click()
        return navigation.value

    return arrive


def unticked(address):
    """Send a form without the tick that the browser would ask for."""

    def arrive(page):
        page.goto(address)
        form = page.locator("main form").first
        form.evaluate("form => { form.noValidate = true; }")
        with page.expect_navigation() as navigation:
            form.locator("button").first.click()
        return navigation.value

    return arrive


VISITOR = {
    "welcome": (200, at("/")),
    "theme": (200, at("/themes/rich/")),
    "empty theme": (200, at("/themes/empty/")),
    "wide theme": (200, at("/themes/wide/")),
    "topic": (200, at("/themes/rich/all/")),
    "wide topic": (200, at("/themes/wide/second/")),
    "locked topic": (403, at("/themes/onderweg/dicht/")),
    "topic of later": (403, at("/themes/onderweg/later/")),
    "sign in": (200, at("/account/login/?next=/themes/rich/")),
    "sign in, for a deed": (200, sent("/themes/rich/all/")),
    "sign in, refused": (200, sent("/account/login/", login="lea@example.org", password="niet dit")),
    "sign up": (200, at("/account/signup/")),
    "sign up, refused": (200, sent("/account/signup/", name="N", email="n@example.org", password1="kort")),
    "confirm address": (200, anew(sent("/account/signup/", **NOOR))),
    "sign in by code": (200, anew(at("/account/login/code/"))),
    "enter the code": (200, sent("/account/login/code/", email="lea@example.org")),
    "forgotten password": (200, anew(at("/account/password/reset/"))),
    "privacy": (200, at("/privacy/")),
    "accessibility": (200, at("/accessibility/")),
    "contact": (200, at("/contact/")),
    "message sent": (200, at("/contact/sent/")),
    "goodbye": (200, at("/account/goodbye/")),
    "not found": (404, at("/nowhere/")),
    "bad request": (400, tampered("/themes/rich/all/", "deed")),
    "forged form": (403, tampered("/account/login/", "csrfmiddlewaretoken")),
    "only a form": (405, at("/themes/rich/all/complete/")),
    "broken": (500, at("/broken/")),
    "out of reach": (503, at("/broken/database/")),
    "too fast": (429, at("/broken/too-fast/")),
}
LEARNER = {
    "home": (200, at("/")),
    "theme not begun": (200, at("/themes/rich/")),
    "theme under way": (200, at("/themes/onderweg/")),
    "theme under way, why": (200, opened("/themes/onderweg/", ".why summary")),
    "theme finished": (200, at("/themes/af/")),
    "theme finished, something new": (200, at("/themes/vernieuwd/")),
    "theme with something updated, and owed": (200, at("/themes/bijgewerkt/")),
    "topic that was updated": (200, at("/themes/bijgewerkt/alles/")),
    "topic with videos": (200, at("/themes/bijgewerkt/film/")),
    "what changed": (200, at("/themes/bijgewerkt/alles/changes/")),
    "what changed, unfolded": (200, opened("/themes/bijgewerkt/alles/changes/", ".differences-same summary >> nth=0")),
    "nothing changed": (200, at("/themes/onderweg/gedaan/changes/")),
    "theme with something to take over": (200, at("/themes/gedeeld/")),
    "topic to take over": (200, at("/themes/gedeeld/alles/")),
    "empty theme": (200, at("/themes/empty/")),
    "wide theme": (200, at("/themes/wide/")),
    "topic": (200, at("/themes/rich/all/")),
    "topic under way": (200, at("/themes/onderweg/bezig/")),
    "topic completed": (200, at("/themes/onderweg/gedaan/")),
    "wide topic": (200, at("/themes/wide/second/")),
    "topic completed just now": (200, completed_by_htmx("/themes/rich/second/")),
    "theme finished just now": (200, sent("/themes/rich/all/")),
    "locked topic": (403, at("/themes/onderweg/dicht/")),
    "topic of later": (403, at("/themes/onderweg/later/")),
    "account": (200, at("/account/")),
    "account, refused": (200, sent("/account/", name=" ")),
    "change password": (200, at("/account/password/change/")),
    "change address": (200, at("/account/email/")),
    "your data": (200, at("/account/data/")),
    "what others see": (200, at("/account/data/seen/")),
    "download": (200, at("/account/data/download/")),
    "erase": (200, at("/account/data/erase/")),
    "erase, refused": (400, unticked("/account/data/erase/")),
    "sign out": (200, at("/account/logout/")),
}
NEWCOMER = {"home without progress": (200, at("/"))}
