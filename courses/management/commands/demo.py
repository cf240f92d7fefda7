import hashlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from config.database import refuse_unsafe
from courses.management.demo_group import make_group
from courses.models import Theme

DEMO = Path(__file__).resolve().parent.parent.parent / "demo"
PEOPLE = {
    "deelnemer": {"email": "deelnemer@stapwijs.example", "name": "Deelnemer"},
    "trainer": {"email": "trainer@stapwijs.example", "name": "Trainer", "is_trainer": True},
    "opdrachtgever": {"email": "opdrachtgever@stapwijs.example", "name": "Opdrachtgever"},
}


class Command(BaseCommand):
    help = "Set up the demo (database, themes, accounts) and serve it; a second run keeps everything."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--fresh", action="store_true", help="throw the demo's data away first")
        parser.add_argument("--no-serve", action="store_true", help="only set up")

    def handle(self, *, port, fresh, no_serve, **options):
        if not no_serve:
            refuse_taken(port)
        if fresh:
            self.throw_away()
        self.set_up()
        passwords = self.make_people()
        self.make_group()
        self.tell(port, passwords)
        if not no_serve:
            serve(port)

    def throw_away(self):
        """Only what the demo itself made: nothing when DATABASE_URL points elsewhere."""
        if "DATABASE_URL" in os.environ:
            raise CommandError("FRESH=1 throws the demo's own database away; DATABASE_URL names another one.")
        for path in [*settings.DATA_DIR.glob("stapwijs.sqlite3*"), settings.DATA_DIR / "demo-accounts.json"]:
            path.unlink(missing_ok=True)
        for folder in ("media", "mail"):
            shutil.rmtree(settings.DATA_DIR / folder, ignore_errors=True)

    def set_up(self):
        refuse_unsafe()
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        collect_static_files()
        for folder in sorted(DEMO.iterdir()):
            if not Theme.objects.filter(slug=folder.name).exists():
                call_command("import_theme", folder, stdout=self.stdout)

    def make_people(self):
        """Return role → password; made at random once, and kept readable by this user only."""
        path = settings.DATA_DIR / "demo-accounts.json"
        passwords = json.loads(path.read_text()) if path.exists() else {}
        for role, fields in PEOPLE.items():
            if role in passwords and User.objects.filter(email=fields["email"]).exists():
                continue
            passwords[role] = secrets.token_urlsafe(9)
            user, _created = User.objects.update_or_create(email=fields["email"], defaults=fields)
            user.set_password(passwords[role])
            user.save()
            user.emailaddress_set.update_or_create(email=user.email, defaults={"verified": True, "primary": True})
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(passwords, file)
        return passwords

    def make_group(self):
        people = {role: User.objects.get(email=fields["email"]) for role, fields in PEOPLE.items()}
        make_group(
            Theme.objects.get(slug="cultuur-van-vertrouwen"),
            trainer=people["trainer"],
            client=people["opdrachtgever"],
            learner=people["deelnemer"],
        )

    def tell(self, port, passwords):
        self.stdout.write(f"\nStapwijs is on http://127.0.0.1:{port}\n")
        self.stdout.write(f"(passkeys need a name: http://localhost:{port})\n\n")
        for role, password in passwords.items():
            self.stdout.write(f"{role} {PEOPLE[role]['email']} {password}")
        self.stdout.write(f"\nMail is written to {os.path.relpath(settings.DATA_DIR / 'mail')}/. Stop with Ctrl+C.\n")
        self.stdout.flush()


def refuse_taken(port):
    """Say so before anything is done: the server itself would, in the middle of a long report."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what closed a moment ago is no hindrance
        try:
            door.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(f"Something answers on port {port} already. Take another: PORT={port + 1}") from error


def collect_static_files():
    """Collect only when a file changed: hashing and compressing them takes seconds."""
    mark = settings.STATIC_ROOT / "collected"
    files = [Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    facts = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in sorted(files)]
    state = hashlib.sha256("\n".join(facts).encode()).hexdigest()
    if not mark.exists() or mark.read_text() != state:
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(state)


def serve(port):
    """Become the server: two worker processes, so that a slow request holds up nobody. It sends its mail beside it."""
    os.environ["SITE_URL"] = f"http://127.0.0.1:{port}"
    subprocess.Popen([sys.executable, sys.argv[0], "worker", "--with-parent", str(os.getpid())])  # noqa: S603  our own command
    command = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "2", "--blocking-threads", "2", "--workers-kill-timeout", "5", "--log-level", "warning"]
    command += ["config.wsgi:application"]
    os.execv(Path(sys.executable).with_name("granian"), command)  # noqa: S606  our own command, no shell
