"""Set up everything the project needs, from a bare Python 3.11; standard library only.

``python3 tools/bootstrap.py`` makes what ``make demo`` needs; with the word ``s3`` it adds what media in
a bucket need, with the word ``dev`` what ``make test`` needs: the test tools, Chromium, PostgreSQL,
nginx, Redis and gettext. Everything it makes lies in ``var/``; what must come from the system is
installed with apt, and said. It does only what is not done yet, so a second run takes a moment.
"""

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
TOOLS = VAR / "tools"
VENV = VAR / "venv"
PYTHON = VENV / "bin" / "python"
PRODUCT, WITH_S3, DEVELOPMENT = "requirements.lock", "requirements-s3.lock", "requirements-dev.lock"
SERVERS = {"nginx": "nginx-light", "redis-server": "redis-server", "curl": "curl"}
"""The program and its package."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def say(*words):
    print("[set-up]", *words, flush=True)


def run(*command, **options):
    subprocess.run([str(part) for part in command], check=True, **options)


def apt(*packages):
    """Install Debian packages; False where that is not possible."""
    if not shutil.which("apt-get"):
        return False
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if root and not shutil.which("sudo"):
        return False
    say("installing with apt:", *packages)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}  # no server starts by itself
    quiet = {"env": environment, "stdout": subprocess.DEVNULL}
    try:
        run(*root, "apt-get", "update", "-qq", **quiet)
        run(*root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages, **quiet)
    except subprocess.CalledProcessError:
        return False
    return True


def need(present, *packages, purpose):
    """Make sure of a system package, or stop and say what is missing and how to get it."""
    if present() or (apt(*packages) and present()):
        return
    sys.exit(f"{purpose} is missing. On Debian: sudo apt install {' '.join(packages)}")


def has_venv():
    return subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True).returncode == 0


def has_postgresql():
    return bool(shutil.which("initdb")) or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def has_servers():
    return all(map(shutil.which, SERVERS))


def has_browser():
    return any(shutil.which(name) for name in (os.environ.get("CHROMIUM", ""), *BROWSERS) if name)


def system_packages():
    need(has_browser, "chromium", purpose="Chromium, for the browser tests,")
    need(has_postgresql, "postgresql", purpose="PostgreSQL, for the tests,")
    need(has_servers, *SERVERS.values(), purpose="nginx, Redis or curl, for the tests on many machines,")
    need(lambda: shutil.which("xgettext"), "gettext", purpose="gettext, for the test of the translations,")
    need(lambda: ctypes.util.find_library("atomic"), "libatomic1", purpose="libatomic, for Playwright,")


def uv():
    """The pinned uv, in var/tools; its hash is checked like that of every other package."""
    lock = ROOT / "tools" / "uv-requirements.lock"
    executable = TOOLS / "bin" / "uv"
    if not stamped(TOOLS, lock):
        need(has_venv, "python3-venv", purpose="Python's venv module")
        say("installing uv")
        run(sys.executable, "-m", "venv", "--clear", TOOLS)
        pip = (TOOLS / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        run(*pip, "--require-hashes", "-r", lock)
        stamp(TOOLS, lock)
    return executable


def packages(lock):
    """The virtual environment in var/venv, exactly as the lock file says."""
    wanted = ROOT / lock
    if stamped(VENV, wanted) or (lock != DEVELOPMENT and stamped(VENV, ROOT / DEVELOPMENT)):
        return
    installer = uv()
    say("installing packages of", lock)
    if not PYTHON.exists():
        run(installer, "venv", "--quiet", "--python", sys.executable, VENV)
    run(installer, "pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes", wanted)
    stamp(VENV, wanted)


def messages():
    """Compile the translations into var/locale, where the settings look for them."""
    sources = sorted((ROOT / "locale").rglob("*.po"))
    outdated = [
        source
        for source in sources
        if not (target := compiled(source)).exists() or target.stat().st_mtime < source.stat().st_mtime
    ]
    for source in outdated:
        compiled(source).parent.mkdir(parents=True, exist_ok=True)
        command = ("-m", "babel.messages.frontend", "--quiet", "compile", "-i", source, "-o", compiled(source))
        run(PYTHON, *command, "-l", source.parent.parent.name)


def compiled(source):
    return (VAR / "locale" / source.relative_to(ROOT / "locale")).with_suffix(".mo")


def fingerprint(path):
    return f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def stamped(folder, path):
    mark = folder / "stapwijs.stamp"
    return mark.exists() and mark.read_text() == fingerprint(path)


def stamp(folder, path):
    (folder / "stapwijs.stamp").write_text(fingerprint(path))


def main():
    if sys.version_info < (3, 11):
        sys.exit("Stapwijs needs Python 3.11 or newer; this is " + sys.version.split()[0])
    VAR.mkdir(mode=0o700, exist_ok=True)
    lock = {"dev": DEVELOPMENT, "s3": WITH_S3}.get(sys.argv[-1], PRODUCT)
    if lock == DEVELOPMENT:
        system_packages()
    try:
        packages(lock)
        messages()
    except subprocess.CalledProcessError as error:
        sys.exit(f"Set-up stopped: {' '.join(error.cmd[:4])} … failed. Is the package index reachable?")


if __name__ == "__main__":
    main()
