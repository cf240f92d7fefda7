"""The site as in ``deploy/many-machines``: nginx, two web machines, two workers, PostgreSQL, Redis, a bucket, mail."""

import contextlib
import email.policy
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import boto3
from aiosmtpd.controller import Controller
from benching import front
from benching.visitors import Scene
from postgres import postgresql

from tests.many.machines import Network, free_port, running

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
LEARNERS = 40
BUCKET = "stapwijs-media"


class PostOffice:
    """A mail server that keeps what it gets, as messages."""

    def __init__(self, address):
        self.messages = []
        self.controller = Controller(self, hostname=address, port=free_port(), server_hostname="localhost")

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  named by aiosmtpd
        self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"

    def to(self, address):
        return [message for message in list(self.messages) if address in message["To"]]


class Site:
    """What ``running_site`` yields: ``webs`` and ``workers`` are machines, ``scene`` the prepared learners."""

    def __init__(self, folder, network, database_url):
        self.folder, self.network, self.database_url = folder, network, database_url
        self.port = free_port()
        self.host = f"127.0.0.1:{self.port}"
        self.address = f"http://{self.host}"
        self.webs = [network.machine(folder / f"web-{number}") for number in (1, 2)]
        self.workers = [network.machine(folder / f"worker-{number}") for number in (1, 2)]
        self.front = folder / "nginx"

    def environment(self, folder, **variables):
        """What the environment file of a machine says; nothing of the machine that the test runs on."""
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPYCACHEPREFIX") if name in os.environ}
        return {
            **kept,
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'tools'}",
            "DATA_DIR": str(folder / "data"),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            **self.shared,
            **variables,
        }

    def share(self, *, redis_port, bucket_port, mail_port):
        center = self.network.center
        self.shared = {
            "SITE_URL": self.address,
            "SECRET_KEY": "the-same-on-every-machine-and-only-for-this-test",
            "TRUSTED_PROXY_COUNT": "1",
            "DATABASE_URL": self.database_url,
            "CACHE_URL": f"rediscache://{center}:{redis_port}/0",
            "EMAIL_URL": f"smtp://{center}:{mail_port}",
            "S3_BUCKET": BUCKET,
            "S3_ENDPOINT": f"http://{center}:{bucket_port}",
            "S3_REGION": "eu-central-1",
            "S3_ACCESS_KEY": "test",
            "S3_SECRET_KEY": "test",
        }

    def prepare(self):
        """Fill the database, and meanwhile collect the static files: all that a web machine has of its own."""
        environment = self.environment(self.webs[0].folder)
        collect = [sys.executable, ROOT / "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
        fill = [sys.executable, "-m", "tests.many.stage", str(LEARNERS)]
        with subprocess.Popen(collect, env=environment) as collecting:
            self.facts = json.loads(
                subprocess.run(fill, env=environment, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
            )
        assert collecting.returncode == 0
        for machine in self.webs[1:]:
            shutil.copytree(self.webs[0].folder / "data", machine.folder / "data")

    def start(self):
        for machine in self.webs:
            self.start_web(machine)
        for machine in self.workers:
            machine.run(sys.executable, ROOT / "manage.py", "worker", environment=self.environment(machine.folder))
        for machine in self.webs:
            machine.wait_until_it_answers("/readyz", host=self.host)

    def start_web(self, machine):
        listens = {"GRANIAN_HOST": machine.address, "GRANIAN_PORT": str(machine.port)}
        numbers = {"GRANIAN_WORKERS": "1", "GRANIAN_BLOCKING_THREADS": "4"}
        environment = self.environment(machine.folder, **listens, **numbers)
        machine.run(*web_command(), environment=environment)

    def stop(self):
        for machine in [*self.webs, *self.workers]:
            if machine.process:
                machine.kill()

    def write_nginx(self):
        """The files of ``deploy``, with other paths and these machines."""
        shipped = front.upstreams("many-machines")
        for number, machine in enumerate(self.webs, start=1):
            shipped = shipped.replace(f"10.0.0.1{number}:8000", machine.place)
        more = "add_header X-Machine $upstream_addr always;"
        front.write(self.front, port=self.port, machines=shipped, more=more)

    @property
    def nginx(self):
        return front.command(self.front)

    def move(self, where, machine):
        """Take a machine out of the row, or put it back in, by the script of ``deploy``."""
        environment = {"PATH": "/usr/sbin:/usr/bin:/bin", "STAPWIJS_MACHINES": str(self.front / "machines.conf")}
        environment["STAPWIJS_NGINX"] = " ".join(map(str, self.nginx))
        subprocess.run([DEPLOY / "many-machines" / "machine", where, machine.place], env=environment, check=True)

    def scene(self):
        return Scene(self.address, self.facts)


def web_command():
    """``ExecStart`` of the unit, with this Python's granian."""
    unit = (DEPLOY / "systemd" / "stapwijs-web.service").read_text().replace("\\\n", " ")
    [line] = [line for line in unit.splitlines() if line.startswith("ExecStart=")]
    _program, *words = line.removeprefix("ExecStart=").split()
    return [Path(sys.executable).with_name("granian"), *words, "--working-dir", ROOT]


@contextlib.contextmanager
def running_site(folder):
    """The whole site, answering, until the end of the block."""
    with contextlib.ExitStack() as stack:
        network, url = stack.enter_context(Network()), stack.enter_context(postgresql(durable=True))
        center, redis_port, bucket_port = network.center, free_port(), free_port()
        redis = ["redis-server", "--bind", center, "--port", redis_port, "--save", "", "--dir", folder]
        stack.enter_context(
            running(*redis, "--protected-mode", "no", folder=folder / "redis", port=redis_port, host=center)
        )
        store = [sys.executable, "-m", "moto.server", "-H", center, "-p", bucket_port]
        stack.enter_context(running(*store, folder=folder / "bucket", port=bucket_port, host=center))
        make_bucket(f"http://{center}:{bucket_port}")
        post = PostOffice(center)
        post.controller.start()
        stack.callback(post.controller.stop)
        site = Site(folder, network, url)
        site.post = post
        site.share(redis_port=redis_port, bucket_port=bucket_port, mail_port=post.controller.port)
        site.write_nginx()
        site.prepare()
        stack.callback(site.stop)
        site.start()
        stack.enter_context(running(*site.nginx, folder=site.front, port=site.port))
        yield site


def make_bucket(endpoint):
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "eu-central-1"}
    place = {"LocationConstraint": "eu-central-1"}
    boto3.client("s3", endpoint_url=endpoint, **keys).create_bucket(Bucket=BUCKET, CreateBucketConfiguration=place)
