"""To the organisation's own provider and back, under our content policy, with and without scripts."""

import pytest
from playwright.sync_api import expect

from config.identity import openid_connect
from tests.accounts import provider as its
from tests.browser.conftest import with_and_without_javascript

pytestmark = pytest.mark.browser

NOOR = {"sub": its.SUBJECT, "email": "noor@example.org", "email_verified": True, "name": "Noor"}


@pytest.fixture
def provider(settings):
    provider = its.Provider(its.a_key(), profile=NOOR)
    configured = openid_connect(
        name="Aurora", issuer=provider.issuer, client_id=its.CLIENT_ID, client_secret=its.CLIENT_SECRET
    )
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": configured}
    yield provider
    provider.close()


@with_and_without_javascript
def test_one_button_leads_there_and_back_to_where_one_was_going(page, provider, javascript):
    page.goto("/account/login/?next=/account/sessions/")

    page.get_by_role("button", name="Verder met Aurora").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Waar je bent ingelogd")
    expect(page.get_by_role("link", name="Noor")).to_be_visible()
