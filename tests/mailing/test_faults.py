"""Two hundred mails, and everything that can go wrong: none is lost, and none goes twice unless a worker is killed."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from courses.mailing import schedule
from courses.mailing.sending import send_due
from courses.mailing.tasks import send_due_mails
from courses.models import Mail

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.engines]


class PostOffice:
    """A mail server on loopback that does as it is told. ``ids``: the Message-IDs it accepted."""

    def __init__(self):
        self.ids, self.peers = [], set()
        self.on_recipient = self.on_data = None
        self.controller = None

    def __enter__(self):
        self.open()
        return self

    def __exit__(self, *error):
        self.shut()

    def open(self):
        port = self.port if self.controller else free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=port, server_hostname="localhost")
        self.controller.start()

    def shut(self):
        if self.controller.server:
            self.controller.stop()

    @property
    def port(self):
        return self.controller.port

    @property
    def counts(self):
        return Counter(self.ids)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  named by aiosmtpd
        if self.on_recipient and (answer := await self.on_recipient()):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  named by aiosmtpd
        [line] = [line for line in envelope.content.decode().splitlines() if line.lower().startswith("message-id:")]
        self.peers.add(session.peer)
        self.ids.append(line.split()[1])
        if self.on_data:
            await self.on_data()
        return "250 OK"


def free_port():
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]


@pytest.fixture
def office(settings):
    with PostOffice() as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", office.port, 0.5
        yield office


@pytest.fixture
def mails(group, lea, request):
    """So many mails that are due; 60, where processes take their time to start."""
    count = getattr(request, "param", 60)
    Mail.objects.all().delete()
    DBTaskResult.objects.all().delete()
    about = {"kind": "theme-completed", "recipient": lea, "participation": lea.participations.get()}
    Mail.objects.post(*[Mail(cause=f"fault {number}", **about) for number in range(count)])
    return count


def answering(answer):
    async def answered():
        return answer

    return answered


def taking(seconds):
    async def taken():
        await asyncio.sleep(seconds)

    return taken


@pytest.mark.parametrize("mails", [200], indirect=True)
def test_two_hundred_mails_outlast_a_server_that_is_down_refusing_closing_and_slow(office, mails):
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False) as clock:

        def try_for(minutes):
            for _minute in range(minutes):
                send_due(seconds=60)
                clock.shift(timedelta(minutes=1))

        office.shut()
        try_for(10)
        office.open()
        office.on_recipient = answering("451 later")
        try_for(1)
        office.on_recipient = answering("421 closing")
        try_for(3)
        office.on_recipient = taking(0.6)  # longer than we wait
        try_for(2)
        assert office.ids == []
        office.on_recipient = taking(0.01)
        try_for(5)
        office.on_recipient = None
        try_for(60 * 5)

    assert len(office.ids) == mails
    assert set(office.counts.values()) == {1}
    assert Mail.objects.filter(sent_at__isnull=False).count() == mails


def worker(office, tmp_path, *arguments):
    """A worker process on the database of this test."""
    name = connection.settings_dict["NAME"]
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": url,
        "DATABASE_POOL_SIZE": "0",
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": "only-for-tests",
        "EMAIL_URL": f"smtp://127.0.0.1:{office.port}",
    }
    return subprocess.Popen([sys.executable, "manage.py", "worker", *arguments], env=environment)


def test_two_workers_share_the_work_and_send_nothing_twice(office, mails, tmp_path):
    send_due_mails.enqueue()  # for the second worker

    async def wait_for_both():
        until = time.monotonic() + 20
        while len(office.peers) < 2 and time.monotonic() < until:
            await asyncio.sleep(0.01)

    office.on_data = wait_for_both
    both = [worker(office, tmp_path, "--once") for _worker in range(2)]

    assert [process.wait(timeout=50) for process in both] == [0, 0]
    assert len(office.peers) >= 2
    assert len(office.ids) == mails
    assert set(office.counts.values()) == {1}


def test_a_worker_killed_while_the_server_has_the_mail_loses_nothing_and_doubles_at_most_that_one(
    office, mails, tmp_path
):
    async def kill():
        if len(office.ids) == 20:
            first.send_signal(signal.SIGKILL)
            first.wait()

    office.on_data = kill
    first = worker(office, tmp_path, "--once")
    assert first.wait(timeout=50) == -signal.SIGKILL
    office.on_data = None
    an_hour_ago = timezone.now() - timedelta(hours=1)  # stands for the minutes until its claims run out
    Mail.objects.filter(claimed_until__isnull=False).update(claimed_until=an_hour_ago)
    DBTaskResult.objects.running().update(started_at=an_hour_ago)

    schedule.reap()
    assert worker(office, tmp_path, "--once").wait(timeout=50) == 0

    assert len(office.counts) == mails
    assert len(office.ids) <= mails + 1
    assert not Mail.objects.waiting().exists()


def test_a_worker_that_is_asked_to_stop_does_so_after_the_mail_in_hand(office, mails, tmp_path):
    async def stop():
        if len(office.ids) == 20:
            process.send_signal(signal.SIGTERM)

    office.on_data = stop
    process = worker(office, tmp_path, "--once")

    assert process.wait(timeout=50) == 0
    assert 20 <= len(office.ids) <= 22
    assert Mail.objects.filter(sent_at__isnull=False).count() == len(office.ids)
    assert Mail.objects.due().count() == mails - len(office.ids)
    assert DBTaskResult.objects.ready().exists()
    assert not DBTaskResult.objects.running().exists()
