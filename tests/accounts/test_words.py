"""Every account page: one language, words of our own, and nothing that a stock page brings along."""

import re

import pytest
from django.template import Context, Origin, Template
from django.urls import get_resolver
from lxml import html

from tests.accounts.conftest import enter_code, sign_up

ENGLISH = re.compile(
    r"\b(sign|email|password|passwords|please|your|you|the|confirm|cancel|save|change|continue|name|language|with|no)\b",
    re.IGNORECASE,
)
DUTCH = re.compile(
    r"\b(je|jij|jouw|een|het|de|wachtwoord|e-mailadres|inloggen|uitloggen|bewaren|annuleren|niet|naam|taal)\b",
    re.IGNORECASE,
)
NONSENSE = dict.fromkeys(["password", "password2", "oldpassword", "email"], "x")
BAD = {"login": "lea@example.org", "password1": "lea", **NONSENSE}


def page(address):
    return lambda visitor, learner, user: visitor.get(address)


def own(address):
    return lambda visitor, learner, user: learner.get(address)


def refused(address):
    """The page with all its complaints."""
    return lambda visitor, learner, user: visitor.post(address, BAD)


def refused_own(address, **fields):
    return lambda visitor, learner, user: learner.post(address, {**BAD, **fields})


def confirm_email(visitor, learner, user):
    sign_up(visitor)
    return enter_code(visitor, "/account/confirm-email/", "AAAA-AAAA")


def confirm_login_code(visitor, learner, user):
    visitor.post("/account/login/code/", {"email": user.email})
    return enter_code(visitor, "/account/login/code/confirm/", "AAAA-AAAA")


def confirm_reset(visitor, learner, user):
    visitor.post("/account/password/reset/", {"email": user.email})
    return enter_code(visitor, "/account/password/reset/confirm/", "AAAA-AAAA")


def complete_reset(visitor, learner, user):
    visitor.post("/account/password/reset/", {"email": user.email})
    enter_code(visitor, "/account/password/reset/confirm/")
    return visitor.post("/account/password/reset/complete/", {"password1": "lea", "password2": "x"})


def confirm_change(visitor, learner, user):
    return learner.post("/account/email/", {"action_add": "", "email": "new@example.org"}, follow=True)


def first_password(visitor, learner, user):
    user.set_unusable_password()
    user.save()
    learner.force_login(user)
    return learner.post("/account/password/set/", {"password1": "lea", "password2": "x"})


def profile_without_password(visitor, learner, user):
    first_password(visitor, learner, user)
    return learner.get("/account/")


def unconfirmed(visitor, learner, user):
    user.emailaddress_set.all().delete()
    return learner.get("/account/email/")


PAGES = {
    "account_login": page("/account/login/"),
    "account_login, refused": refused("/account/login/"),
    "account_signup": page("/account/signup/"),
    "account_signup, refused": refused("/account/signup/"),
    "account_email_verification_sent": confirm_email,
    "account_request_login_code": page("/account/login/code/"),
    "account_request_login_code, refused": refused("/account/login/code/"),
    "account_confirm_login_code": confirm_login_code,
    "account_reset_password": page("/account/password/reset/"),
    "account_confirm_password_reset_code": confirm_reset,
    "account_complete_password_reset": complete_reset,
    "account_password_reset_completed": page("/account/password/reset/done/"),
    "account_inactive": page("/account/inactive/"),
    "account_logout": own("/account/logout/"),
    "account_reauthenticate": own("/account/reauthenticate/"),
    "account_reauthenticate, refused": refused_own("/account/reauthenticate/"),
    "account_email": own("/account/email/"),
    "account_email, refused": refused_own("/account/email/", action_add="", email="lea@example.org"),
    "account_email, unconfirmed": unconfirmed,
    "account_email, changing": confirm_change,
    "account_change_password": own("/account/password/change/"),
    "account_change_password, refused": refused_own("/account/password/change/"),
    "account_set_password": first_password,
    "profile": own("/account/"),
    "profile, without a password": profile_without_password,
}


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
        assert response.status_code == 200, response.headers
        return html.fromstring(response.content.decode())

    return look


def words(document):
    """All that a reader may see or hear, except the names of the languages in themselves."""
    for element in document.xpath("//script | //style | //body//*[@lang] | //select[@name='language']"):
        element.drop_tree()
    attributes = document.xpath("//@placeholder | //@title | //@aria-label | //@alt")
    return " ".join([*document.itertext(), *attributes])


def test_every_page_of_allauth_is_looked_at():
    routes = {route for route in get_resolver().reverse_dict if str(route).startswith("account_")}

    assert routes == {name.split(",")[0] for name in PAGES} - {"profile"}


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
    "name": {"name"},
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
        assert field.get("name") != "code" or field.get("inputmode") == "text"


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
