"""Make the pictures of the documents (docs/pictures/): the demo, walked through in Chromium, in both languages."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from picturing import journeys
from picturing.camera import PHONE, WIDE, Camera
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path("docs/pictures")
PORT = int(os.environ.get("PORT", "8399"))
SITE = f"http://127.0.0.1:{PORT}"
LOCALES = {"nl": "nl-NL", "en": "en-GB"}
PATIENCE = 240
"""Seconds: for a machine that has other work too."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextlib.contextmanager
def demo_site(folder, language):
    """The demo in a folder of its own; yields role → (address, password)."""
    data, static = folder / language, folder / "static"
    for path in (data, static):
        path.mkdir(exist_ok=True)
    (data / "static").symlink_to(static)  # to compress them takes longer than all the rest
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(data), "SITE_URL": SITE, "LANG": "C.UTF-8"}
    command = [sys.executable, ROOT / "tools" / "picturing" / "demo_site.py", str(PORT), language]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for_answer(server)
        passwords = json.loads((data / "demo-accounts.json").read_text())
        yield {role: (f"{role}@stapwijs.example", password) for role, password in passwords.items()}
    finally:
        server.terminate()
        server.wait()


def wait_for_answer(server):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            sys.exit("The demo did not start: run tools/picturing/demo_site.py by hand to see why.")
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(f"{SITE}/account/login/")  # noqa: S310  our own address
        time.sleep(0.2)
    sys.exit(f"The demo did not start within {PATIENCE} seconds.")


def take_all(browser, language, accounts):
    suffix = f"-{language}"

    def camera(size, account=None, suffix=suffix):
        page = browser.new_context(
            base_url=SITE, locale=LOCALES[language], viewport=size, color_scheme="light", reduced_motion="reduce"
        ).new_page()
        if account:
            journeys.sign_in(page, *accounts[account])
        return Camera(page, TARGET, suffix)

    journeys.write(camera(WIDE, "trainer"), language)
    link = journeys.guide(camera(WIDE, "trainer"), language)
    journeys.join(camera(PHONE), link)
    journeys.follow(camera(PHONE, "deelnemer"), language)
    if language == "nl":
        journeys.read_wide(camera(WIDE, "deelnemer", suffix=""))


def main():
    os.chdir(ROOT)
    TARGET.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or sys.exit("Chromium is missing.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for language in LOCALES:
            with demo_site(Path(folder), language) as accounts:
                take_all(browser, language, accounts)
        browser.close()


if __name__ == "__main__":
    main()
