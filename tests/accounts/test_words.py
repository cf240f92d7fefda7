"""Every account page: one language, words of our own, and nothing that a stock page brings along."""

import re

import pytest
from django.template import Context, Origin, Template
from django.urls import get_resolver
from lxml import html

from tests.accounts.account_pages import ELSEWHERE, PAGES

ENGLISH = re.compile(
    r"\b(sign|email|password|passwords|please|your|you|the|confirm|cancel|save|change|continue|name|language|with|no)\b",
    re.IGNORECASE,
)
DUTCH = re.compile(
    r"\b(je|jij|jouw|een|het|de|wachtwoord|e-mailadres|inloggen|uitloggen|bewaren|annuleren|niet|naam|taal)\b",
    re.IGNORECASE,
)


@pytest.fixture(params=PAGES)
def build(request):
    return PAGES[request.param]


@pytest.fixture
def seen(client, learner, confirmed):
    """A page as the visitor or Lea sees it, in a language."""

    def look(build, language):
        client.cookies["language"] = language
        confirmed.language = language
        confirmed.save()
        response = build(client, learner, confirmed)
        assert response.status_code in (200, 401), response.headers
        return html.fromstring(response.content.decode())

    return look


def words(document):
    """All that a reader may see or hear, except the names of the languages in themselves."""
    for element in document.xpath("//script | //style | //body//*[@lang] | //select[@name='language']"):
        element.drop_tree()
    attributes = document.xpath("//@placeholder | //@title | //@aria-label | //@alt")
    return " ".join([*document.itertext(), *attributes])


def test_every_page_of_allauth_is_looked_at():
    theirs = ("account_", "mfa_", "socialaccount_", "openid_connect_")
    routes = {route for route in get_resolver().reverse_dict if str(route).startswith(theirs)}

    looked_at = {name.split(",")[0] for name in PAGES} - {"profile", "sessions", "reauthenticate_by_code"}
    assert routes == looked_at | ELSEWHERE


def test_in_dutch_no_english(seen, build):
    document = seen(build, "nl")

    assert document.get("lang") == "nl"
    assert not set(ENGLISH.findall(words(document)))


def test_in_english_no_dutch(seen, build):
    document = seen(build, "en")

    assert document.get("lang") == "en"
    assert not set(DUTCH.findall(words(document)))


def test_every_page_is_ours(seen, build):
    document = seen(build, "nl")

    assert document.xpath("//header[@class='site-header']")
    assert len(document.xpath("//main//h1")) == 1
    [title] = document.xpath("//title/text()")
    assert re.fullmatch(r"\S.*\S · Stapwijs", title)


def test_nothing_is_inline_and_every_field_has_a_label(seen, build):
    document = seen(build, "nl")

    assert not document.xpath("//@style | //@placeholder | //@*[starts-with(name(), 'on')] | //script[not(@src)]")
    for field in document.xpath("//main//input[not(@type='hidden')] | //main//select"):
        assert document.xpath(f"//label[@for='{field.get('id')}']"), field.name
        for described in (field.get("aria-describedby") or "").split():
            assert document.xpath(f"//*[@id='{described}']"), described


AUTOCOMPLETE = {
    "name": {"name", "off"},  # one's own, or that of a passkey
    "email": {"email"},
    "login": {"email"},
    "code": {"one-time-code"},
    "oldpassword": {"current-password"},
    "password": {"current-password"},
    "password1": {"new-password"},
    "password2": {"new-password"},
}


def test_fields_tell_the_browser_what_they_are_for(seen, build):
    document = seen(build, "nl")

    for field in document.xpath("//main//input[not(@type='hidden' or @type='checkbox')]"):
        assert field.get("autocomplete") in AUTOCOMPLETE[field.get("name")]
        assert field.get("name") != "code" or field.get("inputmode") in ("text", "numeric")


def test_a_page_of_allauth_that_we_did_not_write_still_looks_like_ours():
    template = Template(
        "{% load allauth %}{% element button tags='outline' type='submit' name='go' %}Go{% endelement %}"
        "{% element button href='/x/' %}There{% endelement %}"
        "{% element form method='post' %}{% slot actions %}Out{% endslot %}{% endelement %}"
        "{% element panel %}{% slot title %}Head{% endslot %}{% slot body %}Text{% endslot %}{% endelement %}"
        "{% element field id='f' type='email' value='a@b.c' %}{% slot label %}Label{% endslot %}{% endelement %}",
        origin=Origin("a page of allauth", template_name="account/page.html"),
    )

    document = html.fromstring(f"<div>{template.render(Context())}</div>")

    assert document.xpath("//button[@class='button button-quiet'][@type='submit'][@name='go'][normalize-space()='Go']")
    assert document.xpath("//a[@class='button button-quiet'][@href='/x/']")
    assert document.xpath("//form[@class='stack'][@method='post']/div[@class='buttons'][normalize-space()='Out']")
    assert document.xpath("//section/h2[normalize-space()='Head']")
    assert document.xpath("//label[@for='f'][normalize-space()='Label']")
    assert document.xpath("//input[@id='f'][@type='email'][@value='a@b.c']")
