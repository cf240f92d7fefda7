"""The database is away just when a button is pressed: the page says so, and going back is enough to press it again."""

import pytest
from django.db import OperationalError
from playwright.sync_api import expect

from courses.models import Participation, ProgressEvent
from tests.browser.conftest import read, today

pytestmark = pytest.mark.browser


def test_a_deed_by_htmx_that_could_not_be_done_says_so_and_is_done_once_afterwards(reader, four_steps, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("away")

    complete = reader.get_by_role("button", name="Markeer als afgerond")
    read(reader, "/themes/samen-leren/vragen/")
    with monkeypatch.context() as fault:
        fault.setattr(Participation, "complete", away)
        complete.click()
        expect(reader.get_by_role("heading", level=1)).to_have_text("We zijn even niet bereikbaar")
        expect(reader.locator("main")).to_contain_text("Wat je net stuurde, is niet bewaard")

    reader.go_back()
    complete.click()

    expect(reader.locator("#completion .completion-state")).to_have_text(f"Afgerond op {today()}")
    assert ProgressEvent.objects.filter(kind="completed").count() == 1
