"""Pictures, the map for search engines, and the pages for what goes wrong."""

import re

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from config import errors
from config.database import broken_promises, refuse_unsafe
from courses.models import Picture
from tests.conftest import make_theme


def test_the_pictures_of_an_article_are_served_safely(client, demo_theme):
    picture = Picture.objects.first()

    response = client.get(picture.address)

    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_every_picture_of_the_demo_is_found(client, demo_theme):
    for step in demo_theme.steps.all():
        for address in re.findall(r'src="(/pictures/[^"]+)"', client.get(step.get_absolute_url()).content.decode()):
            assert client.get(address).status_code == 200


def test_search_engines_learn_of_open_themes_only(client, theme):
    hidden = make_theme(1, slug="besloten", access="signed-in")

    sitemap = client.get("/sitemap.xml").content.decode()

    assert theme.get_absolute_url() in sitemap
    assert theme.steps.first().get_absolute_url() in sitemap
    assert hidden.slug not in sitemap
    assert "/sitemap.xml" in client.get("/robots.txt").content.decode()


HEADERS = {
    "Content-Security-Policy": None,
    "Permissions-Policy": None,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize("address", ["/", "/account/login/", "/robots.txt", "/nothing/", "/appearance/", "/account/"])
def test_every_answer_carries_the_headers(client, db, address):
    response = client.get(address)

    for name, value in HEADERS.items():
        assert response.headers[name] == (value or response.headers[name])
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_a_picture_whose_file_is_gone_is_not_found(client, demo_theme):
    picture = Picture.objects.first()
    picture.file.storage.delete(picture.file.name)

    assert client.get(picture.address).status_code == 404


def test_the_database_that_would_lose_work_is_refused(db):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone()[0] == 2
            assert list(broken_promises(connection)) == []
            refuse_unsafe()
        else:
            with pytest.raises(SystemExit, match="fsync=off"):
                refuse_unsafe()
            assert {error.id for error in broken_promises(connection)} == {"stapwijs.E002"}


class TestAnErrorPage:
    """Each says what to do next, in the reader's language, and asks no database (there is no ``db`` here)."""

    def text(self, response):
        return response.content.decode()

    def test_not_found_in_both_languages(self, client, db):
        assert "Deze pagina bestaat niet" in self.text(client.get("/nothing/"))
        assert "This page does not exist" in self.text(client.get("/nothing/", headers={"accept-language": "en"}))

    def test_not_found_offers_to_sign_in_and_come_back(self, client, db):
        assert "/account/login/?next=/nothing/" in self.text(client.get("/nothing/"))

    def test_method_not_allowed_tells_how(self, client, db):
        response = client.get("/appearance/")

        assert response.status_code == 405
        assert response.headers["Allow"] == "POST"
        assert "Dit adres hoort bij een knop" in self.text(response)

    def test_a_form_without_a_token(self, db):
        response = Client(enforce_csrf_checks=True).post("/appearance/", {"appearance": "dark"})

        assert response.status_code == 403
        assert "Dit formulier is niet meer geldig" in self.text(response)

    def test_too_large(self, client, db, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10

        response = client.post("/appearance/", {"appearance": "dark" * 10})

        assert response.status_code == 413
        assert "Dat is te veel in één keer" in self.text(response)

    def test_forbidden(self):
        assert "Hier kun je niet bij" in self.text(errors.forbidden(None))

    def test_something_went_wrong(self, client, db, settings):
        client.raise_request_exception = False
        settings.ROOT_URLCONF = "tests.learning.broken_urls"

        response = client.get("/broken/")

        assert response.status_code == 500
        assert "Er ging bij ons iets mis" in self.text(response)

    def test_the_database_is_away(self, client, db, settings):
        client.raise_request_exception = False
        settings.ROOT_URLCONF = "tests.learning.broken_urls"

        response = client.get("/away/")

        assert response.status_code == 503
        assert response.headers["Retry-After"] == "10"
        assert "We zijn even niet bereikbaar" in self.text(response)

    def test_the_pages_ask_no_database(self):
        request = RequestFactory().get("/")

        for view in (errors.server_error, errors.unavailable, errors.bad_request, errors.not_found, errors.too_large):
            assert "<h1>" in self.text(view(request))
