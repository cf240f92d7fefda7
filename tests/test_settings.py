"""What the environment may say, and the document that tells it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import secrets
from config.settings import env

DOCUMENT = Path("docs/settings.md").read_text()


def test_the_document_names_every_variable_and_no_other():
    documented = re.findall(r"^\| `([A-Z0-9_]+)` \|", DOCUMENT, re.MULTILINE)

    assert documented == list(env.scheme)


@pytest.mark.parametrize("name", list(env.scheme))
def test_the_document_gives_the_default(name):
    default = env.scheme[name][1]
    row = re.search(rf"^\| `{name}` \| (.*?) \|", DOCUMENT, re.MULTILINE)[1]

    assert row == ("–" if default == "" else "`var/`" if name == "DATA_DIR" else f"`{default}`")


def read_settings(tmp_path, *what, **environment):
    code = f"import config.settings as s; print({', '.join(f's.{name}' for name in what)})"
    environment = {"DATA_DIR": str(tmp_path), "PYTHONPATH": ".", **environment}
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)


def test_debug_shows_the_inside_only_on_this_machine(tmp_path):
    elsewhere = read_settings(tmp_path, "DEBUG", DEBUG="1", SITE_URL="https://leren.example")
    here = read_settings(tmp_path, "DEBUG", DEBUG="1")

    assert "ImproperlyConfigured" in elsewhere.stderr
    assert here.stdout.strip() == "True"


def test_https_brings_secure_cookies_and_one_host(tmp_path):
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "ALLOWED_HOSTS")

    result = read_settings(tmp_path, *names, SITE_URL="https://leren.example")

    assert result.stdout.strip() == "__Host-session True True ['leren.example']"


def test_mail_carries_the_name_of_the_site_and_its_host(tmp_path):
    here = {"SITE_NAME": "Leren bij de Linde", "SITE_URL": "https://leren.example.org"}

    unsaid = read_settings(tmp_path, "DEFAULT_FROM_EMAIL", **here)
    said = read_settings(tmp_path, "DEFAULT_FROM_EMAIL", **here, EMAIL_FROM="De Linde <post@example.org>")

    assert unsaid.stdout.strip() == "Leren bij de Linde <noreply@leren.example.org>"
    assert said.stdout.strip() == "De Linde <post@example.org>"


def test_a_secret_key_is_made_once_and_kept_for_its_owner_only(tmp_path):
    first = read_settings(tmp_path, "SECRET_KEY").stdout
    second = read_settings(tmp_path, "SECRET_KEY").stdout

    assert first == second
    assert len(first) > 60
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_secret_key_that_belongs_to_another_user_is_told(tmp_path, monkeypatch):
    def refuse(path):
        raise PermissionError

    monkeypatch.setattr(Path, "read_text", refuse)

    with pytest.raises(ImproperlyConfigured, match="chown stapwijs: "):
        secrets.kept_in(tmp_path / "secret-key")
