"""No token that opens a door stands in the logs."""

import logging

import pytest

from config.logs import MaskTokens
from config.settings import LOGGING

TOKEN = "VeryLong-and_Secret"


def logged(message, *args):
    """What the console gets of a record."""
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, args, None)
    assert MaskTokens().filter(record)
    return record.getMessage()


@pytest.mark.parametrize(
    "address",
    [
        f"/join/{TOKEN}/",
        f"/join/{TOKEN}/accept/",
        f"/unsubscribe/{TOKEN}/",
        f"/account/login/code/confirm/?next=/join/{TOKEN}/",
        f"/account/login/code/confirm/?next=%2Fjoin%2F{TOKEN}%2F",
        f"https://leren.example/join/{TOKEN}?from=mail",
    ],
)
@pytest.mark.parametrize("say", [lambda address: ("%s: %s", "Gone", address), lambda address: (f"Gone: {address}",)])
def test_a_token_is_masked_wherever_it_stands(address, say):
    told = logged(*say(address))

    assert TOKEN not in told
    assert "…" in told


def test_named_arguments_are_masked_too():
    assert TOKEN not in logged("%(path)s", {"path": f"/join/{TOKEN}/", "status": 404})


def test_other_records_stay_as_they_are():
    assert logged("%s: %s %d", "Not Found", "/themes/join-in/", 404) == "Not Found: /themes/join-in/ 404"


def test_the_console_masks():
    assert LOGGING["filters"]["tokens"] == {"()": "config.logs.MaskTokens"}
    assert "tokens" in LOGGING["handlers"]["console"]["filters"]


@pytest.mark.django_db
def test_what_django_says_of_a_refused_invitation_holds_no_token(client):
    written = []
    handler = logging.Handler()
    handler.addFilter(MaskTokens())
    handler.emit = lambda record: written.append(record.getMessage())
    logging.getLogger("django.request").addHandler(handler)
    try:
        client.get(f"/join/{TOKEN}/")
    finally:
        logging.getLogger("django.request").removeHandler(handler)

    assert written == ["Not Found: /join/…/"]
