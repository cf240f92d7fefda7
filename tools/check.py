"""Format, lint, types, templates, contracts, migrations: every check, and all findings at once."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
TEMPLATES = [str(path) for path in sorted(Path("templates").rglob("*.html"))]
CHECKS = {
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "lint": [BIN / "ruff", "check", "--quiet", "."],
    "templates": [BIN / "djade", "--check", "--target-version", "5.2", *TEMPLATES],
    "contracts": [BIN / "lint-imports", "--cache-dir", "var/import-linter"],
    "types": [BIN / "mypy"],
    "dead code": [sys.executable, "tools/dead_code.py"],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
    "deployment": [sys.executable, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
}
KEPT_BY = {"KEEPER_NAME": "Tess", "KEEPER_ADDRESS": "Hoofdstraat 1, Utrecht", "CONTACT_EMAIL": "tess@example.org"}
MAIL = {"EMAIL_URL": "smtp+tls://mail.example:587", "EMAIL_FROM": "Stapwijs <leren@stapwijs.example>"}
DEPLOYED = {
    "SITE_URL": "https://stapwijs.example",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "TRUSTED_PROXY_COUNT": "1",
    "DATA_DIR": "var/check",  # made by the settings, for its owner alone
    **KEPT_BY,
    **MAIL,
}


def main():
    failed = []
    for name, command in CHECKS.items():
        environment = {**os.environ, **(DEPLOYED if name == "deployment" else {})}
        result = subprocess.run(command, env=environment, capture_output=True, text=True)
        print(f"[check] {name}: {'in order' if result.returncode == 0 else 'not in order'}", flush=True)
        if result.returncode:
            failed.append(name)
            print(result.stdout, result.stderr, sep="\n")
    sys.exit(f"Not in order: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
