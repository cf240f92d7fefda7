"""The server cannot keep anything: the page says so, and what is typed stays on this device until it can."""

import pytest
from django.db import OperationalError
from playwright.sync_api import expect

from courses.models import Topic
from tests.browser.writing import html_of, is_saved, offer, trouble, write

pytestmark = pytest.mark.browser


def test_on_a_full_disk_what_is_typed_stays_on_this_device_and_is_saved_when_there_is_room(page, topic, monkeypatch):
    def full(*args, **kwargs):
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as fault:
        fault.setattr(Topic, "write", full)
        write(page, " Halverwege een zin")
        expect(trouble(page)).to_contain_text("Your text is safe on this device.")
        expect(trouble(page)).to_contain_text("We have no room to keep anything new.")
        page.reload()
        expect(offer(page).locator("pre")).to_contain_text("Halverwege een zin")

    offer(page).get_by_role("button", name="Restore what you typed").click()

    is_saved(page)
    assert "Halverwege een zin" in html_of(topic)
