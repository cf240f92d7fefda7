"""Make the picture of the README: the theme page of the demo, two of four topics completed."""

import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

PORT = 8399
SITE = f"http://127.0.0.1:{PORT}"
THEME = f"{SITE}/themes/cultuur-van-vertrouwen/"
TARGET = Path("docs/pictures/theme.png")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]


def wait_for(address):
    for _try in range(300):
        try:
            return urllib.request.urlopen(address)  # noqa: S310  our own address
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The demo did not start.")


def sign_in(page, email, password):
    page.goto(f"{SITE}/account/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{SITE}/")


def take(page, account):
    sign_in(page, *account)
    page.goto(THEME)
    page.click("text=Begin")
    page.click("text=Afronden en verder")
    page.wait_for_url("**/persoonlijk-leiderschap/")
    page.click("text=Afronden en verder")
    page.wait_for_url("**/volgen-en-begeleiden/")
    page.goto(THEME)
    page.screenshot(path=TARGET)


def main():
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        os.symlink(os.path.abspath("var/locale"), os.path.join(data, "locale"))
        command = [sys.executable, "-u", "manage.py", "demo", "--port", str(PORT)]
        server = subprocess.Popen(command, env={**os.environ, "DATA_DIR": data}, stdout=subprocess.PIPE, text=True)
        try:
            account = next(filter(None, (re.match(r"deelnemer (\S+) (\S+)", line) for line in server.stdout))).groups()
            wait_for(SITE)
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            take(browser.new_page(locale="nl-NL", viewport={"width": 1280, "height": 800}), account)
        finally:
            server.terminate()
            server.wait()
    Image.open(TARGET).convert("RGB").quantize(64).save(TARGET, optimize=True)


if __name__ == "__main__":
    main()
