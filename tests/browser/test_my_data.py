"""One journey: Lea looks at her data, takes it along, and has it erased."""

import zipfile

import pytest
from playwright.sync_api import expect

from accounts.models import User
from tests.browser.conftest import PASSWORD, without_javascript
from tests.conftest import begin
from tests.models.acts import complete, steps_of

pytestmark = pytest.mark.browser


@without_javascript
def test_lea_takes_her_data_along_and_leaves(page, confirmed_lea, four_steps, tmp_path):
    complete(begin(confirmed_lea, four_steps), *steps_of(four_steps))
    page.goto("/account/login/")
    page.get_by_label("E-mailadres").fill(confirmed_lea.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.locator("main form button").first.click()

    page.goto("/account/")
    page.locator("main a[href='/account/data/']").click()
    page.locator("main a[href='/account/data/download/']").click()
    with page.expect_download() as downloading:
        page.locator("main a[href='/account/data/download/file/']").click()
    downloading.value.save_as(tmp_path / "mine.zip")
    with zipfile.ZipFile(tmp_path / "mine.zip") as mine:
        mine.extractall(tmp_path)
    page.goto("/account/data/")
    page.locator("main a[href='/account/data/erase/']").click()
    page.locator("[name=understood]").check()
    page.locator("main form button").click()

    expect(page).to_have_url("/account/goodbye/")
    assert not User.objects.exists()
    assert "Luisteren" in (tmp_path / "courses.progress.html").read_text()
    page.goto("/account/")
    expect(page.locator("[name=login]")).to_be_visible()
