"""What somebody does before each picture. Elements are found by what they do, so that both languages walk alike."""

from pathlib import Path

PEOPLE = "Lea <lea@example.org>\nLars <lars@example.org>\nnoor@example,org\nlea@example.org"
HERE = Path(__file__).resolve().parent
GUIDED = {"nl": "cultuur-van-vertrouwen", "en": "giving-feedback"}
"""The theme that the group of the demo follows."""


def sign_in(page, email, password):
    page.goto("/account/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/")


def follow(camera, language):
    """A learner on a phone: begin, complete two topics, look who sees what."""
    page, theme = camera.page, f"/themes/{GUIDED[language]}/"
    page.goto(theme)
    page.click("form[action$='/open/'] button")
    for _topic in range(2):
        page.wait_for_load_state("networkidle")
        before = page.url
        page.click("#completion [name=onward]")
        page.wait_for_url(lambda address, before=before: address != before)
    page.wait_for_load_state("networkidle")
    camera.take("completing", at="#completion")
    page.goto(theme)
    camera.take("following")
    page.goto("/groups/")
    camera.take("who-sees-what", at=".panel:has(.who-sees)")


def join(camera, address):
    """Somebody who has the link of a group, on a phone."""
    camera.page.goto(address)
    camera.take("joining")


def read_wide(camera):
    """The theme page as it stands in the README."""
    camera.page.goto("/themes/cultuur-van-vertrouwen/")
    camera.take("theme")


def write(camera, language):
    """A trainer: from an article to a theme that could be published, and what a change does to people."""
    page = camera.page
    page.goto("/author/import/")
    page.fill("#id_text", (HERE / f"article-{language}.txt").read_text())
    page.locator("#id_text").evaluate("element => { element.scrollTop = 0; element.blur() }")
    camera.take("bringing")
    page.click(".bringing .buttons button")
    page.click("[id^=split-0]")
    page.wait_for_selector("#split-0[aria-pressed=true]")
    camera.take("proposal")
    page.click("#make")
    page.locator("a[href^='/author/themes/']").first.click()
    page.wait_for_selector(".authored-steps")
    camera.take("outline")
    theme = page.url
    page.locator(".authored-step h3 a").nth(1).click()
    page.wait_for_selector(".ProseMirror")
    camera.take("writing")
    page.goto(theme + "publish/")
    camera.take("publishing")
    page.goto(f"/author/themes/{GUIDED[language]}/")
    step = page.locator(".authored-step").nth(2)
    step.locator("summary").click()
    step.locator("form[action$='/take-out/'] button").click()
    page.wait_for_selector("#effect-dialog[open]")
    camera.take("effect")


def guide(camera, language):
    """A trainer with a group: invite, see who stalled, the client's page. Returns a link to join by."""
    page = camera.page
    page.goto("/track/")
    page.locator("a[href^='/track/groups/']").first.click()
    page.wait_for_load_state()
    group = page.url
    page.goto(group + "invite/")
    page.fill("textarea[name=text]", PEOPLE)
    page.locator("form[action$='/invite/preview/'] .buttons button").click()
    page.wait_for_selector(".understood")
    camera.take("inviting")
    page.goto(f"{group}themes/{GUIDED[language]}/")
    camera.take("roster", at="#everybody")
    page.goto(f"{group}themes/{GUIDED[language]}/stalled/")
    camera.take("stalled")
    page.locator(".stalled a.button").first.click()
    page.wait_for_selector("textarea[name=text]")
    camera.take("message")
    page.goto(group + "client/")
    camera.take("client")
    page.goto(group + "invite/")
    page.fill("[name=place_count]", "20")
    page.locator("form[action$='/links/create/'] button").click()
    return page.locator(".link-address").first.input_value()
