"""What the first visit costs somebody on a train: counted as a server that compresses would send it."""

import gzip

import pytest

from tests.browser.conftest import enter

pytestmark = pytest.mark.browser

ALREADY_COMPRESSED = ("image/png", "image/jpeg", "font/")
MOST_IN_ALL = 100_000
MOST_HTML = 30_000


def sent(response):
    body = response.body()
    if response.headers.get("content-type", "").startswith(ALREADY_COMPRESSED):
        return len(body)
    return len(gzip.compress(body, 6))


def test_a_first_visit_is_light(new_context, base_url, lea, demo_theme):
    for address in [demo_theme.get_absolute_url(), *(step.get_absolute_url() for step in demo_theme.steps.all())]:
        context = new_context()
        enter(context, base_url, lea)

        html, weights = first_visit(context.new_page(), address)

        assert len(weights) > 5
        assert sum(weights.values()) <= MOST_IN_ALL, weights
        assert html <= MOST_HTML, address


def first_visit(page, address):
    """Return the bytes of HTML, and per address the bytes that a server that compresses would send."""
    responses = []
    page.on("response", lambda response: responses.append(response))
    html = page.goto(address)
    page.wait_for_load_state("networkidle")
    return len(html.body()), {response.url: sent(response) for response in responses if response.status == 200}
